import { createWorkerSolver } from "../../../../src/adapters/solvers/worker-solver";
import type { FromWorker, ToWorker, WorkerPort } from "../../../../src/adapters/solvers/worker-protocol";
import { resultWithoutPoint } from "../../../../src/core/lp/solve-result";
import { LINEAR_CASES } from "../../../contract/solver/linear-cases";

const { model } = LINEAR_CASES[0]!;

/** A worker end that the test plays by hand. */
function createStage() {
  const ports: { said: ToWorker[]; say: (message: FromWorker) => void; fail: (reason: string) => void; ended: boolean }[] = [];
  const createWorker = (): WorkerPort => {
    const port = { said: [] as ToWorker[], say: () => undefined, fail: () => undefined, ended: false } as (typeof ports)[number];
    ports.push(port);
    return {
      post: (message) => port.said.push(message),
      listen: (onMessage, onFailure) => {
        port.say = onMessage;
        port.fail = onFailure;
      },
      terminate: () => {
        port.ended = true;
      },
    };
  };
  return { ports, createWorker };
}

const solveId = (said: readonly ToWorker[]): number => {
  const message = said.find(({ kind }) => kind === "solve");
  return message?.kind === "solve" ? message.id : -1;
};
const record = { solver: "stage", seconds: 0, iterations: 0, rawStatus: "" };

describe("createWorkerSolver", () => {
  it("starts nothing before it is asked, and keeps one spare", () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker, wasmUrl: "x.wasm" });
    expect(ports).toHaveLength(0);
    solver.warm();
    expect(ports[0]!.said).toEqual([{ kind: "warm", wasmUrl: "x.wasm" }]);
    void solver.solve(model);
    expect(ports).toHaveLength(2);
    solver.dispose();
    expect(ports.every(({ ended }) => ended)).toBe(true);
  });

  it("ends a worker that does not answer a stop, and answers with its best point", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    const stop = { requested: false };
    const seen: number[] = [];
    const answer = solver.solve(model, { stop, onProgress: ({ objective }) => seen.push(objective ?? NaN) });
    const id = solveId(ports[0]!.said);
    const incumbent = Float64Array.of(10, 6);
    ports[0]!.say({ kind: "progress", id, progress: { phase: "branch and cut", seconds: 1, objective: 22, bound: 19, incumbent } });
    stop.requested = true;
    expect(await answer).toMatchObject({ terminationStatus: "interrupted", primalStatus: "feasiblePoint", objective: 22, bound: 19 });
    expect(seen).toEqual([22]);
    expect(ports[0]!.said.at(-1)).toEqual({ kind: "stop", id });
    expect(ports[0]!.ended).toBe(true);
    const next = solver.solve(model);
    ports[1]!.say({ kind: "result", id: solveId(ports[1]!.said), result: resultWithoutPoint("infeasible", record) });
    expect((await next).terminationStatus).toBe("infeasible");
    solver.dispose();
  });

  it("does not show a point that breaks the model", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    const stop = { requested: true };
    const answer = solver.solve(model, { stop });
    const id = solveId(ports[0]!.said);
    ports[0]!.say({ kind: "progress", id, progress: { phase: "branch and cut", seconds: 1, incumbent: Float64Array.of(1, 1) } });
    expect(await answer).toMatchObject({ terminationStatus: "interrupted", primalStatus: "noSolution" });
    solver.dispose();
  });

  it("says why when the worker cannot be loaded", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    const answer = solver.solve(model);
    ports[0]!.fail("blocked by the content security policy");
    expect(await answer).toMatchObject({ terminationStatus: "otherError", rawStatus: "blocked by the content security policy" });
    const refused = createWorkerSolver({
      createWorker: () => {
        throw new Error("no workers here");
      },
    });
    expect(await refused.solve(model)).toMatchObject({ terminationStatus: "otherError", rawStatus: "no workers here" });
    solver.dispose();
  });

  it("cancels what runs and what waits at once", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    const running = solver.solve(model);
    const waiting = solver.solve(model);
    solver.cancel();
    expect((await running).terminationStatus).toBe("interrupted");
    expect((await waiting).terminationStatus).toBe("interrupted");
    expect(ports[0]!.ended).toBe(true);
    solver.dispose();
  });
});
