import { inExcel } from "./in-excel";

/** Reads a text kept in the workbook's own settings; undefined where there is none. @throws WorkbookError */
export const readSetting = (key: string): Promise<string | undefined> =>
  inExcel("read what is remembered in this workbook", async (context) => {
    const setting = context.workbook.settings.getItemOrNullObject(key);
    setting.load("value");
    await context.sync();
    const value: unknown = setting.isNullObject ? undefined : setting.value;
    return typeof value === "string" ? value : undefined;
  });

/** Keeps a text in the workbook's own settings; it is saved with the file. @throws WorkbookError */
export const writeSetting = (key: string, value: string): Promise<void> =>
  inExcel("remember the choice in this workbook", async (context) => {
    context.workbook.settings.add(key, value);
    await context.sync();
  });
