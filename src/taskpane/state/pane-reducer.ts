import type { RunSummary } from "../../app/collateral-app";
import { draftsOf } from "./mapping-draft";
import { hasAnswer, withMoveCosts, type Notice, type PaneAction, type PaneState } from "./pane-state";

type Optional = "progress" | "startedAt" | "notice" | "set" | "mapping" | "earlierResult";

/** Drops optional properties: with exact optional types, `undefined` is not the same as absent. */
const without = (state: PaneState, ...names: readonly Optional[]): PaneState => {
  const copy: { -readonly [K in keyof PaneState]: PaneState[K] } = { ...state };
  for (const name of names) delete copy[name];
  return copy;
};

const withNotice = (state: PaneState, notice: Notice): PaneState => ({ ...state, notice });

const onRunFinished = (state: PaneState, summary: RunSummary): PaneState => {
  const isKnown = state.lastRun?.runId === summary.runId && state.lastRun.finishedAt === summary.finishedAt;
  if (isKnown && !state.progress) return withOpinion(state, summary);
  const ended: PaneState = { ...without(state, "progress", "startedAt", "notice"), request: "none", lastRun: summary };
  const answered = hasAnswer(summary) ? withAnswer(ended, summary) : ended;
  // After a cancel nothing new is to be seen in the results: the user stays where the button was.
  if (summary.status === "cancelled") return answered;
  return { ...answered, tab: "Results", focusRequest: state.focusRequest + 1 };
};

/** A second engine's opinion comes after the end of its run; it moves nobody to another tab. */
const withOpinion = (state: PaneState, summary: RunSummary): PaneState => {
  if (summary.secondOpinion === undefined || state.lastRun?.secondOpinion === summary.secondOpinion) return state;
  return { ...state, lastRun: summary, ...(state.lastResult?.runId === summary.runId ? { lastResult: summary } : {}) };
};

/** The answer that goes stays beside the new one, to compare with. */
const withAnswer = (state: PaneState, summary: RunSummary): PaneState => {
  const earlier = state.lastResult;
  return withMoveCosts(earlier === undefined || earlier.runId === summary.runId ? state : { ...state, earlierResult: earlier }, summary);
};

const onSampleInserted = (state: PaneState, suffix: string, message: string): PaneState =>
  withNotice(
    { ...state, sample: "idle", set: suffix, tab: "Data", welcome: "closed", focusRequest: state.focusRequest + 1 },
    { tab: "Data", intent: "success", text: message },
  );

const onRestored = (state: PaneState, message: string, lastRun: RunSummary | undefined): PaneState => {
  const restored = withNotice({ ...state, isRestoring: false }, { tab: "Results", intent: "success", text: message });
  if (!lastRun) return restored;
  return hasAnswer(lastRun) ? withMoveCosts({ ...without(restored, "earlierResult"), lastRun }, lastRun) : { ...restored, lastRun };
};

const reduceSample = (state: PaneState, action: PaneAction): PaneState | undefined => {
  switch (action.type) {
    case "sampleAsked":
      return { ...state, sample: "asking" };
    case "sampleDeclined":
      return { ...state, sample: "idle" };
    case "sampleStarted":
      return { ...without(state, "notice"), sample: "inserting" };
    case "sampleInserted":
      return onSampleInserted(state, action.suffix, action.message);
    case "sampleFailed":
      return withNotice({ ...state, sample: "idle" }, { tab: "Data", intent: "error", text: action.message });
    default:
      return undefined;
  }
};

const reduceData = (state: PaneState, action: PaneAction): PaneState | undefined => {
  switch (action.type) {
    case "setChosen":
      return { ...state, set: action.set };
    case "checkStarted":
      return { ...state, data: { ...state.data, phase: "checking" } };
    case "checkFinished":
      return {
        ...state,
        data: { phase: "ready", status: action.status },
        set: action.status.chosenSet,
        // Only a pane that has just opened asks the workbook: later it knows better what was thrown away.
        ...(state.data.status === undefined
          ? { drafts: { ...draftsOf(action.status.sources ?? [], action.status.drafts ?? []), ...state.drafts } }
          : {}),
      };
    case "checkFailed":
      return withNotice({ ...state, data: { ...state.data, phase: "failed" } }, { tab: "Data", intent: "error", text: action.message });
    default:
      return undefined;
  }
};

const reduceRun = (state: PaneState, action: PaneAction): PaneState | undefined => {
  switch (action.type) {
    case "runProgressed":
      return {
        ...(state.progress ? state : without(state, "notice")),
        progress: action.progress,
        ...(action.startedAt === undefined ? {} : { startedAt: action.startedAt }),
      };
    case "runRequested":
      return state.progress ? { ...state, request: action.request } : state;
    case "runFinished":
      return onRunFinished(state, action.summary);
    case "restoreStarted":
      return { ...without(state, "notice"), isRestoring: true };
    case "restoreFinished":
      return onRestored(state, action.message, action.lastRun);
    default:
      return undefined;
  }
};

/** Forgets what was said of the table that is being mapped. */
const withoutDraft = (state: PaneState): PaneState => ({
  ...state,
  drafts: Object.fromEntries(Object.entries(state.drafts).filter(([key]) => key !== state.mapping)),
});

const reduceWriting = (state: PaneState, action: PaneAction): PaneState | undefined => {
  switch (action.type) {
    case "mappingOpened":
      return { ...without(state, "notice"), tab: "Data", mapping: action.key, focusRequest: state.focusRequest + 1 };
    case "mappingDrafted":
      return { ...state, drafts: { ...state.drafts, [action.key]: action.draft } };
    case "mappingClosed":
      return { ...without(withoutDraft(state), "mapping", "notice"), focusRequest: state.focusRequest + 1 };
    case "writingStarted":
      return { ...without(state, "notice"), isWriting: true };
    case "writingEnded": {
      const ended = withNotice({ ...state, isWriting: false }, action.notice);
      return action.isDone && state.mapping !== undefined
        ? { ...without(withoutDraft(ended), "mapping"), focusRequest: state.focusRequest + 1 }
        : ended;
    }
    default:
      return undefined;
  }
};

/** Answers what the pane looks like after an action; pure, so that every step of the pane can be tested without one. */
export const reducePane = (state: PaneState, action: PaneAction): PaneState => {
  switch (action.type) {
    case "tabChosen": {
      if (state.tab === action.tab) return state;
      // A success has been read by then; what went wrong stays until it is closed.
      const left = state.notice?.tab === state.tab && state.notice.intent === "success" ? without(state, "notice") : state;
      return { ...left, tab: action.tab, focusRequest: state.focusRequest + (action.takesFocus ? 1 : 0) };
    }
    case "welcomeClosed":
      return { ...state, welcome: "closed", focusRequest: state.focusRequest + 1 };
    case "welcomeReopened":
      return { ...state, welcome: "reopened", tab: "Data", focusRequest: state.focusRequest + 1 };
    case "noticed":
      return withNotice({ ...state, isRestoring: false }, action.notice);
    case "problemTold":
      return withNotice(state, { tab: state.tab, intent: "error", text: action.text });
    case "noticeClosed":
      return without(state, "notice");
    default:
      return reduceSample(state, action) ?? reduceData(state, action) ?? reduceRun(state, action) ?? reduceWriting(state, action) ?? state;
  }
};
