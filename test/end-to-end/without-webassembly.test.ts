import type { Browser } from "playwright-core";
import { startBrowser } from "../support/browser";
import { buildWorkbench } from "../support/workbench-build";
import { insertSample, openWorkbench, runAnalysis, type OpenWorkbench } from "../support/workbench-page";

let browser: Browser;
let workbench: OpenWorkbench;

beforeAll(async () => {
  await buildWorkbench();
  browser = await startBrowser();
  workbench = await openWorkbench(browser, { allowWebAssembly: false });
});

afterAll(async () => {
  await workbench?.close();
  await browser?.close();
});

it("solves where the content security policy refuses WebAssembly", async () => {
  await insertSample(workbench);
  expect(await runAnalysis(workbench)).toMatch(/Covered \d+ of \d+ calls/);
  const { text } = await workbench.read("'Run log'!A1:I8");
  const [headers = [], run = []] = text.slice(4);
  const cell = (header: string): string => String(run[headers.indexOf(header)]);
  // The engine that needs WebAssembly is named only as the one that could not start.
  expect(cell("Engine")).not.toMatch(/highs/i);
  expect(cell("Detail")).toMatch(/WebAssembly is blocked/);
});
