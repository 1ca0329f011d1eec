import { copyState, tiny, type BasisState } from "./basis-state";
import { enterBasis, tryEntrance } from "./enter-basis";
import { exchangeWork, type WorkBudget } from "./work-budget";

/** Exchanges after which a basis counts as too far from the optimum. */
const mostExchanges = 300;

/**
 * Ends what the engine left: pivots until every price has its sign, from a basis whose point holds every bound.
 *
 * @returns undefined where the point breaks a bound, or the optimum is not near
 */
export function polishBasis(state: BasisState, budget: WorkBudget): BasisState | undefined {
  const polished = copyState(state);
  if (!isFeasible(polished)) return undefined;
  for (let count = 0; count < mostExchanges; count++) {
    budget.left -= polished.price.length;
    const entering = wrongSign(polished);
    if (entering < 0) return isFeasible(polished) ? polished : undefined;
    budget.left -= exchangeWork(polished);
    if (budget.left < 0) return undefined;
    if (!enterBasis(polished, entering, tryEntrance(polished, entering))) return undefined;
  }
  return undefined;
}

/** Violations above this, as a share of the size of the number, are not rounding. */
const feasibility = 1e-7;

const isFeasible = ({ head, value, lower, upper }: BasisState): boolean =>
  head.every((j) => {
    const room = feasibility * Math.max(1, Math.abs(value[j]!));
    return value[j]! >= lower[j]! - room && value[j]! <= upper[j]! + room;
  });

/** The variable outside the basis whose price promises most; -1 at the optimum. */
function wrongSign({ price, place, lower, upper, isUpper, cost }: BasisState): number {
  let best = -1;
  let most = 0;
  for (let j = 0; j < price.length; j++) {
    if (place[j]! >= 0 || lower[j] === upper[j]) continue;
    const isFree = lower[j] === -Infinity && upper[j] === Infinity;
    const gain = isFree ? Math.abs(price[j]!) : isUpper[j] === 1 ? price[j]! : -price[j]!;
    if (gain > Math.max(most, tiny * Math.max(1, Math.abs(cost[j]!)) * 10)) {
      most = gain;
      best = j;
    }
  }
  return best;
}
