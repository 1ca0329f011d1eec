import { reducePane } from "../../../../src/taskpane/state/pane-reducer";
import { openingState, toPaneTab, type PaneAction, type PaneState } from "../../../../src/taskpane/state/pane-state";
import { badBook, cancelledRun, doneRun, goodBook, shortRun } from "../pane-fixtures";

const fresh = openingState({ isWelcomed: false });
const after = (...actions: readonly PaneAction[]): PaneState => actions.reduce(reducePane, fresh);
const solving: PaneAction = { type: "runProgressed", progress: { phase: "solving", text: "Solving" } };

describe("openingState", () => {
  it("opens on the data, on the last result, or on the run under way", () => {
    expect(fresh.tab).toBe("Data");
    expect(openingState({ isWelcomed: true, lastRun: doneRun }).tab).toBe("Results");
    expect(openingState({ isWelcomed: true, lastRun: doneRun, progress: { phase: "reading", text: "" } }).tab).toBe("Run");
  });
});

describe("toPaneTab", () => {
  it("takes names in any case and nothing else", () => {
    expect([toPaneTab("run"), toPaneTab(" Results "), toPaneTab("x"), toPaneTab(undefined)]).toEqual(["Run", "Results", undefined, undefined]);
  });
});

describe("reducePane", () => {
  it("keeps the old data on show while a new check is under way", () => {
    const state = after({ type: "checkFinished", status: goodBook }, { type: "checkStarted" });
    expect(state.data).toEqual({ phase: "checking", status: goodBook });
  });

  it("takes the set that the app has chosen", () => {
    expect(after({ type: "checkFinished", status: { ...goodBook, chosenSet: "3" } }).set).toBe("3");
  });

  it("keeps the data of before when a check fails, and says so", () => {
    const state = after({ type: "checkFinished", status: badBook }, { type: "checkFailed", message: "No." });
    expect(state.data).toEqual({ phase: "failed", status: badBook });
    expect(state.notice).toEqual({ tab: "Data", intent: "error", text: "No." });
  });

  it("jumps to the results at the end of a run and asks for the focus", () => {
    const state = after(solving, { type: "runFinished", summary: doneRun });
    expect([state.tab, state.progress, state.lastRun, state.lastResult, state.focusRequest]).toEqual(["Results", undefined, doneRun, doneRun, 1]);
  });

  it("does not jump again when an end is told twice", () => {
    const ended = after(solving, { type: "runFinished", summary: doneRun }, { type: "tabChosen", tab: "Data" });
    expect(reducePane(ended, { type: "runFinished", summary: { ...doneRun } })).toBe(ended);
    // A second engine's opinion comes later: it is shown, and moves nobody.
    const secondOpinion = { verdict: "agrees", text: "Second engine agrees: highs 1.15.3, difference 0." } as const;
    const informed = reducePane(ended, { type: "runFinished", summary: { ...doneRun, secondOpinion } });
    expect(informed).toMatchObject({ tab: "Data", focusRequest: ended.focusRequest, lastRun: { secondOpinion }, lastResult: { secondOpinion } });
  });

  it("keeps the last answer through a cancelled run", () => {
    const state = after({ type: "runFinished", summary: shortRun }, { type: "tabChosen", tab: "Run" }, solving, {
      type: "runFinished",
      summary: cancelledRun,
    });
    expect([state.tab, state.lastRun, state.lastResult]).toEqual(["Run", cancelledRun, shortRun]);
  });

  it("asks a run to stop only while there is one", () => {
    expect(after({ type: "runRequested", request: "stop" }).request).toBe("none");
    expect(after(solving, { type: "runRequested", request: "stop" }).request).toBe("stop");
    expect(after(solving, { type: "runRequested", request: "stop" }, { type: "runFinished", summary: doneRun }).request).toBe("none");
  });

  it("clears a notice when a run starts, not at every step of it", () => {
    const noticed = after({ type: "noticed", notice: { tab: "Run", intent: "info", text: "x" } });
    expect(reducePane(noticed, solving).notice).toBeUndefined();
    const during = after(solving, { type: "noticed", notice: { tab: "Run", intent: "info", text: "x" } });
    expect(reducePane(during, solving).notice?.text).toBe("x");
  });

  it("goes on with the set of an inserted sample", () => {
    const state = after({ type: "sampleAsked" }, { type: "sampleStarted" }, { type: "sampleInserted", suffix: "2", message: "In." });
    expect([state.sample, state.set, state.welcome, state.notice?.text]).toEqual(["idle", "2", "closed", "In."]);
  });

  it("shows what was restored", () => {
    const state = after(
      { type: "runFinished", summary: shortRun },
      { type: "restoreStarted" },
      { type: "restoreFinished", message: "Back.", lastRun: doneRun },
    );
    expect([state.isRestoring, state.lastResult, state.notice?.text]).toEqual([false, doneRun, "Back."]);
  });
});
