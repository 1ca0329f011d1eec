import { illustrative, layOut, type SampleTable } from "./sample-table";

const columns = [
  "assetId",
  "location",
  "account",
  "quantity",
  "price",
  "priceCurrency",
  "denominationCurrency",
  "assetClass",
  "issuer",
  "issuerGroup",
  "issuerType",
  "issuerCountry",
  "sector",
  "rating",
  "maturityYears",
  "fundingRate",
  "yieldWhilePosted",
  "reserved",
  "settleHours",
  "hqlaClass",
  "sco60Class",
] as const;

type AssetRow = Partial<Readonly<Record<(typeof columns)[number], string | number>>>;

const coin = (assetId: string, location: string, quantity: number, price: number, fundingRate: number, more: AssetRow = {}): AssetRow => ({
  assetId,
  location,
  account: location === "Cold vault" ? "Treasury" : "Trading",
  quantity,
  price,
  priceCurrency: "USD",
  denominationCurrency: assetId,
  assetClass: "crypto",
  fundingRate,
  settleHours: location === "Cold vault" ? 4 : 1,
  sco60Class: "2a",
  ...more,
});

const stablecoin = (assetId: string, quantity: number, price: number, fundingRate: number, issuer: string, more: AssetRow = {}): AssetRow =>
  coin(assetId, "Hot wallet", quantity, price, fundingRate, {
    denominationCurrency: "USD",
    assetClass: "stablecoin",
    issuer,
    sco60Class: "2b",
    ...more,
  });

const cash = (currency: string, quantity: number, fundingRate: number, reserved: number): AssetRow => ({
  assetId: currency,
  location: "Custodian bank",
  account: "Cash",
  quantity,
  price: 1,
  priceCurrency: currency,
  denominationCurrency: currency,
  assetClass: "cash",
  fundingRate,
  reserved,
  settleHours: 2,
  hqlaClass: "1",
});

const bond = (
  assetId: string,
  quantity: number,
  price: number,
  currency: string,
  maturityYears: number,
  fundingRate: number,
  more: AssetRow,
): AssetRow => ({
  assetId,
  location: "Custodian bank",
  account: "Securities",
  quantity,
  price,
  priceCurrency: currency,
  denominationCurrency: currency,
  maturityYears,
  fundingRate,
  settleHours: 6,
  ...more,
});

const sovereign = (issuer: string, issuerCountry: string, rating: string): AssetRow => ({
  assetClass: "sovereign",
  issuer,
  issuerGroup: issuer,
  issuerType: "sovereign",
  issuerCountry,
  sector: "government",
  rating,
  hqlaClass: "1",
});

const corporate = (issuer: string, issuerCountry: string, sector: string, rating: string): AssetRow => ({
  assetClass: "otherIssuer",
  issuer,
  issuerGroup: issuer,
  issuerType: "corporate",
  issuerCountry,
  sector,
  rating,
});

const rows: readonly AssetRow[] = [
  coin("BTC", "Cold vault", 180, 92000, 0.041),
  coin("BTC", "Hot wallet", 60, 92000, 0.041),
  coin("ETH", "Cold vault", 2600, 3150, 0.043),
  coin("stETH", "Cold vault", 1500, 3140, 0.05, {
    denominationCurrency: "ETH",
    issuer: "Lido (illustrative)",
    yieldWhilePosted: 0.021,
    sco60Class: "2b",
  }),
  coin("SOL", "Cold vault", 20000, 140, 0.066),
  coin("PAXG", "Cold vault", 500, 4050, 0.034, { assetClass: "gold", issuer: "Gold token issuer", sco60Class: "1a" }),
  stablecoin("USDC", 9000000, 1, 0.045, "Circle (illustrative)", { sco60Class: "1b" }),
  stablecoin("USDT", 7000000, 0.9995, 0.048, "Tether (illustrative)"),
  stablecoin("USDe", 3000000, 0.998, 0.062, "Ethena (illustrative)"),
  stablecoin("TBILLTOKEN", 2000000, 1.02, 0.045, "Tokenised bill fund (illustrative)", { yieldWhilePosted: 0.024, sco60Class: "1a" }),
  cash("USD", 16000000, 0.0435, 2000000),
  cash("EUR", 9000000, 0.0245, 1000000),
  cash("GBP", 3000000, 0.0415, 250000),
  bond("912797TB1", 120000, 99.1, "USD", 0.24, 0.0105, sovereign("United States", "US", "AA+")),
  bond("912828E10", 90000, 98.4, "USD", 2.2, 0.0125, sovereign("United States", "US", "AA+")),
  bond("91282CPX7", 70000, 96.2, "USD", 9.3, 0.0145, sovereign("United States", "US", "AA+")),
  bond("DE-BUND-30", 55000, 101.2, "EUR", 4.1, 0.0095, sovereign("Germany", "DE", "AAA")),
  bond("FR-OAT-33", 50000, 97.5, "EUR", 6.8, 0.0115, sovereign("France", "FR", "A+")),
  bond("GB-GILT-27", 30000, 99.3, "GBP", 1.1, 0.0135, sovereign("United Kingdom", "GB", "AA")),
  bond("AUSTER-CB-31", 30000, 99.9, "EUR", 4.8, 0.0125, {
    ...corporate("Auster Hypo", "AT", "covered bonds", "AAA"),
    issuerType: "coveredBond",
    hqlaClass: "2A",
  }),
  bond("NORDWIND-30", 40000, 100.5, "EUR", 3.5, 0.0175, corporate("Nordwind Energie", "DE", "utilities", "A")),
  bond("HELVIA-32", 45000, 99.3, "USD", 5.9, 0.0165, corporate("Helvia Pharma", "CH", "health care", "AA-")),
  bond("ATLAS-31", 35000, 97.8, "USD", 4.4, 0.0215, corporate("Atlas Motors", "US", "cars", "BBB")),
  bond("MERIDIAN-28", 20000, 100.1, "EUR", 2, 0.0155, corporate("Meridian Bank", "NL", "banks", "A")),
  bond("INDEX-ETF-US", 30000, 612, "USD", 0, 0.0225, {
    assetClass: "mainIndexEquity",
    issuer: "Broad Index Funds",
    issuerGroup: "Broad Index Funds",
    issuerType: "fund",
    issuerCountry: "US",
    sector: "index",
    settleHours: 5,
    hqlaClass: "2B",
  }),
  bond("INDEX-ETF-EU", 40000, 58, "EUR", 0, 0.0235, {
    assetClass: "mainIndexEquity",
    issuer: "Broad Index Funds",
    issuerGroup: "Broad Index Funds",
    issuerType: "fund",
    issuerCountry: "IE",
    sector: "index",
    settleHours: 5,
    hqlaClass: "2B",
  }),
].map((row) => (row.maturityYears === 0 ? withoutMaturity(row) : row));

/** Shares have no maturity: a 0 would count as "matures today". */
function withoutMaturity({ maturityYears: _, ...row }: AssetRow): AssetRow {
  return row;
}

/** The desk's inventory: coins in two places, stablecoins, cash, bills, bonds, funds. Bonds are quoted per 100 face. */
export const sampleAssets: SampleTable = {
  kind: "assets",
  sheet: "Assets",
  table: "tblAssets",
  title: "Assets: what the desk owns, one line per asset, location and account",
  note: `${illustrative} Bonds are in units of 100 face; fundingRate is the yearly cost of tying the asset up.`,
  columns,
  rows: layOut(columns, rows),
  textColumns: ["assetId", "hqlaClass", "sco60Class"],
  numberFormats: {
    quantity: "#,##0",
    price: "#,##0.00##",
    maturityYears: "0.0#",
    fundingRate: "0.00%",
    yieldWhilePosted: "0.00%",
    reserved: "#,##0",
  },
};
