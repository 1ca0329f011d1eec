/** A seeded stream of random numbers: the same seed gives the same numbers on every machine. */
export interface RandomSource {
  /** Uniform in (0, 1) with 52 bits, never 0 or 1. */
  readonly uniform: () => number;
  /** One standard normal number. */
  readonly normal: () => number;
  /** Fills the first `count` entries with standard normal numbers. */
  readonly fillNormals: (target: Float64Array, count?: number) => void;
  /** One chi-square number with df > 0 degrees of freedom. */
  readonly chiSquare: (df: number) => number;
}

/** Layers of the ziggurat. */
const LAYERS = 256;
/** Where its base layer ends, and the area of each layer. */
const TAIL_START = 3.6541528853610088;
const AREA = 0.00492867323399;

interface Ziggurat {
  /** Width of each layer divided by 2^32: magnitude word times this is the candidate. */
  readonly width: Float64Array;
  /** Magnitude words below this lie inside the layer for certain. */
  readonly inside: Float64Array;
  readonly height: Float64Array;
}

const buildZiggurat = (): Ziggurat => {
  const density = (x: number): number => Math.exp(-0.5 * x * x);
  const edge = new Float64Array(LAYERS + 1);
  edge[0] = AREA / density(TAIL_START);
  edge[1] = TAIL_START;
  for (let i = 2; i < LAYERS; i++) edge[i] = Math.sqrt(-2 * Math.log(AREA / edge[i - 1]! + density(edge[i - 1]!)));
  edge[LAYERS] = 0;
  const width = new Float64Array(LAYERS);
  const inside = new Float64Array(LAYERS);
  const height = new Float64Array(LAYERS + 1);
  for (let i = 0; i < LAYERS; i++) {
    width[i] = edge[i]! / 4294967296;
    inside[i] = (edge[i + 1]! / edge[i]!) * 4294967296;
    height[i] = density(edge[i]!);
  }
  height[LAYERS] = 1;
  return { width, inside, height };
};

const { width, inside, height } = buildZiggurat();

const seedWords = (seed: number): Uint32Array => {
  const words = new Uint32Array(4);
  let state = (seed ^ Math.floor(seed / 4294967296)) >>> 0;
  for (let i = 0; i < 4; i++) {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    words[i] = (mixed ^ (mixed >>> 16)) >>> 0;
  }
  return words;
};

/** One normal number beyond the last layer, positive. */
const farNormal = (uniform: () => number): number => {
  for (;;) {
    const x = -Math.log(uniform()) / TAIL_START;
    if (-2 * Math.log(uniform()) >= x * x) return TAIL_START + x;
  }
};

/** One gamma number of a shape > 0 and scale 1. @source G. Marsaglia and W. Tsang (2000), A simple method for generating gamma variables */
const gammaFrom = (shape: number, normal: () => number, uniform: () => number): number => {
  if (shape < 1) return gammaFrom(shape + 1, normal, uniform) * Math.pow(uniform(), 1 / shape);
  const base = shape - 1 / 3;
  const factor = 1 / Math.sqrt(9 * base);
  for (;;) {
    const x = normal();
    const root = 1 + factor * x;
    if (root <= 0) continue;
    const cube = root * root * root;
    if (Math.log(uniform()) < 0.5 * x * x + base * (1 - cube + Math.log(cube))) return base * cube;
  }
};

/**
 * Creates a seeded generator: xoshiro128++ for bits and a 256-layer ziggurat for normals.
 *
 * Layer and sign come from one word, the magnitude from another, so that they are independent (Doornik 2005).
 *
 * @param seed whole number
 * @source D. Blackman and S. Vigna (2021); G. Marsaglia and W. Tsang (2000); J. Doornik (2005)
 */
export const createRandomSource = (seed: number): RandomSource => {
  const words = seedWords(seed);
  let a = words[0]! | 0;
  let b = words[1]! | 0;
  let c = words[2]! | 0;
  let d = words[3]! | 0;
  const next = (): number => {
    const sum = (a + d) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + a) | 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  for (let i = 0; i < 16; i++) next();
  const uniform = (): number => ((next() >>> 6) * 67108864 + (next() >>> 6) + 0.5) / 4503599627370496;
  const normal = (): number => {
    for (;;) {
      const choice = next();
      const layer = choice & 255;
      const magnitude = (next() >>> 0) + 0.5;
      const x = magnitude * width[layer]!;
      const sign = choice & 256 ? 1 : -1;
      if (magnitude < inside[layer]!) return sign * x;
      if (layer === 0) return sign * farNormal(uniform);
      const y = height[layer]! + uniform() * (height[layer + 1]! - height[layer]!);
      if (y < Math.exp(-0.5 * x * x)) return sign * x;
    }
  };
  /** The loop of normal() with the generator's state in locals and one word of choices for two numbers: three times as fast. */
  const fillNormals = (target: Float64Array, count: number): void => {
    let [e, f, g, h] = [a, b, c, d];
    let choices = 0;
    for (let i = 0; i < count; i++) {
      if ((i & 1) === 0) {
        const sum = (e + h) | 0;
        choices = (((sum << 7) | (sum >>> 25)) + e) | 0;
        const shifted = f << 9;
        g ^= e;
        h ^= f;
        f ^= g;
        e ^= h;
        g ^= shifted;
        h = (h << 11) | (h >>> 21);
      } else choices >>>= 16;
      const sum = (e + h) | 0;
      const magnitude = (((((sum << 7) | (sum >>> 25)) + e) | 0) >>> 0) + 0.5;
      const shifted = f << 9;
      g ^= e;
      h ^= f;
      f ^= g;
      e ^= h;
      g ^= shifted;
      h = (h << 11) | (h >>> 21);
      const layer = choices & 255;
      const x = magnitude * width[layer]!;
      const sign = (choices & 256) === 0 ? -1 : 1;
      if (magnitude < inside[layer]!) target[i] = sign * x;
      else {
        // One number in a hundred: hand the state back and finish there.
        [a, b, c, d] = [e, f, g, h];
        if (layer === 0) target[i] = sign * farNormal(uniform);
        else {
          const y = height[layer]! + uniform() * (height[layer + 1]! - height[layer]!);
          target[i] = y < Math.exp(-0.5 * x * x) ? sign * x : normal();
        }
        [e, f, g, h] = [a, b, c, d];
      }
    }
    [a, b, c, d] = [e, f, g, h];
  };
  return {
    uniform,
    normal,
    fillNormals: (target, count = target.length) => fillNormals(target, count),
    chiSquare: (df) => 2 * gammaFrom(df / 2, normal, uniform),
  };
};
