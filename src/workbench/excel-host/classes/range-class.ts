import {
  type Block,
  blockAddress,
  blockOf,
  columnCountOf,
  intersection,
  isEntireColumn,
  isEntireRow,
  isInSheet,
  lastColumn,
  lastRow,
  rowCountOf,
} from "../address";
import { generalFormat } from "../cells/cell-entry";
import { type CellReader, readCells } from "../cells/cell-reader";
import { assertWritable, spread, writeStyles, writeValues } from "../cells/cell-writer";
import { type ClassDefinition, defineClass, type HostObject, readOnly, type ScalarDefinition, type HostClass } from "../host-class";
import { HostError, invalidArgument, itemNotFound } from "../host-error";
import { type HostWorkbook, openBook, sheetOf } from "../host-workbook";
import { findRange, orNotFound, rangeAddress, type RangeTarget, sameSheet, spillFrom, spillParent, usedBlock } from "../range-target";
import { bringIntoView } from "../bring-into-view";
import { conditionalFormatsClass, dataValidationClass } from "./format-bag-classes";
import { rangeFormatClass } from "./range-format-class";
import { clearRange, copyRange, deleteRange, insertRange } from "../cells/range-edit";

/** Excel answers null for the values of more cells than this. */
const mostReadable = 5_000_000;

type Read = (cells: CellReader, row: number, column: number) => unknown;

/** Reads a matrix of the range; whole rows and columns answer null, as Excel does for unbounded ranges. */
const matrix =
  (read: Read) =>
  ({ sheetId, block }: RangeTarget, host: HostWorkbook): unknown => {
    if (isEntireRow(block) || isEntireColumn(block)) return null;
    if (rowCountOf(block) * columnCountOf(block) > mostReadable) {
      throw new HostError("ResponsePayloadSizeLimitExceeded", "The response payload size has exceeded the limit.", 400);
    }
    const cells = readCells(host, sheetId);
    const rows: unknown[][] = [];
    for (let row = block.startRow; row <= block.endRow; row += 1) {
      const values: unknown[] = [];
      for (let column = block.startColumn; column <= block.endColumn; column += 1) values.push(read(cells, row, column));
      rows.push(values);
    }
    return rows;
  };

const calculated = (get: ScalarDefinition<RangeTarget>["get"], set?: ScalarDefinition<RangeTarget>["set"]): ScalarDefinition<RangeTarget> => ({
  get,
  calculated: true,
  ...(set && { set }),
});

const setValues = (range: RangeTarget, values: unknown, host: HostWorkbook) => writeValues(host, range.sheetId, range.block, values);

const setNumberFormat = ({ sheetId, block }: RangeTarget, formats: unknown, host: HostWorkbook) => {
  const at = spread(formats, block);
  writeStyles(host, sheetId, block, (row, column) => {
    const pattern = at(row, column);
    if (pattern === null || pattern === undefined) return undefined;
    if (typeof pattern !== "string") throw invalidArgument("a number format is a text");
    return { n: { pattern: pattern === "" ? generalFormat : pattern } };
  });
};

/** True when all cells belong to spills, null when some do. */
const hasSpill = (range: RangeTarget, host: HostWorkbook): boolean | null => {
  const covered = host.spills(range.sheetId).reduce((count, spill) => {
    const shared = intersection(spill, range.block);
    return count + (shared ? rowCountOf(shared) * columnCountOf(shared) : 0);
  }, 0);
  if (covered === 0) return false;
  return covered === rowCountOf(range.block) * columnCountOf(range.block) ? true : null;
};

const oneCell = ({ block }: RangeTarget): void => {
  if (rowCountOf(block) * columnCountOf(block) !== 1) throw invalidArgument("one cell is expected");
};

const formulas = calculated(
  matrix((cells, row, column) => cells.formula(row, column)),
  setValues,
);
const numberFormat: ScalarDefinition<RangeTarget> = { get: matrix((cells, row, column) => cells.numberFormat(row, column)), set: setNumberFormat };

const scalars: NonNullable<ClassDefinition<RangeTarget>["scalars"]> = {
  Address: readOnly((range, host) => rangeAddress(host, range)),
  AddressLocal: readOnly((range, host) => rangeAddress(host, range)),
  CellCount: readOnly(({ block }) => {
    const count = rowCountOf(block) * columnCountOf(block);
    return count > 2 ** 31 - 1 ? -1 : count;
  }),
  ColumnCount: readOnly(({ block }) => columnCountOf(block)),
  ColumnHidden: readOnly(({ sheetId, block }, host) => !sheetOf(host, sheetId).getSheet().getColVisible(block.startColumn)),
  ColumnIndex: readOnly(({ block }) => block.startColumn),
  Formulas: formulas,
  FormulasLocal: formulas,
  HasSpill: { get: hasSpill, calculated: true },
  IsEntireColumn: readOnly(({ block }) => isEntireColumn(block)),
  IsEntireRow: readOnly(({ block }) => isEntireRow(block)),
  NumberFormat: numberFormat,
  NumberFormatLocal: numberFormat,
  RowCount: readOnly(({ block }) => rowCountOf(block)),
  RowHidden: readOnly(({ sheetId, block }, host) => !sheetOf(host, sheetId).getSheet().getRowRawVisible(block.startRow)),
  RowIndex: readOnly(({ block }) => block.startRow),
  Text: calculated(matrix((cells, row, column) => cells.text(row, column))),
  ValueTypes: calculated(matrix((cells, row, column) => cells.valueType(row, column))),
  Values: calculated(
    matrix((cells, row, column) => cells.value(row, column)),
    setValues,
  ),
};

const part = ({ sheetId }: RangeTarget, block: Block): HostObject => {
  if (!isInSheet(block)) throw invalidArgument("the range leaves the sheet");
  return rangeClass.of({ sheetId, block });
};

const at = (range: RangeTarget, row: number, column: number, rows: number, columns: number): HostObject =>
  rangeClass.of({ sheetId: range.sheetId, block: blockOf(range.block.startRow + row, range.block.startColumn + column, rows, columns) });

/** Reads an argument that is a range or an address. */
export const rangeArgument = (host: HostWorkbook, argument: unknown, sheetId: string): RangeTarget => {
  const given = rangeClass.targetOf(argument);
  if (given) return given;
  const found = typeof argument === "string" ? findRange(host, argument, sheetId) : undefined;
  if (!found) throw invalidArgument(`${String(argument)} is no range`);
  return found;
};

const number = (value: unknown, fallback = 0): number => (value === undefined || value === null ? fallback : Number(value));

const shared = (range: RangeTarget, args: readonly unknown[], host: HostWorkbook): HostObject | null => {
  const other = rangeArgument(host, args[0], range.sheetId);
  const block = other.sheetId === range.sheetId ? intersection(range.block, other.block) : undefined;
  return block ? part(range, block) : null;
};

const used = ({ sheetId, block }: RangeTarget, args: readonly unknown[], host: HostWorkbook): HostObject | null => {
  const found = usedBlock(host, sheetId, block, args[0] === true);
  return found ? rangeClass.of({ sheetId, block: found }) : null;
};

const orMissing = (object: HostObject | null, what: string): HostObject => {
  if (!object) throw itemNotFound(what);
  return object;
};

const moves: NonNullable<ClassDefinition<RangeTarget>["methods"]> = {
  GetCell: (range, [row, column]) => at(range, number(row), number(column), 1, 1),
  GetRow: (range, [row]) => at(range, inside(row, rowCountOf(range.block)), 0, 1, columnCountOf(range.block)),
  GetColumn: (range, [column]) => at(range, 0, inside(column, columnCountOf(range.block)), rowCountOf(range.block), 1),
  GetLastCell: (range) => at(range, rowCountOf(range.block) - 1, columnCountOf(range.block) - 1, 1, 1),
  GetLastRow: (range) => at(range, rowCountOf(range.block) - 1, 0, 1, columnCountOf(range.block)),
  GetLastColumn: (range) => at(range, 0, columnCountOf(range.block) - 1, rowCountOf(range.block), 1),
  GetOffsetRange: (range, [rows, columns]) => at(range, number(rows), number(columns), rowCountOf(range.block), columnCountOf(range.block)),
  GetResizedRange: (range, [rows, columns]) => at(range, 0, 0, rowCountOf(range.block) + number(rows), columnCountOf(range.block) + number(columns)),
  GetAbsoluteResizedRange: (range, [rows, columns]) => at(range, 0, 0, number(rows), number(columns)),
  GetRowsAbove: (range, [count]) => at(range, -number(count, 1), 0, number(count, 1), columnCountOf(range.block)),
  GetRowsBelow: (range, [count]) => at(range, rowCountOf(range.block), 0, number(count, 1), columnCountOf(range.block)),
  GetColumnsBefore: (range, [count]) => at(range, 0, -number(count, 1), rowCountOf(range.block), number(count, 1)),
  GetColumnsAfter: (range, [count]) => at(range, 0, columnCountOf(range.block), rowCountOf(range.block), number(count, 1)),
  GetEntireRow: (range) => part(range, { ...range.block, startColumn: 0, endColumn: lastColumn }),
  GetEntireColumn: (range) => part(range, { ...range.block, startRow: 0, endRow: lastRow }),
  GetBoundingRect: (range, args, host) => {
    const other = rangeArgument(host, args[0], range.sheetId);
    sameSheet(range, other);
    const [a, b] = [range.block, other.block];
    return part(range, {
      startRow: Math.min(a.startRow, b.startRow),
      startColumn: Math.min(a.startColumn, b.startColumn),
      endRow: Math.max(a.endRow, b.endRow),
      endColumn: Math.max(a.endColumn, b.endColumn),
    });
  },
  GetIntersection: (range, args, host) => orMissing(shared(range, args, host), "the ranges do not meet"),
  GetIntersectionOrNullObject: shared,
  GetUsedRange: (range, args, host) => used(range, args, host) ?? at(range, 0, 0, 1, 1),
  GetUsedRangeOrNullObject: used,
  GetSpillingToRange: (range, _, host) => {
    oneCell(range);
    return rangeClass.of(orNotFound(spillFrom(host, range), "no spill"));
  },
  GetSpillingToRangeOrNullObject: (range, _, host) => {
    oneCell(range);
    return optional(spillFrom(host, range));
  },
  GetSpillParent: (range, _, host) => rangeClass.of(orNotFound(spillParent(host, range), "no spill")),
  GetSpillParentOrNullObject: (range, _, host) => optional(spillParent(host, range)),
};

const optional = (range: RangeTarget | undefined): HostObject | null => (range ? rangeClass.of(range) : null);

const inside = (index: unknown, count: number): number => {
  const value = number(index);
  if (!(value >= 0 && value < count)) throw invalidArgument(`index ${String(index)} is outside the range`);
  return value;
};

const actions: NonNullable<ClassDefinition<RangeTarget>["methods"]> = {
  Calculate: (_range, _args, host) => void host.univer.getFormula().executeCalculation(),
  Clear: (range, [applyTo], host) => clearRange(host, range, applyTo),
  CopyFrom: (range, [source, copyType, skipBlanks, transpose], host) =>
    copyRange(host, rangeArgument(host, source, range.sheetId), range, { copyType, skipBlanks: skipBlanks === true, transpose: transpose === true }),
  Delete: (range, [shift], host) => deleteRange(host, range, shift),
  Insert: (range, [shift], host) => {
    insertRange(host, range, shift);
    return rangeClass.of(range);
  },
  Merge: (range, [across], host) => {
    assertWritable(host, range.sheetId, range.block);
    const target = sheetOf(host, range.sheetId).getRange({ ...range.block });
    if (across === true) target.mergeAcross({ isForceMerge: true });
    else target.merge({ isForceMerge: true });
  },
  Unmerge: (range, _args, host) => {
    assertWritable(host, range.sheetId, range.block);
    sheetOf(host, range.sheetId)
      .getRange({ ...range.block })
      .breakApart();
  },
  Select: ({ sheetId, block }, _args, host) => {
    const sheet = sheetOf(host, sheetId);
    openBook(host).setActiveSheet(sheet);
    openBook(host).setActiveRange(sheet.getRange({ ...visiblePart(sheet.getMaxRows(), sheet.getMaxColumns(), block) }));
    bringIntoView(sheet, block);
  },
  _ValidateArraySize: ({ block }, [rows, columns]) => {
    if (rows !== rowCountOf(block) || columns !== columnCountOf(block)) {
      throw invalidArgument("The number of rows or columns in the input array doesn't match the size or dimensions of the range.");
    }
  },
};

const visiblePart = (rows: number, columns: number, block: Block): Block => ({
  startRow: Math.min(block.startRow, rows - 1),
  startColumn: Math.min(block.startColumn, columns - 1),
  endRow: Math.min(block.endRow, rows - 1),
  endColumn: Math.min(block.endColumn, columns - 1),
});

/** Excel.Range. */
export const rangeClass: HostClass<RangeTarget> = defineClass<RangeTarget>({
  name: "Range",
  scalars,
  children: {
    ConditionalFormats: (range) => conditionalFormatsClass.of(range),
    DataValidation: (range) => dataValidationClass.of(range),
    Format: (range) => rangeFormatClass.of(range),
    Worksheet: ({ sheetId }, host) => host.worksheet(sheetId),
  },
  methods: { ...moves, ...actions },
  calculated: [
    "GetSpillingToRange",
    "GetSpillingToRangeOrNullObject",
    "GetSpillParent",
    "GetSpillParentOrNullObject",
    "GetUsedRange",
    "GetUsedRangeOrNullObject",
    "CopyFrom",
  ],
});

/** Text of a range without its sheet, as events carry it. */
export const localAddress = (block: Block): string => blockAddress(block);
