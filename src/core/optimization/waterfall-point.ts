import type { LinearModel } from "../lp/linear-model";
import type { Solver } from "../lp/solver";
import type { AllocationModel } from "./build-allocation-model";
import { checkedPoint } from "./keep-incumbent";
import type { AllocationProblem } from "./problem-shape";
import { waterfallQuantities } from "./waterfall";

/** Longest for each of the two questions, seconds. */
const longest = 0.7;
/** Weight of a unit of shortfall beside cost, basis points. */
const penalty = 1e6;

/**
 * Finds an answer from the waterfall, for a run that ends before its search has one: what the waterfall posts, as it is where it keeps every
 * rule, else as far as the rules let it.
 *
 * What it looks for is small whatever the book: only what the waterfall posts is open.
 *
 * @returns a point of the model, or undefined where the rules ask for postings that the waterfall does not make
 */
export const waterfallPoint = async (problem: AllocationProblem, model: AllocationModel, solver: Solver): Promise<Float64Array | undefined> => {
  const built = model.builder.build();
  const posted = postedBy(problem, model);
  for (const isExact of [true, false]) {
    const asked = { ...within(built, model, posted, isExact), objective: worthOf(problem, model) };
    const result = await solver.solve(asked, { limits: { timeSeconds: longest } });
    const point = result.primal.length === built.columnCount ? checkedPoint(built, result.primal) : undefined;
    if (point !== undefined) return point.primal;
  }
  return undefined;
};

/** What is posted of each pair, model units. */
const postedBy = (problem: AllocationProblem, { index }: AllocationModel): Float64Array => {
  const quantities = waterfallQuantities(problem);
  return Float64Array.from(problem.pairs, (pair, p) => (quantities[p]! * problem.supplies[pair.supply]!.unitValue) / index.scale);
};

/** Holds the postings, or lets them be lower and what is posted today stay. */
const within = (model: LinearModel, { index }: AllocationModel, posted: Float64Array, isExact: boolean): LinearModel => {
  const columnLower = Float64Array.from(model.columnLower);
  const columnUpper = Float64Array.from(model.columnUpper);
  posted.forEach((amount, p) => {
    const [keep, deliver] = [index.keep[p]!, index.deliver[p]!];
    const kept = keep < 0 ? 0 : Math.min(amount, columnUpper[keep]!);
    const delivered = Math.max(columnLower[deliver]!, Math.min(amount - kept, columnUpper[deliver]!));
    columnUpper[deliver] = delivered;
    if (!isExact) return;
    columnLower[deliver] = delivered;
    if (keep >= 0) columnLower[keep] = columnUpper[keep] = Math.max(columnLower[keep]!, kept);
  });
  return { ...model, columnLower, columnUpper };
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
