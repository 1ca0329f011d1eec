/** Calculates ranks 1..n with ties at their mean rank. */
export const averageRanks = (values: Float64Array): Float64Array => {
  const order = Uint32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++;
    for (let k = start; k <= end; k++) ranks[order[k]!] = (start + end) / 2 + 1;
    start = end + 1;
  }
  return ranks;
};

/** Number of pairs within groups of equal neighbours of a sorted order. */
const tiedPairs = (isTied: (k: number) => boolean, n: number): number => {
  let pairs = 0;
  let run = 1;
  for (let k = 1; k <= n; k++) {
    if (k < n && isTied(k)) run++;
    else {
      pairs += (run * (run - 1)) / 2;
      run = 1;
    }
  }
  return pairs;
};

/** Sorts by merging and counts the exchanges of neighbours that a bubble sort would need. */
const countExchanges = (values: Float64Array): number => {
  let source = values.slice();
  let target = new Float64Array(values.length);
  let exchanges = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let i = start;
      let j = middle;
      for (let k = start; k < end; k++) {
        if (i < middle && (j >= end || source[i]! <= source[j]!)) target[k] = source[i++]!;
        else {
          exchanges += middle - i;
          target[k] = source[j++]!;
        }
      }
    }
    [source, target] = [target, source];
  }
  return exchanges;
};

/**
 * Calculates Kendall's tau-b in n log n steps.
 *
 * @returns NaN when one of the series is constant
 * @source W. Knight (1966), A computer method for calculating Kendall's tau with ungrouped data
 */
export const kendallTau = (x: Float64Array, y: Float64Array): number => {
  const n = x.length;
  const order = Uint32Array.from(x.keys()).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!);
  const sortedX = Float64Array.from(order, (i) => x[i]!);
  const sortedY = Float64Array.from(order, (i) => y[i]!);
  const all = (n * (n - 1)) / 2;
  const tiedX = tiedPairs((k) => sortedX[k] === sortedX[k - 1], n);
  const tiedBoth = tiedPairs((k) => sortedX[k] === sortedX[k - 1] && sortedY[k] === sortedY[k - 1], n);
  const exchanges = countExchanges(sortedY);
  const ordered = y.slice().sort();
  const tiedY = tiedPairs((k) => ordered[k] === ordered[k - 1], n);
  return (all - tiedX - tiedY + tiedBoth - 2 * exchanges) / Math.sqrt((all - tiedX) * (all - tiedY));
};

/** Calculates the correlation of an elliptical copula from Kendall's tau: sin(pi tau / 2). */
export const correlationFromKendall = (tau: number): number => Math.sin((Math.PI * tau) / 2);

/**
 * Calculates the empirical lower-tail dependence: how many of the k worst days of one series are among the k worst of the other, as a share,
 * k = floor(n q).
 *
 * @param q tail probability, such as 0.05
 * @returns share in [0, 1]; q itself is what independence gives; NaN when k is 0
 */
export const lowerTailDependence = (x: Float64Array, y: Float64Array, q: number): number => {
  const k = Math.floor(x.length * q + 1e-9);
  const worst = (values: Float64Array): Set<number> =>
    new Set(
      Uint32Array.from(values.keys())
        .sort((i, j) => values[i]! - values[j]! || i - j)
        .subarray(0, k),
    );
  const inX = worst(x);
  let both = 0;
  for (const day of worst(y)) if (inX.has(day)) both++;
  return k === 0 ? NaN : both / k;
};
