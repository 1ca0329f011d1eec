import type { AgreementRow, AssetRow, EligibilityRow, TierRow } from "../../collateral/book";
import { asUtc, same, type BookFacts } from "./book-facts";

/** What the tables say about an asset at an agreement, worked out again from the rows. */
export type LineTerms =
  | { readonly isEligible: false; readonly reason: string }
  | {
      readonly isEligible: true;
      readonly rule: EligibilityRow;
      /** Value per unit of market value before slabs; undefined where a tier table decides. */
      readonly ratio: number | undefined;
      /** Turns a slab's ratio into the net ratio. */
      readonly netOf: (ratio: number) => number;
      readonly tiers: readonly TierRow[];
    };

/**
 * Works out eligibility and haircut of one pair from the rows alone.
 *
 * Written apart from the model's own look-ups on purpose: the two must agree.
 */
export const lineTerms = (facts: BookFacts, asset: AssetRow, agreement: AgreementRow): LineTerms => {
  const key = `${asset.key}\n${agreement.agreementId}`;
  const known = facts.termsMemo.get(key) as LineTerms | undefined;
  const terms = known ?? workOutTerms(facts, asset, agreement);
  facts.termsMemo.set(key, terms);
  return terms;
};

const workOutTerms = (facts: BookFacts, asset: AssetRow, agreement: AgreementRow): LineTerms => {
  const { settings } = facts.book;
  const paper = [asset.issuer, asset.issuerGroup].filter((name): name is string => name !== undefined && name.trim() !== "");
  if (paper.some((name) => settings.ownGroup !== undefined && same(name, settings.ownGroup))) return refuse("own paper");
  const theirs = [agreement.counterparty ?? agreement.agreementId, agreement.counterpartyGroup].filter(
    (name): name is string => name !== undefined && name.trim() !== "",
  );
  if (paper.some((name) => theirs.some((other) => same(name, other)))) return refuse("wrong-way: issued by the counterparty's group");
  const fitting = facts.book.eligibility.filter(
    (row) =>
      isDated(row, settings.asOf) &&
      (row.agreementId.trim() === "*" || same(row.agreementId, agreement.agreementId)) &&
      fitsAsset(row, asset) &&
      (row.marginType ?? agreement.marginType) === agreement.marginType,
  );
  if (fitting.length === 0) return refuse("no rule");
  const excluding = fitting.find((row) => !row.isIncluded);
  if (excluding !== undefined) return refuse(`excluded by row ${excluding.origin.row}`);
  const precision = (row: EligibilityRow): number => (row.agreementId.trim() === "*" ? 0 : 10) + (isBlank(row.assetId) ? 0 : 1);
  const rule = [...fitting].sort((a, b) => precision(b) - precision(a))[0]!;
  const fxApplies =
    rule.fxRule === "always" ||
    ((rule.fxRule ?? "mismatch") === "mismatch" && !freeCurrencies(agreement).some((code) => same(code, asset.denominationCurrency)));
  const fx = fxApplies ? (rule.fxHaircut ?? 0) : 0;
  const additional = (rule.additionalHaircut ?? 0) + (agreement.haircutAddOn ?? 0);
  const venuePrice = (rule.priceAtVenue ?? asset.price) / asset.price;
  const netOf = (ratio: number): number => {
    const own = Math.max(0, ratio - additional);
    return Math.max(0, settings.fxHaircutForm === "product" ? own * (1 - fx) : own - fx) * venuePrice;
  };
  const table = rule.tierTable;
  if (table === undefined) return { isEligible: true, rule, ratio: rule.haircut === undefined ? 0 : netOf(1 - rule.haircut), netOf, tiers: [] };
  const inTable = facts.book.tiers.filter((row) => same(row.tierTable, table) && isDated(row, settings.asOf));
  const ofAsset = inTable.filter((row) => same(row.assetId, asset.assetId));
  const tiers = (ofAsset.length > 0 ? ofAsset : inTable.filter((row) => row.assetId.trim() === "*")).sort((a, b) => a.upTo - b.upTo);
  return tiers.length === 0 ? refuse(`tier table ${table} has no rows`) : { isEligible: true, rule, ratio: undefined, netOf, tiers };
};

const refuse = (reason: string): LineTerms => ({ isEligible: false, reason });

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === "";

const freeCurrencies = (agreement: AgreementRow): readonly string[] =>
  agreement.fxHaircutCurrencies.length > 0 ? agreement.fxHaircutCurrencies : [agreement.currency];

/** Tells whether a dated row holds at a time; a validTo at midnight or without time includes its day. */
export const isDated = (row: { readonly validFrom?: string; readonly validTo?: string }, asOf: string | undefined): boolean => {
  if (asOf === undefined) return true;
  const now = Date.parse(asUtc(asOf));
  if (row.validFrom !== undefined && now < Date.parse(asUtc(row.validFrom))) return false;
  if (row.validTo === undefined) return true;
  const end = Date.parse(asUtc(row.validTo));
  return end % 86_400_000 === 0 ? now < end + 86_400_000 : now <= end;
};

const fitsAsset = (row: EligibilityRow, asset: AssetRow): boolean => {
  const texts: readonly (readonly [string | undefined, string | undefined])[] = [
    [row.assetId, asset.assetId],
    [row.assetClass, asset.assetClass],
    [row.currency, asset.denominationCurrency],
    [row.issuer, asset.issuer],
    [row.issuerType, asset.issuerType],
    [row.issuerCountry, asset.issuerCountry],
  ];
  for (const [wanted, own] of texts) {
    if (isBlank(wanted) || wanted?.trim() === "*") continue;
    if (own === undefined || !same(wanted ?? "", own)) return false;
  }
  if (row.maturityFromYears !== undefined && !((asset.maturityYears ?? NaN) > row.maturityFromYears)) return false;
  if (row.maturityToYears !== undefined && !((asset.maturityYears ?? NaN) <= row.maturityToYears)) return false;
  return fitsRating(row, asset);
};

/** Long-term ratings from best to worst, agency by agency. */
const scales = [
  "AAA AA+ AA AA- A+ A A- BBB+ BBB BBB- BB+ BB BB- B+ B B- CCC+ CCC CCC- CC C D".split(" "),
  "AAA AA1 AA2 AA3 A1 A2 A3 BAA1 BAA2 BAA3 BA1 BA2 BA3 B1 B2 B3 CAA1 CAA2 CAA3 CA C D".split(" "),
];

const place = (rating: string): number => Math.max(...scales.map((scale) => scale.indexOf(rating.trim().toUpperCase())));

const fitsRating = (row: EligibilityRow, asset: AssetRow): boolean => {
  const bounds = [row.ratingFrom, row.ratingTo].filter((text): text is string => !isBlank(text)).map(place);
  if (bounds.length === 0) return true;
  const own = isBlank(asset.rating) ? -1 : place(asset.rating ?? "");
  if (own < 0 || bounds.some((bound) => bound < 0)) return false;
  const [first = 0, second = first] = bounds;
  if (bounds.length === 2) return own >= Math.min(first, second) && own <= Math.max(first, second);
  return isBlank(row.ratingTo) ? own >= first : own <= first;
};
