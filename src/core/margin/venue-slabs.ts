import { DomainError } from "../basics/domain-error";

/** One slab of a venue's margin rules for an underlying. */
export interface VenueSlab {
  readonly underlying: string;
  /** Where the slab begins, if the table says so; it must be the end of the slab before. */
  readonly from?: number;
  /** Cumulative upper bound in `unit`; Infinity for the last. */
  readonly upTo: number;
  /** What bounds and steps are in: coins of the underlying, or the quote currency. */
  readonly unit: "coin" | "value";
  /** NaN where the cell is blank; refused only where it is used. */
  readonly initialRate: number;
  readonly maintenanceRate: number;
  /** Amount that a venue publishes to be taken off rate x notional of maintenance margin; undefined = computed. */
  readonly deduction?: number;
  /** Added to the rate per unit of size: the whole position has the rate base + size * step. */
  readonly stepPerUnit: number;
  /** ISO time from which the row applies. */
  readonly validFrom?: string;
  /** `rules row 3`, for messages. */
  readonly at: string;
}

export type MarginKind = "initial" | "maintenance";

/** A position's size in both units. */
export interface PositionSize {
  readonly coins: number;
  readonly value: number;
}

const rateOf = (slab: VenueSlab, kind: MarginKind): number => {
  const rate = kind === "initial" ? slab.initialRate : slab.maintenanceRate;
  if (Number.isNaN(rate)) throw new DomainError("badInput", `${slab.at}: ${kind === "initial" ? "imRate" : "mmRate"} is blank. Fill it.`);
  return rate;
};

/**
 * Calculates the margin of a position under slabs, in the quote currency.
 *
 * Without a step the slabs are brackets: size * rate_n - deduction_n with deduction_n = bound_(n-1) (rate_n - rate_(n-1)) + deduction_(n-1), or the
 * published deduction. With a step the whole size has the rate_n + size * step.
 *
 * @param slabs of one underlying, sorted by bound
 * @throws DomainError outsideDomain where the size lies beyond the last bound
 * @source Bybit and Binance margin pages (brackets), Deribit linear perpetual (step)
 */
export const slabMargin = (slabs: readonly VenueSlab[], size: PositionSize, kind: MarginKind): number => {
  const [first] = slabs;
  if (first === undefined || size.value === 0) return 0;
  const measured = first.unit === "coin" ? size.coins : size.value;
  const valuePerUnit = size.value / measured;
  let deduction = 0;
  let lower: VenueSlab | undefined;
  for (const slab of slabs) {
    if (lower !== undefined) deduction += lower.upTo * (rateOf(slab, kind) - rateOf(lower, kind));
    if (measured <= slab.upTo) {
      if (slab.stepPerUnit !== 0) return size.value * (rateOf(slab, kind) + measured * slab.stepPerUnit);
      const published = kind === "maintenance" ? slab.deduction : undefined;
      const margin = size.value * rateOf(slab, kind) - (published ?? deduction * valuePerUnit);
      if (margin < 0)
        throw new DomainError("badInput", `${slab.at}: deduction ${slab.deduction} is above the margin of ${slab.underlying}. Check its unit.`);
      return margin;
    }
    lower = slab;
  }
  throw new DomainError(
    "outsideDomain",
    `${first.underlying}: size ${Number(measured.toPrecision(6))} is beyond the last upTo ${lower?.upTo} of rules.`.slice(0, 120),
  );
};

/**
 * Sorts out the slabs in force for each underlying and refuses tables that cannot be right.
 *
 * @param asOf ISO time; needed where rows of an underlying have different validFrom
 * @returns slabs by underlying in upper case
 * @throws DomainError badInput with the row named
 */
export const arrangeSlabs = (rows: readonly VenueSlab[], asOf: string | undefined): ReadonlyMap<string, readonly VenueSlab[]> => {
  const arranged = new Map<string, readonly VenueSlab[]>();
  for (const underlying of new Set(rows.map((row) => row.underlying.toUpperCase()))) {
    const slabs = inForce(
      rows.filter((row) => row.underlying.toUpperCase() === underlying),
      asOf,
    );
    slabs.forEach((slab, index) => checkSlab(slab, slabs[index - 1], index === slabs.length - 1));
    arranged.set(underlying, slabs);
  }
  return arranged;
};

const inForce = (rows: readonly VenueSlab[], asOf: string | undefined): readonly VenueSlab[] => {
  const dates = [...new Set(rows.map((row) => row.validFrom ?? ""))].sort();
  const [first] = rows;
  if (asOf === undefined) {
    if (dates.length > 1)
      throw new DomainError("badInput", `rules of ${first?.underlying} hold ${dates.length} validFrom dates. Add the option asOf=2026-11-22.`);
    return rows;
  }
  const latest = dates.filter((date) => date <= asOf).pop();
  if (latest === undefined) throw new DomainError("badInput", `rules of ${first?.underlying} apply from ${dates[0]}; asOf ${asOf} is earlier.`);
  return rows.filter((row) => (row.validFrom ?? "") === latest);
};

const checkSlab = (slab: VenueSlab, previous: VenueSlab | undefined, isLast: boolean): void => {
  if (slab.upTo === Infinity && !isLast)
    throw new DomainError("badInput", `${slab.at}: upTo is blank. Only the last row of ${slab.underlying} may have none.`);
  if (slab.maintenanceRate > slab.initialRate) {
    throw new DomainError("badInput", `${slab.at}: mmRate ${slab.maintenanceRate} is above imRate ${slab.initialRate}. Check the columns.`);
  }
  checkStart(slab, previous);
  if (previous === undefined) return;
  if (slab.unit !== previous.unit)
    throw new DomainError("badInput", `${slab.at}: unit ${slab.unit} differs from ${previous.unit} in ${previous.at}. Use one unit.`);
  if (slab.upTo <= previous.upTo)
    throw new DomainError("badInput", `${slab.at}: upTo ${slab.upTo} is not above ${previous.upTo} of ${previous.at}. Sort by upTo.`);
  if (slab.initialRate < previous.initialRate || slab.maintenanceRate < previous.maintenanceRate) {
    throw new DomainError("badInput", `${slab.at}: a margin rate falls below that of ${previous.at}. Rates must rise with size.`);
  }
  checkDeduction(slab, previous);
};

/** The column `from`, where there is one: slabs have to meet. */
const checkStart = (slab: VenueSlab, previous: VenueSlab | undefined): void => {
  const end = previous?.upTo ?? 0;
  if (slab.from === undefined || slab.from === end) return;
  const problem = slab.from > end ? `gap between ${end} and ${slab.from}` : `from ${slab.from} overlaps the slab that ends at ${end}`;
  throw new DomainError("badInput", `${slab.at}: ${problem}. Let the slabs of ${slab.underlying} meet.`);
};

/** Share of the margin at a bound by which a published, rounded deduction may be off. */
const deductionTolerance = 0.01;

/** A deduction that does not continue the slab before lets margin fall at the bound: mixed-up rows, or another unit. */
const checkDeduction = (slab: VenueSlab, previous: VenueSlab): void => {
  if (slab.deduction === undefined || slab.unit !== "value" || Number.isNaN(slab.maintenanceRate) || Number.isNaN(previous.maintenanceRate)) return;
  const expected = (previous.deduction ?? 0) + previous.upTo * (slab.maintenanceRate - previous.maintenanceRate);
  if (slab.deduction - expected <= deductionTolerance * Math.max(1, previous.upTo * slab.maintenanceRate)) return;
  const shown = Number(expected.toPrecision(6));
  throw new DomainError("badInput", `${slab.at}: deduction ${slab.deduction} lets margin fall at ${previous.upTo}. ${shown} would continue it.`);
};
