import { type Block, blockOf } from "../address";
import { type ClassDefinition, defineClass, type HostObject, readOnly, type HostClass } from "../host-class";
import { HostError, invalidArgument, itemAlreadyExists, itemNotFound } from "../host-error";
import { type HostWorkbook, openBook, sheetByName, sheetOf } from "../host-workbook";
import { assertSheetName } from "../item-names";
import { rangeOn, usedBlock, wholeSheet } from "../range-target";
import { chartCollectionClass } from "./chart-collection-class";
import { colorOf, readColor } from "./color";
import { nameCollectionClass } from "./name-classes";
import { rangeClass } from "./range-class";
import { tableCollectionClass } from "./table-collection-class";
import { freezePanesClass, sheetPropertiesClass, worksheetProtectionClass } from "./worksheet-part-classes";

/** A worksheet of the object model. */
export interface SheetTarget {
  readonly sheetId: string;
}

const scalars: NonNullable<ClassDefinition<SheetTarget>["scalars"]> = {
  EnableCalculation: {
    get: () => true,
    set: (_sheet, value) => {
      if (value !== true) throw invalidArgument("this host always calculates");
    },
  },
  Id: readOnly(({ sheetId }) => sheetId),
  Name: {
    get: ({ sheetId }, host) => sheetOf(host, sheetId).getSheetName(),
    set: ({ sheetId }, value, host) => {
      const name = assertSheetName(value);
      const present = sheetByName(host, name);
      if (present && present.getSheetId() !== sheetId) throw itemAlreadyExists(name);
      sheetOf(host, sheetId).setName(name);
    },
  },
  Position: {
    get: ({ sheetId }, host) => sheetOf(host, sheetId).getIndex(),
    set: ({ sheetId }, value, host) => {
      const index = Number(value);
      if (!(index >= 0 && index < openBook(host).getNumSheets())) throw invalidArgument(`${String(value)} is no position`);
      keepingActive(host, () => openBook(host).moveSheet(sheetOf(host, sheetId), index));
    },
  },
  ShowGridlines: readOnly(({ sheetId }, host) => !sheetOf(host, sheetId).hasHiddenGridLines()),
  /** The library reads ShowGridlines, but sets it under this name. */
  Gridlines: {
    get: ({ sheetId }, host) => !sheetOf(host, sheetId).hasHiddenGridLines(),
    set: ({ sheetId }, value, host) => void sheetOf(host, sheetId).setHiddenGridlines(value !== true),
  },
  StandardHeight: readOnly(() => 15),
  StandardWidth: readOnly(() => 8.43),
  TabColor: {
    get: ({ sheetId }, host) => readColor(sheetOf(host, sheetId).getTabColor(), ""),
    set: ({ sheetId }, value, host) => void sheetOf(host, sheetId).setTabColor(value === "" ? "" : colorOf(value)),
  },
  Visibility: {
    get: ({ sheetId }, host) => {
      if (!sheetOf(host, sheetId).isSheetHidden()) return "Visible";
      return host.state.veryHidden.has(sheetId) ? "VeryHidden" : "Hidden";
    },
    set: ({ sheetId }, value, host) => {
      if (!["Visible", "Hidden", "VeryHidden"].includes(String(value))) throw invalidArgument(`${String(value)} is no visibility`);
      if (value === "Visible") sheetOf(host, sheetId).showSheet();
      else {
        assertNotLastVisible(host, sheetId);
        sheetOf(host, sheetId).hideSheet();
      }
      if (value === "VeryHidden") host.state.veryHidden.add(sheetId);
      else host.state.veryHidden.delete(sheetId);
    },
  },
};

/** Excel keeps at least one visible sheet. */
const assertNotLastVisible = (host: HostWorkbook, sheetId: string): void => {
  const others = openBook(host)
    .getSheets()
    .filter((sheet) => !sheet.isSheetHidden() && sheet.getSheetId() !== sheetId);
  if (others.length === 0) throw new HostError("InvalidOperation", "A workbook must contain at least one visible worksheet.");
};

/** Univer activates sheets that it makes or moves; Excel does not. */
export const keepingActive = <T>(host: HostWorkbook, act: () => T): T => {
  const active = openBook(host).getActiveSheet().getSheetId();
  host.keepsActiveSheet = true;
  try {
    const result = act();
    const still = openBook(host).getSheetBySheetId(active);
    if (still && openBook(host).getActiveSheet().getSheetId() !== active) openBook(host).setActiveSheet(still);
    return result;
  } finally {
    host.keepsActiveSheet = false;
  }
};

const range = (sheetId: string, block: Block): HostObject => rangeClass.of({ sheetId, block });

const neighbour = (host: HostWorkbook, sheetId: string, step: number, visibleOnly: unknown): HostObject | null => {
  const sheets = openBook(host)
    .getSheets()
    .filter((sheet) => visibleOnly !== true || !sheet.isSheetHidden());
  const found = sheets[sheets.findIndex((sheet) => sheet.getSheetId() === sheetId) + step];
  return found ? worksheetClass.of({ sheetId: found.getSheetId() }) : null;
};

const orMissing = (object: HostObject | null): HostObject => {
  if (!object) throw itemNotFound();
  return object;
};

const methods: NonNullable<ClassDefinition<SheetTarget>["methods"]> = {
  Activate: ({ sheetId }, _args, host) => {
    const sheet = sheetOf(host, sheetId);
    if (sheet.isSheetHidden()) throw new HostError("InvalidOperation", "A hidden worksheet cannot be activated.");
    openBook(host).setActiveSheet(sheet);
  },
  Calculate: (_sheet, _args, host) => void host.univer.getFormula().executeCalculation(),
  Delete: ({ sheetId }, _args, host) => {
    assertNotLastVisible(host, sheetId);
    const { state } = host;
    for (const [id, chart] of state.charts) if (chart.sheetId === sheetId) state.charts.delete(id);
    for (const part of [state.protectedSheets, state.lockedBlocks, state.sheetProperties, state.veryHidden]) part.delete(sheetId);
    openBook(host).deleteSheet(sheetId);
  },
  GetCell: ({ sheetId }, [row, column]) => range(sheetId, blockOf(Number(row), Number(column), 1, 1)),
  GetNext: ({ sheetId }, [visibleOnly], host) => orMissing(neighbour(host, sheetId, 1, visibleOnly)),
  GetNextOrNullObject: ({ sheetId }, [visibleOnly], host) => neighbour(host, sheetId, 1, visibleOnly),
  GetPrevious: ({ sheetId }, [visibleOnly], host) => orMissing(neighbour(host, sheetId, -1, visibleOnly)),
  GetPreviousOrNullObject: ({ sheetId }, [visibleOnly], host) => neighbour(host, sheetId, -1, visibleOnly),
  GetRange: ({ sheetId }, [address], host) => rangeClass.of(rangeOn(host, sheetId, address)),
  GetRangeByIndexes: ({ sheetId }, [row, column, rows, columns]) =>
    range(sheetId, blockOf(Number(row), Number(column), Number(rows), Number(columns))),
  GetUsedRange: ({ sheetId }, [valuesOnly], host) => range(sheetId, usedBlock(host, sheetId, wholeSheet, valuesOnly === true) ?? blockOf(0, 0, 1, 1)),
  GetUsedRangeOrNullObject: ({ sheetId }, [valuesOnly], host) => {
    const block = usedBlock(host, sheetId, wholeSheet, valuesOnly === true);
    return block ? range(sheetId, block) : null;
  },
  _GetSheetById: (_sheet, [id], host) => worksheetClass.of({ sheetId: sheetOf(host, String(id)).getSheetId() }),
  _GetAnotherWorksheetById: (_sheet, [id], host) => worksheetClass.of({ sheetId: sheetOf(host, String(id)).getSheetId() }),
};

/** Excel.Worksheet. */
export const worksheetClass: HostClass<SheetTarget> = defineClass<SheetTarget>({
  name: "Worksheet",
  identity: ({ sheetId }) => ({ Id: sheetId }),
  scalars,
  children: {
    Charts: ({ sheetId }) => chartCollectionClass.of({ sheetId }),
    CustomProperties: ({ sheetId }) => sheetPropertiesClass.of({ sheetId }),
    FreezePanes: ({ sheetId }) => freezePanesClass.of({ sheetId }),
    Names: ({ sheetId }) => nameCollectionClass.of({ sheetId }),
    Protection: ({ sheetId }) => worksheetProtectionClass.of({ sheetId }),
    Tables: ({ sheetId }) => tableCollectionClass.of({ sheetId }),
  },
  methods,
  calculated: ["GetUsedRange", "GetUsedRangeOrNullObject"],
});

const asObject = (sheetId: string): HostObject => worksheetClass.of({ sheetId });

const findSheet = (key: unknown, host: HostWorkbook): HostObject | null => {
  const sheet = sheetByName(host, String(key)) ?? openBook(host).getSheetBySheetId(String(key));
  return sheet ? asObject(sheet.getSheetId()) : null;
};

/** The first free name of the kind Sheet1, Sheet2, ... */
const freeSheetName = (host: HostWorkbook): string => {
  let number = openBook(host).getNumSheets() + 1;
  while (sheetByName(host, `Sheet${number}`)) number += 1;
  return `Sheet${number}`;
};

/** Excel.WorksheetCollection. */
export const worksheetCollectionClass: HostClass<Record<string, never>> = defineClass<Record<string, never>>({
  name: "WorksheetCollection",
  items: (_all, host) =>
    openBook(host)
      .getSheets()
      .map((sheet) => asObject(sheet.getSheetId())),
  item: (_all, key, host) => findSheet(key, host),
  methods: {
    Add: (_all, [given], host) => {
      const name = given === undefined || given === null || given === "" ? freeSheetName(host) : assertSheetName(given);
      if (sheetByName(host, name)) throw itemAlreadyExists(name);
      const sheet = keepingActive(host, () => openBook(host).create(name, 1000, 26));
      return asObject(sheet.getSheetId());
    },
    GetActiveWorksheet: (_all, _args, host) => asObject(openBook(host).getActiveSheet().getSheetId()),
    GetCount: (_all, [visibleOnly], host) =>
      openBook(host)
        .getSheets()
        .filter((sheet) => visibleOnly !== true || !sheet.isSheetHidden()).length,
    GetFirst: (_all, [visibleOnly], host) => orMissing(edge(host, visibleOnly, 0)),
    GetLast: (_all, [visibleOnly], host) => orMissing(edge(host, visibleOnly, -1)),
  },
});

const edge = (host: HostWorkbook, visibleOnly: unknown, index: number): HostObject | null => {
  const sheet = openBook(host)
    .getSheets()
    .filter((entry) => visibleOnly !== true || !entry.isSheetHidden())
    .at(index);
  return sheet ? asObject(sheet.getSheetId()) : null;
};
