import type { AppChange, RunHandle, RunOptions, RunProgress, RunSummary } from "./collateral-app";
import { optimize, type OptimizePorts } from "./optimize";

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

  const run = (options: RunOptions = {}): RunHandle => {
    if (current !== undefined) return current;
    const control = { stop: { requested: false }, cancel: { requested: false } };
    let progress: RunProgress = { phase: "reading", text: "Reading the tables" };
    const { maxMovements } = options;
    const choice = { set: options.set ?? chosenSet(), ...(maxMovements === undefined ? {} : { maxMovements }) };
    const startedAt = ports.machine.now();
    const done = optimize(ports, choice, control, (next) => {
      progress = next;
      options.onProgress?.(next);
      tell("run");
    }).then((summary) => {
      last = summary;
      if (summary.sheets.length > 0) written = [...written.slice(-1), summary];
      current = undefined;
      tell("run");
      return summary;
    });
    current = {
      done,
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
