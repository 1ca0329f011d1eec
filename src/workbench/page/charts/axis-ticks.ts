/** Round numbers that an axis is labelled with, from `low` to `high`. */
export interface AxisTicks {
  readonly low: number;
  readonly high: number;
  readonly values: readonly number[];
}

const ABOUT = 5;

/** Finds about five round ticks that cover all numbers; zero is included, as bars must start there. */
export function axisTicks(numbers: readonly number[], includeZero: boolean): AxisTicks {
  const least = Math.min(...numbers, ...(includeZero || numbers.length === 0 ? [0] : []));
  const most = Math.max(...numbers, ...(includeZero || numbers.length === 0 ? [0] : []));
  const span = most - least || Math.abs(most) || 1;
  const rough = span / ABOUT;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const count = Math.round((high - low) / step);
  // Multiples, not sums: 0.1 added three times is no round number.
  const values = Array.from({ length: count + 1 }, (_, index) => Number((low + index * step).toPrecision(12)));
  return { low, high, values };
}

const UNITS: readonly (readonly [number, string])[] = [
  [1e9, "bn"],
  [1e6, "m"],
  [1e3, "k"],
];

/** Writes an axis label short enough for a small chart: 2.5m, 400k, 0.25. */
export function tickLabel(value: number): string {
  const [unit, suffix] = UNITS.find(([size]) => Math.abs(value) >= size) ?? [1, ""];
  return `${Number((value / unit).toPrecision(4))}${suffix}`;
}
