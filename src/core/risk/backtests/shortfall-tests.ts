import { binomialProbability } from "../binomial-distribution";
import { normalDensity, normalInverse } from "../normal-distribution";
import { normalRisk, studentTRisk } from "../parametric-risk";
import { createRandomSource } from "../random-source";
import { studentTDensity, studentTInverse, studentTUpperTail } from "../student-t-distribution";

/** Returns, VaR and ES of the same days. */
export interface ShortfallSeries {
  readonly returns: Float64Array;
  readonly valueAtRisk: Float64Array;
  readonly expectedShortfall: Float64Array;
}

/** Acerbi and Szekely's statistics; near 0 for a correct model, negative when losses are larger than forecast. */
export interface ShortfallStatistics {
  readonly exceptions: number;
  /** undefined without an exception (0 / 0). */
  readonly z1: number | undefined;
  readonly z2: number;
}

/**
 * Calculates the first two test statistics of Acerbi and Szekely.
 *
 * @param tail tail probability of VaR and ES
 * @source C. Acerbi and B. Szekely (2014), Backtesting expected shortfall
 */
export const shortfallStatistics = ({ returns, valueAtRisk, expectedShortfall }: ShortfallSeries, tail: number): ShortfallStatistics => {
  let exceptions = 0;
  let sum = 0;
  for (let t = 0; t < returns.length; t++) {
    if (!(returns[t]! < -valueAtRisk[t]!)) continue;
    exceptions++;
    sum += returns[t]! / expectedShortfall[t]!;
  }
  return { exceptions, z1: exceptions === 0 ? undefined : sum / exceptions + 1, z2: sum / (returns.length * tail) + 1 };
};

/** The law under which critical values are simulated. */
export interface ShortfallLaw {
  readonly dist: "normal" | "t";
  readonly df?: number;
}

const NODES = 512;
const LOWEST = Math.log(1e-12);

/**
 * Builds a fast lower-tail quantile x(p) for p <= tail: cubic interpolation of log(-x) in log p between exact nodes (below 1e-9 relative).
 */
const tailQuantile = (law: ShortfallLaw, tail: number): ((p: number) => number) => {
  const { df } = law;
  const exact = (p: number): number => (law.dist === "normal" ? normalInverse(p) : studentTInverse(p, df!));
  const density = (x: number): number => (law.dist === "normal" ? normalDensity(x) : studentTDensity(x, df!));
  const top = Math.log(tail);
  const width = (top - LOWEST) / NODES;
  const heights = new Float64Array(NODES + 1);
  const slopes = new Float64Array(NODES + 1);
  for (let i = 0; i <= NODES; i++) {
    const p = Math.min(tail, Math.exp(LOWEST + i * width));
    const x = exact(p);
    heights[i] = Math.log(-x);
    slopes[i] = (p / (density(x) * x)) * width;
  }
  return (p) => {
    const place = (Math.log(p) - LOWEST) / width;
    if (place < 0) return exact(p);
    const i = Math.min(NODES - 1, Math.floor(place));
    const t = place - i;
    const u = 1 - t;
    return -Math.exp(heights[i]! * (1 + 2 * t) * u * u + slopes[i]! * t * u * u + heights[i + 1]! * t * t * (3 - 2 * t) - slopes[i + 1]! * t * t * u);
  };
};

/** Cumulated binomial probabilities up to where they reach 1, for drawing the number of exceptions. */
const exceptionTable = (observations: number, tail: number): Float64Array => {
  const table: number[] = [];
  let sum = 0;
  for (let k = 0; k <= observations && sum < 1 - 1e-15; k++) {
    sum += binomialProbability(k, observations, tail);
    table.push(sum);
  }
  return Float64Array.from(table);
};

/** Sorted simulated statistics of a correct model. */
export interface SimulatedStatistics {
  /** Of the runs with at least one exception. */
  readonly z1: Float64Array;
  readonly z2: Float64Array;
}

/**
 * Simulates Z1 and Z2 of a correct model for this number of days.
 *
 * Only the tail is simulated: a binomial number of exceptions, each drawn from the law below its VaR.
 *
 * @param sims number of simulated histories
 * @param seed same seed, same critical values
 */
export const simulateShortfallStatistics = (
  observations: number,
  tail: number,
  law: ShortfallLaw,
  sims: number,
  seed: number,
): SimulatedStatistics => {
  const random = createRandomSource(seed);
  const quantile = tailQuantile(law, tail);
  const pair = law.dist === "normal" ? normalRisk(0, 1, tail) : studentTRisk(0, 1, law.df!, tail);
  const table = exceptionTable(observations, tail);
  const z1 = new Float64Array(sims);
  const z2 = new Float64Array(sims);
  let withExceptions = 0;
  for (let run = 0; run < sims; run++) {
    const u = random.uniform();
    let low = 0;
    let high = table.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (table[middle]! >= u) high = middle;
      else low = middle + 1;
    }
    let sum = 0;
    for (let k = 0; k < low; k++) sum += quantile(random.uniform() * tail);
    const relative = sum / pair.expectedShortfall;
    z2[run] = relative / (observations * tail) + 1;
    if (low > 0) z1[withExceptions++] = relative / low + 1;
  }
  return { z1: z1.slice(0, withExceptions).sort(), z2: z2.sort() };
};

/** Reads the critical value off sorted simulated statistics: the k-th smallest with k = significance x runs. */
export const criticalValue = (sorted: Float64Array, significance: number): number =>
  sorted[Math.max(0, Math.ceil(significance * sorted.length - 1e-9) - 1)]!;

/** Share of simulated statistics at or below the observed one: the one-sided p value. */
export const simulatedPValue = (sorted: Float64Array, statistic: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= statistic) low = middle + 1;
    else high = middle;
  }
  return low / sorted.length;
};

/** McNeil and Frey's test that the excesses over ES have mean 0, against a positive mean. */
export interface ExcessTest {
  readonly exceptions: number;
  readonly meanExcess: number;
  readonly statistic: number;
  /** Student's t, one-sided. */
  readonly pValue: number;
  /** Share of bootstrapped t statistics at or above the observed one. */
  readonly bootstrapPValue: number;
}

const studentize = (sample: Float64Array): { mean: number; statistic: number } => {
  const n = sample.length;
  const mean = sample.reduce((sum, value) => sum + value, 0) / n;
  const squares = sample.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (n - 1) / n);
  return { mean, statistic: error === 0 ? (mean === 0 ? 0 : mean > 0 ? Infinity : -Infinity) : mean / error };
};

/**
 * Calculates McNeil and Frey's exceedance residual test.
 *
 * @param scaled divide each excess loss - ES by the VaR of its day
 * @returns undefined with fewer than two exceptions
 * @source A. McNeil and R. Frey (2000), Estimation of tail-related risk measures for heteroscedastic financial time series
 */
export const excessTest = (series: ShortfallSeries, scaled: boolean, seed: number, bootstraps = 1000): ExcessTest | undefined => {
  const excesses: number[] = [];
  series.returns.forEach((value, t) => {
    if (value < -series.valueAtRisk[t]!) excesses.push((-value - series.expectedShortfall[t]!) / (scaled ? series.valueAtRisk[t]! : 1));
  });
  if (excesses.length < 2) return undefined;
  const sample = Float64Array.from(excesses);
  const { mean, statistic } = studentize(sample);
  const random = createRandomSource(seed);
  const draw = new Float64Array(sample.length);
  let above = 0;
  for (let b = 0; b < bootstraps; b++) {
    for (let i = 0; i < draw.length; i++) draw[i] = sample[Math.floor(random.uniform() * sample.length)]! - mean;
    if (studentize(draw).statistic >= statistic) above++;
  }
  return {
    exceptions: sample.length,
    meanExcess: mean,
    statistic,
    pValue: studentTUpperTail(statistic, sample.length - 1),
    bootstrapPValue: above / bootstraps,
  };
};
