import { DomainError } from "../core/basics/domain-error";
import { choicesOf, columnCatalogue } from "../core/tables/column-catalogue";
import { cellsOf, pinOf, textOf, type PinRequest, type PinView } from "./pins-in-force";
import type { TableToInsert, WorkbookPort } from "./ports";
import { readBook } from "./read-book";
import { readChoices, writeChoices } from "./workbook-choices";

const pinsTable = (set: string): TableToInsert => ({
  sheet: "Pins",
  table: `tblPins${set === "own" ? "Own" : set}`,
  title: "Pins",
  note: "What a run must keep or must not use: action pin, forbid, atLeast or atMost; quantity in units.",
  columns: columnCatalogue.pins.map(({ name }) => name),
  choices: choicesOf("pins"),
  rows: [],
  textColumns: ["agreementId", "assetId", "location", "action"],
});

/**
 * Appends a pin to tblPins, or makes that table on a sheet of its own; no cell of the user's is changed. What the pane has pinned of the
 * same line before is taken back first.
 *
 * @returns one sentence for the pane
 * @throws DomainError badInput where a row of the user's speaks of the same line; WorkbookError
 */
export const addPin = async (workbook: WorkbookPort, now: string, request: PinRequest, set?: string): Promise<string> => {
  const { status } = await readBook(workbook, now, set);
  const before = pinOf(status.pins ?? [], request);
  const table = status.tables.find(({ kind }) => kind === "pins");
  if (before !== undefined && !before.isOurs) {
    throw new DomainError("badInput", `${before.sheet}!${before.address} already says ${before.action}. Change that row, then run again.`);
  }
  if (before !== undefined && table !== undefined) await takeOut(workbook, table.name, before);
  const spec = pinsTable(status.chosenSet);
  const place = await workbook.addRow(table === undefined ? spec : { ...spec, table: table.name }, cellsOf(request));
  await writeChoices(workbook, (choices) => ({ ...choices, pins: [...new Set([...choices.pins, textOf(cellsOf(request))])] }));
  const what = request.action === "forbid" ? "forbidden" : `pinned at ${request.quantity ?? "today's amount"}`;
  return `${request.assetId} is ${what} at ${request.agreementId} (${place.sheet}!${place.address}). Run again to apply it.`;
};

/**
 * Takes a pin of the pane's out of tblPins again.
 *
 * @returns one sentence for the pane
 * @throws WorkbookError when the row was changed since
 */
export const undoPin = async (workbook: WorkbookPort, now: string, pin: PinView, set?: string): Promise<string> => {
  const { status } = await readBook(workbook, now, set);
  const table = status.tables.find(({ kind }) => kind === "pins");
  if (table === undefined) throw new DomainError("badInput", "There is no table tblPins any more.");
  await takeOut(workbook, table.name, pin);
  return `${pin.assetId} at ${pin.agreementId} is free again. Run again to apply it.`;
};

const takeOut = async (workbook: WorkbookPort, table: string, pin: PinView): Promise<void> => {
  const { pins } = await readChoices(workbook);
  const cells = cellsOf(pin);
  if (!pins.includes(textOf(cells))) throw new DomainError("badInput", "That row was not written by this pane. Change it in the table.");
  await workbook.removeRow(table, cells);
  await writeChoices(workbook, (choices) => ({ ...choices, pins: choices.pins.filter((known) => known !== textOf(cells)) }));
};
