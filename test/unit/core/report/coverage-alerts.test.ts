import { reportCoverage } from "../../../../src/core/report/coverage-report";
import { formatsOf } from "../../../../src/core/report/report-sheet";
import { runBook, smallBook } from "../../../support/small-book";

const red = "General;General;General;[Red]@";
const status = 5;

test("what is short, a minimum that is not met and a maximum that is exceeded are red on the Coverage sheet; what is covered is not", async () => {
  // 30 X cannot be recalled from A, where 20 are allowed; 5 gold are there of 8; B calls for more than there is.
  const book = smallBook({
    assets: [
      { assetId: "X", quantity: 30, fundingRate: 0.001 },
      { assetId: "GOLD", quantity: 5, fundingRate: 0.01 },
      { assetId: "CASH", quantity: 100, fundingRate: 0.03 },
    ],
    agreements: [
      { agreementId: "A", requirement: 100, priority: 1 },
      { agreementId: "B", requirement: 50, priority: 2 },
    ],
    eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
    holdings: [{ agreementId: "A", assetId: "X", quantity: 30, recallableFrom: "2026-02-01" }],
    limits: [
      { scopeId: "A", group: "X", limit: 20, limitBasis: "amount" },
      { scopeId: "A", group: "GOLD", direction: "min", limit: 8, limitBasis: "amount" },
    ],
    settings: { asOf: "2026-01-01" },
  });
  const sheet = reportCoverage((await runBook(book)).outcome, book, "Allocation", "");
  const shown = sheet.rows.map((row, at) => [row[status], formatsOf(sheet)[at]![status] === red]);
  expect(shown).toEqual([
    ["Covered", false],
    ["Short", true],
    ["Not met", true],
    ["Exceeded by what cannot be recalled yet", true],
  ]);
  // The longest of these words has room.
  expect(sheet.columns[status]).toMatchObject({ width: 250, isWidened: true });
});
