/** Rounds at most; most books repeat themselves sooner. */
const mostRounds = 24;

/** What slope scaling works on. */
export interface SlopeTask<S> {
  /** Charge on each movement, whatever its amount. */
  readonly charges: Float64Array;
  /** Most that each movement can be. */
  readonly mosts: Float64Array;
  /** Solves the linear program in which each unit moved costs its slope. */
  solve(slopes: Float64Array, last: S): Promise<S | undefined>;
  isBetter(a: S, b: S): boolean;
  isOver(): boolean;
}

/**
 * Spreads the charge of each movement over what was moved in the solve before, again and again, and keeps the best point.
 *
 * Where the same movements come back with the same amounts the slopes pay each charge exactly once: nothing is left to learn. A movement that
 * is not made keeps the slope that it had when it last was.
 *
 * @source D. Kim, P. M. Pardalos, A solution approach to the fixed charge network flow problem using a dynamic slope scaling procedure,
 * Operations Research Letters 24, 1999
 */
export const scaleSlopes = async <S extends { readonly amounts: Float64Array }>(start: S, task: SlopeTask<S>): Promise<S> => {
  const { charges, mosts } = task;
  const slopes = Float64Array.from(charges, (charge, k) => charge / Math.max(1e-9, mosts[k]!));
  let best = start;
  let last = start;
  for (let round = 0; round < mostRounds && !task.isOver(); round++) {
    let hasChanged = false;
    last.amounts.forEach((amount, k) => {
      if (amount <= 0 || charges[k] === 0) return;
      const slope = charges[k]! / amount;
      hasChanged ||= Math.abs(slope - slopes[k]!) > 1e-7 * slope;
      slopes[k] = slope;
    });
    const next = hasChanged ? await task.solve(slopes, last) : undefined;
    if (next === undefined) break;
    last = next;
    if (task.isBetter(next, best)) best = next;
  }
  return best;
};
