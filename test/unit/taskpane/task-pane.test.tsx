/** @jest-environment jsdom */
import { FakeApp } from "./fake-app";
import { badBook, blockedRun, cancelledRun, doneRun, emptyBook, goodBook, shortRun } from "./pane-fixtures";
import { renderPane, type RenderedPane } from "./render-pane";

let pane: RenderedPane;
const open = async (app: FakeApp): Promise<FakeApp> => {
  pane = await renderPane(app);
  return app;
};
const tabsSelected = (): (string | null)[] => [...pane.host.querySelectorAll('[role="tab"][aria-selected="true"]')].map((tab) => tab.textContent);

afterEach(() => pane.close());

describe("tabs", () => {
  it("are five, by role and name, and one is a stop in the tab order", async () => {
    await open(new FakeApp(goodBook));
    const tabs = [...pane.host.querySelectorAll<HTMLElement>('[role="tab"]')];
    expect(tabs.map((tab) => tab.textContent)).toEqual(["Data", "Run", "Results", "Risk", "Help"]);
    expect(tabs.map((tab) => tab.tabIndex)).toEqual([0, -1, -1, -1, -1]);
    expect(tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls") ?? "")?.getAttribute("role"))).toEqual(
      Array(5).fill("tabpanel"),
    );
  });

  it("move with the arrow keys, Home and End, round the ends", async () => {
    await open(new FakeApp(goodBook));
    pane.get("tab", "Data").focus();
    await pane.press("ArrowRight");
    expect(tabsSelected()).toEqual(["Run"]);
    expect(document.activeElement).toBe(pane.get("tab", "Run"));
    await pane.press("End");
    expect(tabsSelected()).toEqual(["Help"]);
    await pane.press("ArrowRight");
    expect(tabsSelected()).toEqual(["Data"]);
    await pane.press("ArrowLeft");
    expect(tabsSelected()).toEqual(["Help"]);
    await pane.press("Home");
    expect(tabsSelected()).toEqual(["Data"]);
  });

  it("keep the focus when chosen in the bar, and hand it on when chosen inside a panel", async () => {
    await open(new FakeApp(goodBook));
    await pane.click("tab", "Results");
    expect(document.activeElement).toBe(pane.get("tab", "Results"));
    await pane.click("button", "Continue");
    expect(tabsSelected()).toEqual(["Run"]);
    expect(document.activeElement?.textContent).toBe("Cheapest allocation");
  });

  it("follow the ribbon", async () => {
    await open(new FakeApp(goodBook));
    await pane.settle(() => window.dispatchEvent(new CustomEvent("coll:navigate", { detail: "help" })));
    expect(tabsSelected()).toEqual(["Help"]);
    await pane.settle(() => window.dispatchEvent(new CustomEvent("coll:navigate", { detail: "nowhere" })));
    expect(tabsSelected()).toEqual(["Help"]);
  });
});

describe("the first screen", () => {
  it("leads with the sample and never asks to sign in", async () => {
    const app = await open(new FakeApp(emptyBook));
    app.dataAfterSample = goodBook;
    expect(pane.find("button", "Use my data")).toBeDefined();
    await pane.click("button", "Try the sample");
    expect(app.calls).toEqual(["checkData()", "insertSample", "checkData()"]);
    expect(pane.panelText()).toContain("Sample inserted on 9 new sheets.");
    expect(pane.panelText()).toContain("7 tables found");
  });

  it("shows which tables are needed to those who have their own, and stays away afterwards", async () => {
    await open(new FakeApp(emptyBook));
    await pane.click("button", "Use my data");
    expect(pane.panelText()).toContain("tblAgreements");
    pane.host.remove();
    const again = await renderPane(new FakeApp(emptyBook));
    expect(again.find("button", "Use my data")).toBeUndefined();
    expect(again.find("button", "Try the sample")).toBeDefined();
    again.close();
  });

  it("is not shown to a workbook that has tables", async () => {
    await open(new FakeApp(goodBook));
    expect(pane.find("button", "Use my data")).toBeUndefined();
  });

  it("says why the sample could not be inserted", async () => {
    const app = await open(new FakeApp(emptyBook));
    app.failure = new Error("The workbook is protected.");
    await pane.click("button", "Try the sample");
    expect(pane.panelText()).toContain("The sample was not inserted: The workbook is protected.");
    expect(pane.find("button", "Try the sample")).toBeDefined();
  });
});

describe("a second sample", () => {
  it("is asked about in the pane, and goes in only after yes", async () => {
    const app = await open(new FakeApp(goodBook));
    app.sample = { sheets: [], suffix: "2", message: "Sample inserted as set 2." };
    await pane.click("button", "Try the sample");
    expect(app.calls).not.toContain("insertSample");
    await pane.click("button", "Keep what is there");
    expect(pane.find("button", "Insert another copy")).toBeUndefined();
    await pane.click("button", "Try the sample");
    await pane.click("button", "Insert another copy");
    expect(app.calls).toContain("insertSample");
    expect(app.calls.at(-1)).toBe("checkData(2)");
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    expect(app.calls.at(-1)).toBe("run(2)");
  });
});

describe("a sample from the ribbon", () => {
  it("is found by itself, and what went wrong there is said in the pane", async () => {
    const app = await open(new FakeApp(emptyBook));
    app.dataAfterSample = goodBook;
    await pane.settle(() => void app.insertSample());
    expect(pane.panelText()).toContain("7 tables found");
    await pane.settle(() => window.dispatchEvent(new CustomEvent("coll:problem", { detail: "The workbook is protected." })));
    expect(pane.panelText()).toContain("The workbook is protected.");
  });
});

describe("problems", () => {
  it("name a missing table once, also where it is among the issues", async () => {
    await open(new FakeApp({ ...badBook, issues: [{ code: "missing-table", severity: "error", message: "No table tblFx was found." }] }));
    expect(pane.status()).toBe("1 problem stops the run.");
    expect(pane.panelText()).not.toContain("No table tblFx was found.");
    expect(pane.panelText()).toContain("tblFx: rates into the base currency. Headers: currency, rate.");
  });

  it("are grouped by how much they matter, with place and fix", async () => {
    await open(new FakeApp(badBook));
    const headings = [...pane.host.querySelectorAll('[role="tabpanel"]:not([hidden]) h2')].map((heading) => heading.textContent);
    expect(headings).toEqual([
      "1 table is missing",
      "2 problems stop the run",
      "1 to check",
      "1 for information",
      "3 tables found",
      "Exchange rules",
    ]);
    expect(pane.panelText()).toContain("Haircut of SOL for OKX-MAIN is blank.Type the haircut, or none if no haircut applies.");
    expect(pane.status()).toBe("3 problems stop the run.");
  });

  it("lead to their cells", async () => {
    const app = await open(new FakeApp(badBook));
    const button = pane.get("button", "Go to cell");
    expect(document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
      "tblEligibility[haircut] row 7 (Eligibility!D8)",
    );
    await pane.click("button", "Go to cell");
    expect(app.calls.at(-1)).toBe("goTo(Eligibility!D8)");
  });

  it("tell when a cell cannot be shown", async () => {
    const app = await open(new FakeApp(badBook));
    app.failure = new Error("The sheet is hidden.");
    await pane.click("button", "Go to cell");
    expect(pane.panelText()).toContain("Eligibility!D8 cannot be shown: The sheet is hidden.");
  });

  it("count rows left out beside rows read", async () => {
    await open(new FakeApp(badBook));
    expect(pane.panelText()).toContain("125 rows read, 3 left out.");
  });
});

describe("sets of tables", () => {
  it("can be chosen between, and the choice goes into the run", async () => {
    const app = await open(new FakeApp({ ...goodBook, sets: ["", "2"] }));
    const select = pane.host.querySelector("select") as HTMLSelectElement;
    await pane.settle(() => {
      select.value = "2";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
    expect(app.calls.at(-1)).toBe("checkData(2)");
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    expect(app.calls.at(-1)).toBe("run(2)");
  });

  it("are not mentioned where there is one", async () => {
    await open(new FakeApp(goodBook));
    expect(pane.host.querySelector("select")).toBeNull();
  });
});

describe("a run", () => {
  it("reports its progress and then its result, and jumps to the results", async () => {
    const app = await open(new FakeApp(goodBook));
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    await pane.settle(() => app.active?.report({ phase: "solving", text: "Solving: gap 0.8 %, 6 s of 10 s", fraction: 0.6 }));
    expect(pane.status()).toBe("Solving: gap 0.8 %, 6 s of 10 s");
    expect(pane.host.querySelector('[aria-current="step"]')?.textContent).toBe("Find the cheapest allocation");
    await pane.settle(() => app.active?.finish(doneRun));
    expect(pane.status()).toBe(doneRun.headline);
    expect(tabsSelected()).toEqual(["Results"]);
    expect(document.activeElement?.textContent).toBe("Results");
  });

  it("starts once however often Run is pressed", async () => {
    const app = await open(new FakeApp(goodBook));
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    await pane.click("button", "Run");
    expect(app.calls.filter((call) => call.startsWith("run"))).toHaveLength(1);
  });

  it("stops and cancels through the port, only while it is under way", async () => {
    const app = await open(new FakeApp(goodBook));
    await pane.click("tab", "Run");
    await pane.click("button", "Stop");
    expect(app.calls).not.toContain("stop");
    await pane.click("button", "Run");
    await pane.click("button", "Stop");
    expect(app.calls).toContain("stop");
    expect(pane.panelText()).toContain("Stopping");
    await pane.settle(() => app.active?.finish({ ...doneRun, status: "stopped" }));
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    await pane.click("button", "Cancel");
    expect(app.calls).toContain("cancel");
  });

  it("stays where it was after a cancel, and keeps the result before", async () => {
    const app = new FakeApp(goodBook);
    app.last = doneRun;
    await open(app);
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    await pane.settle(() => app.active?.finish(cancelledRun));
    expect(pane.status()).toBe("Cancelled. Nothing was written.");
    expect(tabsSelected()).toEqual(["Run"]);
    await pane.click("tab", "Results");
    expect(pane.panelText()).toContain("It still stands on the sheets.");
    expect(pane.panelText()).toContain("CSA-NORTH-VM");
  });

  it("of the ribbon is followed like one of the pane", async () => {
    const app = await open(new FakeApp(goodBook));
    await pane.settle(() => void app.run());
    await pane.settle(() => app.active?.report({ phase: "reading", text: "Reading 7 tables" }));
    expect(pane.status()).toBe("Reading 7 tables");
    await pane.settle(() => app.active?.finish(doneRun));
    expect(pane.status()).toBe(doneRun.headline);
  });

  it("under way is found by a pane that opens later", async () => {
    const app = new FakeApp(goodBook);
    app.run();
    app.active?.report({ phase: "writing", text: "Writing 4 sheets" });
    await open(app);
    expect(tabsSelected()).toEqual(["Run"]);
    expect(pane.status()).toBe("Writing 4 sheets");
  });

  it("that bad data blocks lists the cells", async () => {
    const app = await open(new FakeApp(badBook));
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    await pane.settle(() => app.active?.finish(blockedRun));
    expect(pane.status()).toBe(blockedRun.headline);
    await pane.click("button", "Go to cell");
    expect(app.calls.at(-1)).toBe("goTo(Eligibility!D8)");
  });
});

describe("results", () => {
  const openOn = async (run: typeof doneRun, book = goodBook): Promise<FakeApp> => {
    const app = new FakeApp(book);
    app.last = run;
    return open(app);
  };

  it("say covered or short in words, short ones first", async () => {
    await openOn(shortRun);
    const rows = [...pane.host.querySelectorAll('[role="tabpanel"]:not([hidden]) table')]
      .find((table) => table.querySelector("caption")?.textContent === "Coverage of each call")
      ?.querySelectorAll("tbody tr");
    expect(rows?.[0]?.textContent).toBe("CSA-NORTH-IM Short2,500,000USD2,320,000180,000 short");
    expect(rows?.[1]?.textContent).toBe("CSA-NORTH-VM Covered4,079,500USD4,079,779279.20 over");
  });

  it("name the conflict and its repairs, and the rules not applied", async () => {
    await openOn(shortRun);
    expect(pane.panelText()).toContain("CSA-NORTH-IM is short 180,000 USD");
    expect(pane.panelText()).toContain("Raise the BTC cap from 30 % to 37.2 %");
    expect(pane.panelText()).toContain("1 rule type was not applied");
  });

  it("compare the cost with today and a waterfall", async () => {
    await openOn(doneRun);
    // 1505.37 - 1234.40 = 270.97 a day, x 365 = 98,904.05 a year.
    expect(pane.panelText()).toContain("Saves 270.97 USD a day against today, about 98,904 a year. Today covers only 7 of 8 calls.");
    expect(pane.panelText()).toMatch(/Today.*7\/8.*120,000 short/);
  });

  it("list the moves and the checks", async () => {
    await openOn(doneRun);
    expect(pane.panelText()).toContain("Deliver 4,200,000 US912828E107");
    expect(pane.panelText()).toContain("Return 7.1 BTC");
    await pane.click("button", "Checks: all 7 OK");
    expect(pane.panelText()).toContain("Over-posting");
  });

  it("never show an answer that failed its checks, but which rule it broke", async () => {
    const checks = {
      passed: false,
      checks: [{ rule: "Coverage", count: 8, largestViolation: 12.5, unit: "USD", passed: false, detail: "CSA-NORTH-IM" }],
    };
    await openOn({ ...doneRun, status: "failed", headline: "The answer failed its check and was not written.", checks, sheets: [] });
    expect(pane.status()).toBe("The answer failed its check and was not written.");
    expect(pane.panelText()).toContain("off by 12.50 USD, CSA-NORTH-IM");
    expect(pane.panelText()).not.toContain("Deliver");
  });

  it("lead to the sheets and back to the results before", async () => {
    const app = await openOn(doneRun);
    await pane.click("button", "Open Run log");
    expect(app.calls.at(-1)).toBe("goTo(Run log!A1)");
    await pane.click("button", "Restore previous");
    expect(app.calls.at(-1)).toBe("restorePrevious");
    expect(pane.panelText()).toContain("is back on its sheets");
  });

  it("tell when inputs have changed since", async () => {
    await openOn(doneRun, { ...goodBook, inputHash: "other" });
    expect(pane.panelText()).toContain("Inputs have changed since this run. Run again.");
    await pane.click("button", "Run again");
    expect(tabsSelected()).toEqual(["Run"]);
  });

  it("are held against the inputs as they are when the tab is opened, not as they were at the last look", async () => {
    const app = await openOn(doneRun);
    await pane.click("tab", "Help");
    app.data = { ...goodBook, inputHash: "other" };
    await pane.click("tab", "Results");
    expect(pane.panelText()).toContain("Inputs have changed since this run.");
    await pane.click("tab", "Run");
    await pane.click("button", "Run");
    await pane.settle(() => app.active?.finish({ ...doneRun, runId: "R-2", inputHash: "other" }));
    expect(pane.panelText()).not.toContain("Inputs have changed");
  });

  it("do not claim a change where nothing is known about it", async () => {
    await openOn(doneRun);
    expect(pane.panelText()).not.toContain("Inputs have changed");
  });
});

it("asks for no more than one Run button and one status line", async () => {
  await open(new FakeApp(goodBook));
  const names = [...pane.host.querySelectorAll("button:not([role])")].map((button) => button.textContent?.trim());
  expect(names.filter((name) => name === "Run")).toHaveLength(1);
  expect(pane.host.querySelectorAll('[role="status"]')).toHaveLength(1);
});
