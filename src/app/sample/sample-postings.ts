import { excelDate, illustrative, layOut, sampleDate, type SampleTable } from "./sample-table";

const holdingColumns = ["agreementId", "assetId", "location", "account", "quantity", "direction", "status"] as const;

const posted = (agreementId: string, assetId: string, location: string, account: string, quantity: number) => ({
  agreementId,
  assetId,
  location,
  account,
  quantity,
  direction: "posted",
  status: "settled",
});
const cash = (agreementId: string, currency: string, quantity: number) => posted(agreementId, currency, "Custodian bank", "Cash", quantity);
const security = (agreementId: string, assetId: string, quantity: number) => posted(agreementId, assetId, "Custodian bank", "Securities", quantity);
const hot = (agreementId: string, assetId: string, quantity: number) => posted(agreementId, assetId, "Hot wallet", "Trading", quantity);
const cold = (agreementId: string, assetId: string, quantity: number) => posted(agreementId, assetId, "Cold vault", "Treasury", quantity);

const holdings = [
  cash("CSA-NORTHGATE-VM", "USD", 4500000),
  cash("CSA-NORTHGATE-IM", "USD", 1500000),
  security("CSA-NORTHGATE-IM", "912828E10", 47000),
  security("CSA-NORTHGATE-IM", "91282CPX7", 38000),
  cash("CSA-MERIDIAN-VM", "EUR", 4200000),
  security("CSA-MERIDIAN-IM", "DE-BUND-30", 50000),
  security("CSA-MERIDIAN-IM", "912797TB1", 22000),
  cash("CCP-RHINE-IM", "EUR", 3600000),
  security("CCP-RHINE-IM", "912797TB1", 51000),
  security("TRIPARTY-LARK", "HELVIA-32", 41000),
  security("TRIPARTY-LARK", "912797TB1", 42000),
  security("TRIPARTY-LARK", "FR-OAT-33", 38000),
  hot("VENUE-DERIBITLIKE", "BTC", 46),
  hot("VENUE-BYBITLIKE", "USDT", 4200000),
  hot("VENUE-BYBITLIKE", "USDC", 2000000),
  hot("VENUE-OKXLIKE", "USDC", 3000000),
  cold("VENUE-OKXLIKE", "ETH", 620),
];

/** What is posted today. It covers the calls, but with assets that cost more than others which would do. */
export const sampleHoldings: SampleTable = {
  kind: "holdings",
  sheet: "Holdings",
  table: "tblHoldings",
  title: "Holdings: what is posted today",
  note: `${illustrative} These units are part of tblAssets; a negative quantity is a debt at a venue.`,
  columns: holdingColumns,
  rows: layOut(holdingColumns, holdings),
  textColumns: ["agreementId", "assetId"],
  numberFormats: { quantity: "#,##0" },
};

const limitColumns = [
  "scope",
  "scopeId",
  "limitType",
  "group",
  "direction",
  "limit",
  "limitBasis",
  "valueBasis",
  "currency",
  "hardOrSoft",
  "softPenalty",
  "source",
] as const;

const limits = [
  {
    scope: "agreement",
    scopeId: "CSA-NORTHGATE-IM",
    limitType: "class",
    group: "otherIssuer",
    direction: "max",
    limit: 0.4,
    limitBasis: "requirement",
    valueBasis: "afterHaircut",
    hardOrSoft: "hard",
    source: "schedule to the agreement",
  },
  {
    scope: "agreement",
    scopeId: "CSA-NORTHGATE-IM",
    limitType: "class",
    group: "mainIndexEquity",
    direction: "max",
    limit: 0.25,
    limitBasis: "requirement",
    valueBasis: "afterHaircut",
    hardOrSoft: "hard",
    source: "schedule to the agreement",
  },
  {
    scope: "agreement",
    scopeId: "CSA-MERIDIAN-IM",
    limitType: "issuer",
    group: "EACH",
    direction: "max",
    limit: 0.5,
    limitBasis: "requirement",
    valueBasis: "afterHaircut",
    hardOrSoft: "hard",
    source: "schedule to the agreement",
  },
  {
    scope: "agreement",
    scopeId: "CCP-RHINE-IM",
    limitType: "class",
    group: "cash",
    direction: "min",
    limit: 0.3,
    limitBasis: "requirement",
    valueBasis: "afterHaircut",
    hardOrSoft: "hard",
    source: "clearing house rule: 30 % in cash",
  },
  {
    scope: "agreement",
    scopeId: "TRIPARTY-LARK",
    limitType: "class",
    group: "mainIndexEquity",
    direction: "max",
    limit: 0.35,
    limitBasis: "posted",
    valueBasis: "market",
    hardOrSoft: "hard",
    source: "basket rule",
  },
  {
    scope: "agreement",
    scopeId: "TRIPARTY-LARK",
    limitType: "issuer",
    group: "EACH",
    direction: "max",
    limit: 4500000,
    limitBasis: "amount",
    valueBasis: "market",
    currency: "USD",
    hardOrSoft: "hard",
    source: "basket rule",
  },
  {
    scope: "agreement",
    scopeId: "VENUE-BYBITLIKE",
    limitType: "asset",
    group: "USDe",
    direction: "max",
    limit: 0.1,
    limitBasis: "requirement",
    valueBasis: "afterHaircut",
    hardOrSoft: "hard",
    source: "desk policy",
  },
  {
    scope: "book",
    scopeId: "ALL",
    limitType: "asset",
    group: "SOL",
    direction: "max",
    limit: 1500000,
    limitBasis: "amount",
    valueBasis: "market",
    currency: "USD",
    hardOrSoft: "hard",
    source: "desk policy",
  },
  {
    scope: "counterparty",
    scopeId: "EACH",
    limitType: "total",
    direction: "max",
    limit: 30000000,
    limitBasis: "amount",
    valueBasis: "market",
    currency: "USD",
    hardOrSoft: "hard",
    source: "counterparty limit",
  },
];

/** How much of one thing may be posted. */
export const sampleLimits: SampleTable = {
  kind: "limits",
  sheet: "Limits",
  table: "tblLimits",
  title: "Limits: how much of one thing may be posted",
  note: `${illustrative} limit is a share (0.4) for the basis requirement or posted, and money for amount.`,
  columns: limitColumns,
  rows: layOut(limitColumns, limits),
  textColumns: ["scopeId"],
  numberFormats: { limit: "#,##0.00" },
};

const fxColumns = ["currency", "rate", "asOf"] as const;
const fx: readonly (readonly [string, number])[] = [
  ["USD", 1],
  ["EUR", 1.16],
  ["GBP", 1.32],
  ["BTC", 92000],
  ["ETH", 3150],
  ["USDC", 1],
  ["USDT", 0.9995],
];

/** Base currency (USD) per unit. */
export const sampleFx: SampleTable = {
  kind: "fx",
  sheet: "Fx",
  table: "tblFx",
  title: "Fx: US dollars per unit of each currency",
  note: illustrative,
  columns: fxColumns,
  rows: layOut(
    fxColumns,
    fx.map(([currency, rate]) => ({ currency, rate, asOf: excelDate(sampleDate) })),
  ),
  textColumns: ["currency"],
  numberFormats: { rate: "#,##0.00##", asOf: "yyyy-mm-dd" },
};

const costColumns = [
  "assetId",
  "agreementId",
  "fundingRate",
  "yieldWhilePosted",
  "interestRate",
  "custodyRate",
  "deliverRate",
  "recallRate",
] as const;

const costs = [
  { assetId: "*", agreementId: "*", deliverRate: 0.00005, recallRate: 0.00005 },
  { assetId: "*", agreementId: "TRIPARTY-LARK", custodyRate: 0.0008 },
  { assetId: "*", agreementId: "CSA-NORTHGATE-IM", custodyRate: 0.0006 },
  { assetId: "*", agreementId: "CSA-MERIDIAN-IM", custodyRate: 0.0006 },
  { assetId: "EUR", agreementId: "CSA-NORTHGATE-VM", interestRate: 0.0185 },
  { assetId: "USD", agreementId: "CSA-MERIDIAN-VM", interestRate: 0.034 },
  { assetId: "stETH", agreementId: "VENUE-OKXLIKE", yieldWhilePosted: 0.018 },
  { assetId: "BTC", agreementId: "*", deliverRate: 0.00002, recallRate: 0.00002 },
  { assetId: "USDC", agreementId: "*", deliverRate: 0.00003, recallRate: 0.00003 },
  { assetId: "USDT", agreementId: "*", deliverRate: 0.00003, recallRate: 0.00003 },
];

/** What overrides the rates of tblAssets at an agreement, and what a movement costs. */
export const sampleCosts: SampleTable = {
  kind: "costs",
  sheet: "Costs",
  table: "tblCosts",
  title: "Costs: rates of one asset at one agreement, and of movements",
  note: `${illustrative} A filled cell overrides tblAssets; deliverRate and recallRate are paid once, on market value.`,
  columns: costColumns,
  rows: layOut(costColumns, costs),
  textColumns: ["assetId", "agreementId"],
  numberFormats: {
    fundingRate: "0.00%",
    yieldWhilePosted: "0.00%",
    interestRate: "0.00%",
    custodyRate: "0.00%",
    deliverRate: "0.000%",
    recallRate: "0.000%",
  },
};

const settingColumns = ["key", "value"] as const;

const settings = [
  { key: "baseCurrency", value: "USD" },
  { key: "asOf", value: "2026-11-20T08:00:00Z" },
  { key: "dayCount", value: 360 },
  { key: "horizonDays", value: 30 },
  { key: "quantityBasis", value: "owned" },
  { key: "sameDayReuse", value: "yes" },
  { key: "fxHaircutForm", value: "additive" },
  { key: "ownGroup", value: "Harbour Trading" },
  { key: "timeLimitSeconds", value: 10 },
];

/** How the run reads the book. */
export const sampleSettings: SampleTable = {
  kind: "settings",
  sheet: "Settings",
  table: "tblSettings",
  title: "Settings: how a run reads the book",
  note: illustrative,
  columns: settingColumns,
  rows: layOut(settingColumns, settings),
  textColumns: ["key"],
};
