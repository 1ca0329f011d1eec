import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { startBrowser } from "../support/browser";
import { buildWorkbench } from "../support/workbench-build";
import { insertSample, openFile, openWorkbench, runAnalysis, type OpenWorkbench } from "../support/workbench-page";
import { unzipText } from "../support/workbench-unzip";

let browser: Browser;
let workbench: OpenWorkbench;
let folder = "";

beforeAll(async () => {
  await buildWorkbench();
  folder = mkdtempSync(path.join(tmpdir(), "workbench-"));
  browser = await startBrowser();
  workbench = await openWorkbench(browser);
});

afterAll(async () => {
  await workbench?.close();
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function save(): Promise<string> {
  const { page } = workbench;
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save workbook" }).click()]);
  const file = path.join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

describe("workbook files", () => {
  it("saves the sample with its result and opens it again unchanged", async () => {
    await insertSample(workbench);
    await runAnalysis(workbench);
    await workbench.write("Sheet1!A1", [["=COLL.COLLATERALVALUE(1000,0.9,0.08)", "=SUM(tblFx[rate])"]]);
    const ranges = ["Sheet1!A1:B1", "Assets!A1:L40", "Allocation!A1:L40", "Coverage!A1:L20", "'Run log'!A1:I10"];
    const before = await Promise.all(ranges.map((range) => workbench.read(range)));
    const names = await workbench.sheets();

    const file = await save();
    expect(unzipText(readFileSync(file), /^xl\/worksheets\/sheet1\.xml$/)).toContain("_xldudf_COLL_COLLATERALVALUE(1000,0.9,0.08)");
    await openFile(workbench, file);

    expect(await workbench.sheets()).toEqual(names);
    const after = await Promise.all(ranges.map((range) => workbench.read(range)));
    expect(after).toEqual(before);
  });

  it("rewrites the result sheets of a reopened workbook in place", async () => {
    const names = await workbench.sheets();
    await runAnalysis(workbench);
    expect(await workbench.sheets()).toEqual(names);
  });

  it("keeps the open workbook when a file is none, and says so", async () => {
    const file = path.join(folder, "letter.xlsx");
    writeFileSync(file, "Dear Sir or Madam");
    const names = await workbench.sheets();
    await openFile(workbench, file);
    await workbench.page.getByText(/no \.xlsx workbook/).waitFor();
    expect(await workbench.sheets()).toEqual(names);
  });
});
