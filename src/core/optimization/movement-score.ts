/** What a point is worth: in this order. */
export interface Score {
  /** Movements above caps, and deliveries below their smallest piece. */
  readonly excess: number;
  readonly shortfall: number;
  readonly cost: number;
}

/** What decides between two points first: that calls are covered, or that caps and pieces are kept. */
export type Order = "coverFirst" | "capsFirst";

/** Tells whether a point is better than another one, by more than noise. */
export const isBetter = (a: Score, b: Score, order: Order): boolean => {
  const [first, second] = order === "coverFirst" ? (["shortfall", "excess"] as const) : (["excess", "shortfall"] as const);
  for (const key of [first, second]) {
    const room = key === "shortfall" ? 1e-9 * Math.max(1, Math.abs(b.shortfall)) : 0;
    if (a[key] < b[key] - room) return true;
    if (a[key] > b[key] + room) return false;
  }
  return a.cost < b.cost - 1e-9 * Math.abs(b.cost);
};
