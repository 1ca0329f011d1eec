import { incompleteBeta } from "./incomplete-beta";
import { logGammaHalfStep } from "./log-gamma";
import { normalCdf, normalDensity, normalInverse } from "./normal-distribution";

/** Above this many degrees of freedom t and normal agree to the last digit in any tail that matters. */
const NORMAL_FROM = 1e15;

/** Calculates the density of Student's t with df degrees of freedom (> 0) at t. */
export const studentTDensity = (t: number, df: number): number => {
  if (df >= NORMAL_FROM) return normalDensity(t);
  const logConstant = logGammaHalfStep(df / 2) - 0.5 * Math.log(Math.PI * df);
  return Math.exp(logConstant - ((df + 1) / 2) * Math.log1p((t * t) / df));
};

/** From here on the continued fraction of the incomplete beta function loses digits next to x = 1. */
const INTEGRATE_FROM = 500;

/**
 * P(T > t) for many degrees of freedom and t >= 1: the density at t times the integral of f(t + s) / f(t),
 * by the trapezoidal rule after s = scale exp(u - exp(-u)) (double exponential; every term is positive).
 */
const integratedTail = (t: number, df: number): number => {
  const sum = df + t * t;
  const scale = sum / ((df + 1) * t);
  const step = 0.0625;
  let area = 0;
  for (let k = -64; k <= 88; k++) {
    const u = k * step;
    const decay = Math.exp(-u);
    const s = scale * Math.exp(u - decay);
    area += Math.exp(-((df + 1) / 2) * Math.log1p((s * (2 * t + s)) / sum)) * s * (1 + decay);
  }
  return studentTDensity(t, df) * area * step;
};

/** P(T > t) for t >= 0. */
const upperTail = (t: number, df: number): number => {
  if (t === 0) return 0.5;
  if (t === Infinity) return 0;
  if (df > INTEGRATE_FROM && t >= 1) return integratedTail(t, df);
  const square = t * t;
  if (square === Infinity)
    return Math.exp(-df * Math.log(t)) * Math.pow(df, df / 2 - 1) * Math.exp(logGammaHalfStep(df / 2)) * Math.sqrt(df / Math.PI);
  const sum = df + square;
  const towardsTail = df / sum;
  const towardsCentre = square / sum;
  return 0.5 * incompleteBeta(df / 2, 0.5, towardsTail, towardsCentre);
};

/** P(0 < T < t) for t >= 0, exact for tiny t. */
const centralArea = (t: number, df: number): number => {
  const square = t * t;
  const sum = df + square;
  return 0.5 * incompleteBeta(0.5, df / 2, square / sum, df / sum);
};

/**
 * Calculates the upper tail P(T > t) of Student's t distribution.
 *
 * @param t any number
 * @param df degrees of freedom, > 0, need not be whole
 * @returns probability in [0, 1], with its digits in the far tail
 * @source Abramowitz and Stegun 26.7.1
 */
export const studentTUpperTail = (t: number, df: number): number => {
  if (Number.isNaN(t) || !(df > 0)) return NaN;
  if (df >= NORMAL_FROM) return normalCdf(-t);
  return t >= 0 ? upperTail(t, df) : 1 - upperTail(-t, df);
};

/** Calculates P(T <= t) of Student's t distribution with df degrees of freedom; the lower tail keeps its digits. */
export const studentTCdf = (t: number, df: number): number => studentTUpperTail(-t, df);

/** First guess of the t with upper tail q < 1/2: exact for one and two degrees, tail law or normal expansion otherwise. */
const firstGuess = (q: number, df: number): number => {
  const z = -normalInverse(q);
  const square = z * z;
  const expansion = z + (z * (square + 1)) / (4 * df) + (z * (5 * square * square + 16 * square + 3)) / (96 * df * df);
  if (df > 20 && square < df) return expansion;
  // Tail law: q is about C t^-df with C = density(0) df^((df - 1) / 2 + 1) / df.
  const logConstant = logGammaHalfStep(df / 2) - 0.5 * Math.log(Math.PI * df) + ((df + 1) / 2) * Math.log(df) - Math.log(df);
  const tail = Math.exp((logConstant - Math.log(q)) / df);
  return tail * tail > 2 * df ? tail : Math.max(Math.min(expansion, 4 * Math.sqrt(df)), 1e-8);
};

/** Solves P(T > t) = q for q below 1/4 by Newton's method on log q against log t, where the tail is nearly a straight line. */
const solveTail = (q: number, df: number): number => {
  let t = firstGuess(q, df);
  const target = Math.log(q);
  for (let iteration = 0; iteration < 100; iteration++) {
    const tail = upperTail(t, df);
    const error = Math.log(tail) - target;
    const slope = -(studentTDensity(t, df) * t) / tail;
    const step = Math.max(-2, Math.min(2, -error / slope));
    const next = t * Math.exp(step);
    if (Math.abs(step) < 4e-16 || next === t) return next;
    if (Math.abs(step) < 1e-9) return next;
    t = next;
  }
  return t;
};

/** Solves P(0 < T < t) = area for an area up to 1/4 by Newton's method. */
const solveCentre = (area: number, df: number): number => {
  if (area === 0) return 0;
  let t = area / studentTDensity(0, df);
  for (let iteration = 0; iteration < 100; iteration++) {
    const step = (area - centralArea(t, df)) / studentTDensity(t, df);
    t += step;
    if (Math.abs(step) < 1e-9 * t) return t;
  }
  return t;
};

/**
 * Calculates the t with P(T > t) = q.
 *
 * @param q upper-tail probability in (0, 1)
 * @param df degrees of freedom, > 0
 * @returns quantile, exact to about 1e-14 for q down to 1e-300
 */
export const studentTUpperInverse = (q: number, df: number): number => {
  if (!(q >= 0 && q <= 1) || !(df > 0)) return NaN;
  if (q === 0) return Infinity;
  if (q === 1) return -Infinity;
  if (df >= NORMAL_FROM) return -normalInverse(q);
  if (df === 1) return 1 / Math.tan(Math.PI * q);
  if (q > 0.5) return -studentTUpperInverse(1 - q, df);
  if (df === 2) return (1 - 2 * q) / Math.sqrt(2 * q * (1 - q));
  return q < 0.25 ? solveTail(q, df) : solveCentre(0.5 - q, df);
};

/** Calculates the t with P(T <= t) = p for df degrees of freedom. */
export const studentTInverse = (p: number, df: number): number => -studentTUpperInverse(p, df);
