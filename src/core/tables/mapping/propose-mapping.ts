import { columnCatalogue, normaliseHeader, tableKinds, type ColumnRule, type TableKind } from "../column-catalogue";
import type { ColumnProfile } from "./column-profile";
import { isMisspelt } from "./is-misspelt";

/** What a column of the user's table could be; "check" where only part of a word speaks for it. */
export interface ColumnProposal {
  readonly header: string;
  /** Column of ours; "" = none found. */
  readonly column: string;
  readonly confidence: "sure" | "check";
}

/** Other words for our columns, normalised; from exports of custodians, venues and desks, English and German. */
const words: Readonly<Record<string, readonly string[]>> = {
  assetId: ["isin", "cusip", "sedol", "wkn", "securityid", "security", "instrumentid", "asset", "assetname", "ticker", "coin", "token", "symbol"],
  quantity: ["qty", "quantityavailable", "available", "availablequantity", "units", "nominal", "nominalamount", "face", "facevalue", "facenominal"],
  price: ["px", "marketprice", "cleanprice", "dirtyprice", "lastprice", "closeprice", "closingprice", "unitprice", "kurs", "preis"],
  priceCurrency: ["currency", "ccy", "cur", "pricingcurrency", "pxccy", "waehrung", "währung"],
  location: ["custodian", "venue", "exchange", "depot", "wallet", "depository", "lagerstelle"],
  account: ["accountid", "acct", "accountnumber", "safekeepingaccount", "subaccount", "konto"],
  assetClass: ["class", "assettype", "securitytype", "instrumenttype", "producttype"],
  issuer: ["issuername", "emittent"],
  rating: ["creditrating"],
  fundingRate: ["fundingcost", "internalcost", "costrate", "opportunitycost"],
  yieldWhilePosted: ["yield", "stakingyield"],
  lotSize: ["lot", "minimumunit", "minunit", "denomination", "minimumdenomination"],
  reserved: ["blocked", "encumbered", "earmarked"],
  lockedUntil: ["lockup", "lockupuntil"],
  agreementId: ["agreement", "csa", "callid", "call", "margincallid", "contract", "contractid", "vertrag"],
  counterparty: ["cpty", "ctpy", "counterpart", "party", "kontrahent", "gegenpartei"],
  currency: ["ccy", "cur", "callcurrency", "callccy", "basecurrency", "waehrung", "währung"],
  requirement: ["callamount", "required", "requiredamount", "margincall", "netrequirement", "agreedamount", "amount", "betrag", "calledamount"],
  exposure: ["mtm", "marktomarket", "netexposure"],
  minimumTransferAmount: ["mta"],
  deadline: ["due", "dueby", "callby", "duetime"],
  haircut: ["haircutpct", "haircutpercent", "haircutpercentage", "hc", "abschlag", "margin haircut"],
  valuationPercentage: [
    "valuationpct",
    "valuation",
    "valuationpercent",
    "advancerate",
    "collateralratio",
    "collateralrate",
    "discountrate",
    "lendingvalue",
  ],
  marginPercentage: ["marginpct", "marginratio"],
  rate: ["fxrate", "exchangerate", "spot", "kurs"],
  ratio: ["collateralratio", "discountrate", "collateralrate"],
  limit: ["cap", "maximum", "limitvalue"],
};

const isNeeded = (rule: ColumnRule): boolean => rule.required === true || rule.present === true;

/** How well a header fits a column of ours: 3 its own name, 2 another word for it, 1 part of a word, 0 not. */
const fitOf = (header: string, rule: ColumnRule): number => {
  const given = comparable(header);
  const own = normaliseHeader(rule.name);
  if (given === own) return 3;
  const others = (words[rule.name] ?? []).map((word) => normaliseHeader(word));
  if (others.includes(given)) return 2;
  if ([own, ...others].some((word) => isMisspelt(given, word))) return 1;
  return given.length >= 3 &&
    [own, ...others].some((word) => word.length >= 4 && (given.includes(word) || (given.length >= 5 && word.includes(given))))
    ? 1
    : 0;
};

/**
 * Finds the column of ours that a header is a misspelling of or another word for; part of a word is not enough.
 *
 * @param isTaken columns that are there already
 */
export const nearestColumn = (kind: TableKind, header: string, isTaken: (column: string) => boolean): string | undefined => {
  const given = comparable(header);
  const rules = columnCatalogue[kind].filter(({ name }) => !isTaken(name));
  const misspelt = (name: string): boolean => [name, ...(words[name] ?? [])].some((word) => isMisspelt(given, normaliseHeader(word)));
  return (rules.find((rule) => fitOf(header, rule) >= 2) ?? rules.find(({ name }) => misspelt(name)))?.name;
};

/** A header without its signs. */
const comparable = (header: string): string => normaliseHeader(header).replace(/[%/#:]/g, "");

/**
 * Proposes what each column of a table is, for one kind: the best fitting pairs first, every column of ours at most once.
 *
 * @returns one proposal for each column, in the order given
 */
export const proposeColumns = (kind: TableKind, columns: readonly ColumnProfile[]): readonly ColumnProposal[] => {
  const rules = columnCatalogue[kind];
  const pairs = columns
    .flatMap((column, at) => rules.map((rule, order) => ({ at, rule, order, fit: column.header === "" ? 0 : fitOf(column.header, rule) })))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || Number(isNeeded(b.rule)) - Number(isNeeded(a.rule)) || a.at - b.at || a.order - b.order);
  const chosen = new Map<number, { rule: ColumnRule; fit: number }>();
  const used = new Set<string>();
  for (const { at, rule, fit } of pairs) {
    if (chosen.has(at) || used.has(rule.name)) continue;
    chosen.set(at, { rule, fit });
    used.add(rule.name);
  }
  return columns.map(({ header }, at) => {
    const found = chosen.get(at);
    return { header, column: found?.rule.name ?? "", confidence: found !== undefined && found.fit >= 2 ? "sure" : "check" };
  });
};

/** Kinds that a desk exports, in the order in which they are offered first. */
const likelyKinds: readonly TableKind[] = ["assets", "agreements", "eligibility", "holdings", "fx", "limits", "tiers", "costs", "positions"];

/** Proposes what a table holds: the kind of whose needed columns most are there; undefined where no column speaks for any. */
export const proposeKind = (columns: readonly ColumnProfile[]): TableKind | undefined => {
  let best: { kind: TableKind; score: number } | undefined;
  for (const kind of [...likelyKinds, ...tableKinds.filter((other) => !likelyKinds.includes(other) && !["prices", "settings"].includes(other))]) {
    const rules = columnCatalogue[kind];
    const found = new Set(proposeColumns(kind, columns).map(({ column }) => column));
    found.delete("");
    const needed = rules.filter(isNeeded);
    const there = needed.filter((rule) => found.has(rule.name)).length;
    const extra = besides[kind]?.some((name) => found.has(name)) === true ? 1 : 0;
    const score = (there + extra) / (needed.length + (besides[kind] === undefined ? 0 : 1)) + found.size / 100;
    if (there > 0 && (best === undefined || score > best.score)) best = { kind, score };
  }
  return best?.kind;
};

/** Columns of which one is needed beside the required ones. */
export const besides: Readonly<Partial<Record<TableKind, readonly string[]>>> = {
  agreements: ["requirement", "exposure", "initialMargin", "maintenanceMargin"],
  eligibility: ["haircut", "valuationPercentage", "marginPercentage", "tierTable"],
};
