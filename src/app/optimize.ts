import type { Issue } from "../core/basics/issue";
import { hasErrors } from "../core/basics/issue";
import type { Book } from "../core/collateral/book";
import type { StopSignal } from "../core/lp/solver";
import type { Solver } from "../core/lp/solver";
import { buildAllocationProblem } from "../core/optimization/allocation-problem";
import { checkAllocation } from "../core/optimization/check-allocation";
import { calculateRequirements } from "../core/optimization/requirements";
import { withMovementCurve } from "../core/optimization/movement-curve";
import { withRulePrices } from "../core/optimization/rule-prices";
import { solveAllocation } from "../core/optimization/solve-allocation";
import type { AllocationOutcome, CheckReport } from "../core/optimization/allocation-outcome";
import { reportAllocation } from "../core/report/allocation-report";
import { reportAnalysis } from "../core/report/analysis-report";
import { reportCoverage } from "../core/report/coverage-report";
import { inputReferences } from "../core/report/input-references";
import { reportInventory, reportMovements } from "../core/report/inventory-report";
import { completeStatus, reportSheetNames, type ReportSheet } from "../core/report/report-sheet";
import { reportRunLog, type RunFacts } from "../core/report/run-log-report";
import type { RunOptions, RunPhase, RunProgress, RunSummary, SearchView } from "./collateral-app";
import { callsOf, headlineOf } from "./headline";
import type { MachinePort, WorkbookPort } from "./ports";
import { readBook, readCells, type ReadBook } from "./read-book";
import { isCrossChecked, notAsked, type CheckedProgram, type SecondOpinion } from "./second-opinion";
import { searchOf, solvingText } from "./solving-text";

/** What a run needs from outside. */
export interface OptimizePorts {
  readonly workbook: WorkbookPort;
  readonly machine: MachinePort;
  readonly solver: Solver;
  readonly version: string;
}

/** How the person steers a run: both flags only ever go from false to true. */
export interface RunControl {
  /** Keep the best answer found so far. */
  readonly stop: StopSignal;
  /** Write nothing. */
  readonly cancel: StopSignal;
}

/** What is chosen for one run. */
export type RunChoice = Pick<RunOptions, "maxMovements"> & { readonly set?: string | undefined };

/** What a second engine can be asked about once the answer stands on the sheets. */
export interface WrittenAnswer {
  /** What it solves again, or what is said instead. */
  readonly question: CheckedProgram | SecondOpinion;
  readonly runId: string;
  readonly inputHash: string;
  /** The Run log as it was written. */
  readonly log: ReportSheet;
}

/** Thrown inside a run when the person has cancelled it; never leaves `optimize`. */
class Cancelled extends Error {}

/**
 * Runs the main job: reads the book, computes requirements, solves the allocation, checks the answer independently and writes it.
 *
 * Nothing is written unless the checker has passed every rule, and nothing after Cancel.
 *
 * @param onWritten hears what can be cross-checked afterwards, where the book is small enough for that
 * @returns a summary, always: problems and failures are summaries too
 */
export const optimize = async (
  ports: OptimizePorts,
  choice: RunChoice,
  control: RunControl,
  onProgress: (progress: RunProgress) => void,
  onWritten: (answer: WrittenAnswer) => void = () => undefined,
): Promise<RunSummary> => {
  const runId = ports.machine.newRunId();
  const end = (status: RunSummary["status"], headline: string, extra: Partial<RunSummary> = {}): RunSummary => ({
    status,
    runId,
    finishedAt: ports.machine.now(),
    headline,
    coveredCalls: 0,
    totalCalls: 0,
    issues: [],
    sheets: [],
    ...extra,
  });
  try {
    const tell: RunContext["tell"] = (phase, text, search) => onProgress({ phase, text, ...(search === undefined ? {} : { search }) });
    return await runSteps({ ports, ...choice, control, runId, end, tell, onWritten });
  } catch (error) {
    if (error instanceof Cancelled) return end("cancelled", "Cancelled. Nothing was written.");
    return end("failed", `The run failed and nothing was left half-written. ${error instanceof Error ? error.message : String(error)}`);
  }
};

interface RunContext {
  readonly ports: OptimizePorts;
  readonly set?: string | undefined;
  readonly maxMovements?: number | undefined;
  readonly control: RunControl;
  readonly runId: string;
  readonly end: (status: RunSummary["status"], headline: string, extra?: Partial<RunSummary>) => RunSummary;
  readonly tell: (phase: RunPhase, text: string, search?: SearchView) => void;
  readonly onWritten: (answer: WrittenAnswer) => void;
}

const runSteps = async (run: RunContext): Promise<RunSummary> => {
  const { ports, control, tell, end } = run;
  tell("reading", "Reading the tables");
  const read = await readBook(ports.workbook, ports.machine.now(), run.set);
  stopIfCancelled(control);
  if (!read.status.canRun) return blocked(run, read.issues);
  tell("computing", "Computing requirements");
  const book = withMostMovements(read.parsed.book, run.maxMovements);
  const requirements = calculateRequirements(book);
  const problem = buildAllocationProblem(book, { requirements: requirements.value });
  const issues = [...read.issues, ...requirements.issues, ...problem.issues];
  if (hasErrors(issues)) return blocked(run, issues);
  const inputHash = await ports.machine.hash(read.cells);
  tell("solving", "Solving");
  const stop = {
    get requested() {
      return control.stop.requested || control.cancel.requested;
    },
  };
  const clock = clockOf(ports.machine);
  let program: CheckedProgram | undefined;
  const solver = untilCancelled(ports.solver, control);
  const solved = await solveAllocation(problem.value, solver, {
    stop,
    clock,
    onProgress: (progress) => tell("solving", solvingText(progress, book.settings), searchOf(progress, book.settings)),
    onPriced: (priced) => (program = priced),
  });
  const searched = Math.max(clock(), solved.solve.seconds);
  stopIfCancelled(control);
  // What is told besides the answer must not keep anyone waiting once the time of the search is up.
  const enough = {
    get requested() {
      return stop.requested || clock() > book.settings.timeLimitSeconds;
    },
  };
  const curved = await withMovementCurve(problem.value, solved, solver, { stop: enough });
  stopIfCancelled(control);
  const outcome = await withRulePrices(problem.value, curved, solver, { stop: enough });
  stopIfCancelled(control);
  tell("verifying", "Checking every rule");
  const checks = checkAllocation(book, requirements.value, outcome);
  const calls = callsOf(outcome);
  const facts = { outcome, checks, coveredCalls: calls.covered, totalCalls: calls.total, issues, inputHash };
  if (!checks.passed) return end("failed", failedCheck(checks), facts);
  const isStopped = !outcome.solve.isOptimal;
  const headline = headlineOf(outcome, isStopped ? searched : undefined, control.stop.requested);
  tell("writing", "Writing the results");
  const warnings = [...chosenForThisRun(run), ...(await changedInputs(ports, run.set, read))];
  stopIfCancelled(control);
  const logged = { inputHash, headline, status: isStopped ? "Stopped" : "Optimal", warnings };
  const sheets = await write(run, read, outcome, checks, logged, isCrossChecked(book) ? program : notAsked(book));
  return end(isStopped ? "stopped" : "done", [headline, ...warnings].join(" "), { ...facts, sheets });
};

/** The same engine; after Cancel nothing more is asked of it, because nobody waits for an answer. */
const untilCancelled = (solver: Solver, control: RunControl): Solver => ({
  name: solver.name,
  capabilities: solver.capabilities,
  solve: (model, options) => (control.cancel.requested ? Promise.reject(new Cancelled()) : solver.solve(model, options)),
});

/** Seconds since now by the machine's clock. */
const clockOf = (machine: MachinePort): (() => number) => {
  const start = Date.parse(machine.now());
  return () => (Date.parse(machine.now()) - start) / 1000;
};

/** A cap chosen in the pane holds like one of tblSettings, in the model and in the check. */
const withMostMovements = (book: Book, most: number | undefined): Book =>
  most === undefined ? book : { ...book, settings: { ...book.settings, maxMovements: Math.min(most, book.settings.maxMovements ?? Infinity) } };

const chosenForThisRun = ({ maxMovements }: RunContext): readonly string[] =>
  maxMovements === undefined ? [] : [`At most ${maxMovements} ${maxMovements === 1 ? "move" : "moves"}, chosen for this run.`];

const stopIfCancelled = (control: RunControl): void => {
  if (control.cancel.requested) throw new Cancelled();
};

const blocked = (run: RunContext, issues: readonly Issue[]): RunSummary => {
  const errors = issues.filter((issue) => issue.severity === "error");
  const first = errors[0];
  const count = `${errors.length} ${errors.length === 1 ? "problem stops" : "problems stop"} the run.`;
  const detail =
    first === undefined ? "" : ` ${first.message}${first.at === undefined ? "" : ` ${first.at}.`}${first.fix === undefined ? "" : ` ${first.fix}`}`;
  return run.end("blocked", count + detail, { issues });
};

const failedCheck = (checks: CheckReport): string => {
  const failed = checks.checks.filter((check) => !check.passed);
  const worst = failed[0];
  return `The answer failed its check and was not written: ${worst?.rule ?? "unknown rule"}, off by ${worst?.largestViolation.toPrecision(3) ?? "?"} ${worst?.unit ?? ""}${
    worst?.detail === undefined || worst.detail === "" ? "" : ` (${worst.detail})`
  }. Please report this with the run's inputs.`;
};

/** Reads the inputs once more before writing: results of a mixed read must say so. */
const changedInputs = async (ports: OptimizePorts, set: string | undefined, before: ReadBook): Promise<readonly string[]> => {
  const after = await readCells(ports.workbook, set);
  return after === before.cells ? [] : ["Inputs changed while solving; these results are of the inputs before. Run again."];
};

const write = async (
  run: RunContext,
  read: ReadBook,
  outcome: AllocationOutcome,
  checks: CheckReport,
  facts: Pick<RunFacts, "inputHash" | "headline" | "status" | "warnings">,
  question: WrittenAnswer["question"] | undefined,
): Promise<readonly string[]> => {
  const { ports, runId } = run;
  const finishedAt = ports.machine.now();
  const refs = inputReferences(read.parsed.tables);
  const log = reportRunLog(outcome, checks, { runId, finishedAt, version: ports.version, ...facts, credit: read.parsed.book.credit ?? [] });
  const sheets = await ports.workbook.writeReport({
    runId,
    names: reportSheetNames,
    completeStatus: completeStatus(runId, finishedAt, ports.version),
    build: (actual): readonly ReportSheet[] => [
      reportAllocation(outcome, read.parsed.book, refs, facts.headline),
      reportCoverage(outcome, read.parsed.book, actual.get("Allocation") ?? "Allocation", facts.headline),
      reportInventory(outcome, facts.headline),
      reportMovements(outcome, facts.headline),
      reportAnalysis(outcome, facts.headline, read.parsed.book.settings.horizonDays),
      log,
    ],
  });
  if (question !== undefined) run.onWritten({ question, runId, inputHash: facts.inputHash, log });
  return sheets;
};
