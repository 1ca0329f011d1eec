import type { Explanation } from "../basics/explanation";

/** One posted asset: what the Allocation sheet shows in a row. */
export interface AllocationLine {
  readonly agreementId: string;
  /** Key of the inventory line, `assetId|location|account`. */
  readonly inventoryKey: string;
  readonly assetId: string;
  readonly location: string;
  readonly account: string;
  /** Units posted after the run. */
  readonly quantity: number;
  /** Per unit in priceCurrency. */
  readonly price: number;
  readonly priceCurrency: string;
  /** In the agreement's currency. */
  readonly marketValue: number;
  /** Effective total haircut, decimal: haircut + FX haircut + additional, or 1 - collateralValue / marketValue for tiers. */
  readonly haircut: number;
  /** In the agreement's currency, after haircut. */
  readonly collateralValue: number;
  /** Decimal per year of market value; negative = income. */
  readonly carryRate: number;
  /** Base currency per day; negative = income. */
  readonly costPerDay: number;
  /** Units posted there today. */
  readonly quantityToday: number;
  readonly tierTable?: string;
  /** 1-based row of the rule in tblEligibility that the haircut comes from, so that the sheet can look it up again. */
  readonly eligibilityRow?: number;
  /** Parts of the haircut: the FX haircut that applied here (0 where the currencies match) and the additional one. */
  readonly fxHaircut?: number;
  readonly additionalHaircut?: number;
}

/** One agreement: what the Coverage sheet shows in a row. Amounts in the agreement's currency. */
export interface CoverageLine {
  readonly agreementId: string;
  readonly counterparty: string;
  readonly marginType: string;
  readonly currency: string;
  readonly required: number;
  /** After haircut. */
  readonly posted: number;
  readonly excess: number;
  readonly shortfall: number;
  readonly isCovered: boolean;
  readonly requirementExplanation?: Explanation;
  /** Marginal cost: base currency per year for one more unit of base currency required. */
  readonly marginalCost?: number;
}

/** One inventory line: what the Inventory sheet shows in a row. Units unless said otherwise. */
export interface InventoryLine {
  readonly inventoryKey: string;
  readonly assetId: string;
  readonly location: string;
  readonly account: string;
  readonly owned: number;
  readonly reserved: number;
  readonly used: number;
  readonly free: number;
  readonly price: number;
  readonly priceCurrency: string;
  /** Market value of the free units, base currency. */
  readonly freeValue: number;
  /** What one more unit of base-currency value would save per year. */
  readonly marginalValue?: number;
}

/** One change against today's holdings. */
export interface Movement {
  readonly agreementId: string;
  readonly inventoryKey: string;
  readonly assetId: string;
  readonly location: string;
  readonly account: string;
  readonly action: "Delivery" | "Return";
  /** Units, > 0. */
  readonly quantity: number;
  /** Base currency. */
  readonly marketValue: number;
  /** One-off cost, base currency. */
  readonly cost: number;
  readonly reason: string;
  /** Of a delivery with a deadline: the last moment to start it, ISO UTC. */
  readonly startBy?: string;
}

/** One rule recomputed from the domain by the independent checker. */
export interface RuleCheck {
  /** Such as `Coverage`, `Inventory`, `Haircut`, `Concentration limit`. */
  readonly rule: string;
  /** How many instances were checked. */
  readonly count: number;
  /** Largest violation in `unit`; 0 when none. */
  readonly largestViolation: number;
  readonly unit: string;
  readonly passed: boolean;
  /** Where the largest violation is, or "". */
  readonly detail: string;
}

/** A rule type present in the tables but not applied in this run. */
export interface UnappliedRule {
  readonly rule: string;
  readonly table: string;
  readonly count: number;
  readonly effect: string;
}

/** Cost and coverage of an alternative posting, beside the optimum. */
export interface Baseline {
  readonly name: "today" | "waterfall";
  /** Hard limits that it does not keep. */
  readonly brokenLimits?: number;
  /** One-off cost of its movements, base currency. */
  readonly movementCost?: number;
  /** Base currency per day. */
  readonly costPerDay: number;
  readonly movements: number;
  /** Calls covered, of those that require something. */
  readonly covered: number;
  /** Sum of shortfalls, base currency. */
  readonly shortfall: number;
}

/** A cell to write: 1-based row of the table; row 0 is a setting (column = key), or a new row made of all edits of that table. */
export interface TableEdit {
  readonly table: string;
  readonly row: number;
  readonly column: string;
  /** undefined empties the cell. */
  readonly value: number | string | undefined;
}

/** A named rule of an irreducible conflict, and the least change that cures it alone. */
export interface Repair {
  readonly rule: string;
  readonly change: string;
  /** Size of the change in base currency, for ranking. */
  readonly size: number;
  readonly agreementId: string;
  /** The same as cells to write; absent where the change is none of the tables'. */
  readonly edits?: readonly TableEdit[];
}

/** A hard minimum that cannot be held today, and how near the run came. */
export interface UnmetMinimum {
  readonly kind: "limit" | "pin" | "buffer";
  /** Words for reports: `GOLD minimum at CSA-7 (tblLimits row 3)`. */
  readonly name: string;
  /** 1-based row of tblLimits or tblPins; 0 for the liquidity buffer. */
  readonly row: number;
  /** Where it is about one agreement, else "". */
  readonly agreementId: string;
  /** Names of a limit's scope and group, or of a pin's agreement and asset; "" for all. */
  readonly scope: string;
  readonly group: string;
  readonly needed: number;
  readonly reached: number;
  /** needed - reached, > 0. */
  readonly missing: number;
  /** A currency code, or the asset whose units are counted. */
  readonly unit: string;
}

/** A hard maximum that what cannot be recalled yet exceeds; nothing else of its group is posted. */
export interface ExceededLimit {
  /** Words for reports: `BTC limit at CSA-7 (tblLimits row 3)`. */
  readonly name: string;
  /** 1-based row of tblLimits. */
  readonly row: number;
  /** Where it is about one agreement, else "". */
  readonly agreementId: string;
  /** Names of the limit's scope and group; "" for all. */
  readonly scope: string;
  readonly group: string;
  readonly allowed: number;
  readonly posted: number;
  /** posted - allowed, > 0. */
  readonly excess: number;
  /** A currency code, or the asset whose units are counted. */
  readonly unit: string;
}

/** Why one agreement is short, or one minimum is not met. Amounts in its currency. */
export interface Conflict {
  /** The agreement; where a minimum is the matter its agreement, or "". */
  readonly agreementId: string;
  /** Name of the minimum that is not met; absent for calls. */
  readonly minimum?: string;
  readonly currency: string;
  readonly required: number;
  readonly reachable: number;
  readonly shortfall: number;
  readonly rules: readonly string[];
  /**
   * Further sets of rules that conflict by themselves, without any rule of `rules` or of each other: something of each has to change. Absent
   * where there is none.
   */
  readonly further?: readonly (readonly string[])[];
  /** Present where there may be more such sets than were looked for. */
  readonly mayHaveMore?: true;
  /** What of this was not found in the time of the run, a sentence. */
  readonly untold?: string;
  readonly repairs: readonly Repair[];
}

/** Over what amounts a value holds, one change at a time; a side that is absent has no end. */
export interface SensitivityRange {
  readonly now: number;
  readonly from?: number;
  readonly to?: number;
  /** Such as `USD required`, `BTC`, `% a year`. */
  readonly unit: string;
}

/**
 * What a change would be worth, in money and words.
 *
 * agreement, asset, limit: another unit; cost: how far the cost of a used pair may move; pair: how much cheaper an unused one would have to
 * be; rule: what a pin, cap, reserve, deadline or buffer costs as a whole.
 */
export interface Sensitivity {
  readonly kind: "agreement" | "asset" | "limit" | "cost" | "pair" | "rule";
  readonly id: string;
  /** Base currency per year per unit of base currency; basis points a year for cost and pair; see unit for others. */
  readonly value: number;
  /** The same for one unit less, where it differs from one unit more. */
  readonly valueOfLess?: number;
  /** What value counts, where it is not base currency a year for one unit of base currency. */
  readonly unit?: string;
  /** Absent where it is not known. */
  readonly range?: SensitivityRange;
  readonly text: string;
}

/** Strong duality and complementary slackness of the priced linear program, recomputed by our own code. Base currency a year. */
export interface OptimalityProof {
  readonly cost: number;
  readonly bound: number;
  readonly gap: number;
  /** Largest |price x distance from the bound| of a row or column. */
  readonly complementarity: number;
  /** Largest share of a price that has the wrong sign; 0 where the prices prove the optimum. */
  readonly wrongPrices: number;
}

/** How the answer was found. */
export interface SolveRecord {
  readonly engine: string;
  /** Why this engine. */
  readonly reason: string;
  readonly terminationStatus: string;
  readonly isOptimal: boolean;
  readonly isReproducible: boolean;
  /** Objective over the horizon, base currency. */
  readonly objective: number;
  readonly bound: number;
  /** Relative gap, decimal; 0 when proved. */
  readonly gap: number;
  readonly seconds: number;
  readonly iterations: number;
  readonly columns: number;
  readonly rows: number;
}

/** What the allowance for movements bought. */
export interface MovementSaving {
  /** Most that might be spent, base currency over the horizon. */
  readonly allowance: number;
  /** What was spent of it. */
  readonly extraCost: number;
  /** Movements of eligible assets in the cheapest answer, and in this one. */
  readonly movementsBefore: number;
  readonly movements: number;
  /** Market value moved, base currency. */
  readonly amountBefore: number;
  readonly amount: number;
}

/** One point of the curve of cost against movements: the least cost found with at most so many. */
export interface MovementPoint {
  readonly movements: number;
  /** One-off cost of the movements, base currency. */
  readonly movementCost?: number;
  /** Base currency. */
  readonly costPerDay: number;
  /** Base currency; above 0 where so few movements cannot cover everything that the answer covers. */
  readonly shortfall: number;
  /** Relative gap of the solve, decimal; 0 when proved. */
  readonly gap: number;
}

/**
 * The answer of an allocation run. Always there, also when calls cannot be met: `coverage` then holds the shortfalls
 * and `conflicts` the reasons.
 */
export interface AllocationOutcome {
  readonly baseCurrency: string;
  /** Base currency that is a trifle; absent where that is 0.01. */
  readonly baseCent?: number;
  readonly lines: readonly AllocationLine[];
  readonly coverage: readonly CoverageLine[];
  /** Sum of the shortfalls, base currency; absent where every call is covered. */
  readonly shortfall?: number;
  readonly inventory: readonly InventoryLine[];
  readonly movements: readonly Movement[];
  /** Base currency per day; carry only. */
  readonly costPerDay: number;
  /** One-off cost of the movements, base currency. */
  readonly movementCost: number;
  readonly baselines: readonly Baseline[];
  readonly conflicts: readonly Conflict[];
  /** Hard minimums that cannot be held today; everything else holds. Absent or empty where all are met. */
  readonly unmet?: readonly UnmetMinimum[];
  /** Hard maximums that are exceeded by what cannot be recalled yet. Absent where there are none. */
  readonly exceeded?: readonly ExceededLimit[];
  readonly sensitivities: readonly Sensitivity[];
  /** Absent where the engine gave no prices. */
  readonly proof?: OptimalityProof;
  /** True where integers were held: sensitivities then hold "given these movements". */
  readonly areGivenMovements?: boolean;
  readonly unapplied: readonly UnappliedRule[];
  /** Cost with fewer movements; only for small books. */
  readonly curve?: readonly MovementPoint[];
  readonly solve: SolveRecord;
  /** What else was left out because the time of the run was up or a person stopped it: sentences. */
  readonly untold?: readonly string[];
  /** Absent where no allowance was given. */
  readonly saved?: MovementSaving;
}

/** The independent checker's verdict; nothing is written unless `passed`. */
export interface CheckReport {
  readonly passed: boolean;
  readonly checks: readonly RuleCheck[];
}
