import { DEFAULT_STYLES, LocaleType, LogLevel, mergeLocales, Univer, type IWorkbookData, type Plugin, type PluginCtor } from "@univerjs/core";
import { FUniver } from "@univerjs/core/facade";
import { UniverSheetsCorePreset } from "@univerjs/preset-sheets-core";
import coreLocale from "@univerjs/preset-sheets-core/locales/en-US";
import { UniverSheetsDrawingPreset } from "@univerjs/preset-sheets-drawing";
import drawingLocale from "@univerjs/preset-sheets-drawing/locales/en-US";
import { UniverSheetsTablePreset, UniverSheetsTableUIPlugin } from "@univerjs/preset-sheets-table";
import tableLocale from "@univerjs/preset-sheets-table/locales/en-US";
import { greenTheme } from "@univerjs/themes";
import "@univerjs/preset-sheets-core/lib/index.css";
import "@univerjs/preset-sheets-drawing/lib/index.css";
import "@univerjs/preset-sheets-table/lib/index.css";

/** The spreadsheet in the page. */
export interface Grid {
  readonly api: FUniver;
  readonly univer: Univer;
}

/** Rows and columns that a new sheet shows; writing further out makes it larger. */
export const NEW_SHEET_ROWS = 1000;
/** @see NEW_SHEET_ROWS */
export const NEW_SHEET_COLUMNS = 40;

type PresetPlugin = PluginCtor<Plugin> | [PluginCtor<Plugin>, ConstructorParameters<PluginCtor<Plugin>>[0]];

// Arial in 10 points is as wide as Calibri in 11, for which Excel's column widths are made, and every machine has it or its
// like. The grid has no setting that also holds for sheets made later, only this object.
Object.assign(DEFAULT_STYLES, { ff: "Arial", fs: 10 });

/** The workbook that the page starts with. */
export const EMPTY_WORKBOOK: Partial<IWorkbookData> = {
  name: "Book1",
  sheetOrder: ["sheet-1"],
  sheets: { "sheet-1": { id: "sheet-1", name: "Sheet1", rowCount: NEW_SHEET_ROWS, columnCount: NEW_SHEET_COLUMNS } },
};

/**
 * Starts Univer in an element with the open-source presets only and one workbook.
 *
 * Its ribbon and formula bar stay off: the page has an Excel-like strip and an accessible bar of its own.
 * @param dark the colours to start with
 */
export function createGrid(container: HTMLElement, dark: boolean, workbook: Partial<IWorkbookData>): Grid {
  const univer = new Univer({
    theme: greenTheme,
    darkMode: dark,
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: mergeLocales(coreLocale, drawingLocale, tableLocale) },
    logLevel: LogLevel.WARN,
  });
  const presets = [
    UniverSheetsCorePreset({
      container,
      header: false,
      toolbar: false,
      formulaBar: false,
      footer: { menus: false, addSheetButtonConfig: { defaultRowCount: NEW_SHEET_ROWS, defaultColumnCount: NEW_SHEET_COLUMNS } },
      // The message about numbers stored as text would cover identifiers that are text on purpose.
      disableTextFormatAlert: true,
      disableTextFormatMark: true,
      sheets: { disableForceStringAlert: true, disableForceStringMark: true },
    }),
    UniverSheetsDrawingPreset(),
    UniverSheetsTablePreset(),
  ];
  for (const preset of presets) {
    for (const entry of preset.plugins as readonly PresetPlugin[]) {
      const [plugin, config] = Array.isArray(entry) ? entry : [entry, undefined];
      // The table preset takes no options; the tag with the table's name would cover the cells above it.
      univer.registerPlugin(plugin, plugin === (UniverSheetsTableUIPlugin as unknown) ? { hideAnchor: true } : config);
    }
  }
  const api = FUniver.newAPI(univer);
  api.createWorkbook(workbook);
  return { api, univer };
}

/** The one open workbook. @throws Error when there is none, which only a broken start leaves */
export function openWorkbook(api: FUniver): NonNullable<ReturnType<FUniver["getActiveWorkbook"]>> {
  const workbook = api.getActiveWorkbook();
  if (!workbook) throw new Error("The grid holds no workbook");
  return workbook;
}
