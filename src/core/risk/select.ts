/**
 * Rearranges values[left..right] so that values[k] is the k-th smallest (0-based), smaller ones before it, larger ones after.
 *
 * Floyd and Rivest's algorithm; linear time on average. Values must not hold NaN, which would break the comparisons.
 *
 * @source R. Floyd and R. Rivest (1975), Algorithm 489
 */
export const selectInPlace = (values: Float64Array, k: number, left: number = 0, right: number = values.length - 1): void => {
  let low = left;
  let high = right;
  while (high > low) {
    if (high - low > 600) {
      const size = high - low + 1;
      const rank = k - low + 1;
      const logSize = Math.log(size);
      const sample = 0.5 * Math.exp((2 * logSize) / 3);
      const spread = 0.5 * Math.sqrt((logSize * sample * (size - sample)) / size) * (rank < size / 2 ? -1 : 1);
      const newLow = Math.max(low, Math.floor(k - (rank * sample) / size + spread));
      const newHigh = Math.min(high, Math.floor(k + ((size - rank) * sample) / size + spread));
      selectInPlace(values, k, newLow, newHigh);
    }
    const pivot = values[k]!;
    let i = low;
    let j = high;
    values[k] = values[low]!;
    values[low] = pivot;
    if (values[high]! > pivot) {
      values[low] = values[high]!;
      values[high] = pivot;
    }
    while (i < j) {
      const swap = values[i]!;
      values[i] = values[j]!;
      values[j] = swap;
      i++;
      j--;
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
    }
    if (values[low] === pivot) {
      const swap = values[low]!;
      values[low] = values[j]!;
      values[j] = swap;
    } else {
      j++;
      const swap = values[j]!;
      values[j] = values[high]!;
      values[high] = swap;
    }
    if (j <= k) low = j + 1;
    if (k <= j) high = j - 1;
  }
};

/** Finds the smallest of values[from..end]. */
export const smallestFrom = (values: Float64Array, from: number): number => {
  let smallest = values[from]!;
  for (let i = from + 1; i < values.length; i++) if (values[i]! < smallest) smallest = values[i]!;
  return smallest;
};
