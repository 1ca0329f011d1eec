import { checkDual } from "../lp/check-dual";
import type { LinearModel } from "../lp/linear-model";
import { createBasisState, type BasisState } from "../lp/parametric/basis-state";
import { polishBasis } from "../lp/parametric/polish-basis";
import type { WorkBudget } from "../lp/parametric/work-budget";
import type { OptimalityProof } from "./allocation-outcome";
import type { AllocationModel } from "./build-allocation-model";
import { holdSlabOrder } from "./hold-slab-order";
import type { AllocationProblem } from "./problem-shape";
import type { PricedAnswer } from "./settle-ties";
import type { StagedResult } from "./solve-stages";

/** Prices of rows and columns from a linear program: of the run itself, or with its integers settled. */
export interface AnswerPrices {
  readonly dual: Float64Array;
  readonly reducedCosts: Float64Array;
  readonly primal: Float64Array;
  /** True where integers were held: the prices then hold "given these movements". */
  readonly areGivenMovements: boolean;
  /** The optimal basis, for ranges; undefined where the engine gave none or the book is too large. */
  readonly basis?: BasisState;
  /** The same with slabs shut that would pay to be filled out of order; undefined where there are none. */
  readonly inOrder?: BasisState;
  /** Work left for ranges, shared by all questions. */
  readonly budget: WorkBudget;
  readonly proof?: OptimalityProof;
}

/** Numbers touched for all ranges of an answer: about half a second. Counted, not timed, so that a book always gets the same ranges. */
const mostWork = 1.5e8;

/** The same prices with a share of the work for one kind of question, so that none takes it all. */
export const withShareOfWork = (prices: AnswerPrices, share: number): AnswerPrices => ({ ...prices, budget: { left: mostWork * share } });

/**
 * Reads the prices of an answer, proves them by our own code and finds the basis from which ranges are followed.
 *
 * @param priced from priceAnswer; without duals nothing is known
 */
export const pricesOfAnswer = (
  problem: AllocationProblem,
  model: AllocationModel,
  solved: StagedResult,
  priced: PricedAnswer | undefined,
): AnswerPrices => {
  const budget = { left: mostWork };
  const areGivenMovements = solved.model.integer !== undefined;
  const none = new Float64Array(0);
  if (priced === undefined || priced.result.dual.length === 0 || priced.result.reducedCosts.length === 0) {
    return { dual: none, reducedCosts: none, primal: priced?.result.primal ?? solved.primal, areGivenMovements, budget };
  }
  const { result } = priced;
  const proof = proofOf(problem, model, priced);
  const costModel = withoutShortfallWeight(priced.model, model, result.primal);
  const start = result.basis === undefined ? undefined : createBasisState(costModel, result.basis);
  const basis = start === undefined ? undefined : polishBasis(start, budget);
  if (basis === undefined) return { dual: result.dual, reducedCosts: result.reducedCosts, primal: result.primal, areGivenMovements, budget, proof };
  const inOrder = holdSlabOrder(problem, model, basis);
  const { columnCount } = costModel;
  return {
    dual: basis.price.slice(columnCount),
    reducedCosts: basis.price.slice(0, columnCount),
    primal: basis.value.slice(0, columnCount),
    areGivenMovements,
    basis,
    ...(inOrder === undefined ? {} : { inOrder }),
    budget,
    proof,
  };
};

/** Shortfalls that are nil in model units. */
const noShortfall = 1e-9;

/** Where everything is covered a shortfall is no way out: it is closed, and its weight is no price of anything. */
const withoutShortfallWeight = (priced: LinearModel, { index }: AllocationModel, primal: Float64Array): LinearModel => {
  const objective = new Float64Array(priced.columnCount);
  objective.set(index.costs);
  const columnUpper = Float64Array.from(priced.columnUpper);
  if (index.shortfall.every((column) => primal[column]! <= noShortfall)) for (const column of index.shortfall) columnUpper[column] = 0;
  return { ...priced, objective, objectiveOffset: 0, columnUpper };
};

/** Duality gap and complementary slackness, worked out again from the model, in money a year. */
const proofOf = (problem: AllocationProblem, model: AllocationModel, { model: priced, result }: PricedAnswer): OptimalityProof => {
  const check = checkDual(priced, result);
  const { horizonDays, dayCount } = problem.settings;
  const yearly = (value: number): number => (value * model.index.costScale * dayCount) / horizonDays;
  return {
    cost: yearly(check.primalObjective + model.index.constantCost),
    bound: yearly(check.dualObjective + model.index.constantCost),
    gap: Math.abs(yearly(check.gap)),
    complementarity: yearly(check.complementarity),
    wrongPrices: check.dualInfeasibility,
  };
};
