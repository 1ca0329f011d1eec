import type { BagValues } from "./bag";
import type { HostWorkbook } from "./host-workbook";

/** A series as it is to be drawn and saved; settings are under the names of Office.js, in capitals (MarkerSize). */
export interface ChartSeriesRecord {
  readonly name: string;
  /** Addresses with their sheet, e.g. Coverage!B2:B9; empty when there are none. */
  readonly values: string;
  readonly categories: string;
  readonly settings: BagValues;
}

/** A chart as it is to be drawn and saved. */
export interface ChartRecord {
  readonly id: string;
  readonly sheetId: string;
  readonly sheetName: string;
  readonly name: string;
  /** Excel.ChartType, e.g. ColumnClustered. */
  readonly type: string;
  readonly title: string;
  readonly source: string;
  readonly seriesBy: string;
  /** Cells at whose corners the chart is anchored, when setPosition was called. */
  readonly position?: { readonly startCell: string; readonly endCell: string };
  /** Place and size in points, used when there is no position. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly series: readonly ChartSeriesRecord[];
  readonly settings: BagValues;
}

/** Lists the charts of the workbook as plain data. */
export const chartRecords = (host: HostWorkbook): readonly ChartRecord[] =>
  [...host.state.charts.values()].map((chart) => {
    const { values, children } = chart.bag;
    const number = (name: string, initial: number) => (typeof values[name] === "number" ? (values[name] as number) : initial);
    return {
      id: chart.id,
      sheetId: chart.sheetId,
      sheetName: host.univer.getActiveWorkbook()?.getSheetBySheetId(chart.sheetId)?.getSheetName() ?? "",
      name: String(values.Name ?? ""),
      type: String(values.ChartType ?? ""),
      title: String(children.Title?.values.Text ?? ""),
      source: chart.source,
      seriesBy: chart.seriesBy,
      ...(chart.position && { position: chart.position }),
      left: number("Left", 0),
      top: number("Top", 0),
      width: number("Width", 360),
      height: number("Height", 216),
      series: chart.series.map((series) => ({
        name: String(series.bag.values.Name ?? ""),
        values: series.values,
        categories: series.categories,
        settings: series.bag,
      })),
      settings: chart.bag,
    };
  });
