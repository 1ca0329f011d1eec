import type { LinearModel } from "../lp/linear-model";
import type { AllocationIndex } from "./allocation-index";

/** The column that counts the whole lots of a pair. */
export interface LotColumn {
  readonly column: number;
  /** Money units of one lot. */
  readonly size: number;
}

/** Count columns of whole lots, by pair: both stand in the same row. */
export const lotsByPair = (model: LinearModel, index: AllocationIndex): Map<number, LotColumn> => {
  const byRow = new Map<number, LotColumn>();
  for (const column of index.lotCounts) {
    const k = model.starts[column]!;
    byRow.set(model.indices[k]!, { column, size: -model.values[k]! });
  }
  const byPair = new Map<number, LotColumn>();
  index.deliver.forEach((column, p) => {
    for (let k = model.starts[column]!; k < model.starts[column + 1]!; k++) {
      const lot = byRow.get(model.indices[k]!);
      if (lot !== undefined) byPair.set(p, lot);
    }
  });
  return byPair;
};
