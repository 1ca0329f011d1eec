/** @jest-environment jsdom */
import { act } from "react";
import type { RunSummary } from "../../../../src/app/collateral-app";
import type { PinView } from "../../../../src/app/pins-in-force";
import { FakeApp } from "../fake-app";
import { doneRun, goodBook, goodOutcome, shortRun } from "../pane-fixtures";
import { renderPane, type RenderedPane } from "../render-pane";

let pane: RenderedPane;
const open = async (last: RunSummary, data = goodBook): Promise<FakeApp> => {
  const app = new FakeApp(data);
  app.last = last;
  pane = await renderPane(app);
  return app;
};

afterEach(() => {
  pane.close();
  jest.useRealTimers();
});

const withCurve: RunSummary = {
  ...doneRun,
  outcome: {
    ...goodOutcome,
    curve: [
      { movements: 4, costPerDay: 1260, shortfall: 0, gap: 0 },
      { movements: 2, costPerDay: 1400, shortfall: 0, gap: 0.02 },
    ],
  },
};

const type = (label: string, value: string): Promise<void> =>
  pane.settle(() => {
    const labelled = [...pane.host.querySelectorAll("label")].find((element) => element.textContent?.startsWith(label));
    const input = document.getElementById(labelled?.htmlFor ?? "") as HTMLInputElement;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });

it("says below the answer what was not worked out besides it", async () => {
  const sentence = "The cost of fewer movements is worked out only for an answer that is proved best.";
  await open({ ...doneRun, outcome: { ...goodOutcome, untold: [sentence] } });
  expect(pane.panelText()).toContain(`Not worked out${sentence}`);
  expect(pane.panelText().indexOf("Cost, ")).toBeLessThan(pane.panelText().indexOf("Not worked out"));
});

describe("the second engine's opinion", () => {
  const withOpinion = (verdict: "agrees" | "differs", text: string): RunSummary => ({ ...doneRun, secondOpinion: { verdict, text } });

  it("is a line of the Run tab and of the run's details where it agrees", async () => {
    await open(withOpinion("agrees", "Second engine agrees: highs 1.15.3, difference 2e-16."));
    expect(pane.host.querySelectorAll(".fui-MessageBar")).toHaveLength(0);
    await pane.click("tab", "Run");
    expect(pane.panelText()).toContain("Second engine agrees: highs 1.15.3, difference 2e-16.");
  });

  it("is a warning on both tabs where it does not", async () => {
    await open(withOpinion("differs", "Second engine disagrees: highs 1.15.3, difference 3e-6 of the cost."));
    expect(pane.panelText()).toContain("Second engine disagrees");
    await pane.click("tab", "Run");
    expect(pane.panelText()).toContain("Second engine disagrees");
    const bars = [...pane.host.querySelectorAll(".fui-MessageBar")].map((bar) => bar.textContent);
    expect(bars).toEqual([expect.stringContaining("Second engine disagrees"), expect.stringContaining("Second engine disagrees")]);
  });
});

describe("cost against moves", () => {
  it("shows each point with what it costs more, and runs again with the chosen one as cap", async () => {
    const app = await open(withCurve);
    expect(pane.panelText()).toContain("2 moves1,400 USD a day165.60 USD a day more, gap 2%");
    expect(pane.panelText()).toContain("6 moves (this result)1,234 USD a daycheapest");
    await type("Fewest moves for at most so much more", "30");
    await pane.click("button", "Run with at most 4 moves");
    expect(app.calls).toContain("run(, 4)");
    expect(document.activeElement?.textContent).toBe("Cheapest allocation");
  });

  it("takes a number of one's own where no curve was computed, and only a whole one", async () => {
    const app = await open(doneRun);
    await type("At most so many moves", "2.5");
    expect(pane.panelText()).toContain("Type a whole number.");
    await pane.click("button", "Run with at most so many");
    expect(app.calls.some((call) => call.startsWith("run("))).toBe(false);
    await type("At most so many moves", "3");
    await pane.click("button", "Run with at most so many");
    expect(app.calls).toContain("run(, 3)");
  });

  it("keeps the run before beside the new one", async () => {
    const app = await open(doneRun);
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    await pane.settle(() =>
      app.active?.finish({ ...doneRun, runId: "R-9", finishedAt: "2026-11-22T10:41:07Z", outcome: { ...goodOutcome, costPerDay: 1300.2 } }),
    );
    expect(pane.panelText()).toContain("Run before");
    expect(pane.panelText()).toContain("1,3008/86");
  });
});

describe("pinning from the allocation", () => {
  const forbidden: PinView = {
    agreementId: "OKX-MAIN",
    assetId: "BTC",
    location: "Copper",
    action: "forbid",
    isOurs: true,
    sheet: "Pins",
    address: "A6",
  };

  it("pins at the amount found or forbids, and says that a run applies it", async () => {
    const app = await open(doneRun);
    await pane.click("button", "Allocation: 2 rows, pin or forbid");
    await pane.click("button", "Pin BTC at OKX-MAIN at 12.345678");
    expect(app.calls).toContain('addPin({"agreementId":"OKX-MAIN","assetId":"BTC","location":"Copper","action":"pin","quantity":12.345678})');
    expect(pane.panelText()).toContain("Run again to apply it.");
    await pane.click("button", "Forbid US912828E107 at CSA-NORTH-VM");
    expect(app.calls).toContain('addPin({"agreementId":"CSA-NORTH-VM","assetId":"US912828E107","location":"Custodian","action":"forbid"})');
  });

  it("takes its own pin back, keeps the focus on the line, and leads to a row of the user's", async () => {
    const app = await open(doneRun, {
      ...goodBook,
      pins: [forbidden, { ...forbidden, agreementId: "CSA-NORTH-VM", assetId: "US912828E107", location: "", isOurs: false, address: "A7" }],
    });
    await pane.click("button", "Allocation: 2 rows, pin or forbid");
    expect(pane.find("button", "Forbid BTC at OKX-MAIN")).toBeUndefined();
    app.data = { ...app.data, pins: [] };
    const undo = [...pane.host.querySelectorAll<HTMLElement>("td button, th button")].find(
      (button) => button.getAttribute("aria-label") === "Undo: BTC at OKX-MAIN",
    );
    await pane.settle(() => {
      undo?.focus();
      undo?.click();
    });
    expect(app.calls).toContain("undoPin(OKX-MAIN, BTC)");
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Pin BTC at OKX-MAIN at 12.345678");
  });

  it("leads to the cell of a pin that it has not written", async () => {
    const app = await open(doneRun, { ...goodBook, pins: [{ ...forbidden, isOurs: false }] });
    await pane.click("button", "Allocation: 2 rows, pin or forbid");
    await pane.click("button", "Go to cell: pin of BTC at OKX-MAIN");
    expect(app.calls).toContain("goTo(Pins!A6)");
  });
});

describe("repairs", () => {
  it("lead to the cell that they change", async () => {
    const conflict = shortRun.outcome!.conflicts[0]!;
    const edits = [{ table: "tblLimits", row: 3, column: "limit", value: 0.372 }];
    const app = await open(
      {
        ...shortRun,
        outcome: { ...shortRun.outcome!, conflicts: [{ ...conflict, repairs: [{ ...conflict.repairs[0]!, edits }, conflict.repairs[1]!] }] },
      },
      {
        ...goodBook,
        tables: goodBook.tables.map((table) => (table.kind === "limits" ? { ...table, address: "B5:H10", columns: { limit: 4 } } : table)),
      },
    );
    await pane.click("button", "Go to cell: Raise the BTC cap from 30 % to 37.2 %");
    expect(app.calls).toContain("goTo(Limits!F8)");
    expect(pane.find("button", "Go to cell: Add 180,000 USDC eligible for CSA-NORTH-IM")).toBeUndefined();
  });
});

describe("the clock of a run", () => {
  it("ticks each second against the limit, and shows best cost, bound and gap as they come", async () => {
    jest.useFakeTimers({ now: new Date("2026-11-22T10:00:00Z") });
    const app = new FakeApp(goodBook);
    app.startedAt = "2026-11-22T10:00:00Z";
    pane = await renderPane(app);
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    expect(pane.panelText()).toContain("Time0 s");
    expect(pane.panelText()).toContain("Gap–");
    const search = { currency: "USD", limitSeconds: 10, bestPerDay: 12431.2, boundPerDay: 12195, gap: 0.019 };
    await pane.settle(() => app.active?.report({ phase: "solving", text: "Solving", search }));
    await act(async () => jest.advanceTimersByTime(3000));
    expect(pane.panelText()).toContain("Time3 s, search limit 10 s");
    expect(pane.panelText()).toContain("Best, moves included12,431 USD a dayLeast possible12,195 USD a dayGap1.9%");
    expect(pane.host.querySelector('[role="progressbar"][aria-label="Progress"]')?.getAttribute("aria-valuenow")).toBe("0.3");
    await pane.click("button", "Stop");
    expect(pane.panelText()).toContain("Stopping; the best answer so far is checked and written.");
  });
});
