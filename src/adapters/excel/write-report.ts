import type { ReportToWrite } from "../../app/ports";
import {
  formatsOf,
  incompleteStatus,
  reportRows,
  totalsRow,
  type ReportCell,
  type ReportSheet,
  type ReportSheetName,
} from "../../core/report/report-sheet";
import { cellAddress } from "../../core/tables/sheet-table";
import { claimSheets, freeName, type ClaimedSheet } from "./claim-sheets";
import { dressSheet } from "./dress-sheet";
import { inExcel } from "./in-excel";
import { blockKey, markKey } from "./report-mark";
import { restoreBlocks, saveBlocks, writeRows, type SavedBlock } from "./report-block";

/** What a write leaves behind for "Restore previous". */
export interface WrittenReport {
  readonly sheets: readonly string[];
  readonly previous: readonly SavedBlock[];
  /** Sheet -> address written by this run. */
  readonly written: ReadonlyMap<string, string>;
}

/**
 * Writes a report to our own sheets: the one gateway for results.
 *
 * Sheets of an earlier run are rewritten in place; cells outside their block are the user's, and when a larger block would touch one of them
 * the report goes to a new sheet instead. The status line says INCOMPLETE until the last chunk is in. On failure the previous
 * blocks are put back and only sheets that this run has made are deleted.
 *
 * @throws WorkbookError
 */
export const writeReport = (report: ReportToWrite): Promise<WrittenReport> =>
  inExcel("write the results", async (context) => {
    const first = await claimSheets(context, report.names);
    const drafts = report.build(actualNames(first));
    const claimed = await avoidUserCells(context, first, drafts);
    // Formulas name sheets, so only another name makes the report another one.
    const sheets = claimed === first ? drafts : report.build(actualNames(claimed));
    const saved = await saveBlocks(
      context,
      claimed.filter((sheet) => !sheet.isNew),
    );
    const written = new Map<string, string>();
    try {
      for (const sheet of sheets) {
        const claim = claimed.find((candidate) => candidate.logical === sheet.name);
        if (claim !== undefined) await writeSheet(context, sheet, claim, report, written);
      }
      await finish(context, claimed, report.completeStatus, written);
    } catch (error) {
      await undo(context, claimed, saved, written);
      throw error;
    }
    // The log only grows, so "Restore previous" leaves it alone.
    const logs = new Set(
      claimed.filter((claim) => sheets.some((sheet) => sheet.name === claim.logical && sheet.appends)).map((claim) => claim.actual),
    );
    return { sheets: claimed.map((sheet) => sheet.actual), previous: saved.filter((block) => !logs.has(block.sheet)), written };
  });

const blockAddress = (sheet: ReportSheet, rows: number): string =>
  `A1:${cellAddress(Math.max(reportRows.header, reportRows.firstData + rows - 1) - 1, sheet.columns.length - 1)}`;

const actualNames = (claimed: readonly ClaimedSheet[]): ReadonlyMap<ReportSheetName, string> =>
  new Map(claimed.map((sheet) => [sheet.logical, sheet.actual]));

/** Moves a report to a new sheet when its block would cover cells that the user has typed on ours. */
const avoidUserCells = async (
  context: Excel.RequestContext,
  claimed: readonly ClaimedSheet[],
  drafts: readonly ReportSheet[],
): Promise<readonly ClaimedSheet[]> => {
  const checks = claimed.flatMap((claim) => {
    const sheet = drafts.find((draft) => draft.name === claim.logical);
    if (claim.isNew || sheet === undefined || sheet.appends) return [];
    const range = context.workbook.worksheets.getItem(claim.actual).getRange(blockAddress(sheet, sheet.rows.length));
    range.load("formulas");
    const block = context.workbook.worksheets.getItem(claim.actual).getRange(claim.block ?? "A1");
    block.load("rowCount,columnCount");
    return [{ claim, range, block }];
  });
  const sheets = context.workbook.worksheets;
  sheets.load("items/name");
  await context.sync();
  const taken = new Set(sheets.items.map((sheet) => sheet.name.toLowerCase()));
  const blocked = new Set(
    checks
      .filter(({ range, block }) =>
        (range.formulas as unknown[][]).some((row, r) => row.some((cell, c) => cell !== "" && (r >= block.rowCount || c >= block.columnCount))),
      )
      .map(({ claim }) => claim.logical),
  );
  if (blocked.size === 0) return claimed;
  return claimed.map((claim) =>
    blocked.has(claim.logical) ? { logical: claim.logical, actual: freeName(claim.logical, taken), isNew: true } : claim,
  );
};

const writeSheet = async (
  context: Excel.RequestContext,
  report: ReportSheet,
  claim: ClaimedSheet,
  run: ReportToWrite,
  written: Map<string, string>,
): Promise<void> => {
  const sheet = claim.isNew ? context.workbook.worksheets.add(claim.actual) : context.workbook.worksheets.getItem(claim.actual);
  written.set(claim.actual, "A1");
  if (claim.isNew) sheet.customProperties.add(markKey, claim.logical);
  else if (!report.appends && claim.block !== undefined) sheet.getRange(claim.block).clear(Excel.ClearApplyTo.contents);
  sheet.getRange(`A${reportRows.title}:A${reportRows.note}`).formulas = [[report.title], [incompleteStatus(run.runId)], [report.note]];
  const kept = report.appends && !claim.isNew ? await rowsKept(context, sheet) : 0;
  const top = reportRows.firstData - 1 + kept;
  const address = blockAddress(report, kept + report.rows.length);
  written.set(claim.actual, address);
  const header = sheet.getRangeByIndexes(reportRows.header - 1, 0, 1, report.columns.length);
  header.numberFormat = [report.columns.map(() => "@")];
  header.values = [report.columns.map((column) => column.header)];
  const totals = totalsRow(report);
  if (totals !== undefined) {
    const range = sheet.getRangeByIndexes(reportRows.totals - 1, 0, 1, report.columns.length);
    range.numberFormat = [report.columns.map((column) => (column.isTotalled === true ? column.format : "General"))];
    range.formulas = [totals.map(toFormula)];
  }
  await context.sync();
  await writeRows(
    context,
    claim.actual,
    top,
    report.rows.map((row) => row.map(toFormula)),
    formatsOf(report),
  );
  dressSheet(sheet, report, claim.isNew);
  await context.sync();
};

/** Rows of the log that are there already: the log only grows. */
const rowsKept = async (context: Excel.RequestContext, sheet: Excel.Worksheet): Promise<number> => {
  const used = sheet.getUsedRangeOrNullObject(true);
  used.load("rowIndex,rowCount");
  await context.sync();
  return used.isNullObject ? 0 : Math.max(0, used.rowIndex + used.rowCount - reportRows.header);
};

const toFormula = (cell: ReportCell): string | number | boolean => (typeof cell === "object" ? cell.formula : cell);

const finish = async (
  context: Excel.RequestContext,
  claimed: readonly ClaimedSheet[],
  status: string,
  written: ReadonlyMap<string, string>,
): Promise<void> => {
  for (const claim of claimed) {
    const sheet = context.workbook.worksheets.getItem(claim.actual);
    sheet.getRange(`A${reportRows.status}`).values = [[status]];
    sheet.customProperties.add(blockKey, written.get(claim.actual) ?? "A1");
  }
  const first = claimed[0];
  if (first !== undefined) context.workbook.worksheets.getItem(first.actual).activate();
  await context.sync();
};

const undo = async (
  context: Excel.RequestContext,
  claimed: readonly ClaimedSheet[],
  previous: readonly SavedBlock[],
  written: ReadonlyMap<string, string>,
): Promise<void> => {
  for (const claim of claimed) {
    if (claim.isNew && written.has(claim.actual)) context.workbook.worksheets.getItemOrNullObject(claim.actual).delete();
  }
  await context.sync();
  await restoreBlocks(
    context,
    previous.filter((block) => written.has(block.sheet)),
    written,
  );
};

/** Puts the blocks of the run before the last one back. */
export const restoreReport = (report: WrittenReport): Promise<readonly string[]> =>
  inExcel("restore the previous results", async (context) => {
    await restoreBlocks(context, report.previous, report.written);
    for (const block of report.previous) context.workbook.worksheets.getItem(block.sheet).customProperties.add(blockKey, block.address);
    await context.sync();
    return report.previous.map((block) => block.sheet);
  });

/**
 * Adds rows below the last used row of our log, so that neither its rows nor a note of the user's is touched.
 *
 * @returns false where there is no such sheet of ours any more
 */
export const appendLog = (log: ReportSheet): Promise<boolean> =>
  inExcel("add to the log", async (context) => {
    const [claim] = await claimSheets(context, [log.name]);
    if (claim === undefined || claim.isNew) return false;
    const sheet = context.workbook.worksheets.getItem(claim.actual);
    const kept = await rowsKept(context, sheet);
    await writeRows(
      context,
      claim.actual,
      reportRows.firstData - 1 + kept,
      log.rows.map((row) => row.map(toFormula)),
      log.rows.map(() => log.columns.map((column) => column.format)),
    );
    sheet.customProperties.add(blockKey, blockAddress(log, kept + log.rows.length));
    await context.sync();
    return true;
  });
