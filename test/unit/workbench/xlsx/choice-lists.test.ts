import type { DocumentState } from "../../../../src/workbench/excel-host/document-state";
import { choiceListsOf, writtenValidations } from "../../../../src/workbench/xlsx/choice-lists";

const bag = (what: string, address: string, values: Record<string, unknown>) => ({ what, address, values: { values, children: {} } });
const state = {
  version: 1,
  sheets: [
    {
      name: "Limits",
      bags: [
        bag("dataValidation", "E6:E14", {
          Rule: { list: { inCellDropDown: true, source: "max,min" } },
          ErrorAlert: { showAlert: true, style: "Warning", title: "direction", message: "The run knows: max, min." },
        }),
        bag("dataValidation", "F6:F14", { Rule: { list: { source: "=Names!A1:A4" } } }),
        bag("dataValidation", "G6:G14", { Rule: { decimal: { formula1: 0 } } }),
        bag("conditionalFormats", "A1", {}),
      ],
    },
  ],
} as unknown as DocumentState;

it("finds the lists of words that the add-in has put on a sheet", () => {
  const list = { range: "E6:E14", choices: ["max", "min"], isStrict: false, title: "direction", message: "The run knows: max, min." };
  expect(choiceListsOf(state, "Limits")).toEqual([list]);
  expect(choiceListsOf(state, "Fx")).toEqual([]);
});

it("writes them beside what the file had, once for each block of cells", () => {
  const kept = [
    { type: "whole" as const, range: "A1:A9", formula1: "1" },
    { type: "list" as const, range: "E6:E14", values: ["old"] },
  ];
  expect(writtenValidations(kept, choiceListsOf(state, "Limits"))).toEqual([
    kept[0],
    {
      type: "list",
      values: ["max", "min"],
      range: "E6:E14",
      allowBlank: true,
      showErrorMessage: true,
      errorStyle: "warning",
      errorTitle: "direction",
      errorMessage: "The run knows: max, min.",
    },
  ]);
});
