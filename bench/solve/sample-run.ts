import { createSolver } from "../../src/adapters/solvers/choose-solver";
import type { FromWorker, WorkerPort } from "../../src/adapters/solvers/worker-protocol";
import { createWorkerSolver } from "../../src/adapters/solvers/worker-solver";
import { readBook } from "../../src/app/read-book";
import { sampleBook } from "../../src/app/sample/sample-book";
import { buildAllocationProblem } from "../../src/core/optimization/allocation-problem";
import { withMovementCurve } from "../../src/core/optimization/movement-curve";
import { calculateRequirements } from "../../src/core/optimization/requirements";
import { solveAllocation } from "../../src/core/optimization/solve-allocation";
import { createMemoryWorkbook, toSheetTable } from "../../test/support/memory-workbook";

/** One run of the sample book with the engines in a worker, milliseconds. */
export interface SampleRun {
  /** Of each problem sent: from its arrival in the worker to the answer's posting. */
  readonly worker: readonly number[];
  /** Number of those that make up the answer; the rest belong to the curve of cost against movements. */
  readonly answers: number;
  /** From the page's first call to the allocation, curve left out. */
  readonly allocation: number;
  readonly curve: number;
}

/** What a timed worker says besides the protocol: a message of this kind follows each result. */
export interface TimedMessage {
  readonly kind: "timed";
  readonly milliseconds: number;
}

/** Starts a worker that also posts timed messages; `onMessage` sees them all. */
export type StartTimedWorker = (onTimed: (message: TimedMessage) => void) => WorkerPort;

/** Runs in the page, or in Node's main thread: the sample book `runs` times, on one set of workers. */
export async function measureSampleRuns(
  startWorker: StartTimedWorker,
  wasmUrl: string | undefined,
  isWarm: boolean,
  runs: number,
): Promise<SampleRun[]> {
  const times: number[] = [];
  const worker = createWorkerSolver({
    createWorker: () => startWorker(({ milliseconds }) => times.push(milliseconds)),
    ...(wasmUrl === undefined ? {} : { wasmUrl }),
  });
  const solver = createSolver([worker]);
  if (isWarm) {
    worker.warm();
    await new Promise((resolve) => setTimeout(resolve, 4000));
  }
  const workbook = createMemoryWorkbook(sampleBook().map(toSheetTable));
  const measured: SampleRun[] = [];
  for (let run = 0; run < runs; run++) {
    times.length = 0;
    const { book } = (await readBook(workbook, "2026-01-15T12:00:00Z")).parsed;
    const problem = buildAllocationProblem(book, { requirements: calculateRequirements(book).value }).value;
    const startedAt = performance.now();
    const outcome = await solveAllocation(problem, solver);
    const allocation = performance.now() - startedAt;
    await pause();
    const answers = times.length;
    await withMovementCurve(problem, outcome, solver);
    const curve = performance.now() - startedAt - allocation;
    await pause();
    measured.push({ worker: [...times], answers, allocation, curve });
  }
  worker.dispose();
  return measured;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

export type TimedFromWorker = FromWorker | TimedMessage;
