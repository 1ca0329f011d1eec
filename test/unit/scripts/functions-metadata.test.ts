import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

interface Definition {
  readonly id: string;
  readonly parameters: readonly { readonly name: string; readonly optional?: boolean }[];
}
interface MetadataBuild {
  readFunctionsMetadata(root: string): {
    metadata: { functions: Definition[] };
    problems: string[];
    associations: { id: string; functionName: string; file: string }[];
  };
  associationModule(associations: readonly object[], folder: string): string;
}
interface Compatibility {
  findBreaks(before: object, after: object): string[];
  findAdditions(before: object, after: object): string[];
}
const { readFunctionsMetadata, associationModule } = jest.requireActual<MetadataBuild>("../../../scripts/build/functions-metadata.cjs");
const { findBreaks, findAdditions } = jest.requireActual<Compatibility>("../../../scripts/build/functions-compatibility.cjs");

const declaration = (id: string, name: string, more = "") => `/**
 * Adds two numbers.
 * @customfunction ${id} Title
 * @param {any[][]} first the first
 * @param {any[][]} [second] the second
 * @returns {any[][]} the sum
 * @helpurl https://localhost:3000/help/${id.toLowerCase().replace(/\./g, "-")}.html${more}
 */
export function ${name}(first: any[][], second: any[][]): any[][] {
  return [[first, second]];
}
`;

const withFamilies = <T>(families: Record<string, string>, look: (root: string) => T): T => {
  const root = mkdtempSync(path.join(tmpdir(), "families-"));
  try {
    mkdirSync(path.join(root, "src", "functions"), { recursive: true });
    for (const [name, text] of Object.entries(families)) writeFileSync(path.join(root, "src", "functions", name), text);
    return look(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
const problemsOf = (families: Record<string, string>) => withFamilies(families, (root) => readFunctionsMetadata(root).problems.join("\n"));

describe("the metadata of the functions", () => {
  it("merges the families, sorts by id and leaves out files without functions", () => {
    withFamilies(
      { "b.ts": declaration("ZETA.ONE", "one"), "a.ts": declaration("ALPHA", "alpha"), "excel-error.ts": "export const x = 1;\n" },
      (root) => {
        const { metadata, problems, associations } = readFunctionsMetadata(root);
        expect(problems).toEqual([]);
        expect(metadata).toMatchObject({ allowErrorForDataTypeAny: true, functions: [{ id: "ALPHA" }, { id: "ZETA.ONE" }] });
        const text = associationModule(associations, path.join(root, ".cache"));
        expect(text).toContain('import { alpha as f0 } from "../src/functions/a";');
        expect(text).toContain('CustomFunctions.associate("ZETA.ONE", f1);');
      },
    );
  });

  it.each([
    [
      "the same id in two files",
      { "a.ts": declaration("SAME", "one"), "b.ts": declaration("SAME", "two") },
      /function SAME is declared in a\.ts and in b\.ts/,
    ],
    [
      "an arrow function, which the generator skips",
      { "a.ts": declaration("ARROW", "x").replace(/export function[\s\S]*/, "export const x = () => [[1]];\n") },
      /were skipped/,
    ],
    ["an id like a cell", { "a.ts": declaration("TAX2024", "tax") }, /looks like a cell address/],
    ["a short id", { "a.ts": declaration("AB", "ab") }, /must have 3 to 128 characters/],
    ["a help link to another page", { "a.ts": declaration("GOOD", "good", "x") }, /GOOD needs @helpurl/],
    ["an argument without a description", { "a.ts": declaration("GOOD", "good").replace(" the first", "") }, /argument first has no description/],
    [
      "a description that is too long",
      { "a.ts": declaration("GOOD", "good").replace("Adds two numbers", "x".repeat(256)) },
      /256 at most|255 at most/,
    ],
  ])("refuses %s", (_, families, message) => {
    expect(problemsOf(families as unknown as Record<string, string>)).toMatch(message);
  });
});

describe("the promise about ids and arguments", () => {
  const before = { functions: [{ id: "ONE", parameters: [{ name: "a" }, { name: "b", optional: true }] }] };
  const changed = (parameters: object[], id = "ONE") => ({ functions: [{ id, parameters }] });

  it("takes new functions and no other change of arguments", () => {
    const grown = { functions: [...before.functions, { id: "TWO", parameters: [] }] };
    expect(findBreaks(before, grown)).toEqual([]);
    expect(findAdditions(before, grown)).toEqual(["TWO"]);
    expect(findBreaks(before, changed([{ name: "a" }, { name: "b", optional: true }], "UNO"))[0]).toContain("COLL.ONE is gone");
    expect(findBreaks(before, changed([{ name: "b", optional: true }, { name: "a" }]))).toHaveLength(1);
    expect(findBreaks(before, changed([{ name: "a" }]))).toHaveLength(1);
    expect(findBreaks(before, changed([{ name: "a" }, { name: "b", optional: true }, { name: "c", optional: true }]))).toHaveLength(1);
    expect(findBreaks(before, changed([{ name: "a" }, { name: "b" }]))[0]).toContain("b became required");
  });
});
