import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { writeBookFile } from "../support/book-file";
import { startBrowser } from "../support/browser";
import { endlessBook } from "../support/endless-book";
import { buildWorkbench } from "../support/workbench-build";
import { openFile, openWorkbench, type OpenWorkbench } from "../support/workbench-page";

let browser: Browser;
let workbench: OpenWorkbench;
let folder = "";

beforeAll(async () => {
  await buildWorkbench();
  folder = mkdtempSync(path.join(tmpdir(), "endless-"));
  const file = path.join(folder, "endless.xlsx");
  await writeBookFile(file, endlessBook());
  browser = await startBrowser();
  workbench = await openWorkbench(browser);
  await openFile(workbench, file);
});

afterAll(async () => {
  await workbench?.close();
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const inputs = ["Assets!A1:F60", "Agreements!A1:C20", "Eligibility!A1:C340", "Fx!A1:B10", "Costs!A1:C10", "Settings!A1:B12"];
const results = ["Allocation!A1:L80", "Coverage!A1:M20", "Inventory!A1:M60", "Movements!A1:K90", "Analysis!A1:I80"];

const valuesOf = (ranges: readonly string[]): Promise<unknown[]> => Promise.all(ranges.map(async (range) => (await workbench.read(range)).values));

const button = (name: string) => workbench.pane.getByRole("button", { name, exact: true });

/** A figure of the search, by its name: "41.23 USD a day" as 41.23. */
async function figure(name: string): Promise<number> {
  const list = workbench.pane.getByLabel("The search so far");
  const text = await list.getByText(name, { exact: true }).locator("xpath=following-sibling::dd").innerText();
  return Number.parseFloat(text.replaceAll(",", ""));
}

/** Starts a run and waits for the first answer with its bound and gap: from then on only the test ends it. */
async function runUntilGap(): Promise<void> {
  await workbench.pane.getByRole("tab", { name: "Run" }).click();
  await button("Run").click();
  await workbench.pane
    .getByRole("status")
    .filter({ hasText: /^Solving: best .*, gap \d/ })
    .first()
    .waitFor();
}

const ended = async (text: RegExp): Promise<string> => {
  const line = workbench.pane.getByRole("status").filter({ hasText: text }).first();
  await line.waitFor();
  return line.innerText();
};

/** The newest event of the log by its headers. */
async function lastRun(): Promise<Readonly<Record<string, string>>> {
  const { text } = await workbench.read("'Run log'!A1:I200");
  const header = text.findIndex((row) => row.includes("Input hash"));
  const runs = text.slice(header + 1).filter((row) => row[text[header]!.indexOf("Entry")] === "Run");
  const newest = runs.reduce((last, row) => (row[1]! >= last[1]! ? row : last));
  return Object.fromEntries(text[header]!.map((name, c) => [name, newest[c]!]));
}

describe("a run that no search ends", () => {
  let untouched: unknown[];

  it("streams best, bound and gap; Stop keeps the best, checked, written and called stopped", async () => {
    const { pane } = workbench;
    untouched = await valuesOf(inputs);
    await runUntilGap();
    // Bound before best: what comes between the two readings only brings them closer.
    const least = await figure("Least possible");
    const best = await figure("Best, moves included");
    expect(least).toBeGreaterThan(0);
    expect(least).toBeLessThanOrEqual(best);
    await button("Stop").focus();
    await workbench.page.keyboard.press("Enter");
    const line = await ended(/^Stopped at/);
    expect(line).toMatch(/^Stopped at \d+ s\. Covered 8 of 8 calls\. Cost [\d.,]+ USD\/day\. \d+ moves\./);
    expect(line).toMatch(/At most \d+\.\d % above the best possible cost, moves included\. Stopped by hand, so not reproducible\.$/);
    await pane.getByRole("tab", { name: "Results", selected: true }).waitFor();
    const run = await lastRun();
    expect(run["Status"]).toBe("Stopped");
    expect(run["Checks"]).toMatch(/^(\d+) of \1 rules OK$/);
    expect(run["Detail"]).toMatch(/Gap \d+\.\d+ %, not reproducible/);
    // What was on show when Stop was pressed is kept or bettered: 30 days of the figure, which is shown in cents.
    expect(Number(run["Objective (USD)"]?.replaceAll(",", ""))).toBeLessThanOrEqual(30 * (best + 0.01));
    await pane.getByRole("button", { name: "How it was found" }).click();
    await pane.getByText(/^At most \d+(\.\d)?% above the best possible$/).waitFor();
    await pane.getByText("Not reproducible: ended by hand or by the clock").waitFor();
    expect(await valuesOf(inputs)).toEqual(untouched);
  });

  it("writes nothing after Cancel: the result before stands, in the sheets and in the pane", async () => {
    const { pane } = workbench;
    const before = await valuesOf([...results, "'Run log'!A1:I200"]);
    const sheets = await workbench.sheets();
    await runUntilGap();
    // Closing the pane ends nothing; opened again, it still shows the run.
    await workbench.page.getByRole("button", { name: "Close the task pane" }).click();
    await workbench.page.getByRole("button", { name: "Open pane", exact: true }).click();
    await pane.getByLabel("The search so far").getByText("Gap").waitFor();
    await button("Cancel").focus();
    await workbench.page.keyboard.press("Enter");
    await ended(/^Cancelled\. Nothing was written\.$/);
    expect(await workbench.sheets()).toEqual(sheets);
    expect(await valuesOf([...results, "'Run log'!A1:I200"])).toEqual(before);
    expect(await valuesOf(inputs)).toEqual(untouched);
    await pane.getByRole("tab", { name: "Results" }).click();
    await pane.getByText(/^Below is the result of .*\. It still stands on the sheets\.$/).waitFor();
  });

  it("puts the earlier result back when a later one was written over it", async () => {
    const { pane } = workbench;
    const before = await valuesOf(results);
    // Another day: one call less, so that the two results differ whatever the searches find.
    await workbench.write("Agreements!C6", [[0]]);
    await runUntilGap();
    await button("Stop").click();
    await ended(/^Stopped at \d+ s\. Covered 7 of 7 calls\./);
    expect(await valuesOf(results)).not.toEqual(before);
    await button("Restore previous").click();
    await pane
      .getByText(/^Restored the earlier results on .*Allocation/)
      .first()
      .waitFor();
    expect(await valuesOf(results)).toEqual(before);
    await ended(/^Stopped at \d+ s\. Covered 8 of 8 calls\./);
    await pane.getByText(/Inputs have changed since this run\./).waitFor();
    expect(workbench.pageErrors).toEqual([]);
    expect(workbench.foreignRequests).toEqual([]);
  });
});
