import { createTimelessSolver } from "../../support/timeless-solver";
import { createCollateralApp } from "../../../src/app/create-collateral-app";
import type { CellValue } from "../../../src/core/basics/cell-value";
import { createDeskMachine } from "../../support/desk-machine";
import { createMemoryWorkbook, type MemoryWorkbook } from "../../support/memory-workbook";

type Columns = Readonly<Record<string, CellValue>>;

const machine = createDeskMachine();

const put = (workbook: MemoryWorkbook, name: string, rows: readonly Columns[]): void => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const values = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  workbook.tables.push({ name, sheet: name.slice(3), rowIndex: 4, columnIndex: 0, values });
};

const bookOf = (agreement: Columns, positions: readonly Columns[], rest: Readonly<Record<string, readonly Columns[]>> = {}): MemoryWorkbook => {
  const workbook = createMemoryWorkbook([]);
  put(workbook, "tblAssets", [{ assetId: "USD", quantity: 1e9, price: 1, assetClass: "cash" }]);
  put(workbook, "tblAgreements", [{ agreementId: "A", currency: "USD", ...agreement }]);
  put(workbook, "tblEligibility", [{ agreementId: "*", assetId: "USD", haircut: "none" }]);
  put(
    workbook,
    "tblPositions",
    positions.map((row, index) => ({ agreementId: "A", instrument: `P${index + 1}`, quantity: 1, entryPrice: 0, markPrice: 0, ...row })),
  );
  for (const [name, rows] of Object.entries(rest)) put(workbook, name, rows);
  return workbook;
};

/** Runs the app and answers the headline, what the agreement needs and has, and what the Analysis sheet says that netting saved. */
const runOf = async (workbook: MemoryWorkbook) => {
  const app = createCollateralApp({ workbook, machine, solver: createTimelessSolver(), version: "0" });
  const summary = await app.run().done;
  const rows = workbook.written.find((sheet) => sheet.name === "Analysis")?.rows ?? [];
  return {
    headline: summary.headline,
    required: summary.outcome?.coverage[0]?.required,
    isCovered: summary.outcome?.coverage[0]?.isCovered,
    saved: rows.find(([section]) => section === "Netting")?.[2],
    tree: rows.filter(([section]) => section === "Requirement").map(([, name, value]) => [String(name).trim(), value] as const),
  };
};

const swap = { contractType: "trade", underlying: "USD", assetClass: "interest rate", maturityYears: 10, notional: 1e6 };
const linear = { contractType: "linear", underlying: "BTC", entryPrice: 100, markPrice: 100 };

describe("positions become the requirement that is covered, with the netting that they save", () => {
  it("by the regulatory schedule: Gross 80,000, NGR 0, margin 32,000", async () => {
    const answer = await runOf(
      bookOf({ marginMethod: "schedule" }, [
        { ...swap, marketValue: 50_000 },
        { ...swap, marketValue: -30_000 },
      ]),
    );
    expect(answer).toMatchObject({ required: 32_000, isCovered: true, saved: 48_000 });
    expect(answer.tree).toContainEqual(["Gross", 80_000]);
  });

  it("by SA-CCR: 1.4 (50,000 + 4 % of net 600,000)", async () => {
    const pair = { ...swap, underlying: "EUR/USD", assetClass: "fx", maturityYears: 1 };
    const rows = [
      { ...pair, marketValue: -50_000 },
      { ...pair, notional: 4e5, quantity: -1, marketValue: 0 },
    ];
    const answer = await runOf(bookOf({ marginMethod: "saccr" }, rows));
    expect(answer.required).toBeCloseTo(1.4 * (50_000 + 24_000), 6);
    expect(answer.isCovered).toBe(true);
    expect(answer.saved).toBeCloseTo(1.4 * (50_000 + 40_000 + 16_000) - 1.4 * 74_000, 6);
  });

  it("by a venue's slabs, buffered, with the loss on top", async () => {
    const rules = [{ underlying: "BTC", upTo: "", unit: "value", imRate: 0.1, mmRate: 0.08 }];
    const rows = [
      { ...linear, instrument: "PERP", quantity: 20, entryPrice: 101 },
      { ...linear, instrument: "PERP", quantity: -5, entryPrice: 100 },
    ];
    const answer = await runOf(bookOf({ marginMethod: "venue", bufferMultiple: 1.5 }, rows, { tblRules: rules }));
    // 15 net at 100: initial 150, maintenance 120 * 1.5 = 180 plus the loss of 20; one by one 2,500 * 0.08 * 1.5 = 300.
    expect(answer.required).toBeCloseTo(200, 9);
    expect(answer.isCovered).toBe(true);
    expect(answer.saved).toBeCloseTo(120, 9);
  });

  it("by a scenario grid", async () => {
    const parameters = [{ key: "price_range", underlying: "*", value: 0.2 }];
    const rows = [
      { ...linear, quantity: 10 },
      { ...linear, quantity: -8 },
    ];
    expect(await runOf(bookOf({ marginMethod: "grid" }, rows, { tblParameters: parameters }))).toMatchObject({
      required: expect.closeTo(40, 9) as number,
      isCovered: true,
      saved: expect.closeTo(320, 9) as number,
    });
  });

  it("by the joint history", async () => {
    const moves = [0.1, -0.1, 0.1, -0.1, 0.1];
    const days = moves.reduce((prices, move) => [...prices, (prices.at(-1) ?? 0) * (1 + move)], [100]);
    const prices = days.map((price, day) => ({ date: `2026-01-0${day + 1}`, BTC: price }));
    const rows = [
      { ...linear, quantity: 3 },
      { ...linear, quantity: -2 },
    ];
    expect(await runOf(bookOf({ marginMethod: "es", confidence: 0.8 }, rows, { tblPrices: prices }))).toMatchObject({
      required: expect.closeTo(10, 6) as number,
      isCovered: true,
      saved: expect.closeTo(40, 6) as number,
    });
  });

  it("by their market value under a CSA", async () => {
    const rows = [
      { ...swap, marketValue: -50_000 },
      { ...swap, marketValue: 20_000 },
    ];
    expect(await runOf(bookOf({ marginMethod: "csa", threshold: 1000 }, rows))).toMatchObject({ required: 29_000, isCovered: true, saved: 20_000 });
  });
});

it.each([
  ["a blank cell", { marginMethod: "schedule" }, { ...swap }, /positions row 1: marketValue is blank.*tblPositions row 1 \(Positions!A6\)/],
  ["an unknown underlying", { marginMethod: "venue" }, { ...linear, underlying: "XRP" }, /positions row 1: rules has no row for underlying XRP/],
  ["a price of 0", { marginMethod: "grid", parameterSet: "deribit_portfolio_margin" }, { ...linear, markPrice: 0 }, /row 1: markPrice is 0/],
  ["a missing table", { marginMethod: "var" }, linear, /Agreement A: marginMethod var needs the table prices/],
  ["an unknown set", { marginMethod: "grid", parameterSet: "foo" }, linear, /Parameter set "foo" is unknown/],
])("stops at %s, with the row and the column", async (_title, agreement, position, message) => {
  const rules = [{ underlying: "BTC", upTo: "", unit: "value", imRate: 0.1, mmRate: 0.08 }];
  const answer = await runOf(bookOf(agreement, [position], { tblRules: rules }));
  expect(answer.headline).toMatch(message);
});
