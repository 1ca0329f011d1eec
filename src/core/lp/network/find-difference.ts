/**
 * Finds the next place at which two vectors of numbers differ, from a place on.
 *
 * @returns -1 where there is none; at once when both are the same array
 */
export function findDifference(a: Float64Array, b: Float64Array, from: number): number {
  if (a === b) return -1;
  for (let k = from; k < b.length; k++) if (a[k] !== b[k]) return k;
  return -1;
}

/** The same for vectors of integers, apart so that either loop is compiled for one kind of array. */
export function findIntegerDifference(a: Int32Array, b: Int32Array, from: number): number {
  if (a === b) return -1;
  for (let k = from; k < b.length; k++) if (a[k] !== b[k]) return k;
  return -1;
}
