/**
 * Tells how far an answer can be above the best possible one, as a share of that: a gap is a share of the answer, which is more.
 *
 * @param objective cost of the answer
 * @param gap (objective - bound) / |objective|, decimal
 * @returns decimal; Infinity where the bound is not above 0, so that no share of it says anything
 */
export const shareAboveBest = (objective: number, gap: number): number => {
  // The bound of an income is a larger income.
  if (objective < 0) return gap / (1 + gap);
  return gap < 1 ? gap / (1 - gap) : Infinity;
};
