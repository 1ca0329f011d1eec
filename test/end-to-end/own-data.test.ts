import type { Browser } from "playwright-core";
import { startBrowser } from "../support/browser";
import { buildWorkbench } from "../support/workbench-build";
import { insertSample, openWorkbench, runAnalysis, type OpenWorkbench } from "../support/workbench-page";

let browser: Browser;

beforeAll(async () => {
  await buildWorkbench();
  browser = await startBrowser();
});

afterAll(() => browser?.close());

/** Waits until a part of the pane has the focus: it is given after the part is drawn. */
const focusOn = async ({ page }: OpenWorkbench, text: string): Promise<void> => {
  const frame = page.frames().find((candidate) => candidate.url().includes("taskpane.html"));
  await frame!.waitForFunction((wanted) => document.activeElement?.textContent === wanted, text);
};

/** Nothing in the shown panel may stick out to the right: there is no sideways scrolling in a pane. */
const sticksOut = async ({ page }: OpenWorkbench): Promise<readonly string[]> => {
  const frame = page.frames().find((candidate) => candidate.url().includes("taskpane.html"));
  return (
    (await frame?.evaluate(() =>
      [...document.querySelectorAll('[role="tabpanel"]:not([hidden]) *')]
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1 && getComputedStyle(element).position !== "absolute")
        .map((element) => `${element.tagName} ${element.textContent?.slice(0, 30) ?? ""}`),
    )) ?? ["no pane"]
  );
};

describe("a desk's own export", () => {
  let workbench: OpenWorkbench;
  beforeAll(async () => {
    workbench = await openWorkbench(browser);
    await workbench.write("Sheet1!A1:E3", [
      ["ISIN", "Name", "Nominal", "Kurs", "Ccy"],
      ["DE0001102580", "Bund", "'1.200", 980, "EUR"],
      ["US912828E107", "Treasury", "'2.500", 1000, "USD"],
    ]);
  });
  afterAll(() => workbench?.close());

  it("is mapped with the keyboard alone, asked about what its cells do not say, and remembered", async () => {
    const { page, pane } = workbench;
    await pane.getByRole("button", { name: "Use my data" }).click();
    await pane.getByRole("button", { name: "Check data" }).click();
    await pane.getByRole("button", { name: "Map columns of Sheet Sheet1" }).focus();
    await page.keyboard.press("Enter");
    await pane.getByRole("heading", { name: "Map columns" }).waitFor();
    await focusOn(workbench, "Map columns");
    expect(await pane.getByLabel("Nominal is").inputValue()).toBe("quantity");
    expect(await sticksOut(workbench)).toEqual([]);
    await pane.getByRole("button", { name: "Save mapping" }).focus();
    await page.keyboard.press("Enter");
    await pane.getByText("Nominal: say which sign stands before the decimals.").waitFor();
    await pane.getByRole("radio", { name: "Comma: 1.200 means 1,200" }).focus();
    await page.keyboard.press("Space");
    await pane.getByRole("button", { name: "Save mapping" }).focus();
    await page.keyboard.press("Enter");
    await pane.getByText("The mapping is kept in this workbook.").first().waitFor();
    await focusOn(workbench, "Your data");
    await pane.getByText("Read as assets, 2 rows.").waitFor();
    expect((await workbench.read("Sheet1!C2:C3")).values).toEqual([["1.200"], ["2.500"]]);
  });
});

describe("what is decided in the results", () => {
  let workbench: OpenWorkbench;
  beforeAll(async () => {
    workbench = await openWorkbench(browser);
    await insertSample(workbench);
    await runAnalysis(workbench);
  });
  afterAll(() => workbench?.close());

  it("runs again with fewer moves, chosen by what they may cost", async () => {
    const { pane } = workbench;
    await pane.getByLabel(/^Fewest moves for at most so much more/).fill("1000");
    const choice = pane.getByRole("button", { name: /^Run with at most \d+ moves?$/ });
    const most = Number(/\d+/.exec(await choice.innerText())?.[0]);
    await choice.click();
    const line = pane.getByRole("status").filter({ hasText: `At most ${most} moves, chosen for this run.` });
    await line.first().waitFor();
    expect(Number(/(\d+) moves\./.exec(await line.first().innerText())?.[1])).toBeLessThanOrEqual(most);
    await pane.getByRole("rowheader", { name: /^Run before/ }).waitFor();
    expect(await sticksOut(workbench)).toEqual([]);
  });

  it("forbids a line on a sheet of its own, leads to a run, and takes it back", async () => {
    const { pane } = workbench;
    await pane.getByRole("button", { name: /^Allocation: / }).click();
    const forbid = pane.getByRole("button", { name: /^Forbid / }).first();
    const what = (await forbid.getAttribute("aria-label"))?.replace("Forbid ", "") ?? "";
    await forbid.click();
    await pane.getByText("Run again to apply it.").first().waitFor();
    expect(await workbench.sheets()).toContain("Pins");
    const row = (await workbench.read("Pins!A6:D6")).values[0] ?? [];
    expect(`${String(row[1])} at ${String(row[0])}, ${String(row[3])}`).toBe(`${what}, forbid`);
    await pane
      .getByRole("button", { name: `Undo: ${what}` })
      .first()
      .click();
    await pane
      .getByText(/is free again/)
      .first()
      .waitFor();
    expect((await workbench.read("Pins!A6:D6")).values[0]?.join("")).toBe("");
    expect(workbench.pageErrors).toEqual([]);
    expect(workbench.foreignRequests).toEqual([]);
  });
});
