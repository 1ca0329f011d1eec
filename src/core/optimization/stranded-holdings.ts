import type { AllocationProblem, HeldToday } from "./problem-shape";

/** What is posted where it is not eligible: it goes home whatever is decided. In the order of the holdings. */
export const strandedHoldings = ({ pairs, holdings, demands }: AllocationProblem): readonly HeldToday[] => {
  const keyOf = ({ supply, demand }: Pick<HeldToday, "supply" | "demand">): number => supply * demands.length + demand;
  const eligible = new Set(pairs.map(keyOf));
  return holdings.filter((held) => !eligible.has(keyOf(held)));
};
