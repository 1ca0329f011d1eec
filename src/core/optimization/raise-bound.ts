import type { LinearModel } from "../lp/linear-model";
import type { Basis, SolveResult } from "../lp/solver";
import type { MoveChoice } from "./movement-choices";

/** Linear programs at most: a count, so that a run that is not stopped states the same bound everywhere. */
const mostRounds = 30;
/** Rounds without a better bound after which steps are halved. */
const patience = 4;
/** Cuts kept for one agreement. */
const mostCuts = 8;
/** A delivery that is used to this share of what it may be counts as full in a cut. */
const full = 0.5;

/** What the bound is worked out from. */
export interface BoundTask {
  /** Relaxation with every fixed cost spread over the most that can be moved. */
  readonly relaxation: { readonly model: LinearModel; readonly constant: number };
  readonly relaxed: SolveResult;
  /** Most that each column can be, from tightenUpperBounds. */
  readonly most: Float64Array;
  readonly choices: readonly MoveChoice[];
  /** Row of each agreement's coverage. */
  readonly coverageRow: Int32Array;
  /** Cost of the best answer known. */
  readonly known: number;
  solve(model: LinearModel, basis: Basis | undefined): Promise<SolveResult>;
  isOver(): boolean;
}

/**
 * Columns of one agreement's coverage row, without some (A) that are full: the others must cover what is left, R(A). Deliveries that could carry
 * all of it (T) are made or not, z; so either one of them is made or the rest carries R(A):
 *
 *   sum_T z + sum_rest a x / R(A) >= 1
 */
interface Cut {
  readonly demand: number;
  /** Columns with their coefficients after z was replaced by x / most. */
  readonly columns: Int32Array;
  readonly coefficients: Float64Array;
  weight: number;
}

/** Entries of a coverage row with positive coefficients, and the charge that its cuts count. */
interface Cover {
  readonly demand: number;
  readonly required: number;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  /** Charge of each delivery, -1 for what is no delivery with a charge. */
  readonly fixed: Float64Array;
  /** Smallest charge of the deliveries that the relaxation uses. */
  readonly charge: number;
}

/**
 * Raises the lower bound of the cost of movements with fixed costs.
 *
 * The relaxation lets a delivery pay a small part of its charge when it carries a small part of what it could. Each agreement that needs
 * another delivery pays a whole charge, though: that is a cut. Cuts are put into the objective with weights (Lagrange), so that what is solved
 * stays a network; any weights between nothing and the charge give a true bound, and subgradient steps look for good ones.
 *
 * @returns a bound of the cost objective, at least that of the relaxation
 * @source G. Nemhauser, L. Wolsey, Integer and Combinatorial Optimization, 1988, II.2 (flow covers) and II.3.6 (subgradients); R. Carr et al.,
 * Strengthening integrality gaps for capacitated network design and covering problems, 2000 (knapsack covers)
 */
export const raiseBound = async (task: BoundTask): Promise<number> => {
  const { relaxation, relaxed, known } = task;
  let bound = relaxed.objective + relaxation.constant;
  const covers = coversOf(task);
  if (covers.length === 0 || !Number.isFinite(bound) || !(known > bound)) return bound;
  const cuts: Cut[] = [];
  let x = relaxed.primal;
  let value = bound;
  let basis = relaxed.basis;
  let [stride, stale] = [1, 0];
  for (let round = 0; round < mostRounds && !task.isOver(); round++) {
    for (const cover of covers) addCut(task, cover, x, cuts);
    if (cuts.length === 0) return bound;
    moveWeights(cuts, covers, x, stride * Math.max(0, known - value));
    const { objective, constant } = weighed(task, cuts);
    const next = await task.solve({ ...relaxation.model, objective }, basis);
    if (next.terminationStatus !== "optimal" || next.primal.length === 0) return bound;
    [x, basis, value] = [next.primal, next.basis ?? basis, next.objective + constant];
    if (value > bound + 1e-7 * Math.abs(bound)) {
      bound = value;
      stale = 0;
    } else if (++stale >= patience) {
      stride /= 2;
      stale = 0;
    }
  }
  return Math.min(bound, known);
};

const coversOf = ({ relaxation: { model }, relaxed, choices, coverageRow }: BoundTask): Cover[] => {
  const demandOf = new Map<number, number>();
  coverageRow.forEach((row, demand) => demandOf.set(row, demand));
  const entries = Array.from(coverageRow, (): [number, number][] => []);
  for (let c = 0; c < model.columnCount; c++) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const demand = demandOf.get(model.indices[k]!);
      // What takes away from the cover only makes more necessary.
      if (demand !== undefined && model.values[k]! > 0) entries[demand]!.push([c, model.values[k]!]);
    }
  }
  const charges = Array.from(coverageRow, () => Infinity);
  const fixed = new Float64Array(model.columnCount).fill(-1);
  for (const choice of choices) if (!choice.isRecall) fixed[choice.column] = choice.fixed;
  for (const choice of choices) {
    const isUsed = !choice.isRecall && choice.fixed > 0 && relaxed.primal[choice.column]! > 1e-9;
    if (isUsed) charges[choice.demand] = Math.min(charges[choice.demand]!, choice.fixed);
  }
  return entries.flatMap((own, demand): Cover[] => {
    const required = model.rowLower[coverageRow[demand]!]!;
    const isPlain = own.every(([c]) => model.columnLower[c]! >= 0);
    if (!isPlain || !(required > 0) || !Number.isFinite(required) || charges[demand] === Infinity) return [];
    const columns = Int32Array.from(own, ([c]) => c);
    const values = Float64Array.from(own, ([, a]) => a);
    return [{ demand, required, columns, values, fixed: Float64Array.from(columns, (c) => fixed[c]!), charge: charges[demand]! }];
  });
};

const addCut = ({ most }: BoundTask, cover: Cover, x: Float64Array, cuts: Cut[]): void => {
  const { demand, columns, values, fixed, charge, required } = cover;
  const isFull = new Uint8Array(columns.length);
  let left = required;
  const order = [...columns.keys()].filter((i) => x[columns[i]!]! > full * most[columns[i]!]!);
  // What stays is full first, then deliveries by how full they are; the last one that would cover everything stays outside.
  const rank = (i: number): number => (fixed[i]! < 0 ? 2 : x[columns[i]!]! / most[columns[i]!]!);
  order.sort((a, b) => rank(b) - rank(a) || columns[a]! - columns[b]!);
  for (const i of order) {
    const carries = values[i]! * most[columns[i]!]!;
    if (carries >= left * (1 - 1e-9)) continue;
    left -= carries;
    isFull[i] = 1;
  }
  if (left <= 1e-6 * required) return;
  const coefficients = Float64Array.from(columns, (c, i) => {
    if (isFull[i] === 1 || !(most[c]! > 0)) return 0;
    const canCarryAll = fixed[i]! >= charge * (1 - 1e-12) && values[i]! * most[c]! > left;
    return canCarryAll ? 1 / most[c]! : values[i]! / left;
  });
  const cut: Cut = { demand, columns, coefficients, weight: 0 };
  if (violation(cut, x) <= 1e-3) return;
  const own = cuts.filter((other) => other.demand === demand);
  const idle = own.find((other) => other.weight === 0) ?? own[0];
  if (own.length >= mostCuts && idle !== undefined) cuts.splice(cuts.indexOf(idle), 1);
  cuts.push(cut);
};

/** By how much a point breaks a cut, as a share of one charge. */
const violation = ({ columns, coefficients }: Cut, x: Float64Array): number => {
  let sum = 1;
  for (let i = 0; i < columns.length; i++) sum -= coefficients[i]! * x[columns[i]!]!;
  return sum;
};

/** A step towards cuts that are broken; the weights of an agreement add up to at most one charge. */
const moveWeights = (cuts: readonly Cut[], covers: readonly Cover[], x: Float64Array, distance: number): void => {
  const charge = new Map(covers.map((cover) => [cover.demand, cover.charge]));
  const broken = cuts.map((cut) => violation(cut, x));
  let norm = 0;
  cuts.forEach((cut, n) => {
    if (cut.weight > 0 || broken[n]! > 0) norm += (broken[n]! * charge.get(cut.demand)!) ** 2;
  });
  if (norm <= 1e-18) return;
  const sums = new Map<number, number>();
  cuts.forEach((cut, n) => {
    cut.weight = Math.max(0, cut.weight + (distance / norm) * broken[n]! * charge.get(cut.demand)! ** 2);
    sums.set(cut.demand, (sums.get(cut.demand) ?? 0) + cut.weight);
  });
  for (const cut of cuts) {
    const [sum, most] = [sums.get(cut.demand)!, charge.get(cut.demand)!];
    if (sum > most) cut.weight *= most / sum;
  }
};

const weighed = ({ relaxation }: BoundTask, cuts: readonly Cut[]): { readonly objective: Float64Array; readonly constant: number } => {
  const objective = Float64Array.from(relaxation.model.objective);
  let { constant } = relaxation;
  for (const { columns, coefficients, weight } of cuts) {
    if (weight === 0) continue;
    constant += weight;
    for (let i = 0; i < columns.length; i++) objective[columns[i]!]! -= weight * coefficients[i]!;
  }
  return { objective, constant };
};
