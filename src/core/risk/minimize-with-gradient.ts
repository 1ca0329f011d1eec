/** A function that fills the gradient and returns its value; Infinity marks forbidden places. */
export type GradientFunction = (x: Float64Array, gradient: Float64Array) => number;

/** Where a minimisation ended. */
export interface GradientMinimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly isConverged: boolean;
  readonly evaluations: number;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

const largest = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Rank-two update of the inverse Hessian approximation (BFGS). */
const updateInverse = (inverse: Float64Array[], step: Float64Array, change: Float64Array): void => {
  const curvature = dot(step, change);
  if (!(curvature > 1e-14 * Math.sqrt(dot(step, step) * dot(change, change)))) return;
  const image = Float64Array.from(inverse, (row) => dot(row, change));
  const factor = (1 + dot(change, image) / curvature) / curvature;
  for (let i = 0; i < step.length; i++) {
    for (let j = 0; j < step.length; j++) {
      inverse[i]![j]! += factor * step[i]! * step[j]! - (image[i]! * step[j]! + step[i]! * image[j]!) / curvature;
    }
  }
};

const identity = (size: number): Float64Array[] =>
  Array.from({ length: size }, (_, i) => Float64Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));

/**
 * Minimises a smooth function by BFGS with a backtracking line search.
 *
 * @param f value and gradient
 * @param start first point; f must be finite there
 * @param tolerance largest gradient entry at which the search ends as converged
 * @source J. Nocedal and S. Wright (2006), Numerical Optimization, algorithm 6.1
 */
export const minimizeWithGradient = (f: GradientFunction, start: Float64Array, tolerance: number, limit: number = 300): GradientMinimum => {
  const size = start.length;
  let x = start.slice();
  let gradient = new Float64Array(size);
  let value = f(x, gradient);
  let inverse = identity(size);
  let evaluations = 1;
  let isFresh = true;
  for (let iteration = 0; iteration < limit; iteration++) {
    if (largest(gradient) <= tolerance) return { at: x, value, isConverged: true, evaluations };
    let direction = Float64Array.from(inverse, (row) => -dot(row, gradient));
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      inverse = identity(size);
      direction = gradient.map((entry) => -entry);
      slope = -dot(gradient, gradient);
      isFresh = true;
    }
    let length = isFresh ? Math.min(1, 1 / largest(direction)) : Math.min(1, 4 / largest(direction));
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextValue = Infinity;
    for (let halving = 0; halving < 40; halving++) {
      for (let i = 0; i < size; i++) next[i] = x[i]! + length * direction[i]!;
      nextValue = f(next, nextGradient);
      evaluations++;
      if (nextValue <= value + 1e-4 * length * slope) break;
      length *= 0.4;
    }
    if (!(nextValue < value)) {
      if (isFresh) return { at: x, value, isConverged: largest(gradient) <= 100 * tolerance, evaluations };
      inverse = identity(size);
      isFresh = true;
      continue;
    }
    const step = next.map((entry, i) => entry - x[i]!);
    const change = nextGradient.map((entry, i) => entry - gradient[i]!);
    if (isFresh) {
      const scale = dot(step, change) / dot(change, change);
      if (scale > 0) for (let i = 0; i < size; i++) inverse[i]![i] = scale;
    }
    updateInverse(inverse, step, change);
    isFresh = false;
    x = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return { at: x, value, isConverged: largest(gradient) <= tolerance, evaluations };
};
