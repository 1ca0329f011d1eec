import { createCrossCheck } from "./cross-check";
import type { AppChange, RunHandle, RunOptions, RunProgress, RunSummary } from "./collateral-app";
import { optimize, type OptimizePorts, type WrittenAnswer } from "./optimize";
import type { SecondOpinion } from "./second-opinion";

/** The runs of a session: at most one under way, and those whose results were written. */
export interface KeptRuns {
  readonly run: (options?: RunOptions) => RunHandle;
  readonly currentRun: () => RunHandle | undefined;
  readonly lastRun: () => RunSummary | undefined;
  readonly restorePrevious: () => Promise<string>;
}

/** Keeps the runs; a second call of `run` answers with the run under way. */
export const keepRuns = (ports: OptimizePorts, tell: (change: AppChange) => void, chosenSet: () => string | undefined): KeptRuns => {
  let current: RunHandle | undefined;
  let last: RunSummary | undefined;
  let written: readonly RunSummary[] = [];
  const crossCheck = createCrossCheck(ports);

  /** Adds the second engine's opinion to the summary of its run, wherever that is still kept. */
  const askSecond = async (answer: WrittenAnswer | undefined): Promise<SecondOpinion | undefined> => {
    const opinion = answer && (await crossCheck.ask(answer));
    if (opinion === undefined) return undefined;
    const withOpinion = (summary: RunSummary): RunSummary => (summary.runId === answer?.runId ? { ...summary, secondOpinion: opinion } : summary);
    last = last && withOpinion(last);
    written = written.map(withOpinion);
    tell("run");
    return opinion;
  };

  const run = (options: RunOptions = {}): RunHandle => {
    if (current !== undefined) return current;
    const control = { stop: { requested: false }, cancel: { requested: false } };
    let progress: RunProgress = { phase: "reading", text: "Reading the tables" };
    const { maxMovements } = options;
    const choice = { set: options.set ?? chosenSet(), ...(maxMovements === undefined ? {} : { maxMovements }) };
    const startedAt = ports.machine.now();
    let answer: WrittenAnswer | undefined;
    const onProgress = (next: RunProgress): void => {
      progress = next;
      options.onProgress?.(next);
      tell("run");
    };
    // A row that is just being added to the log must be there before this run's rows.
    const ready = crossCheck.giveWay();
    const done = ready
      .then(() => optimize(ports, choice, control, onProgress, (next) => (answer = next)))
      .then((summary) => {
        last = summary;
        if (summary.sheets.length > 0) written = [...written.slice(-1), summary];
        current = undefined;
        tell("run");
        return summary;
      });
    current = {
      done,
      secondOpinion: done.then(() => askSecond(answer)),
      startedAt,
      get progress() {
        return progress;
      },
      stop: () => {
        control.stop.requested = true;
      },
      cancel: () => {
        control.cancel.requested = true;
      },
    };
    tell("run");
    return current;
  };

  const restorePrevious = async (): Promise<string> => {
    const sheets = await ports.workbook.restorePrevious();
    const earlier = written.length > 1 ? written[0] : undefined;
    if (sheets.length > 0 && earlier !== undefined) {
      // The pane must show the run whose numbers stand on the sheets.
      last = earlier;
      written = [earlier];
      tell("run");
    }
    return sheets.length === 0 ? "There are no earlier results to restore in this session." : `Restored the earlier results on ${sheets.join(", ")}.`;
  };

  return { run, currentRun: () => current, lastRun: () => last, restorePrevious };
};
