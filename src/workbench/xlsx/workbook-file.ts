/** A colour as six hexadecimal digits, without "#". */
export type HexColor = string;

/** A value as Excel stores it; dates are serial numbers, errors their text with `isError`. */
export type FileValue = string | number | boolean;

export type BorderSideName = "top" | "right" | "bottom" | "left";

/** How a cell looks. Absent means the workbook's default. */
export interface CellLook {
  readonly numberFormat?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strikethrough?: boolean;
  readonly fontName?: string;
  /** In points. */
  readonly fontSize?: number;
  readonly fontColor?: HexColor;
  readonly fill?: HexColor;
  readonly horizontal?: "left" | "center" | "right" | "justify";
  readonly vertical?: "top" | "center" | "bottom";
  readonly wrap?: boolean;
  readonly borders?: Partial<Record<BorderSideName, { readonly style: string; readonly color?: HexColor }>>;
}

/** One cell of a sheet; indexes are 0-based. */
export interface FileCell {
  readonly row: number;
  readonly column: number;
  /** Content, or the formula's last result; absent for a cell that only has a look. */
  readonly value?: FileValue;
  readonly isError?: boolean;
  /** The formula as it is typed, with "=". */
  readonly formula?: string;
  /** The block that a spilling or array formula fills, such as "B2:B5". */
  readonly spill?: string;
  readonly look?: CellLook;
}

/** A table of a sheet. */
export interface FileTable {
  readonly name: string;
  /** Header and totals rows included, such as "A1:D20". */
  readonly range: string;
  readonly columns: readonly string[];
  readonly hasTotalRow?: boolean;
  readonly style?: string;
}

/** A chart that refers to cells, as the add-in draws it. */
export interface FileChart {
  readonly kind: "bar" | "column" | "line" | "pie" | "scatter" | "area";
  readonly title?: string;
  readonly series: readonly FileSeries[];
  /** Corner cells, 0-based. */
  readonly from: { readonly row: number; readonly column: number };
  readonly to: { readonly row: number; readonly column: number };
}

/** One series of a chart; addresses carry the sheet. */
export interface FileSeries {
  readonly name?: string;
  readonly values: string;
  readonly categories?: string;
}

export interface FileMerge {
  readonly startRow: number;
  readonly startColumn: number;
  readonly endRow: number;
  readonly endColumn: number;
}

/** What a sheet had in its file and the grid does not show; handed back unread when the workbook is saved. */
export interface KeptParts {
  readonly brand: "parts that the grid does not show";
}

/** Words to choose from in cells. */
export interface FileChoiceList {
  readonly range: string;
  readonly choices: readonly string[];
  /** Refuses other words; else Excel asks. */
  readonly isStrict: boolean;
  readonly title?: string;
  readonly message?: string;
}

/** A sheet of a workbook file. */
export interface FileSheet {
  readonly name: string;
  readonly cells: readonly FileCell[];
  /** Width in characters by column index. */
  readonly columnWidths: ReadonlyMap<number, number>;
  /** Height in points by row index. */
  readonly rowHeights: ReadonlyMap<number, number>;
  readonly frozenRows: number;
  readonly frozenColumns: number;
  readonly merges: readonly FileMerge[];
  readonly tables: readonly FileTable[];
  readonly charts: readonly FileChart[];
  readonly choiceLists?: readonly FileChoiceList[];
  readonly isHidden?: boolean;
  readonly hidesGridLines?: boolean;
  readonly tabColor?: HexColor;
  readonly kept?: KeptParts;
}

/** A defined name; `sheet` limits it to one sheet. */
export interface FileName {
  readonly name: string;
  /** The reference or formula, without "=". */
  readonly refersTo: string;
  readonly sheet?: string;
}

/** A workbook between an .xlsx file and the grid. */
export interface WorkbookFile {
  readonly sheets: readonly FileSheet[];
  readonly names: readonly FileName[];
  readonly activeSheet: number;
  /** Text that the workbench keeps in the file for itself: marks and settings that cells cannot hold. */
  readonly note?: string;
  readonly kept?: KeptParts;
}
