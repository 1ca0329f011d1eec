/**
 * Orders items by ascending key, in two counting passes over the keys' bits: linear time, where a comparing sort of a
 * million arcs takes longer than the rest of the crash.
 *
 * @param items shape (n)
 * @param keys one a item, any finite numbers; shape (n)
 */
export function orderByKey(items: Uint32Array, keys: Float32Array): Uint32Array {
  const bits = new Uint32Array(keys.buffer, keys.byteOffset, keys.length).slice();
  for (let k = 0; k < bits.length; k++) {
    // Flip so that unsigned order is numeric order: negative numbers wholly, positive ones in the sign only.
    bits[k] = bits[k]! & 0x80000000 ? ~bits[k]! : bits[k]! | 0x80000000;
  }
  const order = new Uint32Array(items.length);
  for (let k = 0; k < order.length; k++) order[k] = k;
  const sorted = countingPass(countingPass(order, bits, 0), bits, 16);
  for (let k = 0; k < sorted.length; k++) sorted[k] = items[sorted[k]!]!;
  return sorted;
}

function countingPass(order: Uint32Array, bits: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(65537);
  for (let k = 0; k < bits.length; k++) starts[((bits[k]! >>> shift) & 0xffff) + 1]!++;
  for (let bucket = 0; bucket < 65536; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const sorted = new Uint32Array(order.length);
  for (let k = 0; k < order.length; k++) {
    const item = order[k]!;
    sorted[starts[(bits[item]! >>> shift) & 0xffff]!++] = item;
  }
  return sorted;
}
