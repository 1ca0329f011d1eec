import type { Injector } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import { readCells } from "../../excel-host/cells/cell-reader";
import type { ChartRecord } from "../../excel-host/chart-records";
import type { HostWorkbook } from "../../excel-host/host-workbook";
import { gridRange } from "../grid-range";
import type { ChartPicture } from "./chart-picture";

interface ReadCell {
  readonly value: string | number | boolean;
  readonly text: string;
}

function readLine(api: FUniver, injector: Injector, address: string): ReadCell[] {
  if (!address) return [];
  const { sheet, block } = gridRange(api, address);
  const cells = readCells({ univer: api, injector } as HostWorkbook, sheet.getSheetId());
  const found: ReadCell[] = [];
  for (let row = block.startRow; row <= block.endRow; row += 1) {
    for (let column = block.startColumn; column <= block.endColumn; column += 1) {
      found.push({ value: cells.value(row, column), text: cells.text(row, column) });
    }
  }
  return found;
}

/** The family of an Excel.ChartType; what this page cannot draw is shown as columns. */
export function chartKind(type: string): ChartPicture["kind"] {
  if (/^Bar/.test(type)) return "bar";
  if (/^Line/.test(type)) return "line";
  if (/^Area/.test(type)) return "area";
  if (/^(XYScatter|Bubble)/.test(type)) return "scatter";
  return /^(Pie|Doughnut)/.test(type) ? "pie" : "column";
}

function numberOrGap(cell: ReadCell): number | null {
  return typeof cell.value === "number" ? cell.value : null;
}

/** Reads the cells that a chart refers to. */
export function pictureOf(record: ChartRecord, api: FUniver, injector: Injector): ChartPicture {
  const kind = chartKind(record.type);
  const series = record.series.map((one) => {
    const values = readLine(api, injector, one.values).map(numberOrGap);
    return kind === "scatter" ? { name: one.name, values, x: readLine(api, injector, one.categories).map(numberOrGap) } : { name: one.name, values };
  });
  const length = Math.max(0, ...series.map((one) => one.values.length));
  const named = readLine(api, injector, record.series[0]?.categories ?? "").map((cell) => cell.text);
  const legend = record.settings.children.Legend?.values.Visible;
  return {
    kind,
    isStacked: record.type.includes("Stacked"),
    title: record.title,
    hasLegend: legend !== false && (kind === "pie" || series.length > 1),
    categories: Array.from({ length }, (_, index) => named[index] ?? String(index + 1)),
    series,
  };
}
