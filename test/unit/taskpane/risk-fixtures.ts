import type { TierPreview } from "../../../src/app/exchange-rules";
import type { RiskDay, RiskMethodRow, RiskScreen } from "../../../src/app/risk-screen";

const row = (
  method: string,
  numbers: { readonly var: number; readonly es: number } | { readonly problem: string },
  warnings: readonly string[] = [],
): RiskMethodRow => ({
  method,
  ...("problem" in numbers ? { problem: numbers.problem } : { valueAtRisk: numbers.var, expectedShortfall: numbers.es }),
  warnings,
  valueAtRiskFormula: `=COLL.VALUEATRISK(COLL.RETURNS(tblPrices[BTC]),0.99,"${method}")`,
  expectedShortfallFormula: `=COLL.EXPECTEDSHORTFALL(COLL.RETURNS(tblPrices[BTC]),0.975,"${method}")`,
});

const dayOf = (at: number): string => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);

/** 40 days: ten without a VaR, then a flat band of 4 % that days 20 and 31 go through. */
const days: readonly RiskDay[] = Array.from({ length: 40 }, (_, at) => {
  const isException = at === 20 || at === 31;
  return { date: dayOf(at), value: isException ? -0.05 - at / 1000 : 0.02 * Math.sin(at), ...(at < 10 ? {} : { valueAtRisk: 0.04 }), isException };
});

/** Two series, one method without an answer, two exceptions. */
export const btcRisk: RiskScreen = {
  series: ["BTC", "ETH"],
  chosen: "BTC",
  confidence: 0.99,
  esConfidence: 0.975,
  observations: 40,
  dropped: 1,
  methods: [
    row("historical", { var: 0.04321, es: 0.0512 }),
    row("student-t", { var: 0.0468, es: 0.05849 }, ["Fitted with 4.1 degrees of freedom."]),
    row("evt", { problem: "40 returns are too few for EVT: it needs 250." }),
  ],
  days,
  window: 10,
  exceptions: 2,
  verdicts: [
    { test: "kupiec", statistic: 4.24, pValue: 0.0394, decision: "reject", detail: "2 exceptions in 30 days, expected 0.3" },
    { test: "christoffersen", statistic: 0.29, pValue: 0.59, decision: "accept", detail: "n00 25, n01 2, n10 2, n11 0" },
    { test: "traffic-light", decision: "green", detail: "2 exceptions" },
    { test: "tuff", decision: "not applicable", detail: "no exception in the sample" },
  ],
};

/** A workbook without a table of prices. */
export const noPrices: RiskScreen = {
  ...btcRisk,
  series: [],
  chosen: "",
  observations: 0,
  dropped: 0,
  methods: [],
  days: [],
  window: 0,
  exceptions: 0,
  verdicts: [],
  problem: "No table tblPrices was found. Insert the sample, or add a table with a date column and one column per asset.",
};

/** A first publication for a table that does not exist yet. */
export const noTiers: TierPreview = {
  shape: "pasted table",
  tierTables: [],
  changes: [],
  validFrom: "2026-11-23T06:00:00.000Z",
  rows: 0,
  endsMissing: false,
  warnings: [],
};

/** One changed, one new, one removed and one unchanged asset. */
export const bybitTiers: TierPreview = {
  shape: "Bybit collateral ratios",
  tierTables: ["BYBIT-UTA", "OKX"],
  changes: [
    {
      assetId: "BTC",
      change: "changed",
      before: "0-10: 98 %, 10-20: 95 %",
      after: "0-10: 95 %, above 10: 90 %",
      countedBefore: 0.975,
      countedAfter: 0.9409,
    },
    { assetId: "ETH", change: "same", before: "all: 95 %", after: "all: 95 %", countedBefore: 0.95, countedAfter: 0.95 },
    { assetId: "SOL", change: "new", before: "", after: "all: 80 %" },
    { assetId: "USDC", change: "removed", before: "all: 100 %", after: "", countedBefore: 1 },
  ],
  validFrom: "2026-11-23T06:00:00.000Z",
  rows: 4,
  endsMissing: false,
  warnings: ["The oldest rows in force are 94 days old. Check the venue's page."],
};
