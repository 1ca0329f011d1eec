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

// No time passes but what a test lets pass, however busy the machine is.
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("createWorkerSolver", () => {
  it("starts nothing before it is asked", () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker, wasmUrl: "x.wasm" });
    expect(ports).toHaveLength(0);
    solver.warm();
    expect(ports.map(({ said }) => said)).toEqual([[{ kind: "begin", wasmUrl: "x.wasm" }]]);
    solver.warm();
    expect(ports).toHaveLength(1);
    solver.dispose();
    expect(ports.every(({ ended }) => ended)).toBe(true);
  });

  it("warms one worker step by step, then a spare, and rests for a problem", () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    const kinds = (port: number): string[] => ports[port]!.said.map(({ kind }) => kind);
    solver.warm();
    ports[0]!.say({ kind: "ready", stepsLeft: 2 });
    expect(kinds(0)).toEqual(["begin", "warm"]);
    ports[0]!.say({ kind: "ready", stepsLeft: 1 });
    ports[0]!.say({ kind: "ready", stepsLeft: 0 });
    expect(kinds(0)).toEqual(["begin", "warm", "warm"]);
    expect(kinds(1)).toEqual(["begin"]);
    void solver.solve(model);
    expect(kinds(0)).toEqual(["begin", "warm", "warm", "solve"]);
    // The spare has begun, but the next step of warming up is not asked for while the problem is new.
    ports[1]!.say({ kind: "ready", stepsLeft: 2 });
    expect(kinds(1)).toEqual(["begin"]);
    expect(ports).toHaveLength(2);
    solver.dispose();
  });

  it("starts nothing on a message that was still on its way when it was disposed of", () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    solver.warm();
    solver.dispose();
    ports[0]!.say({ kind: "ready", stepsLeft: 0 });
    ports[0]!.fail("too late");
    expect(ports).toHaveLength(1);
  });

  it("gives a problem to the worker that is not busy with warming up", () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    solver.warm();
    ports[0]!.say({ kind: "ready", stepsLeft: 0 });
    ports[1]!.say({ kind: "ready", stepsLeft: 3 });
    void solver.solve(model);
    expect(solveId(ports[0]!.said)).toBeGreaterThan(0);
    expect(solveId(ports[1]!.said)).toBe(-1);
    solver.dispose();
  });

  it("solves as many problems at a time as it has workers, in the order asked", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker, poolSize: 2 });
    expect(solver.capabilities.parallel).toBe(2);
    solver.warm();
    ports[0]!.say({ kind: "ready", stepsLeft: 0 });
    ports[1]!.say({ kind: "ready", stepsLeft: 0 });
    const answers = [1, 2, 3].map(() => solver.solve(model));
    const [first, second] = ports as [(typeof ports)[number], (typeof ports)[number]];
    expect([first, second].map(({ said }) => said.filter(({ kind }) => kind === "solve").length)).toEqual([1, 1]);
    const answer = (port: typeof first, objective: number): void => {
      const asked = port.said.filter((message) => message.kind === "solve").at(-1)!;
      port.say({ kind: "result", id: asked.id, result: { ...resultWithoutPoint("optimal", record), objective } });
    };
    answer(second, 22);
    expect(second.said.filter(({ kind }) => kind === "solve")).toHaveLength(2);
    answer(second, 33);
    answer(first, 11);
    expect((await Promise.all(answers)).map(({ objective }) => objective)).toEqual([11, 22, 33]);
    solver.dispose();
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
    await jest.advanceTimersByTimeAsync(50);
    expect(ports[0]!.said.at(-1)).toEqual({ kind: "stop", id });
    expect(ports[0]!.ended).toBe(false);
    await jest.advanceTimersByTimeAsync(50);
    expect(ports[0]!.ended).toBe(true);
    expect(await answer).toMatchObject({ terminationStatus: "interrupted", primalStatus: "feasiblePoint", objective: 22, bound: 19 });
    expect(seen).toEqual([22]);
    // The spare starts once the first has taken long.
    await jest.advanceTimersByTimeAsync(200);
    const next = solver.solve(model);
    expect(ports).toHaveLength(2);
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
    await jest.advanceTimersByTimeAsync(500);
    expect(await answer).toMatchObject({ terminationStatus: "interrupted", primalStatus: "noSolution" });
    solver.dispose();
  });

  it("says why when no worker can be loaded, after a second try, and starts no more", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker, poolSize: 2 });
    const answer = solver.solve(model);
    ports[0]!.fail("blocked by the content security policy");
    expect(solver.barred).toBeUndefined();
    ports[1]!.fail("blocked by the content security policy");
    const refusal = { terminationStatus: "notSupported", rawStatus: "no worker may start: blocked by the content security policy" };
    expect(await answer).toMatchObject(refusal);
    expect(await solver.solve(model)).toMatchObject(refusal);
    expect(solver.capabilities.parallel).toBe(1);
    expect(ports).toHaveLength(2);
    solver.dispose();
  });

  it("says why when no worker can be created", async () => {
    let tries = 0;
    const createWorker = (): WorkerPort => {
      tries++;
      throw new Error("no workers here");
    };
    const solver = createWorkerSolver({ createWorker });
    solver.warm();
    const refusal = { terminationStatus: "notSupported", rawStatus: "no worker may start: no workers here" };
    expect(await solver.solve(model)).toMatchObject(refusal);
    expect(await solver.solve(model)).toMatchObject(refusal);
    expect(tries).toBe(2);
    solver.dispose();
  });

  it("solves a problem in a second worker when the first did not load", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    const answer = solver.solve(model);
    ports[0]!.fail("the network was away");
    ports[1]!.say({ kind: "ready", stepsLeft: 0 });
    ports[1]!.say({ kind: "result", id: solveId(ports[1]!.said), result: resultWithoutPoint("infeasible", record) });
    expect((await answer).terminationStatus).toBe("infeasible");
    solver.dispose();
  });

  it("refuses a problem that cannot be sent, and solves the next", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({
      createWorker: () => {
        const port = createWorker();
        return {
          ...port,
          post: (message) => {
            if (message.kind === "solve" && message.limits?.nodes === -1) throw new Error("could not be cloned");
            port.post(message);
          },
        };
      },
    });
    expect(await solver.solve(model, { limits: { nodes: -1 } })).toMatchObject({ terminationStatus: "otherError", rawStatus: "could not be cloned" });
    const next = solver.solve(model);
    ports[0]!.say({ kind: "result", id: solveId(ports[0]!.said), result: resultWithoutPoint("infeasible", record) });
    expect((await next).terminationStatus).toBe("infeasible");
    solver.dispose();
  });

  it("says so when a worker breaks down, and solves the next problem in another", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    for (const port of [0, 1, 2]) {
      const answer = solver.solve(model);
      ports[port]!.say({ kind: "ready", stepsLeft: 0 });
      ports[port]!.fail("out of memory");
      expect(await answer).toMatchObject({ terminationStatus: "otherError", rawStatus: "out of memory" });
      expect(ports[port]!.ended).toBe(true);
    }
    const next = solver.solve(model);
    ports[3]!.say({ kind: "result", id: solveId(ports[3]!.said), result: resultWithoutPoint("infeasible", record) });
    expect((await next).terminationStatus).toBe("infeasible");
    solver.dispose();
  });

  it("is not put off by cancelled problems whose workers had not begun yet", async () => {
    const { ports, createWorker } = createStage();
    const solver = createWorkerSolver({ createWorker });
    for (let k = 0; k < 3; k++) {
      const answer = solver.solve(model);
      solver.cancel();
      expect((await answer).terminationStatus).toBe("interrupted");
    }
    const next = solver.solve(model);
    ports[3]!.say({ kind: "result", id: solveId(ports[3]!.said), result: resultWithoutPoint("infeasible", record) });
    expect((await next).terminationStatus).toBe("infeasible");
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
