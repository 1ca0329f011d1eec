/** @jest-environment jsdom */
import { startExcel } from "../../support/excel";

type EditText = typeof import("../../../src/workbench/page/edit-text");

/** Univer's CellValueType; Univer itself can be loaded only after Excel has been started. */
const CellValueType = { STRING: 1, NUMBER: 2, BOOLEAN: 3, FORCE_STRING: 4 } as const;

let editText: EditText["editText"];

beforeAll(async () => {
  const first = await startExcel();
  // What the library asks by itself at its start must be answered before this workbook goes.
  await first.run((context) => context.sync());
  first.dispose();
  ({ editText } = jest.requireActual<EditText>("../../../src/workbench/page/edit-text"));
});

describe("what the formula bar shows", () => {
  it.each([
    ["a formula", { f: "=A1*2", v: 4 }, "", "=A1*2"],
    ["a number without binary noise", { v: 0.1 + 0.2, t: CellValueType.NUMBER }, "", "0.3"],
    ["a percentage as one", { v: 0.07, t: CellValueType.NUMBER }, "0.00%", "7%"],
    ["a date that reads as the same date", { v: 46037, t: CellValueType.NUMBER }, "yyyy-mm-dd", "2026-01-15"],
    ["a logical", { v: 1, t: CellValueType.BOOLEAN }, "", "TRUE"],
    ["text that was forced to be text", { v: "00123", t: CellValueType.FORCE_STRING }, "", "'00123"],
    ["plain text", { v: "12 apples", t: CellValueType.STRING }, "", "12 apples"],
    ["nothing", null, "", ""],
  ])("is %s", (_what, cell, pattern, text) => {
    expect(editText(cell, pattern)).toBe(text);
  });
});
