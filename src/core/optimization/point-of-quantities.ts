import type { LinearModel } from "../lp/linear-model";
import type { Solver } from "../lp/solver";
import { extractSubModel, putBack } from "../lp/sub-model";
import type { AllocationIndex } from "./allocation-index";
import type { AllocationModel } from "./build-allocation-model";
import type { Quantities } from "./collateral-value";
import { checkedPoint } from "./keep-incumbent";
import { lotsByPair } from "./lot-columns";
import { leastAmount } from "./movement-choices";
import type { AllocationProblem } from "./problem-shape";
import { isCut } from "./run-clock";

/** Longest for a question, seconds: what is asked is small, and no person waits for more. */
const longest = 0.7;
/** Branches for it: a count, so that the same point is found everywhere. */
const mostNodes = 50;
/** Weight of a unit of shortfall beside cost, basis points. */
const penalty = 1e6;

/** What became of postings. */
export interface PointFound {
  /** Point of the model; undefined where no posting like these holds every rule. */
  readonly primal?: Float64Array;
  /** True where the time ended the question: elsewhere there may be a point. */
  readonly wasCut: boolean;
}

/**
 * Finds the point of the model that posts given quantities.
 *
 * Only what follows from the postings (slabs, switches of limits, what is short) is asked for. Where the rules do not let them be posted as
 * they are, less of each may be, and nothing else.
 *
 * @param isExact false to allow that less is posted
 */
export const pointOfQuantities = async (
  problem: AllocationProblem,
  model: AllocationModel,
  quantities: Quantities,
  solver: Solver,
  isExact: boolean,
): Promise<PointFound> => {
  const built = model.builder.build();
  const held = isExact ? postedAs(built, model, problem, quantities) : postedUpTo(built, model, problem, quantities);
  const columns: number[] = [];
  for (let c = 0; c < built.columnCount; c++) if (held.columnLower[c]! < held.columnUpper[c]!) columns.push(c);
  const sub = extractSubModel({ ...held, objective: worthOf(problem, model) }, Int32Array.from(columns), held.columnLower);
  const result = await solver.solve(sub.model, { limits: { timeSeconds: longest, nodes: mostNodes } });
  const wasCut = isCut(result);
  if (result.primal.length !== columns.length) return { wasCut };
  const point = checkedPoint(built, withoutDust(model, putBack(sub, result.primal, held.columnLower)));
  return point === undefined ? { wasCut } : { primal: point.primal, wasCut };
};

/** Units that a point of the model posts of each pair; shape (pairs). */
export const quantitiesOfPoint = (problem: AllocationProblem, { keep, deliver, scale }: AllocationIndex, primal: Float64Array): Float64Array =>
  Float64Array.from(problem.pairs, (pair, p) => {
    const kept = keep[p]! < 0 ? 0 : primal[keep[p]!]!;
    return Math.max(0, ((kept + primal[deliver[p]!]!) * scale) / problem.supplies[pair.supply]!.unitValue);
  });

/** What is short by less than a tenth of a cent is not short: later stages hold it at nothing. */
const withoutDust = ({ index }: AllocationModel, primal: Float64Array): Float64Array => {
  const dust = Math.min(1e-10, (0.1 * index.cent) / index.scale);
  const columns = [...index.shortfall, ...index.misses.map(({ column }) => column), ...index.breaches.map(({ column }) => column)];
  for (const column of columns) if (primal[column]! <= dust) primal[column] = 0;
  return primal;
};

/** What is posted of each pair, model units. */
const amountsOf = (problem: AllocationProblem, { index }: AllocationModel, quantities: Quantities): Float64Array =>
  Float64Array.from(problem.pairs, (pair, p) => (quantities[p]! * problem.supplies[pair.supply]!.unitValue) / index.scale);

const within = (model: LinearModel, column: number, value: number): number =>
  Math.min(model.columnUpper[column]!, Math.max(model.columnLower[column]!, value));

/** Every pair, movement and lot held as posted. */
const postedAs = (model: LinearModel, { index, ...rest }: AllocationModel, problem: AllocationProblem, quantities: Quantities): LinearModel => {
  const columnLower = Float64Array.from(model.columnLower);
  const columnUpper = Float64Array.from(model.columnUpper);
  const hold = (column: number, value: number): void => {
    if (column >= 0) columnLower[column] = columnUpper[column] = within(model, column, value);
  };
  const lotOf = lotsByPair(model, index);
  amountsOf(problem, { index, ...rest }, quantities).forEach((amount, p) => {
    const [keep, deliver] = [index.keep[p]!, index.deliver[p]!];
    const today = todayOf(problem, index, p);
    const kept = keep < 0 ? 0 : within(model, keep, Math.min(amount, today));
    const delivered = within(model, deliver, amount - kept > leastAmount ? amount - kept : 0);
    hold(keep, kept);
    hold(deliver, delivered);
    hold(index.delivers[p]!, delivered > 0 ? 1 : 0);
    hold(index.recalls[p]!, today - kept > leastAmount ? 1 : 0);
    const lot = lotOf.get(p);
    if (lot !== undefined) hold(lot.column, Math.round((kept + delivered) / lot.size));
  });
  return { ...model, columnLower, columnUpper };
};

const todayOf = (problem: AllocationProblem, index: AllocationIndex, p: number): number =>
  (problem.pairs[p]!.today * problem.supplies[problem.pairs[p]!.supply]!.unitValue) / index.scale;

/** Postings may be lower, and what is posted today may stay. */
const postedUpTo = (model: LinearModel, allocation: AllocationModel, problem: AllocationProblem, quantities: Quantities): LinearModel => {
  const { index } = allocation;
  const columnUpper = Float64Array.from(model.columnUpper);
  const lotOf = lotsByPair(model, index);
  amountsOf(problem, allocation, quantities).forEach((amount, p) => {
    const [keep, deliver, delivers] = [index.keep[p]!, index.deliver[p]!, index.delivers[p]!];
    const kept = keep < 0 ? 0 : Math.min(amount, todayOf(problem, index, p));
    columnUpper[deliver] = within(model, deliver, amount - kept);
    if (columnUpper[deliver] > leastAmount) return;
    columnUpper[deliver] = model.columnLower[deliver]!;
    if (delivers >= 0) columnUpper[delivers] = model.columnLower[delivers]!;
    const lot = lotOf.get(p);
    if (lot !== undefined && keep < 0) columnUpper[lot.column] = model.columnLower[lot.column]!;
  });
  return { ...model, columnUpper };
};

/** Calls by their weight, then minimums and soft limits, then cost. */
const worthOf = ({ demands }: AllocationProblem, { builder, index }: AllocationModel): Float64Array => {
  const objective = Float64Array.from({ length: builder.columnCount }, (_, c) => index.costs[c] ?? 0);
  const heaviest = Math.max(1e-12, ...demands.map((demand) => demand.weight));
  const last = Math.max(0, ...demands.map((demand) => demand.rank));
  demands.forEach((demand, d) => (objective[index.shortfall[d]!] = penalty * 10 ** Math.min(2, last - demand.rank) * (demand.weight / heaviest)));
  for (const { column } of index.misses) objective[column]! += penalty / 100;
  for (const { column } of index.breaches) objective[column]! += penalty / 1000;
  return objective;
};
