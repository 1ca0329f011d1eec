/**
 * The typed rows of the workbook's tables: what `core/tables` reads and everything after it trusts.
 *
 * One interface per table of docs/tables.md, one property per column, in the column's own name. Percentages are decimals, money is in the
 * currency named beside it, dates are UTC ISO texts. A blank optional cell is `undefined`, never 0.
 */

import type { CellValue } from "../basics/cell-value";
import type { Explanation } from "../basics/explanation";

/** Where a row stands in the workbook, for messages: `tblAssets row 7 (Assets!A8)`. */
export interface RowOrigin {
  /** Table name, such as tblAssets. */
  readonly table: string;
  readonly sheet: string;
  /** 1-based number of the data row within its table. */
  readonly row: number;
  /** 1-based sheet row. */
  readonly sheetRow: number;
}

interface Row {
  readonly origin: RowOrigin;
}

/** One inventory line: an asset at one location and account. */
export interface AssetRow extends Row {
  /** `assetId|location|account`, unique. */
  readonly key: string;
  readonly assetId: string;
  readonly location: string;
  readonly account: string;
  /** All that is owned, including what is posted or in transit (settings.quantityBasis = free changes that). Units. */
  readonly quantity: number;
  /** Per unit, in priceCurrency. */
  readonly price: number;
  readonly priceCurrency: string;
  /** What the asset is worth in by nature: BTC for BTC, USD for USDC; decides FX haircuts. */
  readonly denominationCurrency: string;
  readonly assetClass?: string;
  readonly issuer?: string;
  readonly issuerGroup?: string;
  readonly issuerType?: string;
  readonly issuerCountry?: string;
  readonly sector?: string;
  readonly rating?: string;
  readonly maturityYears?: number;
  /** Units outstanding of the issue. */
  readonly outstanding?: number;
  /** Units traded per day. */
  readonly averageDailyVolume?: number;
  /** Annual decimal of market value; > 0 = cost of having it posted. */
  readonly fundingRate?: number;
  /** Annual decimal of market value earned while it is posted. */
  readonly yieldWhilePosted?: number;
  /** Smallest tradable amount in units; posted quantities are multiples of it. */
  readonly lotSize?: number;
  /** Units that must stay unposted. */
  readonly reserved?: number;
  readonly settleHours?: number;
  readonly unbondHours?: number;
  /** Annual decimal of market value that staking earns; it is in the carry already and is lost once more while unbonding. */
  readonly stakingYield?: number;
  readonly lockedUntil?: string;
  readonly hqlaClass?: string;
  readonly sco60Class?: string;
}

export type AgreementType = "CSA" | "CCP" | "venue" | "repo" | "lending";
export type MarginType = "VM" | "IM" | "defaultFund" | "venue";
export type MarginMethod = "given" | "csa" | "schedule" | "saccr" | "venue" | "grid" | "var" | "es";
export type MarginApproach = "distinct" | "allocated" | "greaterOf";

export interface AgreementRow extends Row {
  readonly agreementId: string;
  readonly counterparty?: string;
  readonly counterpartyGroup?: string;
  readonly agreementType?: AgreementType;
  readonly marginType?: MarginType;
  readonly currency: string;
  /** Given requirement >= 0 in `currency`; undefined where it is computed. */
  readonly requirement?: number;
  readonly marginMethod?: MarginMethod;
  readonly parameterSet?: string;
  readonly nettingSet?: string;
  readonly confidence?: number;
  readonly horizonDays?: number;
  /** > 0 = the counterparty's claim on us. */
  readonly exposure?: number;
  readonly independentAmount?: number;
  readonly theirIndependentAmount?: number;
  readonly threshold?: number;
  readonly theirThreshold?: number;
  readonly minimumTransferAmount?: number;
  readonly theirMinimumTransferAmount?: number;
  readonly roundingDelivery?: number;
  readonly roundingReturn?: number;
  readonly csaId?: string;
  readonly marginApproach?: MarginApproach;
  readonly bufferMultiple?: number;
  readonly initialMargin?: number;
  readonly maintenanceMargin?: number;
  readonly unrealisedProfit?: number;
  readonly profitCounts?: boolean;
  readonly deadline?: string;
  /** 1 is served first. */
  readonly priority?: number;
  /** Annual decimal paid to us on posted cash. */
  readonly interestRate?: number;
  readonly maxMovements?: number;
  /** Largest over-collateral as a decimal of the requirement. */
  readonly overPostCap?: number;
  /** Currencies free of FX haircut; empty = the agreement's currency. */
  readonly fxHaircutCurrencies: readonly string[];
  readonly reuseShare?: number;
  readonly isSegregated?: boolean;
  /** Added to every haircut at this agreement, decimal; set in the row, else by the counterparty's grade. */
  readonly haircutAddOn?: number;
  /** The cell that haircutAddOn comes from. */
  readonly haircutAddOnAt?: { readonly table: "agreements" | "counterparties" | "grades"; readonly row: number };
}

/** How a counterparty's probability of default is found. */
export type CreditModel = "given" | "scorecard" | "merton";

/** A counterparty in the user's own credit model, and the terms that go with it. */
export interface CounterpartyRow extends Row {
  readonly counterparty: string;
  readonly creditModel?: CreditModel;
  /** Probability of default, decimal. */
  readonly pd?: number;
  /** A grade of the grades table; goes before the one that the probability gives. */
  readonly grade?: string;
  /** Market value of equity, for creditModel merton. */
  readonly equity?: number;
  /** Annual decimal. */
  readonly equityVolatility?: number;
  /** Debt due at the horizon. */
  readonly debt?: number;
  readonly years?: number;
  readonly rate?: number;
  /** Decimal; goes before that of the grade. */
  readonly haircutAddOn?: number;
  /** Share of the full limit, decimal; goes before that of the grade. */
  readonly limitShare?: number;
  /** Full limit on the market value posted to it, in `currency`. */
  readonly limit?: number;
  readonly currency?: string;
  /** Filled cells by header in lower case without spaces: what a scorecard reads. */
  readonly attributes: ReadonlyMap<string, CellValue>;
}

/** A grade of the user's scale and its terms. */
export interface GradeRow extends Row {
  readonly grade: string;
  /** Largest probability of default of the grade; 1 for the last. */
  readonly upTo: number;
  readonly haircutAddOn?: number;
  readonly limitShare?: number;
}

/** One weight of the user's scorecard; the attribute `intercept` is the constant. */
export interface ScoreWeightRow extends Row {
  readonly attribute: string;
  readonly weight: number;
}

export type FxRule = "mismatch" | "always" | "never";

export interface EligibilityRow extends Row {
  /** An agreement id or `*`. */
  readonly agreementId: string;
  readonly assetId?: string;
  readonly assetClass?: string;
  readonly currency?: string;
  readonly issuer?: string;
  readonly issuerType?: string;
  readonly issuerCountry?: string;
  readonly ratingFrom?: string;
  readonly ratingTo?: string;
  /** Exclusive lower bound. */
  readonly maturityFromYears?: number;
  /** Inclusive upper bound. */
  readonly maturityToYears?: number;
  readonly marginType?: MarginType;
  readonly isIncluded: boolean;
  /** Decimal; set from haircut, valuationPercentage or marginPercentage. undefined only where tierTable is set or the row excludes. */
  readonly haircut?: number;
  readonly tierTable?: string;
  readonly fxHaircut?: number;
  readonly fxRule?: FxRule;
  readonly additionalHaircut?: number;
  readonly priceAtVenue?: number;
  readonly settleHours?: number;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly source?: string;
}

export type LimitScope = "agreement" | "csa" | "counterparty" | "counterpartyGroup" | "location" | "book";
export type LimitType = "asset" | "class" | "issuer" | "issuerGroup" | "country" | "currency" | "sector" | "total";
export type LimitBasis = "requirement" | "posted" | "amount" | "issue" | "averageDailyVolume";
export type ValueBasis = "market" | "afterHaircut";

export interface LimitRow extends Row {
  readonly scope: LimitScope;
  /** An id, `EACH`, or `ALL` (summed). */
  readonly scopeId: string;
  readonly limitType: LimitType;
  /** A name or `EACH`; "" for total. */
  readonly group: string;
  readonly direction: "max" | "min";
  /** Decimal for relative bases, money in `currency` for amount. */
  readonly limit: number;
  readonly limitBasis: LimitBasis;
  readonly valueBasis: ValueBasis;
  readonly currency?: string;
  /** The larger of the limit and this amount (in currency). */
  readonly orAmount?: number;
  /** The limit applies only when posted exceeds this amount. */
  readonly appliesAbove?: number;
  readonly hardOrSoft: "hard" | "soft";
  /** Cost per unit of breach where soft. */
  readonly softPenalty?: number;
  readonly source?: string;
  readonly validFrom?: string;
}

export interface TierRow extends Row {
  readonly tierTable: string;
  readonly assetId: string;
  readonly tierUnit: "coin" | "value";
  readonly tierCurrency?: string;
  readonly tierMode: "marginal" | "cliff";
  /** Lower bound as published; only checked against the tier before. */
  readonly from?: number;
  /** Cumulative upper bound in tierUnit; Infinity for the last. */
  readonly upTo: number;
  /** Value ratio, decimal. */
  readonly ratio: number;
  readonly maintenanceRatio?: number;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly source?: string;
}

export type HoldingStatus = "settled" | "inTransitOut" | "inTransitBack" | "disputed";

export interface HoldingRow extends Row {
  readonly agreementId: string;
  readonly assetId: string;
  readonly location: string;
  readonly account: string;
  /** Units; negative = debt at that venue. */
  readonly quantity: number;
  readonly direction: "posted" | "received";
  readonly status: HoldingStatus;
  readonly recallableFrom?: string;
  readonly expectedSettle?: string;
  readonly reusable?: boolean;
}

export type ContractType = "spot" | "linear" | "inverse" | "quanto" | "option" | "trade";

export interface PositionRow extends Row {
  readonly agreementId: string;
  readonly instrument: string;
  readonly contractType: ContractType;
  readonly underlying: string;
  /** + = long. */
  readonly quantity: number;
  readonly entryPrice: number;
  readonly markPrice: number;
  readonly underlyingPrice?: number;
  readonly multiplier?: number;
  readonly settlementCurrency?: string;
  readonly strike?: number;
  readonly expiry?: string;
  readonly optionType?: "call" | "put";
  /** Annual decimal. */
  readonly volatility?: number;
  readonly leverage?: number;
  readonly marginMode?: "cross" | "isolated";
  readonly isolatedMargin?: number;
  readonly openOrderQuantity?: number;
  readonly nettingSet?: string;
  readonly assetClass?: string;
  readonly notional?: number;
  readonly maturityYears?: number;
  readonly marketValue?: number;
}

/** Base currency per unit of `currency`. */
export interface FxRow extends Row {
  readonly currency: string;
  readonly rate: number;
  readonly asOf?: string;
}

export interface CostRow extends Row {
  readonly assetId: string;
  readonly agreementId: string;
  readonly fundingRate?: number;
  readonly yieldWhilePosted?: number;
  readonly interestRate?: number;
  readonly custodyRate?: number;
  /** Once, decimal of market value moved. */
  readonly deliverRate?: number;
  readonly recallRate?: number;
  /** Base currency per movement. */
  readonly deliverFixed?: number;
  readonly recallFixed?: number;
  /** Smallest delivery in units of market value, base currency. */
  readonly minimumPiece?: number;
}

export interface PinRow extends Row {
  readonly agreementId: string;
  readonly assetId: string;
  readonly location?: string;
  readonly action: "pin" | "forbid" | "atLeast" | "atMost";
  /** Units; undefined = today's holding for pin, 0 for forbid. */
  readonly quantity?: number;
}

export interface TransferRow extends Row {
  readonly from: string;
  readonly to: string;
  readonly settleHours: number;
  readonly cutoff?: string;
  readonly maxPerDay?: number;
}

export interface Settings {
  readonly baseCurrency: string;
  /** UTC ISO time at which rules and deadlines are read; undefined = no date rule is applied. */
  readonly asOf?: string;
  /** Days in a year for carry: 360 or 365. */
  readonly dayCount: number;
  /** Cost horizon; makes yearly carry and one-off movement cost comparable. Default 30. */
  readonly horizonDays: number;
  readonly quantityBasis: "owned" | "free";
  /** HQLA to keep unposted, base currency. */
  readonly liquidityBuffer?: number;
  readonly maxMovements?: number;
  readonly maxMovementsPerLocation?: number;
  readonly sameDayReuse: boolean;
  /** Our own issuer group: its paper is never posted. */
  readonly ownGroup?: string;
  readonly fxHaircutForm: "additive" | "product";
  readonly timeLimitSeconds: number;
  /** Extra cost, base currency, that may be spent to save movements. */
  readonly movementAllowance?: number;
}

/** One slab of a venue's margin rules for an underlying. */
export interface VenueRuleRow extends Row {
  readonly underlying: string;
  /** Where the slab begins, if written: checked against the end of the one before. */
  readonly from?: number;
  /** Cumulative upper bound in `unit`; Infinity for the last. */
  readonly upTo: number;
  readonly unit: "coin" | "value";
  readonly imRate?: number;
  readonly mmRate?: number;
  readonly deduction?: number;
  readonly baseRate?: number;
  readonly stepPerUnit?: number;
  readonly validFrom?: string;
}

/** One parameter of scenario margin. */
export interface ParameterRow extends Row {
  readonly key: string;
  /** An underlying, or `*` for all. */
  readonly underlying: string;
  readonly value: number;
}

/** The whole book: every table that the optimizer reads, already checked. */
export interface Book {
  readonly assets: readonly AssetRow[];
  readonly agreements: readonly AgreementRow[];
  readonly eligibility: readonly EligibilityRow[];
  readonly limits: readonly LimitRow[];
  readonly tiers: readonly TierRow[];
  readonly holdings: readonly HoldingRow[];
  readonly positions: readonly PositionRow[];
  readonly fx: readonly FxRow[];
  readonly costs: readonly CostRow[];
  readonly pins: readonly PinRow[];
  readonly transfers: readonly TransferRow[];
  readonly settings: Settings;
  /** Venue margin slabs, for agreements with marginMethod venue. */
  readonly rules?: readonly VenueRuleRow[];
  /** Scenario margin parameters, for agreements with marginMethod grid. */
  readonly parameters?: readonly ParameterRow[];
  readonly counterparties?: readonly CounterpartyRow[];
  readonly grades?: readonly GradeRow[];
  readonly scorecard?: readonly ScoreWeightRow[];
  /** What the user's credit model says of each counterparty, once it has been applied. */
  readonly credit?: readonly Explanation[];
  /** Joint price history by column name, oldest first, all of one length; NaN where a cell is blank. */
  readonly prices?: ReadonlyMap<string, readonly number[]>;
}
