import type { AgreementRow, AssetRow, TierRow } from "../../collateral/book";
import { same, type BookFacts } from "./book-facts";
import type { LineTerms } from "./line-terms";

/** Units of an asset owed at an agreement (negative rows of tblHoldings), > 0. */
export const unitsOwed = (facts: BookFacts, assetId: string, agreementId: string): number =>
  facts.book.holdings
    .filter((row) => row.quantity < 0 && row.direction === "posted" && same(row.assetId, assetId) && same(row.agreementId, agreementId))
    .reduce((sum, row) => sum - row.quantity, 0);

/** Units in dispute, which fill the first slabs but count nothing. */
const unitsDisputed = (facts: BookFacts, assetId: string, agreementId: string): number =>
  facts.book.holdings
    .filter(
      (row) =>
        row.quantity > 0 &&
        row.direction === "posted" &&
        row.status === "disputed" &&
        same(row.assetId, assetId) &&
        same(row.agreementId, agreementId),
    )
    .reduce((sum, row) => sum + row.quantity, 0);

/** Values a whole balance slab by slab from the tier rows, in the agreement's currency. */
export const slabValueOf = (
  facts: BookFacts,
  asset: AssetRow,
  agreement: AgreementRow,
  terms: LineTerms & { isEligible: true },
  units: number,
  owed: number,
): number => {
  const price = asset.price * facts.rate(asset.priceCurrency);
  const repaid = Math.min(owed, units);
  const counted = units - repaid;
  const inTheWay = unitsDisputed(facts, asset.assetId, agreement.agreementId);
  const own =
    terms.ratio !== undefined
      ? counted * terms.ratio
      : valueFrom(facts, terms.tiers, asset, terms.netOf, inTheWay + counted) - valueFrom(facts, terms.tiers, asset, terms.netOf, inTheWay);
  return ((repaid + own) * price) / facts.rate(agreement.currency);
};

/** Value in units of the asset of a balance that starts at zero. */
const valueFrom = (facts: BookFacts, tiers: readonly TierRow[], asset: AssetRow, netOf: (ratio: number) => number, units: number): number => {
  const bound = (row: TierRow): number =>
    row.tierUnit === "coin"
      ? row.upTo
      : (row.upTo * facts.rate(row.tierCurrency ?? asset.priceCurrency)) / (asset.price * facts.rate(asset.priceCurrency));
  if (tiers[0]?.tierMode === "cliff") {
    const band = tiers.find((row) => units <= bound(row) * (1 + 1e-9));
    return band === undefined ? 0 : units * netOf(band.ratio);
  }
  let value = 0;
  let from = 0;
  for (const row of tiers) {
    const to = bound(row);
    value += Math.max(0, Math.min(units, to) - from) * netOf(row.ratio);
    from = Math.max(from, to);
  }
  return value;
};
