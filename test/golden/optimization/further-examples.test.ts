import type { AllocationOutcome } from "../../../src/core/optimization/allocation-outcome";
import { installExcelErrors } from "../../support/custom-functions-error";
import { fitsCells, runCells, runTables, type TableExample } from "../../support/table-run";
import { calls } from "./further/calls";
import { fromWorkedExamples } from "./further/from-worked-examples";
import { limits } from "./further/limits";
import { movements } from "./further/movements";
import { slabs } from "./further/slabs";
import { stockAndTime } from "./further/stock-and-time";
import { valuesAndCosts } from "./further/values-and-costs";

jest.mock("../../../src/runtime/cell-solver", () => jest.requireActual<object>("../../support/timeless-solver"));
beforeAll(installExcelErrors);

/** What a route through the product gives for an example. */
interface Answer {
  readonly posted: Readonly<Record<string, number>>;
  readonly required: Readonly<Record<string, number>>;
  readonly short: Readonly<Record<string, number>>;
  readonly cost: number;
  readonly moves: number;
}

/** Sums of numbers by name. */
const summed = (entries: readonly (readonly [string, number])[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const [name, value] of entries) sums[name] = (sums[name] ?? 0) + value;
  return sums;
};

const nameOf = ({ byLocation }: TableExample, asset: string, location: string, agreement: string): string =>
  `${asset}${byLocation === true ? `@${location}` : ""}>${agreement}`;

const fromRun = (example: TableExample, { lines, coverage, costPerDay, movements: moved }: AllocationOutcome): Answer => ({
  posted: summed(lines.map((line) => [nameOf(example, line.assetId, line.location, line.agreementId), line.quantity])),
  required: Object.fromEntries(coverage.map((line) => [line.agreementId, line.required])),
  short: Object.fromEntries(coverage.map((line) => [line.agreementId, line.shortfall])),
  cost: costPerDay * 365,
  moves: moved.length,
});

const fromCells = async (example: TableExample): Promise<Answer> => {
  const [, ...lines] = await runCells(example.tables, "allocation");
  const [, ...coverage] = await runCells(example.tables, "coverage");
  const moved = example.moves === undefined ? [] : (await runCells(example.tables, "moves")).slice(1);
  // Below the calls stand minimums that are not met and limits that are exceeded.
  const called = coverage.filter(([id]) => new RegExp(`^\\s*${String(id)} `, "m").test(example.tables.agreements ?? ""));
  return {
    posted: summed(lines.map(([agreement, asset, location, , quantity]) => [nameOf(example, asset, location, agreement), quantity])),
    required: Object.fromEntries(called.map(([id, , required]) => [id, required])),
    short: Object.fromEntries(called.map(([id, , , , , short]) => [id, short])),
    cost: lines.reduce((sum, line) => sum + line[8] * 365, 0),
    moves: moved.length,
  };
};

/** Quantities are written in steps worth at most a thousandth of base currency, so 1e-6 of the number and a little. */
const expectNumbers = (actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>, what: string): void => {
  for (const [name, value] of Object.entries(expected)) {
    const off = Math.abs((actual[name] ?? 0) - value);
    if (!(off <= 1e-6 * Math.abs(value) + (Math.abs(value) < 100 ? 2e-5 : 0.02))) throw new Error(`${what} ${name}: ${actual[name]} instead of ${value}`);
  }
};

const expectAnswer = (example: TableExample, answer: Answer): void => {
  if (example.posted !== undefined) {
    expectNumbers(answer.posted, { ...Object.fromEntries(Object.keys(answer.posted).map((name) => [name, 0])), ...example.posted }, "posted");
  }
  expectNumbers(answer.required, example.required ?? {}, "required");
  expectNumbers(answer.short, { ...Object.fromEntries(Object.keys(answer.short).map((id) => [id, 0])), ...example.short }, "short");
  if (example.cost !== undefined) expectNumbers({ cost: answer.cost }, { cost: example.cost }, "yearly");
  if (example.moves !== undefined) expect(answer.moves).toBe(example.moves);
};

describe.each([
  ["those of the reference, through tables and cells", fromWorkedExamples],
  ["values and costs", valuesAndCosts],
  ["limits", limits],
  ["slabs", slabs],
  ["calls", calls],
  ["stock and time", stockAndTime],
  ["movements", movements],
] as const)("worked examples: %s", (_group, examples) => {
  test.each(examples.map((example) => [example.title, example] as const))("%s", async (_title, example) => {
    const { outcome, checks, headline } = await runTables(example.tables);
    if (outcome === undefined) throw new Error(headline);
    expect(checks?.passed).toBe(true);
    expectAnswer(example, fromRun(example, outcome));
    expectNumbers(Object.fromEntries(outcome.coverage.map((line) => [line.agreementId, line.marginalCost ?? NaN])), example.price ?? {}, "price");
    const words = JSON.stringify([outcome.conflicts, outcome.unmet, outcome.exceeded]);
    for (const said of example.says ?? []) expect(words).toMatch(said);
    if (fitsCells(example.tables)) expectAnswer(example, await fromCells(example));
  });
});
