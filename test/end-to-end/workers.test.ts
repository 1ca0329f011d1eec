import type { Browser, ConsoleMessage } from "playwright-core";
import { startBrowser } from "../support/browser";
import { buildWorkbench } from "../support/workbench-build";
import { insertSample, openWorkbench, runAnalysis, type OpenWorkbench } from "../support/workbench-page";

let browser: Browser;

beforeAll(async () => {
  await buildWorkbench();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

/** A cell of the run log's first run, by the column's header. */
async function runLogCell({ read }: OpenWorkbench, header: string): Promise<string> {
  const { text } = await read("'Run log'!A1:I8");
  const [headers = [], run = []] = text.slice(4);
  return String(run[headers.indexOf(header)]);
}

it("keeps two workers warm from the opening of the pane on, and solves in them without an error", async () => {
  const workbench = await openWorkbench(browser);
  try {
    const errors: string[] = [];
    workbench.page.on("console", (message: ConsoleMessage) => {
      if (message.type() === "error") errors.push(message.text());
    });
    // Nobody has pressed anything yet.
    while (workbench.page.workers().length < 2) await workbench.page.waitForTimeout(50);
    await insertSample(workbench);
    expect(await runAnalysis(workbench)).toMatch(/Covered \d+ of \d+ calls/);
    expect(await runLogCell(workbench, "Detail")).not.toMatch(/no worker may start/);
    expect(errors).toEqual([]);
    expect(workbench.pageErrors).toEqual([]);
    expect(workbench.foreignRequests).toEqual([]);
  } finally {
    await workbench.close();
  }
});

it("solves in the page, with every engine, where the content security policy refuses workers", async () => {
  const workbench = await openWorkbench(browser, { allowWorkers: false });
  try {
    await insertSample(workbench);
    expect(await runAnalysis(workbench)).toMatch(/Covered \d+ of \d+ calls/);
    expect(workbench.page.workers()).toHaveLength(0);
    expect(await runLogCell(workbench, "Detail")).toMatch(/solver worker passed over: no worker may start/);
    expect(workbench.pageErrors).toEqual([]);
  } finally {
    await workbench.close();
  }
});
