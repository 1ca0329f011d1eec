import { readFileSync } from "node:fs";
import path from "node:path";

interface FunctionsJson {
  readonly allowErrorForDataTypeAny: boolean;
  readonly functions: readonly { readonly id: string; readonly helpUrl: string; readonly parameters: readonly { readonly name: string }[] }[];
}
interface MetadataBuild {
  readFunctionsMetadata(root: string): { metadata: FunctionsJson; problems: string[]; associations: readonly { id: string }[] };
  functionsJson(metadata: FunctionsJson): string;
  helpPage(id: string): string;
}
interface Compatibility {
  findBreaks(before: FunctionsJson, after: FunctionsJson): string[];
}
interface HelpPages {
  helpSources(root: string): readonly { source: string; target: string; kind: string }[];
}

const root = path.join(__dirname, "../../..");
const { readFunctionsMetadata, functionsJson, helpPage } = jest.requireActual<MetadataBuild>("../../../scripts/build/functions-metadata.cjs");
const { findBreaks } = jest.requireActual<Compatibility>("../../../scripts/build/functions-compatibility.cjs");
const { helpSources } = jest.requireActual<HelpPages>("../../../scripts/build/help-pages.cjs");

const current = readFunctionsMetadata(root);
const goldenText = readFileSync(path.join(__dirname, "functions.json"), "utf8");

describe("functions.json", () => {
  it("is built without a problem", () => {
    expect(current.problems).toEqual([]);
  });

  it("keeps every id and every argument that users' workbooks may hold", () => {
    expect(findBreaks(JSON.parse(goldenText) as FunctionsJson, current.metadata)).toEqual([]);
  });

  it("is the golden file; run npm run functions:accept after an addition", () => {
    expect(functionsJson(current.metadata)).toBe(goldenText);
  });

  it("associates each id once", () => {
    expect(current.associations.map(({ id }) => id).sort()).toEqual(current.metadata.functions.map(({ id }) => id).sort());
  });

  it("lets error cells reach the functions", () => {
    expect(current.metadata.allowErrorForDataTypeAny).toBe(true);
  });

  it("has a help page behind the help link of every function, and no page without a function", () => {
    const pages = helpSources(root)
      .filter(({ kind }) => kind === "function")
      .map(({ target }) => target);
    expect(current.metadata.functions.map(({ id }) => helpPage(id)).sort()).toEqual([...pages].sort());
    for (const { id, helpUrl } of current.metadata.functions) expect(helpUrl).toBe(`https://localhost:3000/help/${helpPage(id)}`);
  });
});
