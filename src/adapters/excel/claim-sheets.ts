import type { ReportSheetName } from "../../core/report/report-sheet";
import { blockKey, markKey } from "./report-mark";

/** A result sheet that may be written: ours from an earlier run, or a new name. */
export interface ClaimedSheet {
  readonly logical: ReportSheetName;
  readonly actual: string;
  readonly isNew: boolean;
  /** A1 address of the block that the last run wrote; undefined on a new sheet. */
  readonly block?: string;
}

/**
 * Finds for each result sheet the sheet of an earlier run by its mark, or a free name. A name that the user has taken gets a suffix.
 */
export const claimSheets = async (context: Excel.RequestContext, names: readonly ReportSheetName[]): Promise<readonly ClaimedSheet[]> => {
  const sheets = context.workbook.worksheets;
  sheets.load("items/name");
  await context.sync();
  const known = sheets.items.map((sheet) => {
    const mark = sheet.customProperties.getItemOrNullObject(markKey);
    const block = sheet.customProperties.getItemOrNullObject(blockKey);
    mark.load("value");
    block.load("value");
    return { name: sheet.name, mark, block };
  });
  await context.sync();
  const taken = new Set(known.map((sheet) => sheet.name.toLowerCase()));
  return names.map((logical) => {
    const own = known.find(({ mark }) => !mark.isNullObject && mark.value === logical);
    if (own !== undefined) return { logical, actual: own.name, isNew: false, ...(own.block.isNullObject ? {} : { block: own.block.value }) };
    return { logical, actual: freeName(logical, taken), isNew: true };
  });
};

/** A name that no sheet has: the logical one, or with the suffix 2, 3, ... */
export const freeName = (logical: string, taken: ReadonlySet<string>): string => {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? logical : `${logical} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
};
