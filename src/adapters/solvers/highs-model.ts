import type { Model, ObjectiveSense } from "highs";
import type { LinearModel } from "../../core/lp/linear-model";
import { scalePrimal, unscalePrimal, type ScaledModel } from "../../core/lp/scale-model";
import { checkPrimal, isPrimalFeasible } from "../../core/lp/check-primal";
import { settlePoint } from "../../core/lp/settle-point";
import type { SolveOptions } from "../../core/lp/solver";

/** Entries of a linear model that HiGHS's presolve is done with in less than 0.1 s. Beyond, it takes longer than it saves in books with shares. */
const MOST_PRESOLVED = 100_000;
/** Ten times the tolerances of HiGHS, in scaled units. */
const NOISE = 1e-8;

/** Hands the scaled model to HiGHS as arrays. */
export function passScaledModel(native: Model, scaled: ScaledModel, minimize: ObjectiveSense): void {
  const { model } = scaled;
  native.passModel({
    numCols: model.columnCount,
    numRows: model.rowCount,
    sense: minimize,
    offset: 0,
    colCost: model.objective,
    colLower: model.columnLower,
    colUpper: model.columnUpper,
    rowLower: model.rowLower,
    rowUpper: model.rowUpper,
    matrix: {
      format: "csc",
      numCols: model.columnCount,
      numRows: model.rowCount,
      starts: model.starts,
      indices: model.indices,
      values: model.values,
    },
    ...(model.integer ? { integrality: Int32Array.from(model.integer) } : {}),
  });
}

/**
 * Sets tolerances and limits. The scaled model has amounts up to 2^13 and costs around 2^7, hence 1e-9.
 *
 * @param isSliced a run that is cut into slices: what presolve found would be lost with the first
 * @returns whether HiGHS will presolve
 */
export function setRunOptions(native: Model, model: LinearModel, options: SolveOptions, isSliced: boolean): boolean {
  native.options.set({
    // mipLogging callbacks stay silent without output_flag.
    output_flag: model.integer !== undefined,
    log_to_console: false,
    primal_feasibility_tolerance: 1e-9,
    dual_feasibility_tolerance: 1e-9,
    small_matrix_value: 1e-12,
  });
  if (!model.integer) {
    const isPresolved = !isSliced && model.values.length <= MOST_PRESOLVED;
    if (!isPresolved) native.options.set({ presolve: "off" });
    return isPresolved;
  }
  native.options.set({
    mip_rel_gap: options.limits?.relativeGap ?? 1e-6,
    mip_abs_gap: 0,
    mip_feasibility_tolerance: 1e-7,
    primal_feasibility_tolerance: 1e-8,
    ...(options.limits?.nodes === undefined ? {} : { mip_max_nodes: Math.max(0, Math.floor(options.limits.nodes)) }),
  });
  return true;
}

/** Gives HiGHS a basis (linear) or a point (mixed-integer) to start from; one that does not fit is left out. */
export function setStart(native: Model, scaled: ScaledModel, options: SolveOptions): void {
  const { columnCount, rowCount, integer } = scaled.model;
  const { basis, primal } = options.start ?? {};
  if (!integer && basis && basis.columns.length === columnCount && basis.rows.length === rowCount) {
    native.setBasis({ colStatus: basis.columns, rowStatus: basis.rows });
  } else if (integer && primal?.length === columnCount) {
    native.setSolution({ colValue: scalePrimal(scaled, primal) });
  }
}

/** Takes a point of HiGHS back to the model's own units, without the noise that its tolerances allow. */
export function toPoint(model: LinearModel, scaled: ScaledModel, values: Float64Array): Float64Array {
  const point = unscalePrimal(scaled, values);
  const noise = scaled.columnFactor.map((factor) => NOISE * factor);
  const settled = settlePoint(model, point, { noise, isInnerNoise: false });
  if (isPrimalFeasible(checkPrimal(model, settled))) return settled;
  const cleaner = settlePoint(model, point, { noise, isInnerNoise: true });
  return isPrimalFeasible(checkPrimal(model, cleaner)) ? cleaner : settled;
}
