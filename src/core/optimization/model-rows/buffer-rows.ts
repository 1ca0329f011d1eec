import type { ModelBuilder } from "../../lp/model-builder";
import { addCostedColumn, addMiss, type AllocationIndex } from "../allocation-index";
import { bufferKey, type AllocationProblem } from "../problem-shape";

/** Levels of high-quality liquid assets with the haircut of the liquidity coverage ratio. @source Basel LCR, paragraphs 49 to 54 */
const levels = [
  { name: "1", haircut: 0 },
  { name: "2A", haircut: 0.15 },
  { name: "2B", haircut: 0.5 },
] as const;

/** Index into the levels of an asset's hqlaClass, or -1. */
export const hqlaLevel = (hqlaClass: string | undefined): number => {
  const text = (hqlaClass ?? "").toUpperCase().replace(/LEVEL|L|\s/g, "");
  return levels.findIndex((level) => level.name === text);
};

/** Value ratio of a level after its haircut. */
export const hqlaRatio = (level: number): number => 1 - (levels[level]?.haircut ?? 1);

/**
 * Adds the liquidity buffer: what stays unposted of level 1, 2A and 2B after their haircuts must reach it, level 2 at most 40 % and
 * level 2B at most 15 % of what counts.
 *
 *   c_k <= sum (1 - h_k)(M_i - sum_j x_ij),  c2A + c2B <= 2/3 c1,  c2B <= 15/85 (c1 + c2A),  c1 + c2A + c2B >= B
 */
export const addBufferRows = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem): void => {
  if (problem.buffer <= 0) return;
  const counted = levels.map(() => addCostedColumn(builder, index, 0));
  levels.forEach((_, level) => {
    const members = problem.supplies.flatMap((supply, s) => (hqlaLevel(supply.row.hqlaClass) === level ? [s] : []));
    const ratio = hqlaRatio(level);
    const all = members.reduce((sum, s) => sum + (problem.supplies[s]!.owned - problem.supplies[s]!.blocked) * problem.supplies[s]!.unitValue, 0);
    const row = builder.addRow({ upper: (ratio * all) / index.scale });
    index.bufferRows.push(row);
    builder.addEntry(row, counted[level]!, 1);
    problem.pairs.forEach((pair, p) => {
      if (!members.includes(pair.supply)) return;
      if (index.keep[p]! >= 0) builder.addEntry(row, index.keep[p]!, ratio);
      builder.addEntry(row, index.deliver[p]!, ratio);
    });
  });
  index.rules.push({ kind: "hqla", name: "liquid assets owned (hqlaClass)", rows: [...index.bufferRows], of: 0 });
  const [one, twoA, twoB] = counted as [number, number, number];
  const second = builder.addRow({ upper: 0 });
  builder.addEntry(second, twoA, 1);
  builder.addEntry(second, twoB, 1);
  builder.addEntry(second, one, -2 / 3);
  const third = builder.addRow({ upper: 0 });
  builder.addEntry(third, twoB, 1);
  builder.addEntry(third, one, -15 / 85);
  builder.addEntry(third, twoA, -15 / 85);
  const total = builder.addRow({ lower: problem.buffer / index.scale });
  for (const column of counted) builder.addEntry(total, column, 1);
  if (problem.yielding.has(bufferKey)) addMiss(builder, index, [total], 1, bufferKey, 1);
  index.rules.push({ kind: "buffer", name: `liquidity buffer of ${problem.buffer}`, rows: [total], of: 0 });
};
