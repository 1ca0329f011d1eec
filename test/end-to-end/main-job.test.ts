import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { startBrowser } from "../support/browser";
import { builtFolders, buildWorkbench } from "../support/workbench-build";
import { insertSample, openWorkbench, runAnalysis, type OpenWorkbench } from "../support/workbench-page";

let browser: Browser;
let workbench: OpenWorkbench;

beforeAll(async () => {
  await buildWorkbench();
  browser = await startBrowser();
  workbench = await openWorkbench(browser);
});

afterAll(async () => {
  await workbench?.close();
  await browser?.close();
});

describe("the main job in the workbench", () => {
  it("names its parts so that they can be driven from outside", async () => {
    const { page, pane } = workbench;
    for (const name of ["Open pane", "Run analysis", "Insert sample", "Show help", "Open workbook", "Save workbook"]) {
      expect(await page.getByRole("button", { name, exact: true }).count()).toBe(1);
    }
    for (const name of ["Data", "Run", "Results", "Help"]) expect(await pane.getByRole("tab", { name, exact: true }).count()).toBe(1);
    expect(await page.getByRole("textbox", { name: "Name Box" }).inputValue()).toBe("A1");
    expect(await page.getByRole("textbox", { name: "Formula Bar" }).inputValue()).toBe("");
    expect(await workbench.sheets()).toEqual(["Sheet1"]);
  });

  it("inserts the sample with one click", async () => {
    await insertSample(workbench);
    expect(await workbench.sheets()).toEqual(expect.arrayContaining(["Sheet1", "Assets", "Agreements", "Eligibility", "Holdings", "Fx"]));
  });

  it("covers every call of the sample and writes the result to sheets", async () => {
    expect(await runAnalysis(workbench)).toMatch(/Covered (\d+) of \1 calls/);
    expect(await workbench.sheets()).toEqual(expect.arrayContaining(["Allocation", "Coverage", "Inventory", "Run log"]));
  });

  it("recomputes the written cover with native formulas to the cent", async () => {
    const { values, formulas } = await workbench.read("Coverage!A1:L30");
    const header = values.findIndex((row) => row.includes("Recomputed posted"));
    const column = (name: string): number => values[header]?.indexOf(name) ?? -1;
    const rows = values.slice(header + 1).filter((row) => typeof row[column("Required")] === "number");
    expect(rows.length).toBeGreaterThanOrEqual(8);
    for (const row of rows) {
      expect(row[column("Recomputed posted")]).toBeCloseTo(Number(row[column("Posted")]), 2);
      expect(Number(row[column("Posted")])).toBeGreaterThanOrEqual(Number(row[column("Required")]) - 0.01);
    }
    expect(String(formulas[header + 1]?.[column("Recomputed posted")])).toMatch(/^=/);
  });

  it("answers the ribbon, whose buttons call the add-in's actions", async () => {
    const { page, pane } = workbench;
    await page.getByRole("button", { name: "Show help", exact: true }).click();
    await pane.getByRole("tab", { name: "Help", selected: true }).waitFor();
    await page.getByRole("button", { name: "Close the task pane" }).click();
    await page.locator('iframe[title="Collateral Optimizer"]').waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Open pane", exact: true }).click();
    await page.locator('iframe[title="Collateral Optimizer"]').waitFor({ state: "visible" });
  });

  it("runs the production task pane, changed in the address of Office.js and one script before it", async () => {
    const served = await (await fetch(`${workbench.address}/taskpane.html`)).text();
    const undone = served
      .replace('<script src="/workbench/frame-host.js"></script>', "")
      .replace("/office-js/office.js", "https://appsforoffice.microsoft.com/lib/1/hosted/office.js");
    expect(undone).not.toBe(served);
    expect(undone).toBe(readFileSync(path.join(builtFolders.addIn, "taskpane.html"), "utf8"));
  });

  it("asks no other host for anything", () => {
    expect(workbench.foreignRequests).toEqual([]);
    expect(workbench.pageErrors).toEqual([]);
  });
});
