const rootTwoPi = Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. */
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / rootTwoPi;

/**
 * Distribution function of the standard normal, to about 1e-15 relative also far in the lower tail.
 *
 * Near the middle the series Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...), in the tails the continued fraction of Mills' ratio.
 */
export const normalCumulative = (x: number): number => {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 38) return 1;
  if (x < -38) return 0;
  const size = Math.abs(x);
  if (size < 2.5) {
    let term = x;
    let sum = x;
    for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
      term *= (x * x) / odd;
      sum += term;
    }
    return 0.5 + normalDensity(x) * sum;
  }
  // Mills' ratio 1/(x + 1/(x + 2/(x + 3/(...)))), evaluated from far enough inside.
  let fraction = size;
  for (let step = 120; step >= 1; step -= 1) fraction = size + step / fraction;
  const tail = normalDensity(size) / fraction;
  return x < 0 ? tail : 1 - tail;
};
