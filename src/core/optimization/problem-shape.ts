import type { Explanation } from "../basics/explanation";
import type { AgreementRow, AssetRow, EligibilityRow, Settings } from "../collateral/book";

/** One inventory line as the optimizer sees it. Quantities in units, values in base currency. */
export interface Supply {
  readonly row: AssetRow;
  readonly key: string;
  /** Base currency per unit. */
  readonly unitValue: number;
  /** Units that are ours, including what is posted today. */
  readonly owned: number;
  /** Units that must stay unposted. */
  readonly reserved: number;
  /** Units that are away but count nowhere: disputed, arriving late, or stuck where they are not eligible. */
  readonly blocked: number;
  /** Received units that may be posted on (re-use rights). */
  readonly reusable: number;
  /** Most that may be posted over all agreements, units. */
  readonly available: number;
  /** Units posted today over all agreements. */
  readonly postedToday: number;
  /** Smallest step in which quantities are written, units. */
  readonly step: number;
  /** True where quantities must be whole lots. */
  readonly hasLots: boolean;
}

/** One agreement as the optimizer sees it. Values in base currency unless said otherwise. */
export interface Demand {
  readonly row: AgreementRow;
  readonly agreementId: string;
  /** Base currency per unit of the agreement's currency. */
  readonly rate: number;
  /** Requirement after the terms of the agreement, in its own currency. */
  readonly requirement: number;
  /** Debts at the venue, counted in full. */
  readonly debt: number;
  /** requirement * rate + debt. */
  readonly required: number;
  /** Largest over-collateral allowed. */
  readonly overPostCap: number;
  /** Rank of service: 0 is served first. */
  readonly rank: number;
  /** Weight within its rank. */
  readonly weight: number;
  readonly explanation?: Explanation;
}

/** What an asset is worth at an agreement, flat part: all decimals. */
export interface HaircutTerms {
  readonly rule: EligibilityRow;
  readonly haircut: number;
  readonly fxHaircut: number;
  readonly additionalHaircut: number;
  /** Total, at most 1; for tiered pairs that of the best slab. */
  readonly total: number;
}

/** What posting costs: annual decimals, one-off decimals, and base currency per movement. */
export interface PairCosts {
  readonly carryRate: number;
  readonly deliverRate: number;
  readonly recallRate: number;
  readonly deliverFixed: number;
  readonly recallFixed: number;
  /** Smallest delivery, base currency of market value. */
  readonly minimumPiece: number;
}

/** A supply that may serve a demand. */
export interface Pair {
  readonly supply: number;
  readonly demand: number;
  readonly terms: HaircutTerms;
  /** Collateral value per market value, flat: (1 - total haircut) * priceAtVenue / price. */
  readonly valueRatio: number;
  /** Index of the value pool where slabs or debts apply, else -1. */
  readonly pool: number;
  readonly costs: PairCosts;
  /** Units posted today. */
  readonly today: number;
  /** Units that must stay (lock-up, pin). */
  readonly atLeast: number;
  /** Units that may be posted at most (pin); Infinity where free. */
  readonly atMost: number;
  /** Rules that set the bounds, for messages. */
  readonly boundReasons: readonly string[];
}

/** A pair that may not be used, and why. */
export interface RefusedPair {
  readonly supply: number;
  readonly demand: number;
  readonly reason: string;
  /** True where the asset would be eligible but cannot arrive in time. */
  readonly isLate: boolean;
}

/** One slab: units and the collateral value per market value in it. */
export interface Slice {
  readonly units: number;
  readonly ratio: number;
}

/** The balance of one asset at one agreement, valued in slabs over all inventory lines of the asset. */
export interface ValuePool {
  readonly demand: number;
  readonly assetId: string;
  readonly mode: "marginal" | "cliff";
  /** Units owed there: what is posted first repays them, unit for unit in full. */
  readonly debt: number;
  /** In order, after the debt; the last may be infinite. */
  readonly slices: readonly Slice[];
  readonly tierTable?: string;
  /** Base currency per unit. */
  readonly unitValue: number;
  /** Indices into pairs. */
  readonly pairs: readonly number[];
}

/** Everything that a run needs, resolved: no look-up into the tables is left to do. */
export interface AllocationProblem {
  readonly settings: Settings;
  readonly supplies: readonly Supply[];
  readonly demands: readonly Demand[];
  readonly pairs: readonly Pair[];
  readonly refused: readonly RefusedPair[];
  readonly pools: readonly ValuePool[];
  /** Pools whose slabs get binaries although their ratios fall: found out of order in an earlier solve. */
  readonly orderedPools: ReadonlySet<number>;
  readonly pins: readonly GroupPin[];
  readonly routes: readonly RouteCap[];
  readonly holdings: readonly HeldToday[];
  readonly limits: readonly LimitCase[];
  readonly caps: readonly MovementCap[];
  readonly buffer: number;
  readonly hasMovementCosts: boolean;
  /** Cost of recalling a supply from a demand, eligible there or not. */
  readonly recallCosts: (supply: number, demand: number) => PairCosts;
}

/** A pin on an asset held in several inventory lines: bounds on their sum, in units. */
export interface GroupPin {
  readonly name: string;
  readonly pairs: readonly number[];
  readonly lower: number;
  readonly upper: number;
}

/** The most of one asset that may be delivered over one transfer route, in units. */
export interface RouteCap {
  readonly name: string;
  readonly pairs: readonly number[];
  readonly maxUnits: number;
}

/** Units of one supply posted at one agreement today, eligible there or not. */
export interface HeldToday {
  readonly supply: number;
  readonly demand: number;
  readonly units: number;
}

/** One instance of a limit row: EACH is expanded, amounts are in base currency. */
export interface LimitCase {
  /** Words for reports: `BTC limit at CSA-7 (tblLimits row 3)`. */
  readonly name: string;
  readonly row: number;
  /** Indices into limits of the book. */
  readonly source: number;
  readonly direction: "max" | "min";
  readonly valueBasis: "market" | "afterHaircut";
  readonly basis: "constant" | "posted" | "units";
  /** constant: base currency; posted: decimal; units: units. */
  readonly limit: number;
  readonly orAmount?: number;
  readonly appliesAbove?: number;
  readonly isSoft: boolean;
  readonly penalty: number;
  /** Pairs within the scope and group. */
  readonly members: readonly number[];
  /** All pairs within the scope. */
  readonly scope: readonly number[];
  /** The agreement where the scope is one, else "". */
  readonly agreementId: string;
}

/** A cap on the number of movements. */
export interface MovementCap {
  readonly name: string;
  readonly limit: number;
  /** Which held or new pairs count: all, those of a demand, or those of a location. */
  readonly demand?: number;
  readonly location?: string;
}
