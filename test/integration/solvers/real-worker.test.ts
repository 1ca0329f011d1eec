import { createWorkerSolver, type WorkerSolver } from "../../../src/adapters/solvers/worker-solver";
import type { FromWorker } from "../../../src/adapters/solvers/worker-protocol";
import { generateWarmUpBook } from "../../../src/adapters/solvers/warm-up-book";
import { checkPrimal, isPrimalFeasible } from "../../../src/core/lp/check-primal";
import type { LinearModel } from "../../../src/core/lp/linear-model";
import type { SolveLimits, SolveResult } from "../../../src/core/lp/solver";
import { INTEGER_CASES, LINEAR_CASES } from "../../contract/solver/linear-cases";
import { endlessSearch, longLinearModel, longNetwork } from "../../support/long-models";
import { buildNodeWorker, hastyWorker, selfStoppingWorker, startNodeWorker, unhurriedWorker, type NodeWorker } from "../../support/node-worker";
import { until } from "../../support/until";

const { model, objective } = LINEAR_CASES[0]!;
const started: NodeWorker[] = [];
const solvers: WorkerSolver[] = [];

/** A solver on real threads; the first workers may run other programs. */
function createThreads(poolSize = 1, ...programs: readonly string[]): WorkerSolver {
  const rest = [...programs];
  const createWorker = (): NodeWorker => {
    const worker = startNodeWorker(rest.shift());
    started.push(worker);
    return worker;
  };
  const solver = createWorkerSolver({ createWorker, poolSize });
  solvers.push(solver);
  return solver;
}

beforeAll(buildNodeWorker);

afterEach(async () => {
  solvers.splice(0).forEach((solver) => solver.dispose());
  started.forEach((worker) => worker.terminate());
  // Nothing may run on: every thread ends with its solver.
  await Promise.all(started.splice(0).map(({ ended }) => ended));
});

/** Talks to one worker without the pool, which might end it: only the worker itself can be what answers. */
function talk(onMessage: (message: FromWorker, worker: NodeWorker) => void, program?: string): NodeWorker {
  const worker = startNodeWorker(program);
  started.push(worker);
  worker.listen(
    (message) => onMessage(message, worker),
    (reason) => {
      throw new Error(reason);
    },
  );
  worker.post({ kind: "begin", wasmUrl: undefined });
  return worker;
}

const ask = (asked: LinearModel, limits?: SolveLimits) => ({ kind: "solve", id: 1, model: asked, limits, start: undefined }) as const;

describe("a real worker", () => {
  it("hears a stop between two slices of our own engine", async () => {
    const result = await new Promise<FromWorker>((resolve) => {
      const worker = talk((message) => {
        if (message.kind === "result") resolve(message);
      }, selfStoppingWorker());
      worker.post(ask(longNetwork()));
    });
    expect(result).toMatchObject({ kind: "result", id: 1, result: { terminationStatus: "interrupted" } });
  });

  it("hears a problem between two slices of warming up, and takes that step again later", async () => {
    const heard: string[] = [];
    const left: number[] = [];
    await new Promise<void>((resolve) => {
      const port = talk((message) => {
        // On a busy machine even the smallest problem may take long enough to report progress.
        if (message.kind !== "progress") heard.push(message.kind);
        if (message.kind === "ready") left.push(message.stepsLeft);
        if (message.kind === "result") resolve();
      });
      port.post({ kind: "warm" });
      port.post(ask(model));
    });
    expect(heard).toEqual(["ready", "ready", "result"]);
    expect(left[1]).toBe(left[0]);
  });

  it("ends at the time limit on a linear book, and answers the next problem", async () => {
    const results: FromWorker[] = [];
    await new Promise<void>((resolve) => {
      const worker = talk((message) => {
        if (message.kind === "result" && results.push(message) === 2) resolve();
      }, hastyWorker());
      worker.post(ask(longLinearModel(), { timeSeconds: 0.2 }));
      worker.post({ ...ask(model), id: 2 });
    });
    expect(results).toMatchObject([
      { id: 1, result: { terminationStatus: "timeLimit" } },
      { id: 2, result: { terminationStatus: "optimal", objective } },
    ]);
  });

  // On a busy machine a search may be ended from outside instead of by the engine: both are the time limit.
  it("ends at the time limit on a search", async () => {
    const result = await createThreads().solve(endlessSearch(), { limits: { timeSeconds: 0.3 } });
    expect(result.terminationStatus).toBe("timeLimit");
  });
});

describe("createWorkerSolver on threads", () => {
  it("warms one worker and a spare completely, and leaves them in peace", async () => {
    const solver = createThreads();
    solver.warm();
    await until(() => started.length === 2);
    expect(await solver.solve(model)).toMatchObject({ terminationStatus: "optimal", objective });
    expect(started).toHaveLength(2);
    expect(started.some((worker) => worker.wasTerminated())).toBe(false);
  });

  it("ends a search that cannot hear, keeps its best point, and solves the next problem in the spare", async () => {
    const solver = createThreads();
    const hard = endlessSearch();
    const stop = { requested: false };
    const onProgress = ({ incumbent }: { readonly incumbent?: Float64Array }): void => {
      if (incumbent) stop.requested = true;
    };
    const stopped = await solver.solve(hard, { stop, onProgress });
    expect(stopped).toMatchObject({ terminationStatus: "interrupted", primalStatus: "feasiblePoint" });
    expect(isPrimalFeasible(checkPrimal(hard, stopped.primal))).toBe(true);
    expect(started[0]!.wasTerminated()).toBe(true);
    for (const { model: next, objective: expected } of [LINEAR_CASES[1]!, INTEGER_CASES[0]!]) {
      expect((await solver.solve(next)).objective).toBeCloseTo(expected!, 7);
    }
  });

  it("cancels at once, and answers the next problem rightly", async () => {
    const solver = createThreads();
    const cancelled = solver.solve(endlessSearch(), { onProgress: () => solver.cancel() });
    expect(await cancelled).toMatchObject({ terminationStatus: "interrupted", primalStatus: "noSolution" });
    expect(await solver.solve(model)).toMatchObject({ terminationStatus: "optimal", objective });
  });

  it("replaces a worker that has hung, at a stop and at a time limit", async () => {
    const hang = `globalThis.onmessage = ({ data }) => {
      if (data.kind === "begin") postMessage({ kind: "ready", stepsLeft: 0 });
      else for (;;);
    };`;
    const solver = createThreads(1, hang, hang);
    expect(await solver.solve(model, { stop: { requested: true } })).toMatchObject({ terminationStatus: "interrupted" });
    expect(await solver.solve(model, { limits: { timeSeconds: 0.1 } })).toMatchObject({ terminationStatus: "timeLimit" });
    expect(await solver.solve(model)).toMatchObject({ terminationStatus: "optimal", objective });
    expect(started.map((worker) => worker.wasTerminated()).slice(0, 2)).toEqual([true, true]);
  });

  it("tells what broke a worker, and solves the next problem", async () => {
    const crash = `globalThis.onmessage = ({ data }) => {
      if (data.kind === "begin") postMessage({ kind: "ready", stepsLeft: 0 });
      else throw new Error("memory access out of bounds");
    };`;
    const solver = createThreads(1, crash);
    solver.warm();
    // The spare starts once the first has said that it runs; an error might overtake that message.
    await until(() => started.length === 2);
    expect(await solver.solve(model)).toMatchObject({ terminationStatus: "otherError", rawStatus: "memory access out of bounds" });
    expect(await solver.solve(model)).toMatchObject({ terminationStatus: "optimal", objective });
  });

  it("gives the same answers to the last bit, whichever worker gives them and whatever it has solved before", async () => {
    const books = [1, 2, 3, 4].flatMap((k) => [
      generateWarmUpBook({ assets: 10 + 3 * k, agreements: 5 + k, isFull: k % 2 === 0 }),
      generateWarmUpBook({ assets: 8 + k, agreements: 3, isFull: true, hasFixedCosts: true }),
    ]);
    // Some clocks run twenty times too fast, one hardly at all: how often an engine pauses must make no difference.
    const alone = createThreads(1, unhurriedWorker(), hastyWorker());
    const expected: SolveResult[] = [];
    for (const book of books) expected.push(await alone.solve(book));
    alone.dispose();
    const others = started.length;
    const three = createThreads(3, hastyWorker());
    three.warm();
    await until(() => started.length === others + 2);
    // The other way round, by the two workers that are there and perhaps a third.
    const backwards = await Promise.all([...books].reverse().map((book) => three.solve(book)));
    const withoutTime = (result: SolveResult): SolveResult => ({ ...result, seconds: 0 });
    expect(backwards.reverse().map(withoutTime)).toEqual(expected.map(withoutTime));
  });
});
