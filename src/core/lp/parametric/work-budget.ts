import type { BasisState } from "./basis-state";

/** Counts the numbers touched, so that the same book always gets the same answer, however fast the machine is. */
export interface WorkBudget {
  left: number;
}

/** Numbers touched by one exchange of basis: a row of all columns, both ratio tests and two solves with the basis. */
export const exchangeWork = (state: BasisState): number => 6 * state.price.length + state.model.values.length + solveWork(state) * 3;

/** Numbers touched by one solve with the basis. */
export const solveWork = ({ head, etas, factors }: BasisState): number => head.length * (4 + etas.length) + factors.coreSize ** 2;
