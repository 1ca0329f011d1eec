import { createNodeSolver } from "../../src/adapters/solvers/node-solver";
import { buildAllocationProblem } from "../../src/core/optimization/allocation-problem";
import { checkAllocation } from "../../src/core/optimization/check-allocation";
import { calculateRequirements } from "../../src/core/optimization/requirements";
import { solveAllocation } from "../../src/core/optimization/solve-allocation";
import { deskBook, type DeskShape } from "./desk-book";

/** Books by name; sizes are inventory lines x agreements. */
const shapes: Readonly<Record<string, Omit<DeskShape, "seed">>> = {
  plain: { assets: 500, agreements: 100 },
  fixed: { assets: 500, agreements: 100, fixed: 250 },
  dear: { assets: 500, agreements: 100, fixed: 2_500 },
  caps: { assets: 500, agreements: 100, fixed: 100, capEach: 12, capAll: 450 },
  lots: { assets: 100, agreements: 20, lots: 0.6 },
  "lots-fixed": { assets: 100, agreements: 20, lots: 0.6, fixed: 250, piece: 50_000 },
  "each-requirement": { assets: 500, agreements: 100, each: { share: 0.2, basis: "requirement" } },
  "each-posted": { assets: 500, agreements: 100, each: { share: 0.2, basis: "posted" } },
  small: { assets: 60, agreements: 15, fixed: 250 },
};

/** Solves desk books as the add-in does and prints what came of it: `desk [names] [time limit, s] [seeds]`. */
async function main(): Promise<void> {
  const [names = Object.keys(shapes).join(","), limit = "10", seeds = "1"] = process.argv.slice(2);
  const solver = createNodeSolver();
  console.log("book              pairs columns   rows  seconds  cpu s  check s     objective   gap %  status                 moves  reproducible");
  for (const name of names.split(",")) {
    for (const seed of seeds.split(",").map(Number)) {
      const book = deskBook({ ...shapes[name]!, seed });
      const requirements = calculateRequirements(book).value;
      const { value: problem, issues } = buildAllocationProblem(book, { requirements });
      const errors = issues.filter((issue) => issue.severity === "error");
      if (errors.length > 0) throw new Error(errors[0]!.message);
      const started = performance.now();
      const cpu = process.cpuUsage();
      const clock = (): number => (performance.now() - started) / 1000;
      let events = 0;
      let [last, silence] = [0, 0];
      const outcome = await solveAllocation(problem, solver, {
        timeSeconds: Number(limit),
        clock,
        onProgress: () => {
          events++;
          silence = Math.max(silence, clock() - last);
          last = clock();
        },
      });
      const seconds = clock();
      const used = process.cpuUsage(cpu);
      const report = checkAllocation(book, requirements, outcome);
      const checked = clock() - seconds;
      const { solve } = outcome;
      console.log(
        [
          `${name}/${seed}`.padEnd(17),
          String(problem.pairs.length).padStart(6),
          String(solve.columns).padStart(7),
          String(solve.rows).padStart(6),
          seconds.toFixed(1).padStart(8),
          ((used.user + used.system) / 1e6).toFixed(1).padStart(6),
          checked.toFixed(2).padStart(8),
          solve.objective.toFixed(0).padStart(13),
          (solve.gap * 100).toFixed(3).padStart(7),
          `${solve.terminationStatus}${report.passed ? "" : " CHECK FAILED"}`.padEnd(22),
          String(outcome.movements.length).padStart(6),
          solve.isReproducible ? "yes" : "no",
          `events ${events}, longest silence ${silence.toFixed(1)} s, short ${outcome.coverage.filter((line) => !line.isCovered).length}`,
        ].join(" "),
      );
    }
  }
}

void main();
