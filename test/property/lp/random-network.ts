import { createModelBuilder, type ModelBuilder } from "../../../src/core/lp/model-builder";
import type { LinearModel } from "../../../src/core/lp/linear-model";

/** Kinds of models that have gone wrong in some engine; see solving.md-like notes in docs/methods. */
export const FAMILIES = [
  "allocation",
  "degenerate",
  "raw USD",
  "raw coin",
  "tiny prices",
  "infeasible",
  "near-infeasible",
  "zero-width tiers",
  "general network",
  "nested rows",
] as const;
export type Family = (typeof FAMILIES)[number];

export interface RandomCase {
  readonly family: Family;
  readonly model: LinearModel;
}

/** Source of numbers in [0, 1), fixed by its seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Makes the model of a seed: the families take turns. */
export function randomNetworkCase(seed: number): RandomCase {
  const random = seededRandom(seed * 7919 + 17);
  const family = FAMILIES[seed % FAMILIES.length]!;
  const model = family === "general network" ? generalNetwork(random) : allocation(random, family);
  return { family, model };
}

interface Book {
  readonly assets: number;
  readonly agreements: number;
  /** USD per unit of each asset's column. */
  readonly price: readonly number[];
  /** Units owned. */
  readonly owned: readonly number[];
}

function drawBook(random: () => number, family: Family): Book {
  const assets = 1 + Math.floor(random() * 12);
  // With one agreement and no limits what can be delivered at most is known exactly.
  const agreements = family === "near-infeasible" ? 1 : 1 + Math.floor(random() * 5);
  const amount = { "raw USD": 10 ** (4 + 6 * random()), "raw coin": 1e6, "tiny prices": 1e5 }[family as string] ?? 100;
  const price = Array.from({ length: assets }, () => {
    if (family === "raw coin") return [97_123.45, 2_345.678, 1, 2.31e-5][Math.floor(random() * 4)]!;
    if (family === "tiny prices") return 10 ** (-8 + 4 * random());
    return 1;
  });
  const owned = price.map((p) => (family === "degenerate" ? 1 + Math.floor(random() * 4) : (amount * (0.2 + random())) / p));
  return { assets, agreements, price, owned };
}

function allocation(random: () => number, family: Family): LinearModel {
  const builder = createModelBuilder();
  const book = drawBook(random, family);
  const whole = family === "degenerate";
  const inventory = book.owned.map((units) => builder.addRow({ upper: units }));
  const kinds = 1 + Math.floor(random() * 3);
  const classOf = book.owned.map(() => Math.floor(random() * kinds));
  const deliverable = new Array<number>(book.agreements).fill(0);
  const entries: { i: number; j: number; value: number; column: number }[] = [];
  book.owned.forEach((units, i) => {
    for (let j = 0; j < book.agreements; j++) {
      if (random() < 0.35) continue;
      const haircut = whole ? 0 : 0.5 * random() ** 2;
      const rate = whole ? Math.floor(random() * 4) : random() < 0.05 ? -0.002 * random() : 0.0005 + 0.03 * random();
      const tiers = 1 + Math.floor(random() * 3);
      let left = units;
      for (let t = 0; t < tiers; t++) {
        const isEmpty = family === "zero-width tiers" && random() < 0.4;
        const width = isEmpty ? 0 : t === tiers - 1 && random() < 0.7 ? Infinity : units * (whole ? 1 : random());
        const value = book.price[i]! * (1 - haircut * (1 + 0.2 * t));
        const column = builder.addColumn({ cost: rate * book.price[i]!, upper: width });
        entries.push({ i, j, value, column });
        deliverable[j]! += Math.min(width, left / book.agreements) * value;
        left = Math.max(0, left - width);
      }
    }
  });
  const cover = deliverable.map((most) => addCover(builder, random, family, most, book));
  for (const { i, j, value, column } of entries) {
    builder.addEntry(inventory[i]!, column, 1);
    builder.addEntry(cover[j]!, column, value);
  }
  if (family !== "near-infeasible") addLimits(builder, random, family, book, classOf, entries, deliverable);
  return builder.build();
}

function addCover(builder: ModelBuilder, random: () => number, family: Family, most: number, book: Book): number {
  let call = most * (0.3 + 0.7 * random());
  if (family === "infeasible") call = most * book.agreements * (1 + 9 * random()) + 1;
  if (family === "near-infeasible") call = most * (1 + (random() < 0.5 ? -1 : 1) * 10 ** (-11 + 7 * random()));
  if (family === "degenerate") call = Math.floor(call);
  const row = builder.addRow({ lower: call, ...(random() < 0.2 ? { upper: call * (1 + random()) } : {}) });
  const isElastic = family !== "infeasible" && family !== "near-infeasible" && random() < 0.6;
  if (isElastic) builder.addEntry(row, builder.addColumn({ cost: 10 ** (1 + 3 * random()) }), 1);
  if (random() < 0.2) builder.addEntry(row, builder.addColumn({ cost: 0.001 * random(), upper: call }), -1);
  return row;
}

/** Caps classes at agreements, and in the nested family an over-post row and a class of classes around them. */
function addLimits(
  builder: ModelBuilder,
  random: () => number,
  family: Family,
  book: Book,
  classOf: readonly number[],
  entries: readonly { i: number; j: number; value: number; column: number }[],
  deliverable: readonly number[],
): void {
  const isNested = family === "nested rows";
  const kinds = Math.max(...classOf) + 1;
  for (let j = 0; j < book.agreements; j++) {
    for (let kind = 0; kind < kinds; kind++) {
      if (random() < 0.4) continue;
      const row = builder.addRow({ upper: deliverable[j]! * (0.2 + random()), ...(isNested && random() < 0.2 ? { lower: 0 } : {}) });
      const multiple = random() < 0.5 ? 1 : 0.5 + random();
      for (const entry of entries) {
        if (entry.j === j && classOf[entry.i] === kind) builder.addEntry(row, entry.column, entry.value * multiple);
      }
    }
    if (!isNested) continue;
    const pair = builder.addRow({ upper: deliverable[j]! * (0.5 + random()) });
    for (const entry of entries) if (entry.j === j && classOf[entry.i]! < 2) builder.addEntry(pair, entry.column, entry.value);
    const all = builder.addRow({ upper: deliverable[j]! * (1 + random()) });
    for (const entry of entries) if (entry.j === j) builder.addEntry(all, entry.column, entry.value);
  }
}

/** Any matrix with at most two entries a column: both signs, all kinds of bounds, also infeasible and unbounded. */
function generalNetwork(random: () => number): LinearModel {
  const builder = createModelBuilder();
  const rows = 1 + Math.floor(random() * 8);
  const columns = 1 + Math.floor(random() * 24);
  const whole = random() < 0.4;
  const number = (size: number): number => (whole ? Math.round((random() - 0.5) * size) : (random() - 0.5) * size);
  for (let r = 0; r < rows; r++) {
    const at = number(20);
    const kind = random();
    if (kind < 0.3) builder.addRow({ lower: at, upper: at });
    else if (kind < 0.55) builder.addRow({ lower: at });
    else if (kind < 0.8) builder.addRow({ upper: at });
    else if (kind < 0.95) builder.addRow({ lower: at, upper: at + (whole ? 3 : 10 * random()) });
    else builder.addRow({});
  }
  for (let c = 0; c < columns; c++) {
    const kind = random();
    const at = number(6);
    const bounds: { lower?: number; upper?: number } =
      kind < 0.5
        ? { upper: random() < 0.5 ? Infinity : Math.abs(number(30)) }
        : kind < 0.7
          ? { lower: at, upper: at + Math.abs(number(20)) }
          : kind < 0.8
            ? { lower: -Infinity, upper: at }
            : kind < 0.88
              ? { lower: -Infinity }
              : { lower: at };
    // Income without end is one case among others, not half of them.
    const cost = bounds.upper !== undefined && bounds.upper < Infinity ? number(10) : 0.1 + Math.abs(number(10));
    const column = builder.addColumn({ cost: random() < 0.02 ? -1 : cost, ...bounds });
    const first = Math.floor(random() * rows);
    builder.addEntry(first, column, number(6) || 1);
    const second = Math.floor(random() * rows);
    if (second !== first && random() < 0.85) builder.addEntry(second, column, number(6) || -1);
  }
  return builder.build();
}
