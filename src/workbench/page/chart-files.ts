import { parseBlock } from "../excel-host/address";
import type { ChartRecord } from "../excel-host/chart-records";
import type { FileChart } from "../xlsx/workbook-file";
import { chartKind } from "./charts/chart-cells";

const PIXELS_PER_POINT = 4 / 3;
const COLUMN_PIXELS = 64;
const ROW_PIXELS = 20;

/** Writes a chart of the add-in as the file format wants it: anchored at cells. */
export function fileChart(record: ChartRecord): FileChart {
  const start = record.position && parseBlock(record.position.startCell);
  const end = record.position && parseBlock(record.position.endCell);
  const cell = (x: number, y: number): { row: number; column: number } => ({
    row: Math.floor((y * PIXELS_PER_POINT) / ROW_PIXELS),
    column: Math.floor((x * PIXELS_PER_POINT) / COLUMN_PIXELS),
  });
  return {
    kind: chartKind(record.type),
    ...(record.title ? { title: record.title } : {}),
    series: record.series
      .filter((one) => one.values !== "")
      .map((one) => ({ values: one.values, ...(one.name ? { name: one.name } : {}), ...(one.categories ? { categories: one.categories } : {}) })),
    from: start ? { row: start.startRow, column: start.startColumn } : cell(record.left, record.top),
    // An anchor ends at the upper left corner of its last cell, a position at the lower right one.
    to: end ? { row: end.endRow + 1, column: end.endColumn + 1 } : cell(record.left + record.width, record.top + record.height),
  };
}
