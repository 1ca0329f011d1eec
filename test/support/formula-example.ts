import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One row of a page's table of examples. */
export interface FormulaExample {
  readonly page: string;
  readonly formula: string;
  readonly name: string;
  readonly arguments: readonly unknown[];
  readonly expected: readonly (number | string | boolean)[];
}

/** Reads the pasteable examples of a function's page: table rows that start with a formula in code quotes. */
export const formulaExamples = (page: string): readonly FormulaExample[] => {
  const text = readFileSync(join(__dirname, "../../docs/functions", `${page}.md`), "utf8");
  return [...text.matchAll(/^\| `=COLL\.([A-Z.]+)\((.*)\)` \| (.*) \|$/gm)].map((match) => ({
    page,
    formula: `=COLL.${match[1]}(${match[2]})`,
    name: match[1] ?? "",
    arguments: splitOutside(match[2] ?? "", ",").map(readArgument),
    expected: (match[3] ?? "").split(";").map(readValue),
  }));
};

/** Splits at a separator outside quotes and braces. */
const splitOutside = (text: string, separator: string): readonly string[] => {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let part = "";
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === "{") depth += 1;
    else if (!isQuoted && character === "}") depth -= 1;
    if (character === separator && !isQuoted && depth === 0) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part];
};

/** As Excel hands it over: null where left out, a matrix otherwise. */
const readArgument = (text: string): unknown => {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (!trimmed.startsWith("{")) return [[readValue(trimmed)]];
  return splitOutside(trimmed.slice(1, -1), ";").map((row) => splitOutside(row, ",").map(readValue));
};

const readValue = (text: string): number | string | boolean => {
  const trimmed = text.trim();
  if (trimmed.startsWith('"')) return trimmed.slice(1, -1);
  if (trimmed === "TRUE" || trimmed === "FALSE") return trimmed === "TRUE";
  const value = Number(trimmed);
  return trimmed !== "" && Number.isFinite(value) ? value : trimmed;
};
