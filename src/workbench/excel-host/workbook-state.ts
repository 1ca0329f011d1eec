import type { BagValues } from "./bag";

/** A part of custom XML, as kept for the add-in. */
export interface CustomXmlPart {
  readonly id: string;
  xml: string;
}

/** A row of points: addresses (or literal values) of its values and its categories, and its settings. */
export interface ChartSeriesState {
  values: string;
  categories: string;
  readonly bag: BagValues;
}

/** What a chart's author set; the page draws from it and the xlsx writer saves it. */
export interface ChartState {
  readonly id: string;
  readonly sheetId: string;
  /** Address of the data with its sheet: Coverage!A1:B9. */
  source: string;
  seriesBy: string;
  position?: { readonly startCell: string; readonly endCell: string };
  series: ChartSeriesState[];
  /** Settings by the names of the wire: values.Name, children.Title.values.Text, ... */
  readonly bag: BagValues;
}

/** Is what an Excel workbook holds and Univer's does not. One per open workbook. */
export interface WorkbookState {
  readonly settings: Map<string, unknown>;
  readonly customXml: Map<string, CustomXmlPart>;
  readonly properties: Map<string, unknown>;
  readonly customProperties: Map<string, unknown>;
  readonly sheetProperties: Map<string, Map<string, string>>;
  /** Sheet id -> options of the protection; a sheet that is not here is not protected. */
  readonly protectedSheets: Map<string, { readonly password: string; readonly options: Readonly<Record<string, unknown>> }>;
  readonly veryHidden: Set<string>;
  /** Cells and ranges whose "locked" was changed, by sheet id, latest last. */
  readonly lockedBlocks: Map<
    string,
    { readonly startRow: number; readonly startColumn: number; readonly endRow: number; readonly endColumn: number; readonly locked: boolean }[]
  >;
  readonly charts: Map<string, ChartState>;
  readonly bags: Map<string, BagValues>;
  readonly tableOptions: Map<string, Map<string, unknown>>;
  readonly chartListeners: Set<() => void>;
  enableEvents: boolean;
  nextId: number;
}

/** Makes the state of a fresh workbook. */
export const createWorkbookState = (): WorkbookState => ({
  settings: new Map(),
  customXml: new Map(),
  properties: new Map(),
  customProperties: new Map(),
  sheetProperties: new Map(),
  protectedSheets: new Map(),
  veryHidden: new Set(),
  lockedBlocks: new Map(),
  charts: new Map(),
  bags: new Map(),
  tableOptions: new Map(),
  chartListeners: new Set(),
  enableEvents: true,
  nextId: 1,
});
