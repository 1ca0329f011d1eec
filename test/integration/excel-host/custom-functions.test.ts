/** @jest-environment jsdom */
import { startExcel, type TestExcel } from "../../support/excel";
import { until } from "../../support/until";

type Parameter = { name: string; type?: string; dimensionality?: string; optional?: boolean; repeating?: boolean };

const entry = (id: string, parameters: readonly Parameter[], options = {}) => ({
  id,
  name: id,
  parameters,
  options,
  result: { type: "any", dimensionality: "matrix" },
});
const any = (name: string) => ({ name, type: "any" });
const matrix = (name: string) => ({ name, type: "any", dimensionality: "matrix" });

const functionsJson = {
  allowErrorForDataTypeAny: true,
  functions: [
    entry("ADD", [
      { name: "a", type: "number" },
      { name: "b", type: "number", optional: true },
    ]),
    entry("GRID", [any("rows"), any("columns")]),
    entry("FAIL", [any("text")]),
    entry("MIXED", []),
    entry("LATER", [any("value")]),
    entry("SHAPE.OF", [matrix("block")]),
    entry("SEEN", [any("value"), { ...matrix("block"), optional: true }]),
    entry("TICKER", [any("start")], { stream: true, cancelable: true }),
    entry("JOIN", [{ name: "parts", type: "any", repeating: true }]),
    entry("HELD", [any("value")]),
    entry("WHERE", [], { requiresAddress: true }),
  ],
};

const cancelled: unknown[] = [];
const calls: Record<string, number> = {};

const held: (() => void)[] = [];
const streams: CustomFunctions.StreamingInvocation<number>[] = [];

const associateAll = (functions: typeof CustomFunctions) => {
  const associate = (id: string, body: (...args: never[]) => unknown) =>
    functions.associate(id, ((...args: never[]) => {
      calls[id] = (calls[id] ?? 0) + 1;
      return body(...args);
    }) as never);
  associate("ADD", (a: number, b: number | null) => a + (b ?? 100));
  associate("GRID", (rows: number, columns: number) =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (__, c) => r * 10 + c)),
  );
  associate("FAIL", (text: string) => {
    // What Office.js calls an error is none to the linter.
    throw new functions.Error(functions.ErrorCode.notAvailable, `No answer for ${text}.`) as unknown as Error;
  });
  associate("MIXED", () => [[1, new functions.Error(functions.ErrorCode.invalidValue, "Row 1 is bad.")]]);
  associate("LATER", (value: unknown) => new Promise((resolve) => setTimeout(() => resolve(`later ${String(value)}`), 1)));
  associate("HELD", (value: unknown) => new Promise((resolve) => held.push(() => resolve(value))));
  associate("SHAPE.OF", (block: unknown[][]) => `${block.length}x${block[0]?.length} ${JSON.stringify(block)}`);
  associate("SEEN", (value: unknown, block: unknown) =>
    JSON.stringify([value instanceof Error ? (value as unknown as { code: string }).code : value, block]),
  );
  associate("TICKER", (start: number, invocation: CustomFunctions.StreamingInvocation<number>) => {
    streams.push(invocation);
    invocation.onCanceled = () => void cancelled.push(start);
  });
  associate("JOIN", (parts: unknown[]) => parts.join("|"));
  associate("WHERE", (invocation: CustomFunctions.Invocation) => invocation.address ?? "");
};

describe("custom functions through the real runtime", () => {
  let excel: TestExcel;
  beforeAll(async () => {
    excel = await startExcel({ functionsJson });
    associateAll(excel.CustomFunctions);
  });
  afterAll(() => excel.dispose());

  const typed = async (address: string, formula: string, size = "") => {
    excel.enter(`Sheet1!${address}`, formula);
    await excel.calculated();
    return excel.values(`Sheet1!${address}${size}`);
  };

  it("gives a scalar, and null for an argument left out", async () => {
    expect(await typed("A1", "=COLL.ADD(1,2)")).toEqual([[3]]);
    expect(await typed("A1", "=coll.add(1)")).toEqual([[101]]);
  });

  it("shows the cell as busy until the answer is there", async () => {
    excel.enter("Sheet1!A2", "=COLL.HELD(5)");
    await until(() => held.length > 0);
    const during = await excel.run(async (context) => {
      const range = context.workbook.worksheets.getItem("Sheet1").getRange("A2").load("values");
      await context.sync();
      return range.values;
    });
    expect(during).toEqual([["#BUSY!"]]);
    held.forEach((release) => release());
    await excel.calculated();
    expect(excel.values("Sheet1!A2")).toEqual([[5]]);
  });

  it("spills a matrix and reports where", async () => {
    expect(await typed("C1", "=COLL.GRID(2,3)", ":E2")).toEqual([
      [0, 1, 2],
      [10, 11, 12],
    ]);
    const spill = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      const range = sheet.getRange("C1").getSpillingToRangeOrNullObject();
      const none = sheet.getRange("A1").getSpillingToRangeOrNullObject();
      const parent = sheet.getRange("D2").getSpillParentOrNullObject();
      range.load("address");
      parent.load("address");
      const inside = sheet.getRange("D1:E2").load("hasSpill");
      const partly = sheet.getRange("E2:F2").load("hasSpill");
      await context.sync();
      return [range.address, none.isNullObject, parent.address, inside.hasSpill, partly.hasSpill];
    });
    expect(spill).toEqual(["Sheet1!C1:E2", true, "Sheet1!C1", true, null]);
  });

  it("shows an error with its message, alone and inside a matrix", async () => {
    expect(await typed("A3", '=COLL.FAIL("BTC")')).toEqual([["#N/A"]]);
    expect(excel.error("Sheet1!A3")).toBe("No answer for BTC.");
    expect(excel.host.cellError("Sheet1", 2, 0)).toBe("No answer for BTC.");
    expect(await typed("A4", "=COLL.MIXED()", ":B4")).toEqual([[1, "#VALUE!"]]);
    expect(excel.error("Sheet1!B4")).toBe("Row 1 is bad.");
    expect(excel.error("Sheet1!A4")).toBe("");
    expect(await typed("A5", '=IFERROR(COLL.FAIL("x"),"caught")')).toEqual([["caught"]]);
  });

  it("feeds one function's result into the next", async () => {
    expect(await typed("A6", "=COLL.ADD(COLL.ADD(1,1),COLL.ADD(2,2))+SUM(COLL.GRID(2,2))")).toEqual([[6 + 22]]);
  });

  it("hands over ranges, blanks and errors", async () => {
    excel.enter("Sheet1!G1", [
      [1, ""],
      ["x", true],
    ]);
    excel.enter("Sheet1!G3", "=1/0");
    await excel.calculated();
    expect(await typed("A7", "=COLL.SHAPE.OF(G1:H2)")).toEqual([['2x2 [[1,""],["x",true]]']]);
    expect(await typed("A8", "=COLL.SEEN(G3)")).toEqual([['["#DIV/0!",null]']]);
    expect(await typed("A8", "=COLL.SEEN(G1,G1:G2)")).toEqual([['[1,[[1],["x"]]]']]);
    expect(await typed("A8", "=COLL.ADD(G3,1)")).toEqual([["#DIV/0!"]]);
    expect(await typed("A8", '=COLL.ADD("five",1)')).toEqual([["#VALUE!"]]);
    expect(await typed("A8", '=COLL.JOIN("a",2,TRUE)')).toEqual([["a|2|true"]]);
    expect(await typed("A8", "=COLL.WHERE()")).toEqual([["Sheet1!A8"]]);
  });

  it("recalculates when a cell that it reads changes", async () => {
    excel.enter("Sheet1!J1", 1);
    await typed("J2", "=COLL.ADD(J1,1)");
    expect(excel.values("Sheet1!J2")).toEqual([[2]]);
    excel.enter("Sheet1!J1", 41);
    await excel.calculated();
    expect(excel.values("Sheet1!J2")).toEqual([[42]]);
  });

  it("reads a table by structured reference", async () => {
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("L1:M3").values = [
        ["asset", "price"],
        ["BTC", 60000],
        ["ETH", 3000],
      ];
      const table = sheet.tables.add("L1:M3", true);
      table.name = "tblAssets";
      sheet.getRange("O1:O2").formulas = [["=COLL.SHAPE.OF(tblAssets[price])"], ["=SUM(tblAssets[price])"]];
      await context.sync();
    });
    await excel.calculated();
    expect(excel.values("Sheet1!O1:O2")).toEqual([["2x1 [[60000],[3000]]"], [63000]]);
  });

  it("answers ten promises and many cells at once", async () => {
    excel.enter(
      "Sheet1!Q1",
      Array.from({ length: 10 }, (_, row) => [`=COLL.LATER(${row})`]),
    );
    excel.enter(
      "Sheet1!R1",
      Array.from({ length: 200 }, (_, row) => [`=COLL.ADD(${row},1)`]),
    );
    await excel.calculated();
    expect(excel.values("Sheet1!Q1:Q10")).toEqual(Array.from({ length: 10 }, (_, row) => [`later ${row}`]));
    expect(excel.values("Sheet1!R200")).toEqual([[200]]);
  });

  it("streams until the formula goes away", async () => {
    const shown = () => excel.values("Sheet1!T1")[0]?.[0];
    excel.enter("Sheet1!T1", "=COLL.TICKER(100)");
    await until(() => streams.length > 0);
    streams[0]!.setResult(101);
    await excel.calculated();
    expect(shown()).toBe(101);
    // Nothing but the function itself brings the next value.
    streams[0]!.setResult(102);
    await until(() => shown() === 102);
    streams[0]!.setResult(103);
    await until(() => shown() === 103);
    expect(streams).toHaveLength(1);
    expect(cancelled).toEqual([]);
    excel.enter("Sheet1!T1", "");
    await until(() => cancelled.length > 0);
    expect(cancelled).toEqual([100]);
  });

  it("calls a function once for the same arguments in a cell", async () => {
    const before = calls.GRID ?? 0;
    await typed("V1", "=COLL.GRID(3,3)");
    expect((calls.GRID ?? 0) - before).toBe(1);
  });
});
