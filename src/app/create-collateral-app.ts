import { analyseRisk } from "./analyse-risk";
import { acceptTiers, previewTiers } from "./exchange-rules";
import type { AppChange, CollateralApp, InsertedSample, RunHandle, RunOptions, RunProgress, RunSummary } from "./collateral-app";
import { optimize, type OptimizePorts } from "./optimize";
import type { WorkbookPort } from "./ports";
import { readBook } from "./read-book";
import { sampleBook } from "./sample/sample-book";

const insertSample = async (workbook: WorkbookPort): Promise<InsertedSample> => {
  const { suffix, sheets } = await workbook.insertTables(sampleBook());
  const reason = suffix === "" ? " with sample tables." : `; their names end in ${suffix} because the first names are taken.`;
  return { sheets, suffix, message: `Inserted ${sheets.length} sheets${reason}` };
};

/**
 * Makes the use cases on their ports. One run at a time: a second call of `run` answers with the run under way.
 *
 * @param ports workbook, machine, solver, and the version shown to the user
 */
export const createCollateralApp = (ports: OptimizePorts): CollateralApp => {
  const listeners = new Set<(change: AppChange) => void>();
  const tell = (change: AppChange): void => listeners.forEach((listener) => listener(change));
  let current: RunHandle | undefined;
  let last: RunSummary | undefined;
  let written: readonly RunSummary[] = [];
  let chosenSet: string | undefined;

  const run = (options: RunOptions = {}): RunHandle => {
    if (current !== undefined) return current;
    const control = { stop: { requested: false }, cancel: { requested: false } };
    let progress: RunProgress = { phase: "reading", text: "Reading the tables" };
    const { maxMovements } = options;
    const choice = { set: options.set ?? chosenSet, ...(maxMovements === undefined ? {} : { maxMovements }) };
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

  return {
    version: ports.version,
    checkData: async (set) => {
      chosenSet = set ?? chosenSet;
      const { status, cells } = await readBook(ports.workbook, ports.machine.now(), chosenSet);
      return { ...status, inputHash: await ports.machine.hash(cells) };
    },
    insertSample: async () => {
      const inserted = await insertSample(ports.workbook);
      tell("data");
      return inserted;
    },
    run,
    currentRun: () => current,
    lastRun: () => last,
    goTo: (sheet, address) => ports.workbook.select(sheet, address),
    restorePrevious: async () => {
      const sheets = await ports.workbook.restorePrevious();
      const earlier = written.length > 1 ? written[0] : undefined;
      if (sheets.length > 0 && earlier !== undefined) {
        // The pane must show the run whose numbers stand on the sheets.
        last = earlier;
        written = [earlier];
        tell("run");
      }
      return sheets.length === 0
        ? "There are no earlier results to restore in this session."
        : `Restored the earlier results on ${sheets.join(", ")}.`;
    },
    analyseRisk: (choice) => analyseRisk(ports.workbook, choice, chosenSet),
    insertFormula: async (formula) => `Inserted the formula in ${await ports.workbook.insertFormula(formula)}.`,
    previewTiers: (paste) => previewTiers(ports.workbook, ports.machine, paste, chosenSet),
    acceptTiers: async (paste) => {
      const sentence = await acceptTiers(ports.workbook, ports.machine, paste, chosenSet);
      tell("data");
      return sentence;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
