/** The place and height of a minimum. */
export interface Minimum {
  readonly at: number;
  readonly value: number;
}

/** Golden section of the larger part. */
const GOLDEN = 0.3819660112501051;

/**
 * Finds the minimum of a function on [low, high]: the best of equally spaced probes, refined between its neighbours by Brent's
 * method (parabolas guarded by golden sections).
 *
 * @param f function of one number; Infinity and NaN mark forbidden places
 * @param probes number of intervals looked at first; guards against a second valley
 * @param tolerance relative to |x| + 1; below about 1e-8 the function's own rounding decides
 * @source R. Brent (1973), Algorithms for minimization without derivatives, chapter 5
 */
export const minimizeOnInterval = (f: (x: number) => number, low: number, high: number, probes: number = 1, tolerance: number = 1e-9): Minimum => {
  const safe = (x: number): number => {
    const value = f(x);
    return Number.isNaN(value) ? Infinity : value;
  };
  let a = low;
  let b = high;
  let x = a + GOLDEN * (b - a);
  let fx = Infinity;
  if (probes > 1) {
    const width = (high - low) / probes;
    for (let i = 0; i <= probes; i++) {
      const value = safe(low + i * width);
      if (value < fx) {
        fx = value;
        x = low + i * width;
      }
    }
    a = Math.max(low, x - width);
    b = Math.min(high, x + width);
  } else fx = safe(x);
  let w = x;
  let v = x;
  let fw = fx;
  let fv = fx;
  let step = b - a;
  let previousStep = step;
  for (let iteration = 0; iteration < 200; iteration++) {
    const middle = (a + b) / 2;
    const near = tolerance * (Math.abs(x) + 1) * 0.5;
    if (Math.abs(x - middle) <= 2 * near - (b - a) / 2) break;
    const r = (x - w) * (fx - fv);
    let q = (x - v) * (fx - fw);
    let p = (x - v) * q - (x - w) * r;
    q = 2 * (q - r);
    if (q > 0) p = -p;
    else q = -q;
    const isParabola = Math.abs(p) < Math.abs(0.5 * q * previousStep) && p > q * (a - x) && p < q * (b - x);
    previousStep = isParabola ? step : x < middle ? b - x : a - x;
    step = isParabola ? p / q : GOLDEN * previousStep;
    const u = Math.abs(step) >= near ? x + step : x + Math.sign(step || 1) * near;
    const fu = safe(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return { at: x, value: fx };
};
