import type { Issue } from "../basics/issue";
import type { AgreementRow, AssetRow, EligibilityRow, Settings } from "../collateral/book";
import { isRatingWithin, ratingNotch } from "./credit-rating";
import { isInForce } from "./effective-date";
import { normalName, sameName } from "./name-match";
import { rowIssue } from "./row-issue";

/** Whether an asset may be posted at an agreement: the rule that says so, or the reason against it. */
export type Eligibility =
  | { readonly isEligible: true; readonly rule: EligibilityRow }
  | { readonly isEligible: false; readonly reason: string; readonly tie?: readonly [EligibilityRow, EligibilityRow] };

/** Decides one pair. */
export type EligibilityOf = (asset: AssetRow, agreement: AgreementRow) => Eligibility;

/**
 * Prepares the rules for many look-ups: those in force, by agreement.
 *
 * An exclusion wins; then agreement before `*`, asset before class. No rule = not eligible.
 */
export const eligibilityLookup = (rows: readonly EligibilityRow[], settings: Settings): EligibilityOf => {
  const inForce = rows.filter((row) => isInForce(row, settings.asOf));
  const byAgreement = new Map<string, EligibilityRow[]>();
  for (const row of inForce) {
    const key = normalName(row.agreementId);
    byAgreement.set(key, [...(byAgreement.get(key) ?? []), row]);
  }
  const everywhere = byAgreement.get("*") ?? [];
  return (asset, agreement) => {
    const wrongWay = wrongWayReason(asset, agreement, settings);
    if (wrongWay !== undefined) return { isEligible: false, reason: wrongWay };
    const own = byAgreement.get(normalName(agreement.agreementId)) ?? [];
    return decide(asset, agreement, [...own, ...everywhere]);
  };
};

const decide = (asset: AssetRow, agreement: AgreementRow, rows: readonly EligibilityRow[]): Eligibility => {
  let best: EligibilityRow | undefined;
  let bestRank = -1;
  let tie: readonly [EligibilityRow, EligibilityRow] | undefined;
  for (const row of rows) {
    if (!ruleMatches(row, asset, agreement)) continue;
    if (!row.isIncluded) return { isEligible: false, reason: `excluded by tblEligibility row ${row.origin.row}` };
    const rank = (row.agreementId.trim() === "*" ? 0 : 2) + (row.assetId === undefined ? 0 : 1);
    if (rank > bestRank) {
      best = row;
      bestRank = rank;
      tie = undefined;
    } else if (rank === bestRank && best !== undefined && !hasSameTerms(best, row)) {
      tie = [best, row];
    }
  }
  if (best === undefined) return { isEligible: false, reason: "no eligibility rule" };
  if (tie !== undefined) {
    return { isEligible: false, reason: `tblEligibility rows ${tie[0].origin.row} and ${tie[1].origin.row} differ`, tie };
  }
  return { isEligible: true, rule: best };
};

/** Tells whether every selector that a rule fills matches the asset and the agreement (not its id). */
const ruleMatches = (row: EligibilityRow, asset: AssetRow, agreement: AgreementRow): boolean =>
  matchesText(row.assetId, asset.assetId) &&
  matchesText(row.assetClass, asset.assetClass) &&
  matchesText(row.currency, asset.denominationCurrency) &&
  matchesText(row.issuer, asset.issuer) &&
  matchesText(row.issuerType, asset.issuerType) &&
  matchesText(row.issuerCountry, asset.issuerCountry) &&
  (row.marginType === undefined || row.marginType === agreement.marginType) &&
  isRatingWithin(asset.rating, row.ratingFrom, row.ratingTo) &&
  isMaturityWithin(asset.maturityYears, row.maturityFromYears, row.maturityToYears);

const matchesText = (selector: string | undefined, value: string | undefined): boolean =>
  selector === undefined || selector.trim() === "" || selector.trim() === "*" || sameName(selector, value);

/** Lower bound exclusive, upper inclusive; a maturity that is not known lies in no bounded range. */
const isMaturityWithin = (years: number | undefined, from: number | undefined, to: number | undefined): boolean => {
  if (from === undefined && to === undefined) return true;
  if (years === undefined) return false;
  return (from === undefined || years > from) && (to === undefined || years <= to);
};

const hasSameTerms = (a: EligibilityRow, b: EligibilityRow): boolean =>
  a.haircut === b.haircut &&
  sameText(a.tierTable, b.tierTable) &&
  (a.fxHaircut ?? 0) === (b.fxHaircut ?? 0) &&
  (a.fxRule ?? "mismatch") === (b.fxRule ?? "mismatch") &&
  (a.additionalHaircut ?? 0) === (b.additionalHaircut ?? 0) &&
  a.priceAtVenue === b.priceAtVenue &&
  a.settleHours === b.settleHours;

const sameText = (a: string | undefined, b: string | undefined): boolean => normalName(a ?? "") === normalName(b ?? "");

/** Names why an asset is wrong-way or our own paper at an agreement; undefined where it is neither. */
export const wrongWayReason = (asset: AssetRow, agreement: AgreementRow, settings: Settings): string | undefined => {
  if (sameName(settings.ownGroup, asset.issuerGroup) || sameName(settings.ownGroup, asset.issuer)) return "our own paper";
  const counterparty = agreement.counterparty ?? agreement.agreementId;
  const isTheirs =
    sameName(asset.issuer, counterparty) ||
    sameName(asset.issuer, agreement.counterpartyGroup) ||
    sameName(asset.issuerGroup, counterparty) ||
    sameName(asset.issuerGroup, agreement.counterpartyGroup);
  return isTheirs ? `issued by the group of ${counterparty} (wrong-way risk)` : undefined;
};

/** Lists rating bounds and ratings that cannot be read, once per row. */
export const ratingIssues = (rules: readonly EligibilityRow[], assets: readonly AssetRow[]): Issue[] => {
  const isBad = (text: string | undefined): boolean => text !== undefined && text.trim() !== "" && ratingNotch(text) === undefined;
  const usesRatings = rules.some((row) => row.ratingFrom !== undefined || row.ratingTo !== undefined);
  return [
    ...rules
      .filter((row) => isBad(row.ratingFrom) || isBad(row.ratingTo))
      .map((row) =>
        rowIssue(row.origin, "error", "unknown-rating", "A rating bound cannot be read.", "Write a long-term rating such as AA- or Aa3."),
      ),
    ...assets
      .filter((row) => usesRatings && isBad(row.rating))
      .map((row) =>
        rowIssue(
          row.origin,
          "warning",
          "unknown-rating",
          `Rating "${row.rating}" of ${row.assetId} cannot be read: rules with ratings do not match it.`,
          "Write a long-term rating such as AA- or Aa3.",
        ),
      ),
  ];
};
