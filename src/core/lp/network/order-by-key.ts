import { runToEnd } from "../../basics/run-to-end";

/** Bits of a digit; the buckets of one fit the nearest cache. */
const DIGIT = 11;
const BUCKETS = 2 ** DIGIT;

/** The lowest bits of a key, which change it by no more than one part in 8,000. */
const ROUGH_BITS = 10;

/**
 * Orders items by ascending key, in counting passes over the keys' bits: linear time, where a comparing sort of a
 * million arcs takes longer than the rest of the crash.
 *
 * @param items shape (n)
 * @param keys one a item, any finite numbers; shape (n)
 * @param isRough whether keys that differ by less than 0.0125 % may stay in the order in which they come: two passes
 *   instead of three
 */
export function orderByKey(items: Uint32Array, keys: Float32Array, isRough = false): Uint32Array {
  return runToEnd(orderByKeyInSteps(items, keys, isRough));
}

/** The same in steps, for callers that must listen in between. */
export function* orderByKeyInSteps(items: Uint32Array, keys: Float32Array, isRough = false): Generator<undefined, Uint32Array> {
  const bits = new Uint32Array(keys.buffer, keys.byteOffset, keys.length).slice();
  makeUnsigned(bits);
  let order = new Uint32Array(items.length);
  for (let k = 0; k < order.length; k++) order[k] = k;
  let spare = new Uint32Array(items.length);
  const starts = new Uint32Array(BUCKETS + 1);
  for (let shift = isRough ? ROUGH_BITS : 0; shift < 32; shift += DIGIT) {
    countDigits(bits, shift, starts);
    placeByDigit(order, bits, shift, starts, spare);
    [order, spare] = [spare, order];
    yield;
  }
  for (let k = 0; k < order.length; k++) spare[k] = items[order[k]!]!;
  return spare;
}

/** Flips bits so that unsigned order is numeric order: negative numbers wholly, positive ones in the sign only. */
function makeUnsigned(bits: Uint32Array): void {
  for (let k = 0; k < bits.length; k++) bits[k] = bits[k]! ^ ((bits[k]! >> 31) | 0x80000000);
}

function countDigits(bits: Uint32Array, shift: number, starts: Uint32Array): void {
  starts.fill(0);
  for (let k = 0; k < bits.length; k++) starts[((bits[k]! >>> shift) & (BUCKETS - 1)) + 1]!++;
  for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1]! += starts[bucket]!;
}

function placeByDigit(order: Uint32Array, bits: Uint32Array, shift: number, starts: Uint32Array, sorted: Uint32Array): void {
  for (let k = 0; k < order.length; k++) {
    const item = order[k]!;
    sorted[starts[(bits[item]! >>> shift) & (BUCKETS - 1)]!++] = item;
  }
}
