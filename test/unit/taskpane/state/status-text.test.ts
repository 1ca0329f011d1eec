import { describeStatus } from "../../../../src/taskpane/state/status-text";
import { openingState, type PaneState } from "../../../../src/taskpane/state/pane-state";
import { badBook, blockedRun, cancelledRun, doneRun, emptyBook, goodBook, shortRun } from "../pane-fixtures";

const state = (extra: Partial<PaneState>): PaneState => ({ ...openingState({ isWelcomed: true }), ...extra });

describe("describeStatus", () => {
  it("prefers the run under way, then the last run, then the data", () => {
    const data = { phase: "ready", status: goodBook } as const;
    expect(describeStatus(state({ data })).text).toBe("Ready: 7 tables, 158 rows read.");
    expect(describeStatus(state({ data, lastRun: doneRun })).text).toBe(doneRun.headline);
    expect(describeStatus(state({ data, lastRun: doneRun, progress: { phase: "solving", text: "Solving" } }))).toEqual({
      text: "Solving",
      intent: "running",
    });
  });

  it("counts blocking problems and missing tables", () => {
    expect(describeStatus(state({ data: { phase: "ready", status: badBook } })).text).toBe("3 problems stop the run.");
    expect(describeStatus(state({ data: { phase: "ready", status: { ...badBook, missing: [], issues: badBook.issues.slice(1, 2) } } })).text).toBe(
      "1 problem stops the run.",
    );
  });

  it("drops the complaint of a blocked run once the data is mended", () => {
    expect(describeStatus(state({ data: { phase: "ready", status: badBook }, lastRun: blockedRun })).text).toBe(blockedRun.headline);
    expect(describeStatus(state({ data: { phase: "ready", status: goodBook }, lastRun: blockedRun })).text).toBe("Ready: 7 tables, 158 rows read.");
  });

  it("says what to do with an empty workbook", () => {
    expect(describeStatus(state({ data: { phase: "ready", status: emptyBook } })).text).toBe(
      "No calls found. Insert the sample, or use your own tables.",
    );
  });

  it("never tints a shortfall or a rule not applied as success", () => {
    const tint = (lastRun: PaneState["lastRun"]): string => describeStatus(state(lastRun ? { lastRun } : {})).intent;
    expect([doneRun, { ...doneRun, status: "stopped" } as const, shortRun, blockedRun, cancelledRun].map(tint)).toEqual([
      "success",
      "info",
      "warning",
      "error",
      "neutral",
    ]);
    const { outcome } = doneRun;
    if (!outcome) throw new Error("fixture without outcome");
    const unapplied = [{ rule: "Cliff tiers", table: "tblTiers", count: 1, effect: "left out" }];
    expect(tint({ ...doneRun, outcome: { ...outcome, unapplied } })).toBe("warning");
    const unmet = [
      {
        kind: "buffer" as const,
        name: "liquidity buffer",
        row: 0,
        agreementId: "",
        scope: "",
        group: "",
        needed: 5,
        reached: 3,
        missing: 2,
        unit: "USD",
      },
    ];
    expect(tint({ ...doneRun, outcome: { ...outcome, unmet } })).toBe("warning");
  });
});
