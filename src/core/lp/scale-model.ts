import { runToEnd } from "../basics/run-to-end";
import type { LinearModel } from "./linear-model";

/** A model in an engine's comfortable range together with the powers of two that lead there and back. */
export interface ScaledModel {
  readonly model: LinearModel;
  /** x = columnFactor * x'; shape (columnCount). */
  readonly columnFactor: Float64Array;
  /** Row r of the scaled model is rowFactor times row r; shape (rowCount). */
  readonly rowFactor: Float64Array;
  /** Objective of the scaled model = objectiveFactor * (objective - offset). */
  readonly objectiveFactor: number;
  /** Constant of the original objective, which the scaled model leaves out. */
  readonly objectiveOffset: number;
}

/** Largest finite bound of a row after scaling: big enough that an absolute 1e-9 is harmless. */
const LARGEST_ROW_BOUND = 2 ** 13;
/** Typical cost of a column after scaling: yearly rates of 0.0005 to 0.03 become 5 to 300, that is basis points. */
const TYPICAL_COST = 2 ** 7;

/**
 * Scales rows and columns to coefficients around 1, amounts to the book's size and costs to about basis points.
 *
 * Every factor is a power of two, so that scaling and unscaling are exact. Integer columns keep their unit.
 * Engines have absolute tolerances; raw USD beside raw BTC, or yearly rates of 0.0005, are outside what they can see.
 */
export function scaleModel(model: LinearModel): ScaledModel {
  return runToEnd(scaleModelInSteps(model));
}

/** The same in steps, for callers that must listen in between. */
export function* scaleModelInSteps(model: LinearModel): Generator<undefined, ScaledModel> {
  const columnFactor = new Float64Array(model.columnCount).fill(1);
  const rowFactor = new Float64Array(model.rowCount).fill(1);
  for (let pass = 0; pass < 3; pass++) {
    scaleRows(model, columnFactor, rowFactor);
    scaleColumns(model, columnFactor, rowFactor);
    yield;
  }
  scaleAmounts(model, columnFactor, rowFactor);
  yield;
  const objectiveFactor = chooseObjectiveFactor(model, columnFactor);
  return {
    model: applyFactors(model, columnFactor, rowFactor, objectiveFactor),
    columnFactor,
    rowFactor,
    objectiveFactor,
    objectiveOffset: model.objectiveOffset,
  };
}

/** Takes a point of the scaled model back to the model's own units. */
export function unscalePrimal(scaled: ScaledModel, primal: Float64Array): Float64Array {
  return primal.map((x, c) => x * scaled.columnFactor[c]!);
}

/** Takes row duals of the scaled model back to the model's own units. */
export function unscaleDual(scaled: ScaledModel, dual: Float64Array): Float64Array {
  return dual.map((y, r) => (y * scaled.rowFactor[r]!) / scaled.objectiveFactor);
}

/** Takes a point of the model into the scaled model, for a start. */
export function scalePrimal(scaled: ScaledModel, primal: Float64Array): Float64Array {
  return primal.map((x, c) => x / scaled.columnFactor[c]!);
}

function powerOfTwo(value: number): number {
  return value > 0 && Number.isFinite(value) ? 2 ** Math.round(Math.log2(value)) : 1;
}

/** Geometric mean of the smallest and largest size in each row becomes 1. */
function scaleRows(model: LinearModel, columnFactor: Float64Array, rowFactor: Float64Array): void {
  const smallest = new Float64Array(model.rowCount).fill(Infinity);
  const largest = new Float64Array(model.rowCount);
  for (let c = 0; c < model.columnCount; c++) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const r = model.indices[k]!;
      const size = Math.abs(model.values[k]!) * columnFactor[c]!;
      if (size === 0) continue;
      smallest[r] = Math.min(smallest[r]!, size);
      largest[r] = Math.max(largest[r]!, size);
    }
  }
  for (let r = 0; r < model.rowCount; r++) {
    if (largest[r]! > 0) rowFactor[r] = powerOfTwo(1 / Math.sqrt(smallest[r]! * largest[r]!));
  }
}

function scaleColumns(model: LinearModel, columnFactor: Float64Array, rowFactor: Float64Array): void {
  for (let c = 0; c < model.columnCount; c++) {
    if (model.integer?.[c]) continue;
    let smallest = Infinity;
    let largest = 0;
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const size = Math.abs(model.values[k]!) * rowFactor[model.indices[k]!]!;
      if (size === 0) continue;
      smallest = Math.min(smallest, size);
      largest = Math.max(largest, size);
    }
    if (largest > 0) columnFactor[c] = powerOfTwo(1 / Math.sqrt(smallest * largest));
    else columnFactor[c] = powerOfTwo(largestBound(model.columnLower[c]!, model.columnUpper[c]!));
  }
}

function largestBound(lower: number, upper: number): number {
  return Math.max(Number.isFinite(lower) ? Math.abs(lower) : 0, Number.isFinite(upper) ? Math.abs(upper) : 0);
}

/** Moves all continuous amounts together, which leaves the coefficients as they are. */
function scaleAmounts(model: LinearModel, columnFactor: Float64Array, rowFactor: Float64Array): void {
  let largest = 0;
  for (let r = 0; r < model.rowCount; r++) {
    largest = Math.max(largest, largestBound(model.rowLower[r]!, model.rowUpper[r]!) * rowFactor[r]!);
  }
  if (largest === 0) {
    for (let c = 0; c < model.columnCount; c++) {
      largest = Math.max(largest, largestBound(model.columnLower[c]!, model.columnUpper[c]!) / columnFactor[c]!);
    }
  }
  const factor = largest > 0 ? powerOfTwo(largest / LARGEST_ROW_BOUND) : 1;
  for (let c = 0; c < model.columnCount; c++) if (!model.integer?.[c]) columnFactor[c]! *= factor;
  for (let r = 0; r < model.rowCount; r++) rowFactor[r]! /= factor;
}

function chooseObjectiveFactor(model: LinearModel, columnFactor: Float64Array): number {
  let logSum = 0;
  let count = 0;
  let largest = 0;
  for (let c = 0; c < model.columnCount; c++) {
    const size = Math.abs(model.objective[c]!) * columnFactor[c]!;
    if (size === 0) continue;
    logSum += Math.log2(size);
    count++;
    largest = Math.max(largest, size);
  }
  if (count === 0) return 1;
  const factor = powerOfTwo(TYPICAL_COST / 2 ** (logSum / count));
  // A huge penalty must not push the costs that matter out of the engine's range.
  return Math.min(factor, powerOfTwo(1e10 / largest));
}

function applyFactors(model: LinearModel, columnFactor: Float64Array, rowFactor: Float64Array, objectiveFactor: number): LinearModel {
  const values = new Float64Array(model.values.length);
  for (let c = 0; c < model.columnCount; c++) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      values[k] = model.values[k]! * columnFactor[c]! * rowFactor[model.indices[k]!]!;
    }
  }
  return {
    ...model,
    objective: model.objective.map((cost, c) => cost * columnFactor[c]! * objectiveFactor),
    objectiveOffset: 0,
    columnLower: model.columnLower.map((bound, c) => bound / columnFactor[c]!),
    columnUpper: model.columnUpper.map((bound, c) => bound / columnFactor[c]!),
    rowLower: model.rowLower.map((bound, r) => bound * rowFactor[r]!),
    rowUpper: model.rowUpper.map((bound, r) => bound * rowFactor[r]!),
    values,
  };
}
