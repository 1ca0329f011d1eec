/** @jest-environment jsdom */
import type { RiskScreen } from "../../../../src/app/risk-screen";
import { FakeApp } from "../fake-app";
import { goodBook } from "../pane-fixtures";
import { renderPane, type RenderedPane } from "../render-pane";
import { btcRisk, noPrices } from "../risk-fixtures";

let pane: RenderedPane;
const openRisk = async (risk: FakeApp["risk"] = () => btcRisk): Promise<FakeApp> => {
  const app = new FakeApp(goodBook);
  app.risk = risk;
  pane = await renderPane(app);
  await pane.click("tab", "Risk");
  return app;
};
const analyses = (app: FakeApp): string[] => app.calls.filter((call) => call.startsWith("analyseRisk"));
const selectOf = (label: string): HTMLSelectElement => {
  const found = [...pane.host.querySelectorAll("label")].find((element) => element.textContent === label);
  return document.getElementById(found?.htmlFor ?? "") as HTMLSelectElement;
};
const choose = (label: string, value: string): Promise<void> =>
  pane.settle(() => {
    const select = selectOf(label);
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
const rowsOf = (caption: string): (string | null)[] =>
  [...pane.host.querySelectorAll('[role="tabpanel"]:not([hidden]) table')]
    .filter((table) => table.querySelector("caption")?.textContent?.startsWith(caption))
    .flatMap((table) => [...table.querySelectorAll("tbody tr")])
    .map((row) => row.textContent);

afterEach(() => pane.close());

describe("computing", () => {
  it("starts when the tab is opened, not before, and again at each opening", async () => {
    const app = new FakeApp(goodBook);
    app.risk = () => btcRisk;
    pane = await renderPane(app);
    expect(analyses(app)).toEqual([]);
    await pane.click("tab", "Risk");
    await pane.click("tab", "Help");
    await pane.click("tab", "Risk");
    expect(analyses(app)).toEqual(["analyseRisk(, 0.99)", "analyseRisk(, 0.99)"]);
  });

  it("shows that it is under way and keeps the numbers of before meanwhile", async () => {
    let answer: (screen: RiskScreen) => void = () => undefined;
    await openRisk(() => new Promise((resolve) => (answer = resolve)));
    expect(pane.panelText()).toContain("Reading the prices");
    await pane.settle(() => answer(btcRisk));
    await choose("Series", "ETH");
    expect(pane.get("button", "Computing…").getAttribute("aria-disabled")).toBe("true");
    expect(pane.host.querySelector('[aria-busy="true"]')?.textContent).toContain("4.32%");
    await pane.settle(() => answer({ ...btcRisk, chosen: "ETH" }));
    expect(pane.find("button", "Refresh")).toBeDefined();
    expect(pane.host.querySelector('[aria-busy="true"]')).toBeNull();
  });

  it("follows the choices one at a time and skips those that were passed over", async () => {
    const answers: ((screen: RiskScreen) => void)[] = [];
    const app = await openRisk(() => new Promise((resolve) => answers.push(resolve)));
    await pane.settle(() => answers[0]?.(btcRisk));
    await choose("Series", "ETH");
    await choose("VaR level", "0.975");
    await choose("VaR level", "0.95");
    await pane.settle(() => answers[1]?.(btcRisk));
    expect(analyses(app)).toEqual(["analyseRisk(, 0.99)", "analyseRisk(ETH, 0.99)", "analyseRisk(ETH, 0.95)"]);
    await pane.settle(() => answers[2]?.({ ...btcRisk, chosen: "ETH", confidence: 0.95 }));
    expect([selectOf("Series").value, selectOf("VaR level").value]).toEqual(["ETH", "0.95"]);
  });

  it("is done again when tables were inserted while the tab is shown", async () => {
    const app = await openRisk(() => noPrices);
    app.risk = () => btcRisk;
    await pane.settle(() => app.emit("data"));
    expect(pane.panelText()).toContain("40 returns of BTC");
  });
});

describe("the numbers", () => {
  it("stand side by side by method, in percent, and a method without an answer says why", async () => {
    await openRisk();
    expect(rowsOf("VaR and ES of BTC")).toEqual([
      "Historical4.32%5.12%",
      "Student tFitted with 4.1 degrees of freedom.4.68%5.85%",
      "Extreme values (EVT)40 returns are too few for EVT: it needs 250.––",
    ]);
    expect(pane.panelText()).toContain("40 returns of BTC, 1 blank price left out.");
  });

  it("go into the selected cell as formulas, and the pane says where", async () => {
    const app = await openRisk();
    await pane.click("button", "Insert VaR formula, historical");
    expect(app.calls.at(-1)).toBe('insertFormula(=COLL.VALUEATRISK(COLL.RETURNS(tblPrices[BTC]),0.99,"historical"))');
    expect(pane.panelText()).toContain("Inserted the formula in Assets!K2.");
    expect(document.activeElement).toBe(pane.get("button", "Insert VaR formula, historical"));
    await pane.click("button", "Insert ES formula, student-t");
    expect(app.calls.at(-1)).toBe('insertFormula(=COLL.EXPECTEDSHORTFALL(COLL.RETURNS(tblPrices[BTC]),0.975,"student-t"))');
    expect(pane.find("button", "Insert VaR formula, evt")).toBeUndefined();
  });

  it("say why a formula was not inserted", async () => {
    const app = await openRisk();
    app.failure = new Error("Assets!K2 is not blank. Select a blank cell, then insert the formula.");
    await pane.click("button", "Insert ES formula, historical");
    expect(pane.panelText()).toContain("Assets!K2 is not blank. Select a blank cell");
  });
});

describe("the back-test", () => {
  it("says in words how many exceptions there were, of how many expected, and from which window", async () => {
    await openRisk();
    expect(pane.panelText()).toContain(
      "2 exceptions in 30 days, 0.3 expected. Each day is held against the historical VaR of the 10 returns before it.",
    );
  });

  it("gives each test's decision in words with its p value", async () => {
    await openRisk();
    expect(rowsOf("Back-test of the VaR of BTC")).toEqual([
      "Kupiec: how many2 exceptions in 30 days, expected 0.3 Rejected0.0394",
      "Christoffersen: one after anothern00 25, n01 2, n10 2, n11 0 Not rejected0.5900",
      "Basel traffic light2 exceptions Green zone–",
      "TUFF: the first oneno exception in the sample Not applicable–",
    ]);
  });

  it("has a plot with a text alternative that names the exceptions, and a mark for each", async () => {
    await openRisk();
    const plot = pane.host.querySelector('svg[role="img"]');
    expect(plot?.getAttribute("aria-label")).toBe(
      "Daily returns of BTC from Jan 1, 2026 to Feb 9, 2026, between -8.10% and 2.00%. " +
        "The 99% VaR known the day before lies between 4.00% and 4.00%. " +
        "2 exceptions: -8.10% on Feb 1, 2026, -7.00% on Jan 21, 2026.",
    );
    expect(plot?.querySelectorAll('path[d$="l4.5 8h-9z"]')).toHaveLength(2);
  });

  it("lists the exceptions on demand", async () => {
    await openRisk();
    await pane.click("button", "Exceptions: 2");
    expect(rowsOf("Days with a loss above the VaR")).toEqual(["Jan 21, 2026-7.00%4.00%", "Feb 1, 2026-8.10%4.00%"]);
  });
});

describe("a problem", () => {
  it("shows its fix and the way to the data, and nothing else", async () => {
    await openRisk(() => noPrices);
    expect(pane.panelText()).toContain("No table tblPrices was found. Insert the sample");
    expect(pane.host.querySelector('svg[role="img"]')).toBeNull();
    await pane.click("button", "Go to Data");
    expect(pane.panelText()).toContain("7 tables found");
  });

  it("of one series leaves the others to choose", async () => {
    const app = await openRisk(() => ({
      ...noPrices,
      series: ["BTC", "ETH"],
      chosen: "BTC",
      problem: "BTC: price is text. Prices!B8. Type a number.",
    }));
    app.risk = () => ({ ...btcRisk, chosen: "ETH" });
    await choose("Series", "ETH");
    expect(pane.panelText()).toContain("40 returns of ETH");
  });

  it("of the host is told, and Refresh tries again", async () => {
    const app = await openRisk(() => Promise.reject(new Error("A cell is being edited.")));
    expect(pane.panelText()).toContain("The prices could not be read: A cell is being edited.");
    app.risk = () => btcRisk;
    await pane.click("button", "Refresh");
    expect(pane.panelText()).toContain("40 returns of BTC");
  });
});

it("is reached with the keyboard between Results and Help", async () => {
  const app = new FakeApp(goodBook);
  app.risk = () => btcRisk;
  pane = await renderPane(app);
  pane.get("tab", "Results").focus();
  await pane.click("tab", "Results");
  await pane.press("ArrowRight");
  expect(document.activeElement).toBe(pane.get("tab", "Risk"));
  expect(pane.panelText()).toContain("40 returns of BTC");
  await pane.press("ArrowRight");
  expect(document.activeElement).toBe(pane.get("tab", "Help"));
});
