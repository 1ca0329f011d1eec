import { writeFileSync } from "node:fs";
import type { LinearModel } from "../../src/core/lp/linear-model";

/** Writes a linear model as fixed-name MPS for native engines, costs in basis points. Names are generated. */
export function writeMps(model: LinearModel, path: string): void {
  const lines = ["NAME allocation", "ROWS", " N cost"];
  const kinds = Array.from({ length: model.rowCount }, (_, r) => kindOf(model.rowLower[r]!, model.rowUpper[r]!));
  kinds.forEach((kind, r) => lines.push(` ${kind} r${r}`));
  lines.push("COLUMNS");
  for (let c = 0; c < model.columnCount; c++) {
    if (model.objective[c] !== 0) lines.push(` x${c} cost ${model.objective[c]! * 1e4}`);
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) lines.push(` x${c} r${model.indices[k]} ${model.values[k]}`);
  }
  lines.push("RHS");
  kinds.forEach((kind, r) => {
    const bound = kind === "G" ? model.rowLower[r]! : model.rowUpper[r]!;
    if (kind !== "N" && bound !== 0) lines.push(` RHS r${r} ${bound}`);
  });
  const ranges: string[] = [];
  kinds.forEach((kind, r) => {
    const width = model.rowUpper[r]! - model.rowLower[r]!;
    if (kind === "L" && Number.isFinite(width)) ranges.push(` RNG r${r} ${width}`);
  });
  if (ranges.length > 0) lines.push("RANGES", ...ranges);
  lines.push("BOUNDS");
  for (let c = 0; c < model.columnCount; c++) {
    if (model.columnLower[c] !== 0) lines.push(` LO BND x${c} ${model.columnLower[c]}`);
    if (Number.isFinite(model.columnUpper[c]!)) lines.push(` UP BND x${c} ${model.columnUpper[c]}`);
  }
  lines.push("ENDATA", "");
  writeFileSync(path, lines.join("\n"));
}

function kindOf(lower: number, upper: number): "N" | "E" | "L" | "G" {
  if (lower === upper) return "E";
  if (Number.isFinite(upper)) return "L";
  return Number.isFinite(lower) ? "G" : "N";
}
