import type { LinearModel } from "../../src/core/lp/linear-model";

/** Size and flavour of a generated book. */
export interface BookShape {
  readonly assets: number;
  readonly agreements: number;
  readonly seed: number;
  /** Share of (asset, agreement) pairs that are eligible; default 0.5. */
  readonly eligible?: number;
  /** Rows that cap an issuer's assets across all agreements; default 0. They are no part of the network. */
  readonly issuerRows?: number;
}

/** Makes a seeded source of numbers in [0, 1) (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const CLASSES = [
  { name: "cash", share: 0.05, haircut: 0, cost: 0.03 },
  { name: "government", share: 0.3, haircut: 0.02, cost: 0.004 },
  { name: "corporate", share: 0.25, haircut: 0.08, cost: 0.006 },
  { name: "equity", share: 0.2, haircut: 0.2, cost: 0.008 },
  { name: "crypto", share: 0.15, haircut: 0.3, cost: 0.012 },
  { name: "stable", share: 0.05, haircut: 0.04, cost: 0.01 },
] as const;

/**
 * Generates the base allocation program of a book with the shape of a desk's: six classes, eligible pairs with
 * haircuts in one to four tiers, limits after haircut on four of five (agreement, class) pairs, a few yielding pairs.
 *
 * Columns are tier segments of pairs in USD million, rows inventory, cover and limits. It is feasible by construction:
 * calls are a part of what a random posting within all limits delivers.
 */
export function generateAllocationModel(shape: BookShape): LinearModel {
  const random = createRandom(shape.seed);
  const { assets, agreements } = shape;
  const classOf = Int32Array.from({ length: assets }, () => pickClass(random()));
  const inventory = Float64Array.from({ length: assets }, () => 5 + 95 * random() ** 2);
  const limited = Uint8Array.from({ length: agreements * CLASSES.length }, () => (random() < 0.8 ? 1 : 0));
  const limitShare = Float64Array.from({ length: agreements * CLASSES.length }, () => 0.15 + 0.45 * random());
  const columns = new Columns(Math.ceil(assets * agreements * (shape.eligible ?? 0.5) * 2.1));
  const delivered = new Float64Array(agreements * CLASSES.length);
  for (let i = 0; i < assets; i++) {
    const first = columns.count;
    const kind = CLASSES[classOf[i]!]!;
    const baseCost = kind.cost * (0.5 + random());
    for (let j = 0; j < agreements; j++) {
      if (random() >= (shape.eligible ?? 0.5)) continue;
      const haircut = Math.min(0.6, kind.haircut * (0.7 + 0.6 * random()) + 0.01 * random());
      const cost = random() < 0.02 ? -0.001 * random() : baseCost * (0.8 + 0.4 * random());
      const tiers = 1 + Math.floor(random() * random() * 4.5);
      const width = (inventory[i]! * (0.3 + random())) / tiers;
      for (let t = 0; t < tiers; t++) {
        const capacity = t === tiers - 1 ? inventory[i]! : width * (0.5 + random());
        columns.add(i, j, cost, capacity, 1 - Math.min(0.9, haircut * (1 + 0.35 * t)));
      }
    }
    spread(columns, first, inventory[i]!, classOf[i]!, delivered);
  }
  return assemble(shape, columns, { classOf, inventory, limited, limitShare, delivered });
}

/** Posts an asset in equal parts wherever it is eligible, at the value of the deepest tier. */
function spread(columns: Columns, first: number, owned: number, kind: number, delivered: Float64Array): void {
  // The tiers of a pair follow each other, so that the last of them is the one before another agreement's.
  const isLast = (c: number): boolean => c + 1 === columns.count || columns.agreement[c + 1] !== columns.agreement[c];
  let pairs = 0;
  for (let c = first; c < columns.count; c++) if (isLast(c)) pairs++;
  for (let c = first; c < columns.count; c++) {
    if (isLast(c)) delivered[columns.agreement[c]! * CLASSES.length + kind]! += (owned / pairs) * columns.value[c]!;
  }
}

function pickClass(u: number): number {
  let sum = 0;
  for (let k = 0; k < CLASSES.length; k++) {
    sum += CLASSES[k]!.share;
    if (u < sum) return k;
  }
  return CLASSES.length - 1;
}

/** The columns so far, in vectors that grow: a million of them as lists of numbers would be the peak of the memory. */
class Columns {
  asset: Int32Array;
  agreement: Int32Array;
  cost: Float64Array;
  capacity: Float64Array;
  value: Float64Array;
  count = 0;
  constructor(room: number) {
    this.asset = new Int32Array(room);
    this.agreement = new Int32Array(room);
    this.cost = new Float64Array(room);
    this.capacity = new Float64Array(room);
    this.value = new Float64Array(room);
  }
  add(asset: number, agreement: number, cost: number, capacity: number, value: number): void {
    if (this.count === this.asset.length) this.grow();
    const c = this.count++;
    this.asset[c] = asset;
    this.agreement[c] = agreement;
    this.cost[c] = cost;
    this.capacity[c] = capacity;
    this.value[c] = value;
  }
  private grow(): void {
    const room = Math.ceil(1.5 * this.count) + 16;
    const integers = (old: Int32Array): Int32Array => {
      const grown = new Int32Array(room);
      grown.set(old);
      return grown;
    };
    const numbers = (old: Float64Array): Float64Array => {
      const grown = new Float64Array(room);
      grown.set(old);
      return grown;
    };
    this.asset = integers(this.asset);
    this.agreement = integers(this.agreement);
    this.cost = numbers(this.cost);
    this.capacity = numbers(this.capacity);
    this.value = numbers(this.value);
  }
}

interface Desk {
  readonly classOf: Int32Array;
  readonly inventory: Float64Array;
  readonly limited: Uint8Array;
  readonly limitShare: Float64Array;
  readonly delivered: Float64Array;
}

function assemble(shape: BookShape, columns: Columns, desk: Desk): LinearModel {
  const { assets, agreements } = shape;
  const kinds = CLASSES.length;
  const call = new Float64Array(agreements);
  const limitRow = new Int32Array(agreements * kinds).fill(-1);
  const upper: number[] = [...desk.inventory];
  const lower: number[] = upper.map(() => -Infinity);
  for (let j = 0; j < agreements; j++) {
    const parts = [...desk.delivered.subarray(j * kinds, (j + 1) * kinds)];
    const total = parts.reduce((a, b) => a + b, 0);
    // Scale the call down until the limits, which are shares of the call, leave room for it.
    call[j] = 0.9 * total;
    lower.push(call[j]!);
    upper.push(Infinity);
  }
  for (let j = 0; j < agreements; j++) {
    const parts = [...desk.delivered.subarray(j * kinds, (j + 1) * kinds)];
    let capped = 0;
    parts.forEach((part, k) => {
      const cap = desk.limitShare[j * kinds + k]! * call[j]!;
      capped += desk.limited[j * kinds + k] ? Math.min(cap, part) : part;
    });
    if (capped < call[j]!) {
      call[j] = 0.95 * capped;
      lower[assets + j] = call[j]!;
    }
    for (let k = 0; k < kinds; k++) {
      if (!desk.limited[j * kinds + k]) continue;
      limitRow[j * kinds + k] = upper.length;
      lower.push(-Infinity);
      // A limit is a share of the call as first drawn, so that the scaled call stays feasible.
      upper.push(Math.max(desk.limitShare[j * kinds + k]! * call[j]!, Math.min(parts[k]!, call[j]! * 0.6)));
    }
  }
  const issuerRows = addIssuerRows(shape, desk, lower, upper);
  return compress(columns, desk, limitRow, issuerRows, lower, upper, assets);
}

/** Caps what is posted of every n-th asset group at 60 % of what is owned: rows across agreements, which cross the others. */
function addIssuerRows(shape: BookShape, desk: Desk, lower: number[], upper: number[]): Int32Array {
  const issuerOf = new Int32Array(shape.assets).fill(-1);
  const count = shape.issuerRows ?? 0;
  if (count === 0) return issuerOf;
  const first = upper.length;
  const owned = new Float64Array(count);
  for (let i = 0; i < shape.assets; i++) {
    const issuer = i % (count * 2);
    if (issuer >= count) continue;
    issuerOf[i] = first + issuer;
    owned[issuer]! += desk.inventory[i]!;
  }
  for (let k = 0; k < count; k++) {
    lower.push(-Infinity);
    upper.push(0.65 * owned[k]!);
  }
  return issuerOf;
}

function compress(
  columns: Columns,
  desk: Desk,
  limitRow: Int32Array,
  issuerRow: Int32Array,
  lower: readonly number[],
  upper: readonly number[],
  assets: number,
): LinearModel {
  const n = columns.count;
  const starts = new Int32Array(n + 1);
  const limitOf = (c: number): number => limitRow[columns.agreement[c]! * CLASSES.length + desk.classOf[columns.asset[c]!]!]!;
  for (let c = 0; c < n; c++) {
    starts[c + 1] = starts[c]! + 2 + (limitOf(c) >= 0 ? 1 : 0) + (issuerRow[columns.asset[c]!]! >= 0 ? 1 : 0);
  }
  const indices = new Int32Array(starts[n]!);
  const values = new Float64Array(starts[n]!);
  for (let c = 0, k = 0; c < n; c++) {
    const asset = columns.asset[c]!;
    indices[k] = asset;
    values[k++] = 1;
    indices[k] = assets + columns.agreement[c]!;
    values[k++] = columns.value[c]!;
    if (limitOf(c) >= 0) {
      indices[k] = limitOf(c);
      values[k++] = columns.value[c]!;
    }
    if (issuerRow[asset]! >= 0) {
      // After haircut: at market value an asset's inventory would be nested in its issuer's cap, which is a network again.
      indices[k] = issuerRow[asset]!;
      values[k++] = columns.value[c]!;
    }
  }
  return {
    columnCount: n,
    rowCount: lower.length,
    objective: columns.cost.slice(0, n),
    objectiveOffset: 0,
    columnLower: new Float64Array(n),
    columnUpper: columns.capacity.slice(0, n),
    rowLower: Float64Array.from(lower),
    rowUpper: Float64Array.from(upper),
    starts,
    indices,
    values,
  };
}
