import type { ModelBuilder } from "../../lp/model-builder";
import { tightenUpperBounds } from "../../lp/tighten-bounds";
import { addCostedColumn, type AllocationIndex, type NamedRule } from "../allocation-index";
import type { AllocationProblem, MovementCap, Pair } from "../problem-shape";
import { withoutRules } from "../relaxed-model";
import { strandedHoldings } from "../stranded-holdings";

/** How movements get their switches. */
export interface MovementRowOptions {
  /** Pairs that get binaries; the others must be closed by the caller. Default: all. */
  readonly only?: ReadonlySet<number>;
  /** Switches as wide as inventory and requirements alone let them be: the other rules may be taken away later. */
  readonly withOpenRules?: boolean;
}

/**
 * Adds what movements need: fixed costs, smallest pieces and caps on their number, with binaries only where one of them applies.
 *
 *   deliver <= U * zp,  today - keep <= today * zm,  deliver >= min * zp,  keep >= today * zp,  zp + zm <= 1,  sum (zp + zm) <= N
 */
export const addMovementRows = (
  builder: ModelBuilder,
  index: AllocationIndex,
  problem: AllocationProblem,
  { only, withOpenRules = false }: MovementRowOptions = {},
): void => {
  const fixedPerUnit = fixedCostUnit(index);
  const built = builder.build();
  const mayGo = ({ kind }: NamedRule): boolean => kind !== "inventory" && kind !== "coverage" && kind !== "overPost";
  const limits = tightenUpperBounds(withOpenRules ? withoutRules(built, index.rules.filter(mayGo)) : built);
  const isCapped = (pair: Pair): boolean => problem.caps.some((cap) => countsIn(cap, pair, problem));
  problem.pairs.forEach((pair, p) => {
    if (only !== undefined && !only.has(p)) return;
    const { deliverFixed, recallFixed, minimumPiece } = pair.costs;
    const capped = isCapped(pair);
    if (capped || deliverFixed > 0 || minimumPiece > 0)
      addDelivery(builder, index, problem, pair, p, deliverFixed * fixedPerUnit, limits[index.deliver[p]!]!);
    if (pair.today > 0 && (capped || recallFixed > 0)) addRecall(builder, index, problem, pair, p, recallFixed * fixedPerUnit);
    if (index.delivers[p]! >= 0 && index.recalls[p]! >= 0) {
      const row = builder.addRow({ upper: 1 });
      builder.addEntry(row, index.delivers[p]!, 1);
      builder.addEntry(row, index.recalls[p]!, 1);
    }
  });
  const forced = forcedMovements(problem, problem.caps);
  problem.caps.forEach((cap, c) => addCap(builder, index, problem, cap, forced[c]!));
};

/** Cost objective per base currency paid once. */
export const fixedCostUnit = (index: AllocationIndex): number => 1 / index.costScale;

/** @param limit most that the other rows let be delivered */
const addDelivery = (
  builder: ModelBuilder,
  index: AllocationIndex,
  problem: AllocationProblem,
  pair: Pair,
  p: number,
  cost: number,
  limit: number,
): void => {
  const supply = problem.supplies[pair.supply]!;
  const demand = problem.demands[pair.demand]!;
  // What the rows allow, as near as can be told: the wider the switch, the looser the relaxation.
  const most = Math.max(limit, pair.costs.minimumPiece / index.scale);
  const delivers = addCostedColumn(builder, index, cost, 0, 1, true);
  index.delivers[p] = delivers;
  const row = builder.addRow({ upper: 0 });
  builder.addEntry(row, index.deliver[p]!, 1);
  builder.addEntry(row, delivers, -most);
  if (pair.costs.minimumPiece > 0) {
    const piece = builder.addRow({ lower: 0 });
    builder.addEntry(piece, index.deliver[p]!, 1);
    builder.addEntry(piece, delivers, -pair.costs.minimumPiece / index.scale);
    const rows = pair.today > 0 ? [piece, addNoSwap(builder, index, problem, pair, p)] : [piece];
    index.rules.push({ kind: "lots", name: `smallest piece of ${supply.row.assetId} at ${demand.agreementId}`, rows, of: p });
  }
};

/** What is delivered does not stand in for what is recalled of the same line: such a delivery would be smaller than it seems. */
const addNoSwap = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem, pair: Pair, p: number): number => {
  const row = builder.addRow({ lower: 0 });
  builder.addEntry(row, index.keep[p]!, 1);
  builder.addEntry(row, index.delivers[p]!, (-pair.today * problem.supplies[pair.supply]!.unitValue) / index.scale);
  return row;
};

const addRecall = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem, pair: Pair, p: number, cost: number): void => {
  const today = (pair.today * problem.supplies[pair.supply]!.unitValue) / index.scale;
  const recalls = addCostedColumn(builder, index, cost, 0, 1, true);
  index.recalls[p] = recalls;
  const row = builder.addRow({ lower: today });
  builder.addEntry(row, index.keep[p]!, 1);
  builder.addEntry(row, recalls, today);
};

/** Tells whether a cap counts the movements of a pair. */
export const countsIn = (cap: MovementCap, pair: { readonly supply: number; readonly demand: number }, problem: AllocationProblem): boolean =>
  (cap.demand === undefined || cap.demand === pair.demand) &&
  (cap.location === undefined || cap.location === problem.supplies[pair.supply]!.row.location);

/** Recalls of what is not eligible any more happen in any case and use up the caps. @returns how much of each cap, in the order given */
export const forcedMovements = (problem: AllocationProblem, caps: readonly MovementCap[]): readonly number[] => {
  if (caps.length === 0) return [];
  const forced = strandedHoldings(problem);
  return caps.map((cap) => forced.filter((held) => countsIn(cap, held, problem)).length);
};

const addCap = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem, cap: MovementCap, forced: number): void => {
  const row = builder.addRow({ upper: Math.max(0, cap.limit - forced) });
  problem.pairs.forEach((pair, p) => {
    if (!countsIn(cap, pair, problem)) return;
    if (index.delivers[p]! >= 0) builder.addEntry(row, index.delivers[p]!, 1);
    if (index.recalls[p]! >= 0) builder.addEntry(row, index.recalls[p]!, 1);
  });
  index.rules.push({ kind: "cap", name: cap.name, rows: [row], of: problem.caps.indexOf(cap) });
};
