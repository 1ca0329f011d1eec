import type { ModelBuilder } from "../../lp/model-builder";
import { addCostedColumn, type AllocationIndex } from "../allocation-index";
import type { AllocationProblem } from "../problem-shape";

/** A lot worth fewer cents than this is rounded after the solve; an integer would change nothing that can be seen. */
const smallestLot = 100;

/**
 * Adds whole lots: keep + deliver = lot * n with n integer.
 *
 * @param isOpen counts go as far as inventory lets them: what bounds a pair may be taken away later
 */
export const addLotRows = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem, isOpen: boolean): void => {
  problem.pairs.forEach((pair, p) => {
    const supply = problem.supplies[pair.supply]!;
    const lotValue = supply.step * supply.unitValue;
    if (!supply.hasLots || lotValue < smallestLot * problem.cent) return;
    // A balance that stays as it is need not be a multiple.
    if (pair.atLeast === pair.atMost && pair.atMost === pair.today) return;
    const most = isOpen ? supply.available : Math.min(supply.available, pair.atMost);
    const count = addCostedColumn(builder, index, 0, 0, Math.floor(most / supply.step + 1e-9), true);
    index.lotCounts.push(count);
    const row = builder.addRow({ lower: 0, upper: 0 });
    builder.addEntry(row, index.deliver[p]!, 1);
    if (index.keep[p]! >= 0) builder.addEntry(row, index.keep[p]!, 1);
    builder.addEntry(row, count, -lotValue / index.scale);
    index.rules.push({
      kind: "lots",
      name: `whole lots of ${supply.row.assetId} at ${problem.demands[pair.demand]!.agreementId}`,
      rows: [row],
      of: p,
    });
  });
};
