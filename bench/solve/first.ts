import { generateAllocationModel } from "./allocation-model";
import { createNetworkSolver } from "../../src/adapters/solvers/network-solver";
import { createHighsSolver } from "../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../src/adapters/solvers/load-highs";
import { checkDual } from "../../src/core/lp/check-dual";
import { checkPrimal } from "../../src/core/lp/check-primal";
const sizes: [number, number][] = process.argv[2]!.split(",").map((s) => s.split("x").map(Number) as [number, number]);
const withHighs = process.argv[3] === "highs";
const main = async () => {
  const highs = createHighsSolver(createHighsLoader(), Infinity);
  for (const [assets, agreements] of sizes) {
    const model = generateAllocationModel({ assets, agreements, seed: 1 });
    console.log(assets, agreements, "cols", model.columnCount, "rows", model.rowCount, "nnz", model.values.length);
    for (const solver of [createNetworkSolver(), ...(withHighs ? [highs] : [])]) {
      for (let k = 0; k < 3; k++) {
        const r = await solver.solve(model);
        const p = checkPrimal(model, r.primal), d = checkDual(model, r);
        console.log(solver.name, r.terminationStatus, r.objective, (r.seconds * 1000).toFixed(1) + "ms", r.iterations, "viol", p.relativeRowViolation, "gap", d.relativeGap, d.dualInfeasibility, r.rawStatus);
      }
    }
  }
};
void main();
