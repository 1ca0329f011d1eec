import { useCallback, useEffect, useMemo, useReducer, useRef, type Dispatch } from "react";
import type { CollateralApp, RunHandle } from "../../app/collateral-app";
import type { PinRequest, PinView } from "../../app/pins-in-force";
import type { TableMapping } from "../../core/tables/mapping/table-mapping";
import { toTableDraft, type MappingDraft } from "./mapping-draft";
import { messageOf } from "./message-of";
import { reducePane } from "./pane-reducer";
import { openingState, toPaneTab, type PaneAction, type PaneState, type PaneTab } from "./pane-state";
import { readChoices, writeChoices } from "./stored-choices";

/** What the panels can ask for. Every failure ends as a notice in the pane; nothing rejects. */
export interface PaneCommands {
  /** From the tab bar, which keeps the focus. */
  readonly chooseTab: (tab: PaneTab) => void;
  /** From inside a panel: the focus goes to the other panel's heading. */
  readonly goToTab: (tab: PaneTab) => void;
  readonly closeWelcome: () => void;
  readonly reopenWelcome: () => void;
  readonly checkData: (set?: string) => Promise<void>;
  /** Inserts at once into a workbook without tables of ours, else asks first. */
  readonly trySample: () => void;
  readonly insertSample: () => Promise<void>;
  readonly declineSample: () => void;
  /** Runs; with a number, no run makes more moves than that. */
  readonly run: (maxMovements?: number) => void;
  readonly stop: () => void;
  readonly cancel: () => void;
  readonly goTo: (sheet: string, address: string) => Promise<void>;
  readonly restorePrevious: () => Promise<void>;
  readonly closeNotice: () => void;
  /** Opens the columns of a table, to say what they hold. */
  readonly openMapping: (key: string) => void;
  /** Keeps what was said so far, not saved. */
  readonly draftMapping: (key: string, draft: MappingDraft) => void;
  /** Throws it away. */
  readonly closeMapping: () => void;
  readonly saveMapping: (mapping: TableMapping) => Promise<void>;
  readonly forgetMapping: (key: string) => Promise<void>;
  readonly addPin: (request: PinRequest) => Promise<void>;
  readonly undoPin: (pin: PinView) => Promise<void>;
}

const start = (app: CollateralApp): PaneState => {
  const running = app.currentRun();
  return openingState({
    isWelcomed: readChoices().isWelcomed,
    progress: running && progressOf(running),
    lastRun: app.lastRun(),
  });
};

const progressOf = (handle: RunHandle): NonNullable<RunHandle["progress"]> => handle.progress ?? { phase: "reading", text: "Starting the run" };

/** Follows the run under way, whoever started it: the pane, the ribbon, or a pane that has been closed since. */
const useRunFollower = (app: CollateralApp, dispatch: Dispatch<PaneAction>, onEnded: () => void): (() => void) => {
  const told = useRef(app.lastRun());
  const followed = useRef<RunHandle | undefined>(undefined);
  return useCallback(() => {
    const handle = app.currentRun();
    if (!handle) {
      // A run of the ribbon can be over before we hear of it. While we follow one, its own promise tells the end.
      const last = app.lastRun();
      if (!last || followed.current) return;
      dispatch({ type: "runFinished", summary: last });
      // The second engine's opinion changes the summary, not the book.
      if (told.current?.runId !== last.runId) onEnded();
      told.current = last;
      return;
    }
    const { startedAt } = handle;
    dispatch({ type: "runProgressed", progress: progressOf(handle), ...(startedAt === undefined ? {} : { startedAt }) });
    if (followed.current === handle) return;
    followed.current = handle;
    void handle.done.then((summary) => {
      if (followed.current === handle) followed.current = undefined;
      told.current = summary;
      dispatch({ type: "runFinished", summary });
      onEnded();
    });
  }, [app, dispatch, onEnded]);
};

const useDataCommands = (
  app: CollateralApp,
  dispatch: Dispatch<PaneAction>,
  hasTables: boolean,
): {
  readonly commands: Pick<PaneCommands, "checkData" | "trySample" | "insertSample" | "declineSample">;
  readonly onDataChanged: () => void;
  readonly onRunEnded: () => void;
} => {
  // Only the latest check may speak: an earlier, slower one would show the set that was left.
  const latest = useRef(0);
  const isInserting = useRef(false);
  const checkData = useCallback(
    async (set?: string) => {
      const mine = ++latest.current;
      if (set !== undefined) dispatch({ type: "setChosen", set });
      dispatch({ type: "checkStarted" });
      try {
        const status = await app.checkData(set);
        if (mine === latest.current) dispatch({ type: "checkFinished", status });
      } catch (error) {
        if (mine !== latest.current) return;
        dispatch({ type: "checkFailed", message: `The tables could not be read: ${messageOf(error)}` });
      }
    },
    [app, dispatch],
  );
  const insertSample = useCallback(async () => {
    dispatch({ type: "sampleStarted" });
    isInserting.current = true;
    try {
      const sample = await app.insertSample();
      writeChoices({ isWelcomed: true });
      dispatch({ type: "sampleInserted", suffix: sample.suffix, message: sample.message });
      await checkData(sample.suffix);
    } catch (error) {
      dispatch({ type: "sampleFailed", message: `The sample was not inserted: ${messageOf(error)}` });
    } finally {
      isInserting.current = false;
    }
  }, [app, dispatch, checkData]);
  // Our own insertion checks the set it has made; only one that came from elsewhere is news.
  const onDataChanged = useCallback(() => {
    if (!isInserting.current) void checkData();
  }, [checkData]);
  // The hash of the inputs as they are now: without it the results would be compared with an older look at the cells.
  const onRunEnded = useCallback(() => void checkData(), [checkData]);
  const trySample = useCallback(() => {
    if (hasTables) dispatch({ type: "sampleAsked" });
    else void insertSample();
  }, [dispatch, hasTables, insertSample]);
  const declineSample = useCallback(() => dispatch({ type: "sampleDeclined" }), [dispatch]);
  return { commands: { checkData, trySample, insertSample, declineSample }, onDataChanged, onRunEnded };
};

const useRunCommands = (
  app: CollateralApp,
  dispatch: Dispatch<PaneAction>,
  state: PaneState,
  follow: () => void,
): Pick<PaneCommands, "run" | "stop" | "cancel" | "goTo" | "restorePrevious"> => {
  const { set, tab } = state;
  const run = useCallback(
    (maxMovements?: number) => {
      app.run({ ...(set === undefined ? {} : { set }), ...(maxMovements === undefined ? {} : { maxMovements }) });
      dispatch({ type: "tabChosen", tab: "Run", takesFocus: true });
      follow();
    },
    [app, dispatch, set, follow],
  );
  const request = useCallback(
    (what: "stop" | "cancel") => {
      dispatch({ type: "runRequested", request: what });
      app.currentRun()?.[what]();
    },
    [app, dispatch],
  );
  const goTo = useCallback(
    async (sheet: string, address: string) => {
      try {
        await app.goTo(sheet, address);
      } catch (error) {
        dispatch({ type: "noticed", notice: { tab, intent: "error", text: `${sheet}!${address} cannot be shown: ${messageOf(error)}` } });
      }
    },
    [app, dispatch, tab],
  );
  const restorePrevious = useCallback(async () => {
    dispatch({ type: "restoreStarted" });
    try {
      const message = await app.restorePrevious();
      const lastRun = app.lastRun();
      dispatch({ type: "restoreFinished", message, ...(lastRun ? { lastRun } : {}) });
    } catch (error) {
      dispatch({ type: "noticed", notice: { tab: "Results", intent: "error", text: `Nothing was restored: ${messageOf(error)}` } });
    }
  }, [app, dispatch]);
  return { run, stop: () => request("stop"), cancel: () => request("cancel"), goTo, restorePrevious };
};

type WritingCommands = Pick<PaneCommands, "openMapping" | "draftMapping" | "closeMapping" | "saveMapping" | "forgetMapping" | "addPin" | "undoPin">;

/** What a person decides in the pane and the workbook then holds: mappings and pins. */
const useWritingCommands = (app: CollateralApp, dispatch: Dispatch<PaneAction>, mapping: string | undefined): WritingCommands =>
  useMemo(() => {
    // A draft that could not be kept is still in the pane: nobody is stopped for that.
    const keep = (key: string, draft: MappingDraft | undefined): void =>
      void app.keepDraft(key, draft && toTableDraft(key, draft)).catch(() => undefined);
    const write = async (tab: PaneTab, failure: string, ask: () => Promise<string>): Promise<void> => {
      dispatch({ type: "writingStarted" });
      try {
        dispatch({ type: "writingEnded", isDone: true, notice: { tab, intent: "success", text: await ask() } });
      } catch (error) {
        dispatch({ type: "writingEnded", isDone: false, notice: { tab, intent: "error", text: `${failure}: ${messageOf(error)}` } });
      }
    };
    return {
      openMapping: (key) => dispatch({ type: "mappingOpened", key }),
      draftMapping: (key, draft) => {
        dispatch({ type: "mappingDrafted", key, draft });
        keep(key, draft);
      },
      closeMapping: () => {
        dispatch({ type: "mappingClosed" });
        if (mapping !== undefined) keep(mapping, undefined);
      },
      saveMapping: (mapping) => write("Data", "The mapping was not saved", () => app.saveMapping(mapping)),
      forgetMapping: (key) => write("Data", "Nothing was changed", () => app.forgetMapping(key)),
      addPin: (request) => write("Results", "Nothing was pinned", () => app.addPin(request)),
      undoPin: (pin) => write("Results", "Nothing was changed", () => app.undoPin(pin)),
    };
  }, [app, dispatch, mapping]);

/** Connects the pane's reducer with the app's port and with the ribbon. */
export const usePane = (app: CollateralApp): { readonly state: PaneState; readonly commands: PaneCommands } => {
  const [state, dispatch] = useReducer(reducePane, app, start);
  const hasTables = (state.data.status?.tables.length ?? 0) > 0;
  const data = useDataCommands(app, dispatch, hasTables);
  const follow = useRunFollower(app, dispatch, data.onRunEnded);
  const runs = useRunCommands(app, dispatch, state, follow);
  const writing = useWritingCommands(app, dispatch, state.mapping);
  const { onDataChanged } = data;
  const { checkData } = data.commands;

  useEffect(() => {
    follow();
    void checkData();
    return app.subscribe((change) => {
      if (change === "data") onDataChanged();
      follow();
    });
  }, [app, follow, checkData, onDataChanged]);

  useEffect(() => {
    const onNavigate = (event: Event): void => {
      const tab = toPaneTab((event as CustomEvent<unknown>).detail);
      if (tab) dispatch({ type: "tabChosen", tab, takesFocus: true });
      follow();
    };
    // A ribbon command has no surface of its own: what went wrong there is said here.
    const onProblem = (event: Event): void => {
      const problem: unknown = (event as CustomEvent<unknown>).detail;
      if (typeof problem === "string" && problem !== "") dispatch({ type: "problemTold", text: problem });
    };
    window.addEventListener("coll:navigate", onNavigate);
    window.addEventListener("coll:problem", onProblem);
    return () => {
      window.removeEventListener("coll:navigate", onNavigate);
      window.removeEventListener("coll:problem", onProblem);
    };
  }, [follow]);

  const { tab: shownTab, set } = state;
  const isBusy = state.progress !== undefined || state.sample === "inserting";
  const show = useCallback(
    (tab: PaneTab, takesFocus?: true) => {
      dispatch({ type: "tabChosen", tab, ...(takesFocus ? { takesFocus } : {}) });
      // Cells may have been mended since the last look.
      if ((tab === "Data" || tab === "Results") && shownTab !== tab && !isBusy) void checkData(set);
    },
    [checkData, shownTab, set, isBusy],
  );
  const commands = useMemo<PaneCommands>(
    () => ({
      ...data.commands,
      ...runs,
      ...writing,
      chooseTab: (tab) => show(tab),
      goToTab: (tab) => show(tab, true),
      closeWelcome: () => {
        writeChoices({ isWelcomed: true });
        dispatch({ type: "welcomeClosed" });
      },
      reopenWelcome: () => dispatch({ type: "welcomeReopened" }),
      closeNotice: () => dispatch({ type: "noticeClosed" }),
    }),
    [data.commands, runs, writing, show],
  );
  return { state, commands };
};
