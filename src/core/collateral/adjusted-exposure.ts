/**
 * Calculates the exposure after collateral: E* = max(0, E(1 + He) - C(1 - Hc - Hfx)).
 *
 * Collateral never counts below 0, so haircuts above 1 in total make it worthless.
 *
 * @source Basel Framework CRE22.40
 */
export const adjustedExposure = (exposure: number, collateral: number, exposureHaircut: number, collateralHaircut: number, fxHaircut = 0): number =>
  Math.max(0, exposure * (1 + exposureHaircut) - collateral * Math.max(0, 1 - collateralHaircut - fxHaircut));

/** One position in a security under a netting agreement; value > 0 = lent or posted, < 0 = received. */
export interface NettedSecurity {
  readonly id: string;
  readonly value: number;
  readonly haircut: number;
  /** Cash has no haircut and is not counted as an issue. */
  readonly isCash: boolean;
}

/** A net position in a currency other than the settlement currency. */
export interface NettedCurrency {
  readonly currency: string;
  readonly netPosition: number;
  readonly haircut: number;
}

/** The exposure of a netting set and its parts. */
export interface NettingExposure {
  readonly exposure: number;
  readonly netValue: number;
  readonly netExposure: number;
  readonly grossExposure: number;
  /** Issues counted; those below a tenth of the largest are left out. */
  readonly issues: number;
  readonly fxAddOn: number;
}

/**
 * Calculates the exposure of a netting set of repo-style transactions:
 * E* = max(0, sum E - sum C + 0.4 * |sum Es Hs| + 0.6 * sum |Es| Hs / sqrt(N) + sum Efx Hfx).
 *
 * The same issue on both sides is netted first.
 *
 * @source Basel Framework CRE22.62 to CRE22.66
 */
export const nettingExposure = (securities: readonly NettedSecurity[], currencies: readonly NettedCurrency[] = []): NettingExposure => {
  const netValue = securities.reduce((sum, row) => sum + row.value, 0);
  const issues = new Map<string, { value: number; weighted: number }>();
  for (const row of securities) {
    if (row.isCash) continue;
    const issue = issues.get(row.id) ?? { value: 0, weighted: 0 };
    issues.set(row.id, { value: issue.value + row.value, weighted: issue.weighted + row.value * row.haircut });
  }
  const values = [...issues.values()];
  const largest = values.reduce((most, issue) => Math.max(most, Math.abs(issue.value)), 0);
  const counted = values.filter((issue) => issue.value !== 0 && Math.abs(issue.value) >= largest / 10).length;
  const netExposure = Math.abs(values.reduce((sum, issue) => sum + issue.weighted, 0));
  const grossExposure = values.reduce((sum, issue) => sum + Math.abs(issue.weighted), 0);
  const fxAddOn = currencies.reduce((sum, row) => sum + Math.abs(row.netPosition) * row.haircut, 0);
  const spread = 0.4 * netExposure + (counted === 0 ? 0 : (0.6 * grossExposure) / Math.sqrt(counted));
  return { exposure: Math.max(0, netValue + spread + fxAddOn), netValue, netExposure, grossExposure, issues: counted, fxAddOn };
};

/**
 * Calculates the share of protection that counts when it ends before the exposure: (t - 0.25) / (T - 0.25), T at most 5 years.
 *
 * @param residualYears t, residual maturity of the protection
 * @param exposureYears T, residual maturity of the exposure
 * @returns decimal in [0, 1]; 1 without a mismatch, 0 where the protection ends within three months and before the exposure
 * @source Basel Framework CRE22.97 to CRE22.101
 */
export const maturityMismatchShare = (residualYears: number, exposureYears: number): number => {
  if (residualYears >= exposureYears) return 1;
  if (residualYears <= 0.25) return 0;
  const horizon = Math.min(5, exposureYears);
  const protection = Math.min(horizon, residualYears);
  return (protection - 0.25) / (horizon - 0.25);
};
