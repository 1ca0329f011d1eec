import type { IDisposable } from "@univerjs/core";
import { type Block, blockAddress, intersection } from "./address";
import { looksTrigger } from "./calculation";
import { readCells } from "./cells/cell-reader";
import { tablesIn } from "./table-info";
import { eventType, workbookTarget } from "./event-hub";
import { type HostWorkbook, openBook } from "./host-workbook";
import { nameTouchedColumns } from "./table-column-names";

interface CommandInfo {
  readonly id: string;
  readonly params?: {
    readonly subUnitId?: string;
    readonly trigger?: string;
    readonly cellValue?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
    readonly selections?: readonly { readonly range: Block }[];
    readonly sheet?: { readonly id: string };
    readonly tableId?: string;
    readonly name?: string;
  };
}

/** Turns what happens in Univer into the events of Excel's object model. @param byAddin says whether a request is running */
export const followWorkbook = (host: HostWorkbook, byAddin: () => boolean): IDisposable => {
  let active = host.univer.getActiveWorkbook()?.getActiveSheet().getSheetId();
  return host.commands.onCommandExecuted((info, options) => {
    const command = info as CommandInfo;
    const { params } = command;
    const fromFormula = (options as { fromFormula?: boolean } | undefined)?.fromFormula === true;
    if (command.id === "sheet.mutation.set-range-values" && params?.subUnitId) {
      const written = fromFormula ? undefined : blockOfCells(params.cellValue ?? {});
      if (written) nameTouchedColumns(host, params.subUnitId, written);
      raiseValueEvents(host, command, fromFormula, byAddin());
    } else if (command.id === "sheet.operation.set-selections" && params?.subUnitId) raiseSelection(host, params.subUnitId, params.selections ?? []);
    else if (command.id === "sheet.operation.set-worksheet-active" && params?.subUnitId && params.subUnitId !== active && !host.keepsActiveSheet) {
      if (active) raiseSheet(host, eventType.worksheetDeactivated, active);
      active = params.subUnitId;
      raiseSheet(host, eventType.worksheetActivated, active);
    } else if (command.id === "sheet.mutation.insert-sheet" && params?.sheet) raiseSheet(host, eventType.worksheetAdded, params.sheet.id);
    else if (command.id === "sheet.mutation.remove-sheet" && params?.subUnitId) raiseSheet(host, eventType.worksheetDeleted, params.subUnitId);
    else if (command.id === "sheet.mutation.add-table" && params?.tableId)
      raiseTable(host, eventType.tableAdded, params.tableId, params.subUnitId ?? "");
    else if (command.id === "sheet.mutation.delete-table" && params?.tableId)
      raiseTable(host, eventType.tableDeleted, params.tableId, params.subUnitId ?? "");
  });
};

const raiseSheet = (host: HostWorkbook, type: number, worksheetId: string): void => {
  host.events.raise(type, [worksheetId, workbookTarget], { worksheetId, source: "Local" });
};

const raiseTable = (host: HostWorkbook, type: number, tableId: string, worksheetId: string): void => {
  host.events.raise(type, [worksheetId, workbookTarget], {
    tableId,
    worksheetId,
    source: "Local",
    tableName: tablesIn(host).find(({ id }) => id === tableId)?.name,
  });
};

const raiseSelection = (host: HostWorkbook, worksheetId: string, selections: readonly { readonly range: Block }[]): void => {
  const address = selections.map(({ range }) => blockAddress(range)).join(",");
  host.events.raise(eventType.worksheetSelectionChanged, [worksheetId, workbookTarget], { address, worksheetId });
  for (const table of tablesIn(host, worksheetId)) {
    const first = selections[0]?.range;
    const inside = first && intersection(first, { ...table.range });
    if (inside) host.events.raise(eventType.tableSelectionChanged, [table.id], { address, isInsideTable: true, tableId: table.id, worksheetId });
  }
};

/** Values that the engine calculated raise onCalculated, all others onChanged; changes of looks alone raise neither. */
const raiseValueEvents = (host: HostWorkbook, command: CommandInfo, fromFormula: boolean, byAddin: boolean): void => {
  const worksheetId = command.params?.subUnitId ?? "";
  const block = blockOfCells(command.params?.cellValue ?? {});
  if (!block || !openBook(host).getSheetBySheetId(worksheetId) || command.params?.trigger === looksTrigger) return;
  const address = blockAddress(block);
  if (fromFormula) {
    const applied = command.params?.cellValue && Object.values(command.params.cellValue).some((row) => Object.values(row ?? {}).some(isResult));
    if (applied) host.events.raise(eventType.worksheetCalculated, [worksheetId, workbookTarget], { address, worksheetId });
    return;
  }
  const args = {
    address,
    changeType: "RangeEdited",
    referenceId: `event:${worksheetId}!${address}`,
    shiftDirection: "None",
    source: "Local",
    triggerSource: byAddin ? "ThisLocalAddin" : "Unknown",
    worksheetId,
    ...singleCell(host, worksheetId, block),
  };
  host.events.raise(eventType.worksheetChanged, [worksheetId, workbookTarget], args);
  for (const table of tablesIn(host, worksheetId)) {
    if (intersection(block, { ...table.range }))
      host.events.raise(eventType.tableChanged, [table.id, worksheetId, workbookTarget], { ...args, tableId: table.id });
  }
};

const isResult = (cell: unknown): boolean => typeof cell === "object" && cell !== null && "v" in cell && cell.v !== null;

/** Excel tells the value of a single cell; the value before is not known here and left out. */
const singleCell = (host: HostWorkbook, sheetId: string, block: Block): object => {
  if (block.startRow !== block.endRow || block.startColumn !== block.endColumn) return {};
  const cells = readCells(host, sheetId);
  return { valueAfter: cells.value(block.startRow, block.startColumn), valueTypeAfter: cells.valueType(block.startRow, block.startColumn) };
};

const blockOfCells = (cellValue: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>): Block | undefined => {
  const rows = Object.keys(cellValue).map(Number);
  const columns = new Set(Object.values(cellValue).flatMap((row) => Object.keys(row ?? {}).map(Number)));
  if (rows.length === 0 || columns.size === 0) return undefined;
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  return { startRow: least(rows), startColumn: least([...columns]), endRow: most(rows), endColumn: most([...columns]) };
};
