/** What a column holds, which decides how its cells are read. */
export type ColumnKind =
  | "text"
  /** A plain number. */
  | "number"
  /** A percentage as a decimal: 0.08 for 8 %. */
  | "decimal"
  /** A haircut as a decimal; the word `none` is 0. */
  | "haircut"
  | "yesNo"
  /** A UTC date or time: ISO text or an Excel serial; read as ISO text. */
  | "date"
  | "choice"
  /** Several codes in one cell, separated by commas, semicolons or spaces. */
  | "list";

/** One column of a table: its name in the workbook and how to read it. */
export interface ColumnRule {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The column must be there and every row must fill it. */
  readonly required?: boolean;
  /** The column must be there, but a cell may be blank (the row says why). */
  readonly present?: boolean;
  readonly minimum?: number;
  /** The value must be larger than `minimum`, not equal. */
  readonly isExclusive?: boolean;
  readonly maximum?: number;
  /** A decimal above it is asked about, where nobody has said what the column holds: 3 is more often 3 % than 300 %. */
  readonly usualMaximum?: number;
  /** The cell is a share in rows whose other column says one of these words, and an amount in the others. */
  readonly shareWhere?: { readonly column: string; readonly says: readonly string[] };
  readonly choices?: readonly string[];
  /** Unit or meaning, for help texts. */
  readonly unit: string;
}

/** Words that the columns of a table take, where these are few. */
export const choicesOf = (kind: TableKind): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    columnCatalogue[kind].flatMap(({ name, kind: holds, choices }) =>
      choices !== undefined ? [[name, choices]] : holds === "yesNo" ? [[name, ["yes", "no"]]] : [],
    ),
  );

/** The tables that the optimizer reads, by the name after `tbl`. */
export const tableKinds = [
  "assets",
  "agreements",
  "eligibility",
  "limits",
  "tiers",
  "holdings",
  "positions",
  "trades",
  "fx",
  "costs",
  "scenarios",
  "pins",
  "transfers",
  "prices",
  "settings",
  "rules",
  "parameters",
  "counterparties",
  "grades",
  "scorecard",
] as const;
export type TableKind = (typeof tableKinds)[number];

const text = (name: string, unit = "", extra: Partial<ColumnRule> = {}): ColumnRule => ({ name, kind: "text", unit, ...extra });
const number = (name: string, unit: string, extra: Partial<ColumnRule> = {}): ColumnRule => ({ name, kind: "number", unit, ...extra });
const decimal = (name: string, unit: string, extra: Partial<ColumnRule> = {}): ColumnRule => ({ name, kind: "decimal", unit, ...extra });
const yesNo = (name: string, unit = "yes or no"): ColumnRule => ({ name, kind: "yesNo", unit });
const date = (name: string, unit = "UTC date or time"): ColumnRule => ({ name, kind: "date", unit });
const choice = (name: string, choices: readonly string[], extra: Partial<ColumnRule> = {}): ColumnRule => ({
  name,
  kind: "choice",
  choices,
  unit: choices.join(", "),
  ...extra,
});

const required = { required: true } as const;
const atLeastZero = { minimum: 0 } as const;
const positive = { minimum: 0, isExclusive: true } as const;
const share = { minimum: 0, maximum: 1 } as const;
/** Of a rate a year, a fee or a margin rate: 100 % is asked about when it is exceeded. */
const rate = { usualMaximum: 1 } as const;

const marginTypes = ["VM", "IM", "defaultFund", "venue"] as const;

/** Columns of every table, in the order in which templates show them. */
export const columnCatalogue: Readonly<Record<TableKind, readonly ColumnRule[]>> = {
  assets: [
    text("assetId", "identifier, kept as text", required),
    text("location"),
    text("account"),
    number("quantity", "units owned, including what is posted", { ...required, ...atLeastZero }),
    number("price", "per unit, in priceCurrency", { ...required, ...positive }),
    text("priceCurrency", "currency code; default the base currency"),
    text("denominationCurrency", "what the asset is worth in by nature; default priceCurrency"),
    text("assetClass"),
    text("issuer"),
    text("issuerGroup"),
    text("issuerType"),
    text("issuerCountry"),
    text("sector"),
    text("rating"),
    number("maturityYears", "years", atLeastZero),
    number("outstanding", "units of the issue", positive),
    number("averageDailyVolume", "units per day", positive),
    decimal("fundingRate", "annual decimal, > 0 = cost", rate),
    decimal("yieldWhilePosted", "annual decimal kept while posted", rate),
    decimal("stakingYield", "annual decimal earned by staking while not posted", { ...rate, ...atLeastZero }),
    yesNo("keepsStaking", "yes = the staking yield is kept while posted"),
    decimal("repoRate", "annual decimal that repo or lending would earn if it were not posted", rate),
    number("lotSize", "units", positive),
    number("reserved", "units that stay unposted", atLeastZero),
    number("settleHours", "hours", atLeastZero),
    number("unbondHours", "hours", atLeastZero),
    date("lockedUntil"),
    text("hqlaClass", "1, 2A or 2B"),
    text("sco60Class", "1a, 1b, 2a or 2b"),
  ],
  agreements: [
    text("agreementId", "identifier", required),
    text("counterparty"),
    text("counterpartyGroup"),
    choice("agreementType", ["CSA", "CCP", "venue", "repo", "lending"]),
    choice("marginType", marginTypes),
    text("currency", "currency code", required),
    number("requirement", "in currency; blank where marginMethod computes it", atLeastZero),
    choice("marginMethod", ["given", "csa", "schedule", "saccr", "venue", "grid", "var", "es"]),
    text("parameterSet"),
    text("nettingSet"),
    decimal("confidence", "decimal", { minimum: 0.5, maximum: 1 }),
    number("horizonDays", "days", positive),
    number("exposure", "in currency, > 0 = their claim on us"),
    number("independentAmount", "in currency", atLeastZero),
    number("theirIndependentAmount", "in currency", atLeastZero),
    number("threshold", "in currency", atLeastZero),
    number("theirThreshold", "in currency", atLeastZero),
    number("minimumTransferAmount", "in currency", atLeastZero),
    number("theirMinimumTransferAmount", "in currency", atLeastZero),
    number("roundingDelivery", "in currency", atLeastZero),
    number("roundingReturn", "in currency", atLeastZero),
    text("csaId", "links VM and IM"),
    choice("marginApproach", ["distinct", "allocated", "greaterOf"]),
    number("bufferMultiple", "times maintenance margin", atLeastZero),
    number("initialMargin", "in currency", atLeastZero),
    number("maintenanceMargin", "in currency", atLeastZero),
    number("unrealisedProfit", "in currency, < 0 = loss"),
    yesNo("profitCounts"),
    date("deadline"),
    number("priority", "1 is served first", { minimum: 1 }),
    decimal("interestRate", "annual decimal paid to us on cash", rate),
    number("maxMovements", "count", atLeastZero),
    decimal("overPostCap", "decimal of the requirement", { ...rate, ...atLeastZero }),
    { name: "fxHaircutCurrencies", kind: "list", unit: "currencies free of FX haircut; default the agreement's" },
    decimal("reuseShare", "decimal", share),
    yesNo("isSegregated"),
    {
      name: "haircutAddOn",
      kind: "haircut",
      unit: "decimal, added to every haircut here; blank = by the counterparty's grade",
      minimum: 0,
      maximum: 1,
    },
  ],
  eligibility: [
    text("agreementId", "an agreement or * for all", required),
    text("assetId"),
    text("assetClass"),
    text("currency"),
    text("issuer"),
    text("issuerType"),
    text("issuerCountry"),
    text("ratingFrom"),
    text("ratingTo"),
    number("maturityFromYears", "years, exclusive", atLeastZero),
    number("maturityToYears", "years, inclusive", atLeastZero),
    choice("marginType", marginTypes),
    yesNo("isIncluded", "yes (default) or no"),
    { name: "haircut", kind: "haircut", unit: "decimal 0 to 1; none for no haircut", minimum: 0, maximum: 1 },
    decimal("valuationPercentage", "decimal 0 to 1, = 1 - haircut", { minimum: 0, maximum: 1 }),
    decimal("marginPercentage", "decimal >= 1; value ratio = 1 / it", { minimum: 1, usualMaximum: 5 }),
    text("tierTable", "a name of tblTiers"),
    { name: "fxHaircut", kind: "haircut", unit: "decimal 0 to 1", minimum: 0, maximum: 1 },
    choice("fxRule", ["mismatch", "always", "never"]),
    { name: "additionalHaircut", kind: "haircut", unit: "decimal 0 to 1", minimum: 0, maximum: 1 },
    number("priceAtVenue", "per unit, in the asset's priceCurrency", positive),
    number("settleHours", "hours", atLeastZero),
    date("validFrom"),
    date("validTo"),
    text("source"),
  ],
  limits: [
    choice("scope", ["agreement", "csa", "counterparty", "counterpartyGroup", "location", "book"], required),
    text("scopeId", "an id, EACH or ALL"),
    choice("limitType", ["asset", "class", "issuer", "issuerGroup", "country", "currency", "sector", "total"], required),
    text("group", "a name or EACH"),
    choice("direction", ["max", "min"]),
    number("limit", "decimal for shares, money for amount", {
      ...required,
      ...atLeastZero,
      shareWhere: { column: "limitBasis", says: ["requirement", "posted", "issue", "averageDailyVolume"] },
    }),
    choice("limitBasis", ["requirement", "posted", "amount", "issue", "averageDailyVolume"], required),
    choice("valueBasis", ["market", "afterHaircut"], required),
    text("currency", "of amounts; default the base currency"),
    number("orAmount", "money; the larger of both applies", atLeastZero),
    number("appliesAbove", "money posted above which the limit applies", atLeastZero),
    choice("hardOrSoft", ["hard", "soft"]),
    number("softPenalty", "base currency per unit of breach", atLeastZero),
    text("source"),
    date("validFrom"),
  ],
  tiers: [
    text("tierTable", "name", required),
    text("assetId", "", required),
    choice("tierUnit", ["coin", "value"], required),
    text("tierCurrency", "of value tiers; default the base currency"),
    choice("tierMode", ["marginal", "cliff"]),
    number("from", "lower bound, only checked: where the tier before ends", atLeastZero),
    number("upTo", "cumulative upper bound; blank in the last row", { present: true, ...positive }),
    decimal("ratio", "value ratio, decimal 0 to 1", { required: true, minimum: 0, maximum: 1 }),
    decimal("maintenanceRatio", "decimal", share),
    date("validFrom"),
    date("validTo"),
    text("source"),
  ],
  holdings: [
    text("agreementId", "", required),
    text("assetId", "", required),
    text("location"),
    text("account"),
    number("quantity", "units; negative = debt at that venue", required),
    choice("direction", ["posted", "received"]),
    choice("status", ["settled", "inTransitOut", "inTransitBack", "disputed"]),
    date("recallableFrom"),
    date("expectedSettle"),
    yesNo("reusable"),
  ],
  positions: [
    text("agreementId", "", required),
    text("instrument", "", required),
    choice("contractType", ["spot", "linear", "inverse", "quanto", "option", "trade"], required),
    text("underlying", "", required),
    number("quantity", "+ = long", required),
    number("entryPrice", "", required),
    number("markPrice", "", required),
    number("underlyingPrice", "", positive),
    number("multiplier", ""),
    text("settlementCurrency"),
    number("strike", "", positive),
    date("expiry"),
    choice("optionType", ["call", "put"]),
    decimal("volatility", "annual decimal", { ...positive, usualMaximum: 5 }),
    number("leverage", "times", positive),
    choice("marginMode", ["cross", "isolated"]),
    number("isolatedMargin", ""),
    number("openOrderQuantity", ""),
    text("nettingSet"),
    text("assetClass"),
    number("notional", ""),
    number("maturityYears", "years", atLeastZero),
    number("marketValue", ""),
  ],
  trades: [
    text("tradeId", "", required),
    text("nettingSet", "", required),
    text("assetClass", "", required),
    number("notional", "> 0", { ...required, ...positive }),
    number("direction", "1 or -1", required),
    number("marketValue", "> 0 = owed to us", required),
  ],
  fx: [text("currency", "currency code", required), number("rate", "base currency per unit", { ...required, ...positive }), date("asOf")],
  costs: [
    text("assetId", "", required),
    text("agreementId", "an agreement or *", required),
    decimal("fundingRate", "annual decimal, > 0 = cost", rate),
    decimal("yieldWhilePosted", "annual decimal", rate),
    decimal("interestRate", "annual decimal", rate),
    decimal("custodyRate", "annual decimal", rate),
    decimal("deliverRate", "once, decimal", { ...rate, ...atLeastZero }),
    decimal("recallRate", "once, decimal", { ...rate, ...atLeastZero }),
    number("deliverFixed", "base currency per movement", atLeastZero),
    number("recallFixed", "base currency per movement", atLeastZero),
    number("minimumPiece", "base currency", atLeastZero),
  ],
  scenarios: [text("scenario", "", required)],
  pins: [
    text("agreementId", "", required),
    text("assetId", "", required),
    text("location"),
    choice("action", ["pin", "forbid", "atLeast", "atMost"], required),
    number("quantity", "units", atLeastZero),
  ],
  transfers: [
    text("from", "", required),
    text("to", "", required),
    number("settleHours", "hours", { ...required, ...atLeastZero }),
    text("cutoff", "UTC time of day"),
    number("maxPerDay", "units", atLeastZero),
  ],
  prices: [{ name: "date", kind: "date", unit: "UTC", required: true }],
  settings: [text("key", "", required), { name: "value", kind: "text", unit: "", present: true }],
  rules: [
    text("underlying", "", required),
    number("from", "checked: the end of the slab before", atLeastZero),
    number("upTo", "cumulative upper bound in unit; blank in the last row", { present: true, ...positive }),
    choice("unit", ["coin", "value"], required),
    decimal("imRate", "decimal of notional", { ...rate, ...atLeastZero }),
    decimal("mmRate", "decimal of notional", { ...rate, ...atLeastZero }),
    number("deduction", "as the venue publishes it; blank = computed", atLeastZero),
    decimal("baseRate", "decimal", { ...rate, ...atLeastZero }),
    decimal("stepPerUnit", "added to the rate per unit of size", atLeastZero),
    date("validFrom"),
    text("source"),
  ],
  parameters: [text("key", "", required), text("underlying", "", required), number("value", "", required)],
  counterparties: [
    text("counterparty", "as in the agreements table", required),
    choice("creditModel", ["given", "scorecard", "merton"]),
    decimal("pd", "probability of default, decimal; blank where it is computed", { present: true, ...share }),
    text("grade", "a name of the grades table"),
    number("equity", "market value", positive),
    decimal("equityVolatility", "annual decimal", { ...positive, usualMaximum: 5 }),
    number("debt", "due at the horizon", positive),
    number("years", "horizon", positive),
    decimal("rate", "annual decimal", rate),
    { name: "haircutAddOn", kind: "haircut", unit: "decimal; blank = by the grade", minimum: 0, maximum: 1 },
    decimal("limitShare", "decimal; blank = by the grade", share),
    number("limit", "market value posted at full share, in currency", atLeastZero),
    text("currency", "of limit; default the base currency"),
  ],
  grades: [
    text("grade", "name", required),
    decimal("upTo", "largest probability of default, decimal; 1 or blank in the last row", {
      present: true,
      minimum: 0,
      isExclusive: true,
      maximum: 1,
    }),
    { name: "haircutAddOn", kind: "haircut", unit: "decimal", minimum: 0, maximum: 1 },
    decimal("limitShare", "decimal", share),
  ],
  scorecard: [text("attribute", "a column of the counterparties table, or intercept", required), number("weight", "", required)],
};

/** Tables without which nothing can be run. */
export const requiredTables: readonly TableKind[] = ["assets", "agreements", "eligibility"];

/** The workbook's name of a table: `tblAssets` for assets. */
export const tableNameOf = (kind: TableKind, suffix = ""): string => `tbl${kind.charAt(0).toUpperCase()}${kind.slice(1)}${suffix}`;

/** Brings a header to the form in which it is compared: lower case, no spaces, no unit in brackets. */
export const normaliseHeader = (header: unknown): string =>
  String(header ?? "")
    .replace(/[([{].*$/, "")
    .toLowerCase()
    .replace(/[\s_\-*.]/g, "");
