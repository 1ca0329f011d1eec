import { createNodeSolver } from "../../../src/adapters/solvers/node-solver";
import { createWorkerSolver, type WorkerSolver } from "../../../src/adapters/solvers/worker-solver";
import { createInProcessWorker } from "./in-process-worker";
import { describeSolver } from "./solver-contract";

const created: WorkerSolver[] = [];

describeSolver("the worker", () => {
  const solver = createWorkerSolver({ createWorker: () => createInProcessWorker(createNodeSolver) });
  created.push(solver);
  return solver;
});

afterAll(() => created.forEach((solver) => solver.dispose()));
