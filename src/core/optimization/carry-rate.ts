import type { AgreementRow, AssetRow, CostRow } from "../collateral/book";
import { unbondingLossRate } from "../collateral/unbonding-loss";
import { normalName, sameName } from "./name-match";
import type { PairCosts } from "./problem-shape";

/** Finds what posting an asset at an agreement costs. */
export type CostsOf = (asset: AssetRow, agreement: AgreementRow) => PairCosts;

/** Tells whether an asset is cash, so that the agreement's interest rate is paid on it. */
export const isCash = (asset: AssetRow): boolean => sameName(asset.assetClass, "cash");

/**
 * Prepares the cost look-up. Columns of the costs table override those of the assets, cell by cell; a row for the
 * agreement goes before a row for `*`.
 *
 * carryRate = fundingRate + custodyRate - yieldWhilePosted - interestRate, annual decimals of market value. A delivery also costs once
 * the staking yield of the hours of unbonding.
 *
 * @param dayCount days of a year
 */
export const costLookup = (rows: readonly CostRow[], dayCount: number): CostsOf => {
  const byKey = new Map<string, CostRow>();
  const keyOf = (assetId: string, agreementId: string): string => `${normalName(assetId)}|${normalName(agreementId)}`;
  for (const row of rows) if (!byKey.has(keyOf(row.assetId, row.agreementId))) byKey.set(keyOf(row.assetId, row.agreementId), row);
  return (asset, agreement) => {
    const candidates = [
      byKey.get(keyOf(asset.assetId, agreement.agreementId)),
      byKey.get(keyOf(asset.assetId, "*")),
      byKey.get(keyOf("*", agreement.agreementId)),
      byKey.get("*|*"),
    ].filter((row) => row !== undefined);
    const pick = (name: keyof Omit<CostRow, "origin" | "assetId" | "agreementId">): number | undefined =>
      candidates.find((row) => row[name] !== undefined)?.[name];
    const interest = pick("interestRate") ?? (isCash(asset) ? agreement.interestRate : undefined) ?? 0;
    return {
      carryRate:
        (pick("fundingRate") ?? asset.fundingRate ?? 0) +
        (pick("custodyRate") ?? 0) -
        (pick("yieldWhilePosted") ?? asset.yieldWhilePosted ?? 0) -
        interest,
      deliverRate: (pick("deliverRate") ?? 0) + unbondingLossRate(asset, dayCount),
      recallRate: pick("recallRate") ?? 0,
      deliverFixed: pick("deliverFixed") ?? 0,
      recallFixed: pick("recallFixed") ?? 0,
      minimumPiece: pick("minimumPiece") ?? 0,
    };
  };
};
