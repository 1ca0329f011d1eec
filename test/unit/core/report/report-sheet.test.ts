import { formatsOf, totalsRow, type ReportSheet } from "../../../../src/core/report/report-sheet";

const sheet: ReportSheet = {
  name: "Coverage",
  title: "",
  note: "",
  columns: [
    { header: "Agreement", kind: "text", format: "@", width: 100 },
    { header: "Posted", kind: "number", format: "0.00", width: 100 },
    { header: "Posted (USD)", kind: "number", format: "#,##0.00", width: 100, isTotalled: true },
  ],
  rows: [
    ["A", 1, 10],
    ["B", 2, 20],
  ],
  appends: false,
};

describe("the totals of a report", () => {
  it("add up what a filter leaves of the columns in one currency, and name themselves", () => {
    expect(totalsRow(sheet)).toEqual(["", "Total", { formula: "=SUBTOTAL(109,C6:C7)" }]);
  });

  it("are left out of a log, of an empty list and where nothing is in one currency", () => {
    expect(totalsRow({ ...sheet, appends: true })).toBeUndefined();
    expect(totalsRow({ ...sheet, rows: [] })).toBeUndefined();
    expect(totalsRow({ ...sheet, columns: sheet.columns.slice(0, 2) })).toBeUndefined();
  });
});

it("makes red, beside its words, only what says that something is wrong", () => {
  const formats = formatsOf({ ...sheet, alerts: { column: 0, rows: [1] } });
  expect(formats).toEqual([
    ["@", "0.00", "#,##0.00"],
    ["General;General;General;[Red]@", "0.00", "#,##0.00"],
  ]);
  expect(formatsOf(sheet).flat()).not.toContain("General;General;General;[Red]@");
});
