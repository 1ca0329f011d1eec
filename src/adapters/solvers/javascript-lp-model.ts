import type { ModelDefinition } from "javascript-lp-solver";
import type { LinearModel } from "../../core/lp/linear-model";

/** How a column of ours became a variable that is never negative, which is all that javascript-lp-solver knows. */
type Substitution =
  | { readonly kind: "fixed"; readonly at: number }
  | { readonly kind: "aboveLower"; readonly at: number }
  | { readonly kind: "belowUpper"; readonly at: number }
  | { readonly kind: "free" };

/** A model in javascript-lp-solver's form with the way back. */
export interface JavascriptLpModel {
  readonly definition: ModelDefinition;
  readonly substitutions: readonly Substitution[];
  /** Rows that have no variable left and whose constant part breaks their bounds. */
  readonly impossibleRows: readonly number[];
}

/** Amount, in scaled units, by which a row without variables may miss its bound. */
const TOLERANCE = 1e-9;

/**
 * Writes a model as javascript-lp-solver wants it, with generated names (x0, r0, u0) in which no asset can interfere.
 *
 * @param model already scaled
 */
export function toJavascriptLpModel(model: LinearModel): JavascriptLpModel {
  const substitutions = Array.from({ length: model.columnCount }, (_, c) => substitute(model, c));
  const shift = new Float64Array(model.rowCount);
  const used = new Uint8Array(model.rowCount);
  const definition = {
    optimize: "cost",
    opType: "min" as const,
    constraints: {} as Record<string, { min?: number; max?: number; equal?: number }>,
    variables: {} as Record<string, Record<string, number>>,
    ints: {} as Record<string, 1>,
    unrestricted: {} as Record<string, 1>,
  };
  for (let c = 0; c < model.columnCount; c++) {
    const substitution = substitutions[c]!;
    const base = substitution.kind === "free" ? 0 : substitution.at;
    const sign = substitution.kind === "belowUpper" ? -1 : 1;
    const variable: Record<string, number> = { cost: sign * model.objective[c]! };
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const r = model.indices[k]!;
      shift[r]! += model.values[k]! * base;
      if (substitution.kind === "fixed") continue;
      used[r] = 1;
      variable[`r${r}`] = sign * model.values[k]!;
    }
    if (substitution.kind === "fixed") continue;
    const width = model.columnUpper[c]! - model.columnLower[c]!;
    if (Number.isFinite(width)) {
      variable[`u${c}`] = 1;
      definition.constraints[`u${c}`] = { max: model.integer?.[c] ? Math.floor(width + 1e-9) : width };
    }
    definition.variables[`x${c}`] = variable;
    if (model.integer?.[c]) definition.ints[`x${c}`] = 1;
    if (substitution.kind === "free") definition.unrestricted[`x${c}`] = 1;
  }
  const impossibleRows = addRows(model, shift, used, definition.constraints);
  return { definition, substitutions, impossibleRows };
}

/** Reads the values of the variables back into columns of the scaled model. */
export function fromJavascriptLpSolution(
  { substitutions }: JavascriptLpModel,
  solution: Readonly<Record<string, number | boolean | undefined>>,
): Float64Array {
  return Float64Array.from(substitutions, (substitution, c) => {
    const value = Number(solution[`x${c}`] ?? 0);
    if (substitution.kind === "fixed") return substitution.at;
    if (substitution.kind === "aboveLower") return substitution.at + value;
    return substitution.kind === "belowUpper" ? substitution.at - value : value;
  });
}

function substitute(model: LinearModel, c: number): Substitution {
  const isInteger = model.integer?.[c] === 1;
  const lower = isInteger ? Math.ceil(model.columnLower[c]! - 1e-9) : model.columnLower[c]!;
  const upper = isInteger ? Math.floor(model.columnUpper[c]! + 1e-9) : model.columnUpper[c]!;
  if (lower === upper) return { kind: "fixed", at: lower };
  if (Number.isFinite(lower)) return { kind: "aboveLower", at: lower };
  return Number.isFinite(upper) ? { kind: "belowUpper", at: upper } : { kind: "free" };
}

function addRows(
  model: LinearModel,
  shift: Float64Array,
  used: Uint8Array,
  constraints: Record<string, { min?: number; max?: number; equal?: number }>,
): number[] {
  const impossible: number[] = [];
  for (let r = 0; r < model.rowCount; r++) {
    const lower = model.rowLower[r]! - shift[r]!;
    const upper = model.rowUpper[r]! - shift[r]!;
    if (!used[r]) {
      if (lower > TOLERANCE || upper < -TOLERANCE) impossible.push(r);
    } else if (model.rowLower[r] === model.rowUpper[r]) {
      constraints[`r${r}`] = { equal: lower };
    } else if (Number.isFinite(lower) || Number.isFinite(upper)) {
      constraints[`r${r}`] = {
        ...(Number.isFinite(lower) ? { min: lower } : {}),
        ...(Number.isFinite(upper) ? { max: upper } : {}),
      };
    }
  }
  return impossible;
}
