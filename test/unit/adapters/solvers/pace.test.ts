import { createPace } from "../../../../src/adapters/solvers/pace";
import type { SolveProgress } from "../../../../src/core/lp/solver";

/** A clock that the test moves. */
let now = 0;
beforeEach(() => {
  now = 1000;
  jest.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

/** Steps of 10 ms each. */
function* steps(count: number): Generator<number, string[]> {
  const done: string[] = [];
  for (let k = 1; k <= count; k++) {
    now += 10;
    done.push(`step ${k}`);
    yield k;
  }
  return done;
}

describe("the pace of a solve", () => {
  it("lets messages in every 40 ms, and reports what is being done", async () => {
    const reported: SolveProgress[] = [];
    const messages: number[] = [];
    const listen = setInterval(() => messages.push(now - 1000), 0);
    const done = await createPace({ onProgress: (progress) => reported.push(progress) }).follow(steps(10), "work");
    clearInterval(listen);
    expect(done).toHaveLength(10);
    expect(reported).toEqual([
      { phase: "work", seconds: 0.04, iterations: 4 },
      { phase: "work", seconds: 0.08, iterations: 8 },
    ]);
    expect(messages.every((at) => at === 40 || at === 80)).toBe(true);
  });
  it("ends when a message asks it to stop, at the next pause", async () => {
    const stop = { requested: false };
    setTimeout(() => (stop.requested = true), 0);
    let taken = 0;
    const counted = (function* () {
      for (const step of steps(20)) yield (taken = step);
      return "done";
    })();
    expect(await createPace({ stop }).follow(counted, "work")).toBe("interrupted");
    expect(taken).toBe(4);
  });
  it("ends at the time limit without waiting for a pause, and counts from an earlier start where there is one", async () => {
    expect(await createPace({ limits: { timeSeconds: 0.02 } }).follow(steps(20), "work")).toBe("timeLimit");
    expect(now).toBe(1020);
    const later = createPace({ limits: { timeSeconds: 0.5 } }, now - 490);
    expect([later.seconds(), later.end()]).toEqual([0.49, undefined]);
    now += 10;
    expect(later.end()).toBe("timeLimit");
    expect(await later.pause("work")).toBe("timeLimit");
  });
  it("does not pause for what is done at once", async () => {
    const onProgress = jest.fn();
    const pace = createPace({ onProgress });
    now += 39;
    expect(await pace.pause("work")).toBeUndefined();
    expect(onProgress).not.toHaveBeenCalled();
  });
});

describe("the time that is left", () => {
  it("is handed on to a part of the solve, and never as none at all", () => {
    const options = { limits: { timeSeconds: 2, nodes: 5 } };
    const pace = createPace(options);
    now += 500;
    expect(pace.left()).toBeCloseTo(1.5, 12);
    expect(pace.leave(options)).toEqual({ limits: { timeSeconds: 1.5, nodes: 5 } });
    now += 5000;
    expect(pace.leave(options).limits?.timeSeconds).toBeGreaterThan(0);
    expect(createPace({}).leave({})).toEqual({});
    expect(createPace({}).left()).toBe(Infinity);
  });
});
