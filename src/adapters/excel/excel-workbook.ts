import type { WorkbookPort } from "../../app/ports";
import { appendRows, insertFormula } from "./append-rows";
import { insertTables } from "./insert-tables";
import { readTables } from "./read-tables";
import { selectCell } from "./select-cell";
import { addRow, removeRow } from "./table-row";
import { readSetting, writeSetting } from "./workbook-setting";
import { appendLog, restoreReport, writeReport, type WrittenReport } from "./write-report";

/** Makes the workbook port on Office.js. It remembers the blocks of the previous run for this session, so that they can be restored. */
export const createExcelWorkbook = (): WorkbookPort => {
  let last: WrittenReport | undefined;
  return {
    readTables,
    writeReport: async (report) => {
      last = await writeReport(report);
      return last.sheets;
    },
    appendLog,
    restorePrevious: async () => {
      if (last === undefined || last.previous.length === 0) return [];
      const sheets = await restoreReport(last);
      last = undefined;
      return sheets;
    },
    insertTables,
    appendRows,
    addRow,
    removeRow,
    readSetting,
    writeSetting,
    insertFormula,
    select: selectCell,
  };
};
