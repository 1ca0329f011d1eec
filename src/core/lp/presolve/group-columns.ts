import type { LinearModel } from "../linear-model";

const MIX = 0x9e3779b1;
const NUMBER = new Float64Array(1);
const BITS = new Uint32Array(NUMBER.buffer);

/** Mixes a whole number into a hash. */
export function mixInteger(hash: number, value: number): number {
  let h = Math.imul(hash ^ value, MIX);
  h ^= h >>> 15;
  return Math.imul(h, 0x85ebca6b) ^ (h >>> 13);
}

/** Mixes the bits of a number into a hash; 0 and -0 are the same. */
export function mixNumber(hash: number, value: number): number {
  NUMBER[0] = value + 0;
  return mixInteger(mixInteger(hash, BITS[0]! | 0), BITS[1]! | 0);
}

/** Groups the columns of a model by a hash of their rows; groups of one are left out. Rows within a column ascend. */
export function groupByPattern({ columnCount, starts, indices }: LinearModel): number[][] {
  const groups = new Map<number, number[]>();
  for (let c = 0; c < columnCount; c++) {
    let hash = 17;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) hash = mixInteger(hash, indices[k]!);
    const group = groups.get(hash);
    if (group) group.push(c);
    else groups.set(hash, [c]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Tells whether two columns are in the same rows. */
export function isSamePattern({ starts, indices }: LinearModel, a: number, b: number): boolean {
  const size = starts[a + 1]! - starts[a]!;
  if (size !== starts[b + 1]! - starts[b]!) return false;
  for (let k = 0; k < size; k++) if (indices[starts[a]! + k] !== indices[starts[b]! + k]) return false;
  return true;
}
