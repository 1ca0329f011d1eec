import type { LinearModel } from "../lp/linear-model";
import type { Repair, TableEdit } from "./allocation-outcome";
import { withColumnBounds } from "./relaxed-model";
import type { ShortfallQuestion } from "./shortfall-question";

/** A change before it knows its rule. */
export type Change = Pick<Repair, "change" | "size" | "edits">;

/** Makes an edit of one cell. */
export const edit = (table: string, row: number, column: string, value: number | string | undefined): TableEdit => ({ table, row, column, value });

/** The question with nothing missing: what is left is to find the least change. */
export const covered = (question: ShortfallQuestion): LinearModel => withColumnBounds(question.base, [[question.column, 0, 0]]);

/** Least value of a column that is appended to a model; undefined where there is none. */
export const leastWith = async (question: ShortfallQuestion, model: LinearModel): Promise<number | undefined> => {
  const least = await question.least(model, model.columnCount - 1);
  return Number.isFinite(least) && least > 0 ? least : undefined;
};
