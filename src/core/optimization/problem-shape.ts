import type { Explanation } from "../basics/explanation";
import type { AgreementRow, AssetRow, Book, EligibilityRow, LimitRow, PinRow, Settings } from "../collateral/book";

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
  /** Of it, what one lot or one smallest piece may need; 0 where the agreement states a share. */
  readonly roundingRoom: number;
  /** Value that may be posted however little is required: what stays, or today's where recalling it costs. */
  readonly heldAnyway: number;
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
  /** Of those, units that cannot be recalled yet. */
  readonly locked: number;
  /** Units that may be posted at most (pin); Infinity where free. */
  readonly atMost: number;
  /** Rules that set the bounds, for messages. */
  readonly boundReasons: readonly string[];
  /** Present where nothing can arrive in time; such pairs stand only in problems that are asked for causes, see source.withLate. */
  readonly isShut?: true;
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
  /** Base currency that is a trifle, from centOfBase: 0.01, less where the base is a coin. */
  readonly cent: number;
  readonly supplies: readonly Supply[];
  readonly demands: readonly Demand[];
  readonly pairs: readonly Pair[];
  readonly refused: readonly RefusedPair[];
  readonly pools: readonly ValuePool[];
  /** Pools whose slabs get binaries although their ratios fall: found out of order in an earlier solve. */
  readonly orderedPools: ReadonlySet<number>;
  readonly pins: readonly PinRule[];
  /**
   * Names of hard minimums (limits, pins, bufferKey) that cannot all hold and therefore give way to covering calls, and of hard maximums that
   * are exceeded by what cannot be recalled yet: they allow that and no more.
   */
  readonly yielding: ReadonlySet<string>;
  readonly routes: readonly RouteCap[];
  readonly holdings: readonly HeldToday[];
  readonly limits: readonly LimitCase[];
  readonly caps: readonly MovementCap[];
  readonly buffer: number;
  readonly hasMovementCosts: boolean;
  /** The book behind it, and the same problem of a book in which some cells differ; undefined where that has errors. */
  readonly source: {
    readonly book: Book;
    readonly rebuild: (changed: Book) => AllocationProblem | undefined;
    /** The same problem in which what arrives too late stands as pairs that are shut. */
    readonly withLate: () => AllocationProblem;
  };
  /** Cost of recalling a supply from a demand, eligible there or not. */
  readonly recallCosts: (supply: number, demand: number) => PairCosts;
}

/** One row of tblPins at one agreement, in units. */
export interface PinRule {
  /** Words for reports: `atLeast BTC at CSA-7 (tblPins row 2)`. */
  readonly name: string;
  readonly row: number;
  readonly agreementId: string;
  readonly assetId: string;
  readonly action: PinRow["action"];
  /** Indices into pairs; none where the asset is not eligible there. */
  readonly pairs: readonly number[];
  readonly lower: number;
  readonly upper: number;
  /** True where it bounds the sum of several inventory lines, or a line that time binds too: a row of the model, not bounds of a pair. */
  readonly isJoint: boolean;
}

/** The liquidity buffer among the minimums that may give way; limits and pins go by their names. */
export const bufferKey = "liquidity buffer";

/** The most of one asset that may be delivered over one transfer route, in units. */
export interface RouteCap {
  readonly name: string;
  /** 1-based row of tblTransfers. */
  readonly row: number;
  readonly pairs: readonly number[];
  readonly maxUnits: number;
}

/** Units of one supply posted at one agreement today, eligible there or not. */
export interface HeldToday {
  readonly supply: number;
  readonly demand: number;
  readonly units: number;
}

/** What the table says of a limit, before it was resolved. */
export interface StatedLimit {
  readonly basis: LimitRow["limitBasis"];
  readonly limit: number;
  readonly currency: string;
  /** Base currency per unit of the currency. */
  readonly rate: number;
  /** What 1 in the column limit stands for: base currency, units, or 1 for a share of what is posted. */
  readonly per: number;
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
  /** What the table says. */
  readonly stated: StatedLimit;
  /** Names of the scope and of the group; "" for all of it. For limits by issue the asset. */
  readonly scopeName: string;
  readonly groupName: string;
  /** Demands of whose requirements the limit is a share; absent for other bases. */
  readonly requiredOf?: readonly number[];
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
