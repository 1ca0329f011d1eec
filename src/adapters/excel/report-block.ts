import type { ClaimedSheet } from "./claim-sheets";

/** A block of cells as it was, so that a failed run can put it back. */
export interface SavedBlock {
  readonly sheet: string;
  readonly address: string;
  readonly formulas: unknown[][];
  readonly numberFormat: unknown[][];
}

/**
 * Saves the blocks of earlier runs before anything is written.
 *
 * @returns one block for each sheet that has one
 */
export const saveBlocks = async (context: Excel.RequestContext, sheets: readonly ClaimedSheet[]): Promise<readonly SavedBlock[]> => {
  const saved: SavedBlock[] = [];
  for (const { actual, block } of sheets) {
    if (block === undefined) continue;
    const range = context.workbook.worksheets.getItem(actual).getRange(block);
    range.load("formulas,numberFormat");
    // eslint-disable-next-line office-addins/no-context-sync-in-loop -- one sheet per request keeps each below the payload limit
    await context.sync();
    saved.push({ sheet: actual, address: block, formulas: range.formulas as unknown[][], numberFormat: range.numberFormat as unknown[][] });
  }
  return saved;
};

/** Bytes of cells per request; Excel on the web takes 5 MB. */
const bytesPerRequest = 1_000_000;

/**
 * Writes rows in chunks measured in bytes, formats before values so that text stays text.
 *
 * @param top 0-based sheet row of the first row
 */
export const writeRows = async (
  context: Excel.RequestContext,
  sheetName: string,
  top: number,
  formulas: readonly (readonly unknown[])[],
  formats: readonly (readonly unknown[])[],
): Promise<void> => {
  const sheet = context.workbook.worksheets.getItem(sheetName);
  let from = 0;
  while (from < formulas.length) {
    let to = from;
    for (let bytes = 0; to < formulas.length && (to === from || bytes < bytesPerRequest); to += 1) {
      bytes += JSON.stringify(formulas[to]).length + JSON.stringify(formats[to]).length;
    }
    const rows = formulas.slice(from, to);
    const range = sheet.getRangeByIndexes(top + from, 0, rows.length, rows[0]?.length ?? 1);
    range.numberFormat = formats.slice(from, to).map((row) => [...row]);
    range.formulas = rows.map((row) => [...row]);
    // eslint-disable-next-line office-addins/no-context-sync-in-loop -- chunks by bytes, as the payload limit asks
    await context.sync();
    from = to;
  }
};

/** Puts saved blocks back, over whatever a failed run has written into `cleared`. */
export const restoreBlocks = async (
  context: Excel.RequestContext,
  saved: readonly SavedBlock[],
  cleared: ReadonlyMap<string, string>,
): Promise<void> => {
  for (const block of saved) {
    const written = cleared.get(block.sheet);
    const sheet = context.workbook.worksheets.getItem(block.sheet);
    if (written !== undefined) sheet.getRange(written).clear(Excel.ClearApplyTo.contents);
    const range = sheet.getRange(block.address);
    range.load("rowIndex");
    // eslint-disable-next-line office-addins/no-context-sync-in-loop -- one sheet at a time: each block goes back whole
    await context.sync();
    await writeRows(context, block.sheet, range.rowIndex, block.formulas, block.numberFormat);
  }
};
