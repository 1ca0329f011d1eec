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

  it("asks about columns in doubt before it shows the others, and keeps that order while it is answered", async () => {
    const app = new FakeApp({ ...goodBook, sources: [doubtfulSource] });
    pane = await renderPane(app);
    await pane.click("button", "Say what they mean of tblEligibility");
    const columns = (): readonly (string | null)[] => [...pane.host.querySelectorAll("fieldset")].map((one) => one.getAttribute("aria-label"));
    expect(columns()).toEqual(["haircut", "agreementId", "assetClass"]);
    expect(pane.panelText()).toContain("The column to check first; the others are as their headers say.");
    await choose("Haircuts");
    await choose("Percentages: 8 means 8 %");
    expect(columns()).toEqual(["haircut", "agreementId", "assetClass"]);
  });

  it("keeps what was said and not saved while other things are looked at, until Cancel", async () => {
    const app = new FakeApp(foreignBook);
    pane = await renderPane(app);
    await pane.click("button", "Use my data");
    await pane.click("button", "Map columns of Sheet Custody");
    await choose("Comma: 1.200 means 1,200");
    await pane.click("tab", "Help");
    await pane.click("button", "Show the first screen");
    await pane.click("button", "Skip");
    await pane.click("button", "Save mapping");
    expect(app.calls.find((call) => call.startsWith("saveMapping"))).toContain('{"header":"Nominal","column":"quantity","decimalSign":","}');
    await pane.click("button", "Map columns of Sheet Custody");
    await choose("Point: 1.200 means 1.2");
    await pane.click("button", "Cancel");
    await pane.click("button", "Map columns of Sheet Custody");
    await pane.click("button", "Save mapping");
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Nominal: say which sign stands before the decimals.");
  });

  it("still knows what was said and not saved when the pane is opened again, and nothing that was thrown away", async () => {
    const app = new FakeApp(foreignBook);
    pane = await renderPane(app);
    await pane.click("button", "Use my data");
    await pane.click("button", "Map columns of Sheet Custody");
    await choose("Comma: 1.200 means 1,200");
    pane.close();
    pane = await renderPane(app);
    await pane.click("button", "Use my data");
    expect(pane.panelText()).toContain("Your answers are not saved yet.");
    await pane.click("button", "Go on mapping of Sheet Custody");
    await pane.click("button", "Save mapping");
    expect(app.calls.find((call) => call.startsWith("saveMapping"))).toContain('{"header":"Nominal","column":"quantity","decimalSign":","}');
    await pane.click("button", "Map columns of Sheet Custody");
    await choose("Point: 1.200 means 1.2");
    await pane.click("button", "Cancel");
    expect(app.calls.at(-1)).toBe("keepDraft(sheet custody, none)");
  });

  it("asks how the shares among limits are written, by one of them", async () => {
    const limits = {
      ...doubtfulSource,
      key: "table tbllimits",
      name: "tblLimits",
      kind: "limits" as const,
      doubts: ["limit"],
      columns: [{ ...doubtfulSource.columns[2]!, header: "limit", firstNumber: 2_000_000, firstShare: 40 }],
    };
    pane = await renderPane(new FakeApp({ ...goodBook, sources: [limits] }));
    await pane.click("button", "Say what they mean of tblLimits");
    expect(pane.panelText()).toContain("How are the shares written? Amounts of money are read as they stand.");
    expect(pane.panelText()).toContain("Decimals: 40 means 4,000 %");
    expect(pane.panelText()).toContain("Percentages: 40 means 40 %");
  });

  it("names columns that are not read although they look like ours, and leads to their mapping", async () => {
    const columns = [...doubtfulSource.columns.slice(0, 2), { ...doubtfulSource.columns[2]!, header: "haricut" }];
    pane = await renderPane(new FakeApp({ ...goodBook, sources: [{ ...doubtfulSource, columns, doubts: [], unread: ["haricut"] }] }));
    expect(pane.panelText()).toContain("Columns that are not read");
    expect(pane.panelText()).toContain("haricut: not read, but much like a column of ours.");
    await pane.click("button", "Map columns of tblEligibility");
    expect(pane.host.querySelector("fieldset")?.getAttribute("aria-label")).toBe("haricut");
    expect(pane.host.querySelector<HTMLSelectElement>("fieldset select")?.value).toBe("haircut");
  });

  it("shows days of a date column as dates", async () => {
    const dated = {
      ...doubtfulSource,
      columns: [...doubtfulSource.columns, { ...doubtfulSource.columns[0]!, header: "validFrom", samples: ["45918", "46035.25"] }],
    };
    pane = await renderPane(new FakeApp({ ...goodBook, sources: [dated] }));
    await pane.click("button", "Say what they mean of tblEligibility");
    expect(pane.panelText()).toContain("2025-09-18 · 2026-01-13 06:00");
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
