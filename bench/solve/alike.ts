import { createNetworkSolver } from "../../src/adapters/solvers/network-solver";
import { createPresolvedSolver } from "../../src/adapters/solvers/presolved-solver";
import { assembleModel, type LinearModel } from "../../src/core/lp/linear-model";
import { estimateSavings } from "../../src/core/lp/presolve/presolve";
import { generateAllocationModel } from "./allocation-model";

/**
 * Measures what merging identical assets saves, and what looking for them costs where there are none:
 * `npm run bench -- solve/alike [assets] [agreements] [times each]`. Processor milliseconds, the least of five.
 */
async function main(): Promise<void> {
  const [assets = 200, agreements = 100, times = 10] = process.argv.slice(2).map(Number);
  const few = generateAllocationModel({ assets, agreements, seed: 1 });
  const many = copyAssets(few, assets, times);
  for (const [name, model] of [
    [`${assets} assets, each ${times} times`, many],
    ["none alike", generateAllocationModel({ assets: assets * times, agreements, seed: 1 })],
  ] as const) {
    console.log(`${name}: ${model.columnCount} columns, ${model.rowCount} rows`);
    const plain = createNetworkSolver();
    const presolved = createPresolvedSolver([createNetworkSolver()], 0);
    console.log(`  look for savings  ${(await least(async () => estimateSavings(model))).toFixed(1)}`);
    console.log(`  as it is          ${(await least(() => plain.solve(model))).toFixed(1)}`);
    console.log(`  presolved         ${(await least(() => presolved.solve(model))).toFixed(1)} ${(await presolved.solve(model)).rawStatus}`);
  }
}

async function least(task: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let k = 0; k < 5; k++) {
    const before = process.cpuUsage();
    await task();
    const used = process.cpuUsage(before);
    best = Math.min(best, (used.user + used.system) / 1000);
  }
  return best;
}

/** Owns each asset several times, a part of it each: rows 0 .. assets - 1 are the inventories. */
function copyAssets(model: LinearModel, assets: number, times: number): LinearModel {
  const extra = (times - 1) * assets;
  const columns = Array.from({ length: model.columnCount * times }, (_, k) => Math.floor(k / times));
  const starts = new Int32Array(columns.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  columns.forEach((c, place) => {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const row = model.indices[k]!;
      indices.push(row < assets ? row * times + (place % times) : row + extra);
      values.push(model.values[k]!);
    }
    starts[place + 1] = indices.length;
  });
  const spread = (bounds: Float64Array): Float64Array =>
    Float64Array.from([...[...bounds.subarray(0, assets)].flatMap((bound) => Array<number>(times).fill(bound / times)), ...bounds.subarray(assets)]);
  return assembleModel({
    ...model,
    columnCount: columns.length,
    rowCount: model.rowCount + extra,
    objective: Float64Array.from(columns, (c) => model.objective[c]!),
    columnLower: Float64Array.from(columns, (c) => model.columnLower[c]! / times),
    columnUpper: Float64Array.from(columns, (c) => model.columnUpper[c]! / times),
    rowLower: spread(model.rowLower),
    rowUpper: spread(model.rowUpper),
    starts,
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  });
}

void main();
