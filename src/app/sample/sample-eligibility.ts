import { excelDate, illustrative, layOut, type SampleTable } from "./sample-table";

const columns = [
  "agreementId",
  "assetId",
  "assetClass",
  "currency",
  "issuer",
  "ratingFrom",
  "ratingTo",
  "maturityFromYears",
  "maturityToYears",
  "isIncluded",
  "haircut",
  "tierTable",
  "fxHaircut",
  "additionalHaircut",
  "validFrom",
  "source",
] as const;

type Rule = Partial<Readonly<Record<(typeof columns)[number], string | number>>>;

const basel = "haircuts as in the Basel standard table, 10 days (illustrative use)";
const own = "illustrative";
const strong = { ratingFrom: "AAA", ratingTo: "AA-" };
const medium = { ratingFrom: "A+", ratingTo: "BBB-" };

/** Maturity slices of the standard table: up to 1, 3, 5, 10 years. */
const slices = (assetClass: string, rating: Rule, haircuts: readonly [number, number, number, number]): Rule[] => {
  const bounds = [0, 1, 3, 5, 10];
  return haircuts.map((haircut, index) => ({
    assetClass,
    ...rating,
    maturityFromYears: index === 0 ? "" : (bounds[index] ?? ""),
    maturityToYears: bounds[index + 1] ?? "",
    haircut,
    source: basel,
  }));
};

const standardBonds: readonly Rule[] = [
  ...slices("sovereign", strong, [0.005, 0.02, 0.02, 0.04]),
  ...slices("sovereign", medium, [0.01, 0.03, 0.03, 0.06]),
  ...slices("otherIssuer", strong, [0.01, 0.03, 0.04, 0.06]),
  ...slices("otherIssuer", medium, [0.02, 0.04, 0.06, 0.12]),
];

const at = (agreementId: string, rules: readonly Rule[], more: Rule = {}): Rule[] =>
  rules.map((rule) => ({ agreementId, isIncluded: "yes", ...rule, ...more }));

const cash = (currency: string, fxHaircut?: number): Rule => ({
  assetClass: "cash",
  currency,
  haircut: "none",
  source: own,
  ...(fxHaircut === undefined ? {} : { fxHaircut }),
});

const coin = (assetId: string, haircut: number, source = own): Rule => ({ assetId, haircut, source });

const rules: readonly Rule[] = [
  // Variation margin: cash of the agreement, with an FX haircut on the other currencies.
  ...at("CSA-NORTHGATE-VM", [
    cash("USD"),
    cash("EUR", 0.08),
    { ...strong, assetClass: "sovereign", maturityToYears: 1, haircut: 0.005, fxHaircut: 0.08, source: basel },
  ]),
  ...at("CSA-MERIDIAN-VM", [cash("EUR"), cash("USD", 0.08)]),
  // Initial margin: the standard table with 8 % for a currency that the agreement does not name.
  ...at(
    "CSA-NORTHGATE-IM",
    [cash("USD", 0.08), cash("EUR", 0.08), ...standardBonds, { assetClass: "mainIndexEquity", haircut: 0.2, source: basel }].map((rule) => ({
      ...rule,
      fxHaircut: 0.08,
    })),
  ),
  ...at(
    "CSA-MERIDIAN-IM",
    [...standardBonds, { assetClass: "gold", haircut: 0.2, source: basel }].map((rule) => ({ ...rule, fxHaircut: 0.08 })),
  ),
  { agreementId: "CSA-MERIDIAN-IM", issuer: "Meridian Bank", isIncluded: "no", source: "own issue of the counterparty" },
  { agreementId: "CSA-MERIDIAN-VM", issuer: "Meridian Bank", isIncluded: "no", source: "own issue of the counterparty" },
  // The clearing house takes cash and governments.
  ...at("CCP-RHINE-IM", [
    cash("EUR"),
    { assetClass: "sovereign", ...strong, maturityToYears: 3, haircut: 0.025, fxHaircut: 0.06, source: own },
    { assetClass: "sovereign", ...strong, maturityFromYears: 3, maturityToYears: 10, haircut: 0.045, fxHaircut: 0.06, source: own },
    { assetClass: "sovereign", ratingFrom: "A+", ratingTo: "A-", maturityToYears: 10, haircut: 0.065, fxHaircut: 0.06, source: own },
  ]),
  // The tri-party basket: corporates, funds and long governments.
  ...at("TRIPARTY-LARK", [
    { assetClass: "sovereign", haircut: 0.03, source: own },
    { assetClass: "otherIssuer", ...strong, haircut: 0.06, source: own },
    { assetClass: "otherIssuer", ...medium, haircut: 0.09, source: own },
    { assetClass: "mainIndexEquity", haircut: 0.12, additionalHaircut: 0.02, source: own },
  ]),
  // Crypto venues.
  ...at("VENUE-DERIBITLIKE", [
    coin("BTC", 0.02),
    coin("ETH", 0.06),
    { assetId: "stETH", haircut: 0.075, validFrom: excelDate("2026-01-13"), source: "Deribit notice of 2026-01-13: 7.5 %" },
    { assetId: "USDC", haircut: "none", validFrom: excelDate("2025-07-15"), source: "exchange news of 2025-07-15: full value" },
  ]),
  ...at("VENUE-BYBITLIKE", [
    { assetId: "BTC", tierTable: "BYBIT-BTC", source: "see tblTiers" },
    coin("ETH", 0.05),
    { assetId: "USDT", haircut: "none", validFrom: excelDate("2025-09-18"), source: "Bybit collateral value list of 2025-09-18: full value" },
    coin("USDC", 0.005),
    coin("SOL", 0.1),
    coin("USDe", 0.1),
  ]),
  ...at("VENUE-OKXLIKE", [
    coin("BTC", 0.04),
    { assetId: "ETH", tierTable: "OKX-ETH", source: "see tblTiers" },
    { assetId: "stETH", tierTable: "OKX-STETH", source: "see tblTiers" },
    coin("USDC", 0.01),
    coin("USDT", 0.005),
    coin("SOL", 0.12),
    coin("PAXG", 0.05),
    coin("TBILLTOKEN", 0.02),
  ]),
].map(blankIfEmpty);

function blankIfEmpty(rule: Rule): Rule {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== ""));
}

/** What may be posted where, and at which haircut. */
export const sampleEligibility: SampleTable = {
  kind: "eligibility",
  sheet: "Eligibility",
  table: "tblEligibility",
  title: "Eligibility: what may be posted where, and its haircut",
  note: `${illustrative} No rule means not eligible; an exclusion (isIncluded no) wins; "none" is a haircut of 0.`,
  columns,
  rows: layOut(columns, rules),
  textColumns: ["agreementId", "assetId"],
  numberFormats: { haircut: "0.0%", fxHaircut: "0.0%", additionalHaircut: "0.0%", validFrom: "yyyy-mm-dd" },
};

const tierColumns = ["tierTable", "assetId", "tierUnit", "tierCurrency", "tierMode", "upTo", "ratio", "validFrom", "source"] as const;

/** Slabs as [upper bound or blank, ratio]. */
const slabs = (
  head: Partial<Record<(typeof tierColumns)[number], string | number>>,
  bounds: readonly (readonly [number | null, number])[],
): Partial<Record<(typeof tierColumns)[number], string | number | null>>[] =>
  bounds.map(([upTo, ratio]) => ({ tierMode: "marginal", ...head, upTo, ratio }));

const tiers = [
  ...slabs(
    {
      tierTable: "BYBIT-BTC",
      assetId: "BTC",
      tierUnit: "coin",
      validFrom: excelDate("2025-09-18"),
      source: "Bybit collateral value ratio list (UTA) as of 2025-09-18",
    },
    [
      [10, 0.98],
      [20, 0.95],
      [30, 0.9],
      [40, 0.85],
      [50, 0.8],
      [null, 0],
    ],
  ),
  ...slabs(
    {
      tierTable: "OKX-ETH",
      assetId: "ETH",
      tierUnit: "coin",
      validFrom: excelDate("2025-07-16"),
      source: "illustrative, in the shape of OKX discount tiers",
    },
    [
      [800, 0.98],
      [1600, 0.95],
      [3200, 0.9],
      [null, 0.5],
    ],
  ),
  ...slabs(
    {
      tierTable: "OKX-STETH",
      assetId: "stETH",
      tierUnit: "value",
      tierCurrency: "USD",
      validFrom: excelDate("2024-07-18"),
      source: "slabs of the OKX notice on BETH, 2024-07-18, used for stETH as an illustration",
    },
    [
      [2000000, 0.95],
      [4000000, 0.85],
      [8000000, 0.5],
      [null, 0],
    ],
  ),
];

/** Collateral value ratios that fall with the amount. */
export const sampleTiers: SampleTable = {
  kind: "tiers",
  sheet: "Tiers",
  table: "tblTiers",
  title: "Tiers: value ratios that fall with the amount posted",
  note: `${illustrative} ratio = 1 - haircut; marginal: each slab counts at its own ratio; the last bound may be blank.`,
  columns: tierColumns,
  rows: layOut(tierColumns, tiers),
  textColumns: ["tierTable", "assetId"],
  numberFormats: { upTo: "#,##0", ratio: "0.0%", validFrom: "yyyy-mm-dd" },
};
