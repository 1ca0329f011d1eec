import { excelDate, illustrative, layOut, type SampleTable } from "./sample-table";

const columns = [
  "agreementId",
  "counterparty",
  "counterpartyGroup",
  "agreementType",
  "marginType",
  "currency",
  "requirement",
  "marginMethod",
  "exposure",
  "independentAmount",
  "threshold",
  "minimumTransferAmount",
  "roundingDelivery",
  "roundingReturn",
  "csaId",
  "marginApproach",
  "initialMargin",
  "maintenanceMargin",
  "bufferMultiple",
  "unrealisedProfit",
  "profitCounts",
  "deadline",
  "priority",
  "interestRate",
  "fxHaircutCurrencies",
  "isSegregated",
] as const;

const sameDay = excelDate("2026-11-20T17:00:00Z");
const nextBusinessDay = excelDate("2026-11-23T10:00:00Z");

const northgate = { counterparty: "Northgate Bank", counterpartyGroup: "Northgate", agreementType: "CSA", csaId: "NORTHGATE", marginApproach: "distinct" };
const meridian = { counterparty: "Meridian Bank", counterpartyGroup: "Meridian", agreementType: "CSA", csaId: "MERIDIAN", marginApproach: "distinct" };
const given = { marginMethod: "given" };

const rows = [
  {
    agreementId: "CSA-NORTHGATE-VM",
    ...northgate,
    marginType: "VM",
    currency: "USD",
    marginMethod: "csa",
    exposure: 6437500,
    independentAmount: 500000,
    threshold: 1000000,
    minimumTransferAmount: 250000,
    roundingDelivery: 50000,
    roundingReturn: 50000,
    deadline: sameDay,
    priority: 1,
    interestRate: 0.0405,
    fxHaircutCurrencies: "USD",
  },
  { agreementId: "CSA-NORTHGATE-IM", ...northgate, ...given, marginType: "IM", currency: "USD", requirement: 9500000, deadline: nextBusinessDay, priority: 2, fxHaircutCurrencies: "USD", isSegregated: "yes" },
  { agreementId: "CSA-MERIDIAN-VM", ...meridian, ...given, marginType: "VM", currency: "EUR", requirement: 4200000, deadline: sameDay, priority: 1, interestRate: 0.019, fxHaircutCurrencies: "EUR" },
  { agreementId: "CSA-MERIDIAN-IM", ...meridian, ...given, marginType: "IM", currency: "EUR", requirement: 6800000, deadline: nextBusinessDay, priority: 2, fxHaircutCurrencies: "EUR, USD", isSegregated: "yes" },
  { agreementId: "CCP-RHINE-IM", counterparty: "Rhine Clear", counterpartyGroup: "Rhine Clear", agreementType: "CCP", ...given, marginType: "IM", currency: "EUR", requirement: 7500000, deadline: sameDay, priority: 1, interestRate: 0.0165, fxHaircutCurrencies: "EUR" },
  { agreementId: "TRIPARTY-LARK", counterparty: "Lark Securities", counterpartyGroup: "Lark", agreementType: "repo", ...given, marginType: "VM", currency: "USD", requirement: 12000000, deadline: nextBusinessDay, priority: 3, fxHaircutCurrencies: "USD, EUR" },
  { agreementId: "VENUE-DERIBITLIKE", counterparty: "Deribit-like venue (illustrative)", counterpartyGroup: "Venue D", agreementType: "venue", ...given, marginType: "venue", currency: "BTC", requirement: 45, deadline: sameDay, priority: 2 },
  {
    agreementId: "VENUE-BYBITLIKE",
    counterparty: "Bybit-like venue (illustrative)",
    counterpartyGroup: "Venue B",
    agreementType: "venue",
    marginMethod: "venue",
    marginType: "venue",
    currency: "USD",
    initialMargin: 5200000,
    maintenanceMargin: 2900000,
    bufferMultiple: 2,
    unrealisedProfit: -350000,
    profitCounts: "no",
    deadline: sameDay,
    priority: 2,
  },
  { agreementId: "VENUE-OKXLIKE", counterparty: "OKX-like venue (illustrative)", counterpartyGroup: "Venue O", agreementType: "venue", ...given, marginType: "venue", currency: "USD", requirement: 4800000, deadline: sameDay, priority: 2 },
];

/** Nine margin calls of today. One is computed from CSA terms, one from a venue's margins, the others are given. */
export const sampleAgreements: SampleTable = {
  kind: "agreements",
  sheet: "Agreements",
  table: "tblAgreements",
  title: "Agreements: the margin calls to cover today",
  note: `${illustrative} A blank requirement is computed from the row's CSA or venue terms.`,
  columns,
  rows: layOut(columns, rows),
  textColumns: ["agreementId"],
  numberFormats: {
    requirement: "#,##0.##",
    exposure: "#,##0",
    independentAmount: "#,##0",
    threshold: "#,##0",
    minimumTransferAmount: "#,##0",
    roundingDelivery: "#,##0",
    roundingReturn: "#,##0",
    initialMargin: "#,##0",
    maintenanceMargin: "#,##0",
    unrealisedProfit: "#,##0",
    deadline: "yyyy-mm-dd hh:mm",
    interestRate: "0.00%",
  },
};

const positionColumns = ["agreementId", "instrument", "contractType", "underlying", "quantity", "entryPrice", "markPrice", "underlyingPrice", "multiplier", "settlementCurrency", "strike", "expiry", "optionType", "volatility", "leverage", "marginMode", "nettingSet", "marketValue"] as const;

const trade = (instrument: string, underlying: string, marketValue: number): Partial<Record<(typeof positionColumns)[number], string | number>> => ({
  agreementId: "CSA-NORTHGATE-VM",
  instrument,
  contractType: "trade",
  underlying,
  quantity: 1,
  entryPrice: 0,
  markPrice: marketValue,
  settlementCurrency: "USD",
  nettingSet: "NORTHGATE-1",
  marketValue,
});

const positions = [
  // The three trades add up to minus the exposure of CSA-NORTHGATE-VM.
  trade("IRS USD 7y pay fixed", "USD-SOFR", -4150000),
  trade("FX forward EURUSD 6m", "EURUSD", -2587500),
  trade("Cross-currency swap 3y", "EURUSD", 300000),
  { agreementId: "VENUE-DERIBITLIKE", instrument: "BTC-PERP", contractType: "inverse", underlying: "BTC", quantity: 250000, entryPrice: 94800, markPrice: 92010, underlyingPrice: 92000, multiplier: 10, settlementCurrency: "BTC", marginMode: "cross" },
  { agreementId: "VENUE-DERIBITLIKE", instrument: "BTC-25DEC26-100000-C", contractType: "option", underlying: "BTC", quantity: -120, entryPrice: 0.021, markPrice: 0.0165, underlyingPrice: 92000, multiplier: 1, settlementCurrency: "BTC", strike: 100000, expiry: excelDate("2026-12-25T08:00:00Z"), optionType: "call", volatility: 0.46, marginMode: "cross" },
  { agreementId: "VENUE-BYBITLIKE", instrument: "ETHUSDT", contractType: "linear", underlying: "ETH", quantity: 9000, entryPrice: 3188.89, markPrice: 3150, underlyingPrice: 3150, multiplier: 1, settlementCurrency: "USDT", leverage: 5.5, marginMode: "cross" },
  { agreementId: "VENUE-OKXLIKE", instrument: "SOL-USDT-SWAP", contractType: "linear", underlying: "SOL", quantity: -150000, entryPrice: 138.4, markPrice: 140, underlyingPrice: 140, multiplier: 1, settlementCurrency: "USDT", leverage: 5, marginMode: "cross" },
];

/** The derivatives behind some of the calls. */
export const samplePositions: SampleTable = {
  kind: "positions",
  sheet: "Positions",
  table: "tblPositions",
  title: "Positions: the derivatives behind the calls",
  note: `${illustrative} quantity > 0 is long; marketValue > 0 is owed to us.`,
  columns: positionColumns,
  rows: layOut(positionColumns, positions),
  textColumns: ["agreementId", "instrument"],
  numberFormats: { quantity: "#,##0", entryPrice: "#,##0.00##", markPrice: "#,##0.00##", strike: "#,##0", expiry: "yyyy-mm-dd", volatility: "0.0%", marketValue: "#,##0" },
};
