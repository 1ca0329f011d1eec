/** The book of OPT-01: assets worth 1 a unit, two calls. */
export const assets = `
  assetId quantity price fundingRate
  BTC 600000 1 0.01
  ETH 300000 1 0.03
  USDC 400000 1 0.045
  TBILL 500000 1 0.003`;
export const agreements = `
  agreementId currency requirement
  A USD 500000
  B USD 400000`;
export const eligibility = `
  agreementId assetId haircut
  A BTC 0.1
  A ETH 0.15
  A USDC 0
  B USDC 0
  B TBILL 0.005`;
/** What B always gets: 400,000 / 0.995. */
export const tbillAtB = { "TBILL>B": 400_000 / 0.995 };

/** A alone. */
export const oneCall = (requirement: number): string => `
  agreementId currency requirement
  A USD ${requirement}`;
export const eligibleAtA = `
  agreementId assetId haircut
  A BTC 0.1
  A ETH 0.15
  A USDC 0`;

/** P is cheaper than Q, but there is little of it. */
export const twoAssets = `
  assetId quantity price fundingRate
  P 80000 1 0.01
  Q 500000 1 0.02`;
/** P is cheaper than Q, and there is plenty of both. */
export const twoDeep = `
  assetId quantity price fundingRate
  P 900000 1 0.01
  Q 900000 1 0.02`;
export const bothAtPar = `
  agreementId assetId haircut
  * P 0
  * Q 0`;

export const cash = `
  assetId assetClass quantity price
  USD cash 99000000 1`;
export const cashAtPar = `
  agreementId assetClass haircut
  * cash 0`;

export const euro = `
  currency rate
  USD 1
  EUR 1.25`;
export const aYear = `
  key value
  horizonDays 365`;
export const atFour = `
  key value
  asOf 2026-11-22T16:00Z`;

export const limitTable = (rows: string): string => `
  scope scopeId limitType group direction limit limitBasis valueBasis orAmount appliesAbove hardOrSoft softPenalty currency
  ${rows}`;

/** One agreement A in USD with the columns of its terms, covered with cash. */
export const csaTables = (columns: string, row: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  assets: cash,
  agreements: `
  agreementId currency ${columns}
  A USD ${row}`,
  eligibility: cashAtPar,
  ...more,
});
/** Cash that is posted at A today. */
export const heldCash = (units: number): Readonly<Record<string, string>> => ({
  holdings: `
  agreementId assetId quantity status
  A USD ${units} settled`,
});
