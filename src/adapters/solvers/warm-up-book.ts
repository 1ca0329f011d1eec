import { createModelBuilder, type ModelBuilder } from "../../core/lp/model-builder";
import type { LinearModel } from "../../core/lp/linear-model";

/** What a made-up book looks like. */
export interface WarmUpShape {
  readonly assets: number;
  readonly agreements: number;
  /** Also what is posted today, and limits on shares of what is posted, so that the book is no network. */
  readonly isFull?: boolean;
  /** Also a fixed cost for each third delivery, so that it has whole numbers. */
  readonly hasFixedCosts?: boolean;
  /** Also a small cheaper part of each third pair or so, one in ten of them with a gain: haircut tiers, and pairs that yield; default none. */
  readonly hasTiers?: boolean;
  /** Assets cost about the same wherever they go, so that agreements compete for them and an engine has much to decide; default: anything. */
  readonly isContested?: boolean;
  /** So many issuers, each with a cap after haircut on its assets at all agreements together; default 0. */
  readonly issuers?: number;
}

/** One asset that an agreement takes. */
interface Pair {
  readonly columns: readonly number[];
  readonly ratio: number;
  readonly assetClass: number;
}

const CLASSES = 6;

/**
 * Generates a made-up book on which engines are warmed up: inventory, cover with a shortfall, a limit on each class at each agreement.
 *
 * The same every time. Calls take most of what there is, so that an engine has something to decide.
 */
export function generateWarmUpBook({
  assets,
  agreements,
  isFull = false,
  hasFixedCosts = false,
  hasTiers = false,
  isContested = false,
  issuers = 0,
}: WarmUpShape): LinearModel {
  const random = createSequence();
  const builder = createModelBuilder();
  const inventory = Array.from({ length: assets }, () => 5 + 95 * random());
  const inventoryRows = inventory.map((upper) => builder.addRow({ upper }));
  const ownCost = inventory.map(() => (isContested ? 40 + 100 * random() : 0));
  const issuerRows = Array.from({ length: issuers }, (_, issuer) => builder.addRow({ upper: capOf(inventory, issuer, issuers) }));
  for (let agreement = 0; agreement < agreements; agreement++) {
    const pairs: Pair[] = [];
    let reachable = 0;
    for (const [asset, row] of inventoryRows.entries()) {
      if (random() < 0.5) continue;
      const ratio = 1 - 0.3 * random();
      const upper = inventory[asset]!;
      const cost = isContested ? ownCost[asset]! * (0.8 + 0.4 * random()) : 40 + 100 * random();
      const delivered = builder.addColumn({ cost, upper });
      const columns = [delivered];
      if (isFull && random() < 0.3) columns.push(builder.addColumn({ cost: cost - 5, upper: upper / 3 }));
      if (hasTiers && random() < 0.3) columns.push(builder.addColumn({ cost: random() < 0.1 ? -1 : cost - 5, upper: upper / 20 }));
      for (const column of columns) {
        builder.addEntry(row, column, 1);
        if (issuers > 0) builder.addEntry(issuerRows[asset % issuers]!, column, ratio);
      }
      if (hasFixedCosts && asset % 3 === 0) addFixedCost(builder, delivered, upper);
      pairs.push({ columns, ratio, assetClass: asset % CLASSES });
      reachable += (ratio * upper) / agreements;
    }
    addAgreement(builder, pairs, 1.4 * reachable, isFull);
  }
  return builder.build();
}

/** Two fifths of what there is of an issuer's assets. */
const capOf = (inventory: readonly number[], issuer: number, issuers: number): number =>
  inventory.reduce((sum, amount, asset) => sum + (asset % issuers === issuer ? 0.4 * amount : 0), 0);

function addAgreement(builder: ModelBuilder, pairs: readonly Pair[], call: number, isFull: boolean): void {
  const addPairs = (row: number, chosen: readonly Pair[]): void => {
    for (const { columns, ratio } of chosen) for (const column of columns) builder.addEntry(row, column, ratio);
  };
  const cover = builder.addRow({ lower: call });
  builder.addEntry(cover, builder.addColumn({ cost: 1e6 }), 1);
  addPairs(cover, pairs);
  for (let assetClass = 0; assetClass < CLASSES; assetClass++) {
    addPairs(
      builder.addRow({ upper: 0.4 * call }),
      pairs.filter((pair) => pair.assetClass === assetClass),
    );
  }
  if (!isFull) return;
  const posted = builder.addColumn();
  const total = builder.addRow({ lower: 0, upper: 0 });
  builder.addEntry(total, posted, -1);
  addPairs(total, pairs);
  const share = builder.addRow({ upper: 0 });
  builder.addEntry(share, posted, -0.3);
  addPairs(
    share,
    pairs.filter((pair) => pair.assetClass < 2),
  );
}

/** A delivery that happens at all costs 1, whatever its size. */
function addFixedCost(builder: ModelBuilder, column: number, most: number): void {
  const happens = builder.addColumn({ cost: 1, upper: 1, integer: true });
  const row = builder.addRow({ upper: 0 });
  builder.addEntry(row, column, 1);
  builder.addEntry(row, happens, -most);
}

/** Numbers in [0, 1) that look random and are the same every time (linear congruence modulo 2^32). */
function createSequence(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
