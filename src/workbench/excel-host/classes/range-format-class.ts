import { BooleanNumber, HorizontalAlign, type IStyleData, VerticalAlign, WrapStrategy } from "@univerjs/core";
import { columnCountOf, intersection, rowCountOf } from "../address";
import { readCells } from "../cells/cell-reader";
import { assertWritable, growSheet, writeStyles } from "../cells/cell-writer";
import { defineClass, type ScalarDefinition, type HostClass } from "../host-class";
import { invalidArgument } from "../host-error";
import { type HostWorkbook, sheetOf } from "../host-workbook";
import type { RangeTarget } from "../range-target";
import { borderCollectionClass } from "./range-border-class";
import { colorOf, readColor } from "./color";

/** Office.js measures widths and heights in points, Univer in pixels. */
const pixelsPerPoint = 4 / 3;

/** The value that all cells share, or null when they differ, as Excel answers. Whole rows and columns are sampled in their first cell. */
export const sharedBy = (host: HostWorkbook, { sheetId, block }: RangeTarget, read: (style: IStyleData) => unknown): unknown => {
  const cells = readCells(host, sheetId);
  const first = read(cells.style(block.startRow, block.startColumn));
  const used = intersection(block, { startRow: 0, startColumn: 0, endRow: cells.rowCount - 1, endColumn: cells.columnCount - 1 });
  if (!used) return first;
  for (let row = used.startRow; row <= used.endRow; row += 1) {
    for (let column = used.startColumn; column <= used.endColumn; column += 1) {
      if (read(cells.style(row, column)) !== first) return null;
    }
  }
  return first;
};

const styled = (read: (style: IStyleData) => unknown, write: (value: unknown) => IStyleData): ScalarDefinition<RangeTarget> => ({
  get: (range, host) => sharedBy(host, range, read),
  set: ({ sheetId, block }, value, host) => {
    const style = write(value);
    writeStyles(host, sheetId, block, () => style);
  },
});

const flag = (value: unknown): BooleanNumber => {
  if (typeof value !== "boolean") throw invalidArgument("true or false is expected");
  return value ? BooleanNumber.TRUE : BooleanNumber.FALSE;
};

const rangeFontClass: HostClass<RangeTarget> = defineClass<RangeTarget>({
  name: "RangeFont",
  scalars: {
    Bold: styled(
      (style) => style.bl === BooleanNumber.TRUE,
      (value) => ({ bl: flag(value) }),
    ),
    Color: styled(
      (style) => readColor(style.cl?.rgb, "#000000"),
      (value) => ({ cl: { rgb: colorOf(value) } }),
    ),
    Italic: styled(
      (style) => style.it === BooleanNumber.TRUE,
      (value) => ({ it: flag(value) }),
    ),
    Name: styled(
      (style) => style.ff ?? "Calibri",
      (value) => ({ ff: String(value) }),
    ),
    Size: styled(
      (style) => style.fs ?? 11,
      (value) => ({ fs: Number(value) }),
    ),
    Strikethrough: styled(
      (style) => style.st?.s === BooleanNumber.TRUE,
      (value) => ({ st: { s: flag(value) } }),
    ),
    Underline: styled(
      (style) => (style.ul?.s === BooleanNumber.TRUE ? "Single" : "None"),
      (value) => ({ ul: { s: flag(value !== "None") } }),
    ),
  },
});

const rangeFillClass: HostClass<RangeTarget> = defineClass<RangeTarget>({
  name: "RangeFill",
  scalars: {
    Color: styled(
      (style) => readColor(style.bg?.rgb, "#FFFFFF"),
      (value) => (value === "" ? noFill : { bg: { rgb: colorOf(value) } }),
    ),
  },
  methods: { Clear: ({ sheetId, block }, _args, host) => writeStyles(host, sheetId, block, () => noFill) },
});
const noFill = { bg: null } as unknown as IStyleData;

const formatProtectionClass: HostClass<RangeTarget> = defineClass<RangeTarget>({
  name: "FormatProtection",
  scalars: {
    Locked: {
      get: ({ sheetId, block }, host) => {
        const changes = [...(host.state.lockedBlocks.get(sheetId) ?? [])].reverse();
        return changes.find((change) => intersection(change, block))?.locked ?? true;
      },
      set: ({ sheetId, block }, value, host) => {
        assertWritable(host, sheetId, block);
        const changes = host.state.lockedBlocks.get(sheetId) ?? [];
        host.state.lockedBlocks.set(sheetId, [...changes, { ...block, locked: value === true }]);
      },
    },
  },
});

const horizontal: Readonly<Record<string, HorizontalAlign>> = {
  General: HorizontalAlign.UNSPECIFIED,
  Left: HorizontalAlign.LEFT,
  Center: HorizontalAlign.CENTER,
  Right: HorizontalAlign.RIGHT,
  Justify: HorizontalAlign.JUSTIFIED,
  Distributed: HorizontalAlign.DISTRIBUTED,
};
const vertical: Readonly<Record<string, VerticalAlign>> = { Top: VerticalAlign.TOP, Center: VerticalAlign.MIDDLE, Bottom: VerticalAlign.BOTTOM };

const alignment = <V>(table: Readonly<Record<string, V>>, value: unknown): V => {
  const found = table[String(value)];
  if (found === undefined) throw invalidArgument(`${String(value)} is no alignment`);
  return found;
};

const alignmentName = <V>(table: Readonly<Record<string, V>>, value: V | null | undefined, fallback: string): string =>
  Object.entries(table).find(([, entry]) => entry === value)?.[0] ?? fallback;

/** Number of columns of the range that exist in the grid; a whole-row range must not make 16384 of them. */
const fewColumns = ({ block }: RangeTarget): number => Math.min(columnCountOf(block), 1000);
const fewRows = ({ block }: RangeTarget): number => Math.min(rowCountOf(block), 10_000);

/** A column that holds the longest text of the range; a character takes about 7 pixels at 11 points. */
const autofitColumns = (range: RangeTarget, host: HostWorkbook): void => {
  const sheet = sheetOf(host, range.sheetId);
  const cells = readCells(host, range.sheetId);
  const rows = Math.min(range.block.endRow, cells.rowCount - 1);
  for (let column = range.block.startColumn; column < range.block.startColumn + fewColumns(range) && column < cells.columnCount; column += 1) {
    let longest = 0;
    for (let row = range.block.startRow; row <= rows; row += 1) longest = Math.max(longest, cells.text(row, column).length);
    if (longest > 0) sheet.setColumnWidths(column, 1, Math.min(longest * 7 + 12, 700));
  }
};

/** Excel.RangeFormat. */
export const rangeFormatClass: HostClass<RangeTarget> = defineClass<RangeTarget>({
  name: "RangeFormat",
  scalars: {
    ColumnWidth: {
      get: (range, host) => {
        const sheet = sheetOf(host, range.sheetId);
        const widths = new Set(Array.from({ length: fewColumns(range) }, (_, index) => sheet.getColumnWidth(range.block.startColumn + index)));
        return widths.size === 1 ? ([...widths][0] ?? 0) / pixelsPerPoint : null;
      },
      set: (range, value, host) => {
        assertWritable(host, range.sheetId, range.block);
        growSheet(host, range.sheetId, { ...range.block, endRow: 0, endColumn: range.block.startColumn + fewColumns(range) - 1 });
        sheetOf(host, range.sheetId).setColumnWidths(range.block.startColumn, fewColumns(range), Number(value) * pixelsPerPoint);
      },
    },
    HorizontalAlignment: styled(
      (style) => alignmentName(horizontal, style.ht, "General"),
      (value) => ({ ht: alignment(horizontal, value) }),
    ),
    IndentLevel: styled(
      (style) => Math.round((style.pd?.l ?? 0) / 9),
      (value) => ({ pd: { l: Number(value) * 9 } }),
    ),
    RowHeight: {
      get: (range, host) => {
        const sheet = sheetOf(host, range.sheetId);
        const heights = new Set(Array.from({ length: fewRows(range) }, (_, index) => sheet.getRowHeight(range.block.startRow + index)));
        return heights.size === 1 ? ([...heights][0] ?? 0) / pixelsPerPoint : null;
      },
      set: (range, value, host) => {
        assertWritable(host, range.sheetId, range.block);
        growSheet(host, range.sheetId, { ...range.block, endColumn: 0, endRow: range.block.startRow + fewRows(range) - 1 });
        sheetOf(host, range.sheetId).setRowHeightsForced(range.block.startRow, fewRows(range), Number(value) * pixelsPerPoint);
      },
    },
    VerticalAlignment: styled(
      (style) => alignmentName(vertical, style.vt, "Bottom"),
      (value) => ({ vt: alignment(vertical, value) }),
    ),
    WrapText: styled(
      (style) => style.tb === WrapStrategy.WRAP,
      (value) => ({ tb: flag(value) === BooleanNumber.TRUE ? WrapStrategy.WRAP : WrapStrategy.OVERFLOW }),
    ),
  },
  children: {
    Borders: (range) => borderCollectionClass.of(range),
    Fill: (range) => rangeFillClass.of(range),
    Font: (range) => rangeFontClass.of(range),
    Protection: (range) => formatProtectionClass.of(range),
  },
  methods: {
    AutofitColumns: (range, _args, host) => autofitColumns(range, host),
    AutofitRows: (range, _args, host) => void sheetOf(host, range.sheetId).setRowAutoHeight(range.block.startRow, fewRows(range)),
  },
  calculated: ["AutofitColumns"],
});
