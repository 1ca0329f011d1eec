import type { Browser } from "playwright-core";
import { startBrowser } from "../support/browser";
import { buildWorkbench } from "../support/workbench-build";
import { insertSample, openWorkbench, runAnalysis, type OpenWorkbench } from "../support/workbench-page";

let browser: Browser;
let workbench: OpenWorkbench;

beforeAll(async () => {
  await buildWorkbench();
  browser = await startBrowser();
});

afterAll(() => browser?.close());

const letter = (column: number): string => (column >= 26 ? letter(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + (column % 26));

/** Address of a sample's cell by the header of its column and the id in its row. */
async function cellOf(sheet: string, header: string, id: string): Promise<string> {
  const { values } = await workbench.read(`${sheet}!A5:AZ120`);
  const column = values[0]?.indexOf(header) ?? -1;
  const row = values.findIndex((cells) => cells.includes(id));
  if (column < 0 || row < 0) throw new Error(`${sheet} has no cell ${header} of ${id}`);
  return `${sheet}!${letter(column)}${row + 5}`;
}

const selected = (): Promise<string> => workbench.page.getByRole("textbox", { name: "Name Box" }).inputValue();

/** Waits until the Name Box shows a cell: the pane's answer to a click comes when it comes. */
async function waitForCell(address: string): Promise<void> {
  const cell = address.split("!")[1] ?? "";
  await workbench.page.waitForFunction((wanted) => document.querySelector<HTMLInputElement>('[aria-label="Name Box"]')?.value === wanted, cell);
  expect(await selected()).toBe(cell);
}

async function checkData(): Promise<void> {
  const { pane } = workbench;
  await pane.getByRole("tab", { name: "Data" }).click();
  await pane.getByRole("button", { name: "Check data" }).click();
}

describe("a hard day on the sample book", () => {
  beforeAll(async () => {
    workbench = await openWorkbench(browser);
    await insertSample(workbench);
  });
  afterAll(() => workbench?.close());

  it("leads from a bad cell's message to the cell, and is fine once it is mended", async () => {
    const { pane } = workbench;
    const price = await cellOf("Assets", "price", "PAXG");
    const before = (await workbench.read(price)).values;
    await workbench.write(price, [["abc"]]);
    await checkData();
    await pane.getByText(/PAXG.*price "abc" is text, not a number/).waitFor();
    await pane.getByRole("status").filter({ hasText: "1 problem stops the run." }).waitFor();
    await pane.getByRole("button", { name: "Go to cell" }).focus();
    await workbench.page.keyboard.press("Enter");
    await waitForCell(price);
    await workbench.write(price, before);
    await checkData();
    await pane.getByText("No problems found.").waitFor();
  });

  it("asks what 0.97 in the haircut column means, and reads the column as it was answered", async () => {
    const { pane } = workbench;
    const { values } = await workbench.read("Eligibility!A5:P80");
    const column = values[0]?.indexOf("haircut") ?? -1;
    const rows = values.slice(1).filter((row) => row[0] !== "");
    const haircuts = rows.map((row) => row[column]);
    const place = `Eligibility!${letter(column)}6`;
    await workbench.write(
      place,
      haircuts.map((haircut) => [typeof haircut === "number" ? Number((1 - haircut).toPrecision(12)) : haircut === "none" ? 1 : haircut]),
    );
    await checkData();
    await pane.getByText(/values of haircut look like valuation percentages/).waitFor();
    await pane.getByRole("button", { name: "Say what they mean of tblEligibility" }).click();
    const question = pane.getByRole("group", { name: "haircut", exact: true });
    await question.getByRole("radio", { name: /^Valuation percentages/ }).check();
    for (const name of ["haircut", "fxHaircut", "additionalHaircut"]) {
      await pane
        .getByRole("group", { name, exact: true })
        .getByRole("radio", { name: /^Decimals/ })
        .check();
    }
    // Looking elsewhere loses nothing.
    await pane.getByRole("tab", { name: "Help" }).click();
    await pane.getByRole("tab", { name: "Data" }).click();
    await pane.getByRole("button", { name: "Save mapping" }).click();
    await pane.getByText("No problems found.").waitFor();
    await pane.getByRole("button", { name: "Forget the mapping of tblEligibility" }).click();
    await pane.getByText(/values of haircut look like valuation percentages/).waitFor();
    await workbench.write(
      place,
      haircuts.map((haircut) => [haircut]),
    );
    await checkData();
    await pane.getByText("No problems found.").waitFor();
  });

  it("names the shortfall, the minimum that is not met and the rules in the way, and leads to the cell of each cure", async () => {
    const { pane } = workbench;
    const requirement = await cellOf("Agreements", "requirement", "CSA-MERIDIAN-IM");
    await workbench.write(requirement, [[30_000_000]]);
    // The clearing house now wants more in government bonds than its whole call.
    await workbench.write("Limits!A13:K13", [
      ["agreement", "CCP-RHINE-IM", "class", "sovereign", "min", 90_000_000, "amount", "market", "EUR", "hard", ""],
    ]);
    expect(await runAnalysis(workbench)).toMatch(
      /^Covered 8 of 9 calls, \d+ minimums? not met\. CSA-MERIDIAN-IM is short [\d,]+ EUR\. Cost [\d,]+ USD\/day\. \d+ moves\./,
    );
    await pane.getByRole("heading", { name: "Why calls are short and minimums not met" }).waitFor();
    await pane.getByRole("heading", { name: /^CSA-MERIDIAN-IM is short [\d,]+ EUR$/ }).waitFor();
    await pane.getByRole("heading", { name: /^Sovereign minimum at CCP-RHINE-IM \(tblLimits row 8\): [\d,]+ EUR missing$/ }).waitFor();
    await pane.getByRole("button", { name: /^Go to cell: .*reduce the requirement of CSA-MERIDIAN-IM/ }).click();
    await waitForCell(requirement);
    await pane
      .getByRole("button", { name: /^Go to cell: .*lower the sovereign minimum at CCP-RHINE-IM \(tblLimits row 8\) from/i })
      .first()
      .click();
    await waitForCell("Limits!F13");
    const { values } = await workbench.read("Coverage!A6:F20");
    expect(values.filter((row) => row[5] === "Short").map((row) => row[0])).toEqual(["CSA-MERIDIAN-IM"]);
    expect(values.filter((row) => row[5] === "Not met").map((row) => row[0])).toContain("sovereign minimum at CCP-RHINE-IM (tblLimits row 8)");
  });

  it("is whole again once the cells hold what the cures say", async () => {
    const { pane } = workbench;
    const cure = await pane.getByRole("button", { name: /^Go to cell: .*reduce the requirement of CSA-MERIDIAN-IM/ }).getAttribute("aria-label");
    const amount = Number(/ to ([\d,.]+) EUR$/.exec(cure ?? "")?.[1]?.replaceAll(",", ""));
    expect(amount).toBeGreaterThan(0);
    await workbench.write(await cellOf("Agreements", "requirement", "CSA-MERIDIAN-IM"), [[Math.floor(amount)]]);
    await workbench.write("Limits!E13:F13", [["max", 90_000_000]]);
    expect(await runAnalysis(workbench)).toMatch(/^Covered 9 of 9 calls\. Cost/);
    expect(await pane.getByRole("heading", { name: /^Why / }).count()).toBe(0);
    const { values, formulas } = await workbench.read("Allocation!A4:G60");
    const costs = values.slice(2).map((row) => (typeof row[6] === "number" ? row[6] : 0));
    expect(values[0]?.[5]).toBe("Total");
    expect(String(formulas[0]?.[6])).toMatch(/^=SUBTOTAL\(109,G6:G\d+\)$/);
    expect(values[0]?.[6]).toBeCloseTo(
      costs.reduce((sum, cost) => sum + cost, 0),
      6,
    );
    expect(workbench.pageErrors).toEqual([]);
  });
});

describe("a venue's new tiers", () => {
  beforeAll(async () => {
    workbench = await openWorkbench(browser);
    await insertSample(workbench);
  });
  afterAll(() => workbench?.close());

  it("are compared, asked about as a whole list with the keyboard, and added below the table", async () => {
    const { page, pane } = workbench;
    const list = [{ currency: "SOL", collateralRatioList: [{ minQty: "0", maxQty: "", collateralRatio: "0.8" }] }];
    await pane.getByRole("button", { name: "Exchange rules" }).click();
    await pane.getByLabel("Tiers as published").fill(JSON.stringify({ retCode: 0, result: { list } }));
    await pane.getByRole("combobox", { name: "Tier table" }).fill("BYBIT-BTC");
    await pane.getByLabel("Valid from (UTC)").fill("2026-11-23T06:00Z");
    await pane.getByRole("button", { name: "Show difference" }).click();
    await pane.getByRole("heading", { name: "2 of 2 assets differ" }).waitFor();
    await pane.getByText(/^The oldest rows in force are \d+ days old/).waitFor();
    await pane.getByText("Not in the paste: stays as it is").waitFor();
    const box = pane.getByRole("checkbox", { name: /^The paste is the venue's whole list/ });
    expect(await box.isChecked()).toBe(false);
    await box.focus();
    await page.keyboard.press("Space");
    await pane.getByText("Not in the paste: counts nothing from then").waitFor();
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    await pane.getByRole("button", { name: "Accept into tblTiers" }).click();
    await pane
      .getByText(/^Added 2 rows to tblTiers\. They count from 2026-11-23 06:00 UTC\. 1 dropped asset counts 0 from then\.$/)
      .first()
      .waitFor();
    const { values } = await workbench.read("Tiers!A20:I21");
    expect(values.map((row) => [row[0], row[1], row[5], row[6]])).toEqual([
      ["BYBIT-BTC", "SOL", "", 0.8],
      ["BYBIT-BTC", "BTC", "", 0],
    ]);
    expect(workbench.pageErrors).toEqual([]);
  });
});

describe("a search under way", () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  beforeAll(async () => {
    workbench = await openWorkbench(browser);
  });
  afterAll(async () => {
    release();
    await workbench?.close();
  });

  it("shows what Stop and Cancel do, takes one of them, and writes nothing after Cancel", async () => {
    const { page, pane } = workbench;
    // The search waits for its engine until the test has pressed Cancel, however fast the machine is.
    await page.context().route("**/*.wasm", async (route) => {
      await held;
      await route.continue();
    });
    // Workers that are warm already have their engine; a fresh page asks for it behind the gate.
    await page.reload();
    await page.waitForFunction(() => "workbench" in window);
    await page.evaluate(() => window.workbench.ready);
    await insertSample(workbench);
    await pane.getByRole("tab", { name: "Run" }).click();
    const [stop, cancel] = ["Stop", "Cancel"].map((name) => pane.getByRole("button", { name, exact: true }));
    expect(await stop?.getAttribute("aria-disabled")).toBe("true");
    await pane.getByRole("button", { name: "Run", exact: true }).click();
    await pane
      .getByRole("status")
      .filter({ hasText: /^Solving/ })
      .first()
      .waitFor();
    await pane.getByLabel("The search so far").getByText("Gap").waitFor();
    // The end can come in the next moment: what is shown until then is written down as it appears.
    const frame = page.frames().find((candidate) => candidate.url().includes("taskpane.html"));
    const said = await frame!.evaluateHandle(() => {
      const seen = { isCancelling: false };
      new MutationObserver(() => (seen.isCancelling ||= document.body.textContent?.includes("Cancelling.") === true)).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
      return seen;
    });
    await cancel?.focus();
    await page.keyboard.press("Enter");
    release();
    await pane.getByRole("status").filter({ hasText: "Cancelled. Nothing was written." }).first().waitFor();
    expect(await said.evaluate(({ isCancelling }) => isCancelling)).toBe(true);
    expect(await stop?.getAttribute("aria-disabled")).toBe("true");
    expect(await pane.getByRole("tab", { name: "Run" }).getAttribute("aria-selected")).toBe("true");
    expect(await workbench.sheets()).not.toEqual(expect.arrayContaining(["Allocation"]));
    // Nothing is left hanging: the next run ends as any other.
    expect(await runAnalysis(workbench)).toMatch(/Covered 9 of 9 calls/);
    expect(workbench.pageErrors).toEqual([]);
  });
});
