import { generateWarmUpBook } from "../../src/adapters/solvers/warm-up-book";
import { createModelBuilder } from "../../src/core/lp/model-builder";
import type { LinearModel } from "../../src/core/lp/linear-model";

/**
 * A linear book with many more simplex iterations than presolve has work: limits on shares at every agreement keep the network
 * engine out.
 */
export const longLinearModel = (): LinearModel => generateWarmUpBook({ assets: 150, agreements: 300, isFull: true });

/** A network on which our own engine works for more than a slice. */
export const longNetwork = (): LinearModel => generateWarmUpBook({ assets: 3000, agreements: 120 });

/**
 * A market split problem with a price on every miss: points are easy to find, and no one proves the best one in an hour.
 *
 * @source G. Cornuejols, M. Dawande, A class of hard small 0-1 programs, 1998
 */
export function endlessSearch(): LinearModel {
  const builder = createModelBuilder();
  const products = 50;
  let state = 7;
  const random = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
  for (let c = 0; c < products; c++) builder.addColumn({ upper: 1, integer: true });
  for (let r = 0; r < 6; r++) {
    const weights = Array.from({ length: products }, () => Math.floor(100 * random()));
    const half = Math.floor(weights.reduce((sum, weight) => sum + weight, 0) / 2);
    const row = builder.addRow({ lower: half, upper: half });
    weights.forEach((weight, c) => builder.addEntry(row, c, weight));
    builder.addEntry(row, builder.addColumn({ cost: 1 }), 1);
    builder.addEntry(row, builder.addColumn({ cost: 1 }), -1);
  }
  return builder.build();
}
