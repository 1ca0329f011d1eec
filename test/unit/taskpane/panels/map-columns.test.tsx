/** @jest-environment jsdom */
import { act } from "react";
import { FakeApp } from "../fake-app";
import { doubtfulSource, foreignBook, goodBook } from "../pane-fixtures";
import { renderPane, type RenderedPane } from "../render-pane";

let pane: RenderedPane;
afterEach(() => pane.close());

const choose = (name: string): Promise<void> =>
  pane.settle(() => {
    const radio = [...pane.host.querySelectorAll<HTMLInputElement>('input[type="radio"]')].find((input) =>
      document.querySelector(`label[for="${input.id}"]`)?.textContent?.startsWith(name),
    );
    if (!radio) throw new Error(`No answer "${name}"`);
    radio.click();
  });

describe("mapping a table with other headers", () => {
  it("offers the table, asks what its cells do not say, and saves nothing before it is said", async () => {
    const app = new FakeApp(foreignBook);
    pane = await renderPane(app);
    await pane.click("button", "Use my data");
    expect(pane.panelText()).toContain("Sheet Custody 12 rows: ISIN, Bezeichnung, Nominal, Kurs, Ccy");
    await pane.click("button", "Map columns of Sheet Custody");
    expect(pane.find("button", "Check data")).toBeUndefined();
    expect(pane.panelText()).toContain("NominalCheck1.200 · 2.500 · 700");
    await pane.click("button", "Save mapping");
    expect(app.calls.some((call) => call.startsWith("saveMapping"))).toBe(false);
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Nominal: say which sign stands before the decimals.");
    await choose("Comma: 1.200 means 1,200");
    await pane.click("button", "Save mapping");
    expect(app.calls.find((call) => call.startsWith("saveMapping"))).toContain('{"header":"Nominal","column":"quantity","decimalSign":","}');
    expect(pane.panelText()).toContain("The mapping is kept in this workbook.");
    expect(pane.find("button", "Check data")).toBeDefined();
  });

  it("leaves without saving on Cancel, and stays open where saving failed", async () => {
    const app = new FakeApp(foreignBook);
    pane = await renderPane(app);
    await pane.click("button", "Use my data");
    await pane.click("button", "Map columns of Sheet Custody");
    await pane.click("button", "Cancel");
    expect(pane.find("button", "Save mapping")).toBeUndefined();
    await pane.click("button", "Map columns of Sheet Custody");
    await choose("Point: 1.200 means 1.2");
    app.failure = new Error("The workbook is protected.");
    await pane.click("button", "Save mapping");
    expect(pane.panelText()).toContain("The mapping was not saved: The workbook is protected.");
    expect(pane.find("button", "Save mapping")).toBeDefined();
  });

  it("puts columns of ours in doubt before the problems that they cause", async () => {
    const app = new FakeApp({ ...goodBook, sources: [doubtfulSource] });
    pane = await renderPane(app);
    expect(pane.panelText()).toContain("haircut: the numbers do not say what they mean.");
    await pane.click("button", "Say what they mean of tblEligibility");
    await choose("Haircuts");
    await choose("Percentages: 8 means 8 %");
    await pane.click("button", "Save mapping");
    expect(app.calls.find((call) => call.startsWith("saveMapping"))).toContain('{"header":"haircut","column":"haircut","unit":"percent"}');
  });

  it("forgets a mapping", async () => {
    const { doubts: _, ...source } = doubtfulSource;
    const mapping = { table: "tblEligibility", sheet: "Eligibility", kind: "eligibility", columns: [] } as const;
    const app = new FakeApp({ ...goodBook, sources: [{ ...source, doubts: [], mapping }] });
    pane = await renderPane(app);
    expect(pane.panelText()).toContain("Mapped tables");
    await pane.click("button", "Forget the mapping of tblEligibility");
    expect(app.calls).toContain("forgetMapping(table tbleligibility)");
    await act(async () => undefined);
  });
});
