import type { Browser } from "playwright-core";
import { startBrowser } from "../support/browser";
import { buildWorkbench } from "../support/workbench-build";
import { openWorkbench, type OpenWorkbench } from "../support/workbench-page";

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

async function goTo(address: string): Promise<void> {
  const box = workbench.page.getByLabel("Name Box");
  await box.fill(address);
  await box.press("Enter");
}

describe("typing into cells", () => {
  it("enters a custom function through the formula bar and shows its value", async () => {
    await goTo("B2");
    const bar = workbench.page.getByLabel("Formula Bar");
    await bar.click();
    await bar.fill("=COLL.COLLATERALVALUE(1000,0.9,0.08)");
    await bar.press("Enter");
    const { values, formulas } = await workbench.read("B2");
    expect(formulas).toEqual([["=COLL.COLLATERALVALUE(1000,0.9,0.08)"]]);
    expect(values[0]?.[0]).toBeCloseTo(828, 9);
    expect(await workbench.page.getByLabel("Name Box").inputValue()).toBe("B3");
  });

  it("enters a value straight into the cell that has the keyboard", async () => {
    await goTo("D4");
    await workbench.page.keyboard.type("250");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.keyboard.type("=d4*2");
    await workbench.page.keyboard.press("Enter");
    expect((await workbench.read("D4:D5")).values).toEqual([[250], [500]]);
  });

  it("reads typed percentages, dates, logicals and apostrophes as Excel does", async () => {
    await workbench.write("F1", [["5%", "2026-01-15", "true", "'00123", "1e3", "12 apples"]]);
    const { values, text } = await workbench.read("F1:K1");
    expect(values).toEqual([[0.05, 46037, true, "00123", 1000, "12 apples"]]);
    expect(text[0]?.[0]).toBe("5%");
  });

  it("spills a matrix and gives the message behind an error", async () => {
    await workbench.write("Sheet1!A10", [
      [100, "=COLL.RETURNS(A10:A12)", '=COLL.HAIRCUT.SCALE("x",10,5)'],
      [110, null, null],
      [99, null, null],
    ]);
    const { values, errors } = await workbench.read("Sheet1!A10:C12");
    expect(values[1]?.[1]).toBeCloseTo(Math.log(1.1), 12);
    expect(values[2]?.[1]).toBeCloseTo(Math.log(0.9), 12);
    expect(values[0]?.[2]).toBe("#VALUE!");
    expect(errors[0]?.[2]).not.toBe("");
    expect(errors[0]?.[0]).toBe("");
  });

  it("refuses an address that does not exist, naming it", async () => {
    await expect(workbench.read("Nowhere!A1")).rejects.toThrow(/no sheet "Nowhere"/);
    await expect(workbench.write("Sheet1!A1:B2", [[1]])).rejects.toThrow(/shape/);
  });
});
