import { readFileSync } from "node:fs";
import { join } from "node:path";
import reference from "../../fixtures/risk/risk_cases.json";
import { riskCaseRunners } from "./risk-case-runners";

interface RiskCase {
  readonly id: string;
  readonly kind: string;
  readonly function: string;
  readonly input: Record<string, unknown>;
  readonly expected: unknown;
  readonly tolerance: Record<string, unknown>;
}

/** Returns given as { file, column } are read from the fixtures. */
const withFiles = (input: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(input).map(([key, value]) => {
      if (typeof value !== "object" || value === null || !("file" in value)) return [key, value];
      const { file, column } = value as { file: string; column: string };
      const [head, ...lines] = readFileSync(join(__dirname, "../../fixtures/risk", file.replace(/^data\//, "")), "utf8").trim().split("\n");
      const at = head!.split(",").indexOf(column);
      return [key, lines.map((line) => Number(line.split(",")[at]))];
    }),
  );

const checkNumber = (actual: unknown, expected: number, tolerance: Record<string, unknown>, position: number, id: string): void => {
  const entry = (bound: unknown): number => (Array.isArray(bound) ? (bound[position] as number) : ((bound as number | undefined) ?? 0));
  const allowed = entry(tolerance["abs"]) + entry(tolerance["rel"]) * Math.abs(expected);
  const error = Math.abs((actual as number) - expected);
  if (process.env["SHOW_ERRORS"] !== undefined) process.stdout.write(`${id}: error ${error.toExponential(2)} allowed ${allowed.toExponential(2)}\n`);
  expect({ id, actual, expected, isWithin: error <= allowed }).toEqual({ id, actual, expected, isWithin: true });
};

const check = (actual: unknown, expected: unknown, tolerance: Record<string, unknown>, id: string, position = 0): void => {
  if (typeof expected === "number") return checkNumber(actual, expected, tolerance, position, id);
  if (typeof expected === "string") return void expect(actual).toBe(expected);
  if (Array.isArray(expected)) return expected.forEach((entry, i) => check((actual as unknown[])[i], entry, tolerance, id, i));
  for (const [key, entry] of Object.entries(expected as Record<string, unknown>)) {
    check((actual as Record<string, unknown>)[key], entry, (tolerance[key] as Record<string, unknown> | undefined) ?? tolerance, `${id}.${key}`);
  }
};

describe("reference cases", () => {
  for (const entry of reference.cases as unknown as RiskCase[]) {
    it(`${entry.id} (${entry.kind})`, () => {
      const run = riskCaseRunners[entry.function];
      expect(run).toBeDefined();
      check(run!(withFiles(entry.input)), entry.expected, entry.tolerance, entry.id);
    });
  }
});
