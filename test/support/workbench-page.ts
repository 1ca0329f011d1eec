import type { Browser, BrowserContext, FrameLocator, Page } from "playwright-core";
import type { CellsRead, OutsideApi } from "../../src/workbench/page/outside-api";
import { startWorkbenchServer, type RunningWorkbench, type WorkbenchFolders } from "../../src/workbench/server/workbench-server";
import { builtFolders } from "./workbench-build";

declare global {
  interface Window {
    workbench: OutsideApi;
  }
}

/** The workbench in a browser, as a test drives it. */
export interface OpenWorkbench {
  readonly page: Page;
  /** The task pane. */
  readonly pane: FrameLocator;
  readonly address: string;
  /** Addresses of other hosts that anything asked for. */
  readonly foreignRequests: readonly string[];
  /** Errors that nobody caught, on the page and in the pane. */
  readonly pageErrors: readonly string[];
  readonly sheets: () => Promise<string[]>;
  readonly read: (address: string) => Promise<CellsRead>;
  readonly write: (address: string, rows: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Every wait is for something that happens; this only ends one in vain, on a machine however slow. Milliseconds. */
const LONGEST_WAIT = 240_000;

function watch(context: BrowserContext, page: Page, address: string): { foreign: string[]; errors: string[] } {
  const foreign: string[] = [];
  const errors: string[] = [];
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${address}/`) && !/^(?:data|blob):/.test(url)) foreign.push(url);
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return { foreign, errors };
}

/**
 * Serves the workbench on a free port, opens it and waits until it is ready.
 *
 * @param folders changes to what is served, such as `allowWebAssembly: false`
 */
export async function openWorkbench(browser: Browser, folders: Partial<WorkbenchFolders> = {}): Promise<OpenWorkbench> {
  const running: RunningWorkbench = await startWorkbenchServer({ ...builtFolders, ...folders }, 0);
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, acceptDownloads: true });
  context.setDefaultTimeout(LONGEST_WAIT);
  const page = await context.newPage();
  const { foreign, errors } = watch(context, page, running.address);
  const close = async (): Promise<void> => {
    await context.close();
    await running.close();
  };
  try {
    await page.goto(running.address);
    await page.waitForFunction(() => "workbench" in window);
    await page.evaluate(() => window.workbench.ready);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    page,
    pane: page.frameLocator('iframe[title="Collateral Optimizer"]'),
    address: running.address,
    foreignRequests: foreign,
    pageErrors: errors,
    sheets: () => page.evaluate(() => window.workbench.sheets()),
    read: (range) => page.evaluate((cells) => window.workbench.read(cells), range),
    write: (range, rows) => page.evaluate(([cells, values]) => window.workbench.write(cells as string, values), [range, rows] as const),
    close,
  };
}

/** Presses "Try the sample" and waits until its tables are found. */
export async function insertSample({ pane }: OpenWorkbench): Promise<void> {
  await pane.getByRole("button", { name: "Try the sample" }).first().click();
  await pane
    .getByRole("status")
    .filter({ hasText: /\d+ tables/ })
    .first()
    .waitFor();
}

/** Presses "Run" and waits for the result's line. @returns that line */
export async function runAnalysis({ pane }: OpenWorkbench): Promise<string> {
  await pane.getByRole("tab", { name: "Run" }).click();
  await pane.getByRole("button", { name: "Run", exact: true }).click();
  const line = pane
    .getByRole("status")
    .filter({ hasText: /Covered \d+ of \d+ calls/ })
    .first();
  await line.waitFor();
  return line.innerText();
}

/** Opens a workbook file by the button, and waits until its grid and the add-in are ready; a file that is none changes nothing. */
export async function openFile({ page }: OpenWorkbench, file: string): Promise<void> {
  // Wrapped, so that the browser does not wait for the promise itself.
  const before = await page.evaluateHandle(() => ({ ready: window.workbench.ready }));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open workbook" }).click()]);
  await chooser.setFiles(file);
  await page.waitForFunction((earlier) => window.workbench.ready !== earlier.ready, before);
  await page.evaluate(() => window.workbench.ready);
}
