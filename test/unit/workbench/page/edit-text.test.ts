import { CellValueType } from "@univerjs/core";
import { editText } from "../../../../src/workbench/page/edit-text";

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
