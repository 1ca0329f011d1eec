/**
 * Puts slabs in the order of their bounds, the open one last: on a sheet they may stand in any order, because a bound says by itself where its
 * slab ends.
 */
export const orderSlabs = <T extends { readonly upTo: number }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => (a.upTo < b.upTo ? -1 : a.upTo > b.upTo ? 1 : 0));
