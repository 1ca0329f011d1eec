import { reportRows, type ReportSheet } from "../../core/report/report-sheet";

const headerFill = "#1F3A5F";
const quietColor = "#605E5C";

/** Points per pixel at the usual 96 dots per inch; Office.js takes points. */
const pointsPerPixel = 0.75;

/** Formats a result sheet: title, frozen header and widths where it is new; the chart each time. Values are left alone. */
export const dressSheet = (sheet: Excel.Worksheet, report: ReportSheet, isNew: boolean): void => {
  if (isNew) {
    const title = sheet.getRange(`A${reportRows.title}`);
    title.format.font.bold = true;
    title.format.font.size = 14;
    sheet.getRange(`A${reportRows.status}:A${reportRows.note}`).format.font.color = quietColor;
    const header = sheet.getRangeByIndexes(reportRows.header - 1, 0, 1, report.columns.length);
    header.format.font.bold = true;
    header.format.font.color = "#FFFFFF";
    header.format.fill.color = headerFill;
    const totals = sheet.getRangeByIndexes(reportRows.totals - 1, 0, 1, report.columns.length);
    totals.format.font.bold = true;
    totals.format.horizontalAlignment = "Right";
    for (const [index, column] of report.columns.entries()) {
      if (column.kind !== "text") sheet.getRangeByIndexes(reportRows.header - 1, index, 1, 1).format.horizontalAlignment = "Right";
    }
    if (report.isKeyed === true) sheet.freezePanes.freezeAt(sheet.getRangeByIndexes(0, 0, reportRows.header, 1));
    else sheet.freezePanes.freezeRows(reportRows.header);
  }
  for (const [index, column] of report.columns.entries()) {
    if (isNew || column.isWidened === true) sheet.getRangeByIndexes(0, index, 1, 1).format.columnWidth = column.width * pointsPerPixel;
  }
  drawChart(sheet, report);
};

const chartName = "CollateralOptimizerChart";

/** Draws the chart anew, because the number of rows may have changed. */
const drawChart = (sheet: Excel.Worksheet, report: ReportSheet): void => {
  if (report.chart === undefined || report.rows.length === 0) return;
  const { chart } = report;
  const top = reportRows.header - 1;
  const first = Math.min(chart.categories, ...chart.series);
  const last = Math.max(chart.categories, ...chart.series);
  sheet.charts.getItemOrNullObject(chartName).delete();
  const type = { columnClustered: Excel.ChartType.columnClustered, barClustered: Excel.ChartType.barClustered, line: Excel.ChartType.line }[
    chart.type
  ];
  const made = sheet.charts.add(type, sheet.getRangeByIndexes(top, first, report.rows.length + 1, last - first + 1), Excel.ChartSeriesBy.columns);
  made.name = chartName;
  made.title.text = chart.title;
  made.legend.position = Excel.ChartLegendPosition.bottom;
  const below = reportRows.firstData + report.rows.length + 1;
  made.setPosition(`A${below}`, `F${below + 16}`);
};
