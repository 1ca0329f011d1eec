import { sampleAgreements, samplePositions } from "./sample-agreements";
import { sampleAssets } from "./sample-assets";
import { sampleEligibility, sampleTiers } from "./sample-eligibility";
import { historyColumns, priceHistory } from "./price-history";
import { sampleCosts, sampleFx, sampleHoldings, sampleLimits, sampleSettings } from "./sample-postings";
import { illustrative, sampleDate, type SampleTable } from "./sample-table";

const samplePrices = (): SampleTable => ({
  kind: "prices",
  sheet: "Prices",
  table: "tblPrices",
  title: "Prices: a synthetic daily history, one column per asset or currency",
  note: `Made by a seeded random generator, not market data; it ends on ${sampleDate} at the prices of tblAssets. ${illustrative}`,
  columns: historyColumns,
  rows: priceHistory(sampleDate),
  textColumns: [],
  numberFormats: { date: "yyyy-mm-dd" },
});

/**
 * Gives the sample book: a crypto-and-classical desk with nine margin calls, as plain data for one sheet and table each.
 *
 * Every call can be covered within all the rules. Today's posting (tblHoldings) is dearer than it needs to be.
 */
export const sampleBook = (): readonly SampleTable[] => [
  sampleAssets,
  sampleAgreements,
  samplePositions,
  sampleEligibility,
  sampleTiers,
  sampleLimits,
  sampleHoldings,
  samplePrices(),
  sampleFx,
  sampleCosts,
  sampleSettings,
];
