import { WorkbookError } from "../../app/ports";
import { inExcel } from "./in-excel";

/** Activates a sheet and selects a cell or range: "Go to cell". @throws WorkbookError when the sheet is gone */
export const selectCell = (sheetName: string, address: string): Promise<void> =>
  inExcel(`go to ${sheetName}!${address}`, async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(sheetName);
    sheet.load("name");
    await context.sync();
    if (sheet.isNullObject) throw new WorkbookError("ItemNotFound", `Sheet ${sheetName} is no longer there. Run again to write it anew.`);
    sheet.activate();
    sheet.getRange(address).select();
    await context.sync();
  });
