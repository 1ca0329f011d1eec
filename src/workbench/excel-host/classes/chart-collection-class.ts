import { type Block, blockAddress, columnCountOf, quoteSheetName, rowCountOf } from "../address";
import { bagPart, bagScalar, emptyBag } from "../bag";
import { readCells } from "../cells/cell-reader";
import { assertWritable } from "../cells/cell-writer";
import { type ClassDefinition, defineClass, type HostObject, readOnly, type ScalarDefinition, type HostClass } from "../host-class";
import { invalidArgument, itemNotFound } from "../host-error";
import { type HostWorkbook, sheetOf } from "../host-workbook";
import { rangeAddress, type RangeTarget } from "../range-target";
import type { ChartSeriesState, ChartState } from "../workbook-state";
import { chartParts, seriesParts, seriesScalars } from "./chart-part-classes";
import { rangeArgument } from "./range-class";

interface ChartTarget {
  readonly chartId: string;
}

interface SeriesTarget extends ChartTarget {
  readonly index: number;
}

const chartOf = (host: HostWorkbook, chartId: string): ChartState => {
  const chart = host.state.charts.get(chartId);
  if (!chart) throw itemNotFound("chart");
  return chart;
};

const changed = (host: HostWorkbook): void => [...host.state.chartListeners].forEach((listener) => listener());

/** Settings of the chart itself; the numbers are points, and Excel's size of a new chart. */
const chartScalars: Readonly<Record<string, unknown>> = {
  DisplayBlanksAs: "NotPlotted",
  Height: 216,
  Left: 0,
  Name: "",
  PlotVisibleOnly: true,
  ShowDataLabelsOverMaximum: true,
  Style: 2,
  Top: 0,
  Width: 360,
};

const viaChart = (name: string, initial: unknown): ScalarDefinition<ChartTarget> => {
  const scalar = bagScalar(name, initial);
  return {
    get: ({ chartId }, host) => scalar.get(chartOf(host, chartId).bag),
    set: ({ chartId }, value, host) => {
      scalar.set(chartOf(host, chartId).bag, value);
      changed(host);
    },
  };
};

/** Excel's rule: as many series as the shorter side; the first row and column are names when they are texts. */
const seriesOf = (host: HostWorkbook, range: RangeTarget, seriesBy: string): ChartSeriesState[] => {
  const { block, sheetId } = range;
  const byColumns = seriesBy === "Columns" || (seriesBy !== "Rows" && rowCountOf(block) >= columnCountOf(block));
  const cells = readCells(host, sheetId);
  const isText = (row: number, column: number) => typeof cells.value(row, column) === "string";
  const hasNames = byColumns ? isText(block.startRow, block.endColumn) : isText(block.endRow, block.startColumn);
  const hasCategories = byColumns
    ? columnCountOf(block) > 1 && isText(block.endRow, block.startColumn)
    : rowCountOf(block) > 1 && isText(block.startRow, block.endColumn);
  const sheet = quoteSheetName(sheetOf(host, sheetId).getSheetName());
  const address = (part: Block) => `${sheet}!${blockAddress(part)}`;
  const first = byColumns ? block.startColumn : block.startRow;
  const last = byColumns ? block.endColumn : block.endRow;
  const skipNames = hasNames ? 1 : 0;
  const line = (index: number): Block =>
    byColumns
      ? { ...block, startRow: block.startRow + skipNames, startColumn: index, endColumn: index }
      : { ...block, startColumn: block.startColumn + skipNames, startRow: index, endRow: index };
  const series: ChartSeriesState[] = [];
  for (let index = first + (hasCategories ? 1 : 0); index <= last; index += 1) {
    const name = hasNames ? (byColumns ? cells.text(block.startRow, index) : cells.text(index, block.startColumn)) : `Series${series.length + 1}`;
    const bag = emptyBag();
    bag.values.Name = name;
    series.push({ values: address(line(index)), categories: hasCategories ? address(line(first)) : "", bag });
  }
  return series;
};

const viaSeries = (name: string, initial: unknown): ScalarDefinition<SeriesTarget> => {
  const scalar = bagScalar(name, initial);
  return {
    get: (target, host) => scalar.get(seriesAt(host, target).bag),
    set: (target, value, host) => {
      scalar.set(seriesAt(host, target).bag, value);
      changed(host);
    },
  };
};

const seriesAt = (host: HostWorkbook, { chartId, index }: SeriesTarget): ChartSeriesState => {
  const series = chartOf(host, chartId).series[index];
  if (!series) throw itemNotFound(`series ${index}`);
  return series;
};

const chartSeriesClass: HostClass<SeriesTarget> = defineClass<SeriesTarget>({
  name: "ChartSeries",
  scalars: Object.fromEntries(Object.entries(seriesScalars).map(([name, initial]) => [name, viaSeries(name, initial)])),
  children: Object.fromEntries(
    Object.entries(seriesParts).map(([name, part]) => [
      name,
      (target: SeriesTarget, host: HostWorkbook): HostObject => part.of(bagPart(seriesAt(host, target).bag, name)),
    ]),
  ),
  methods: {
    Delete: (target, _args, host) => {
      seriesAt(host, target);
      chartOf(host, target.chartId).series.splice(target.index, 1);
      changed(host);
    },
    SetValues: (target, [source], host) => {
      seriesAt(host, target).values = rangeAddress(host, rangeArgument(host, source, chartOf(host, target.chartId).sheetId));
      changed(host);
    },
    SetXAxisValues: (target, [source], host) => {
      seriesAt(host, target).categories = rangeAddress(host, rangeArgument(host, source, chartOf(host, target.chartId).sheetId));
      changed(host);
    },
  },
});

const seriesCollectionClass: HostClass<ChartTarget> = defineClass<ChartTarget>({
  name: "ChartSeriesCollection",
  scalars: { Count: readOnly(({ chartId }, host) => chartOf(host, chartId).series.length) },
  items: ({ chartId }, host) => chartOf(host, chartId).series.map((_, index) => chartSeriesClass.of({ chartId, index })),
  methods: {
    Add: ({ chartId }, [name], host) => {
      const bag = emptyBag();
      bag.values.Name = name ?? "";
      const chart = chartOf(host, chartId);
      chart.series.push({ values: "", categories: "", bag });
      changed(host);
      return chartSeriesClass.of({ chartId, index: chart.series.length - 1 });
    },
  },
});

const chartMethods: NonNullable<ClassDefinition<ChartTarget>["methods"]> = {
  Activate: ({ chartId }, _args, host) => void chartOf(host, chartId),
  Delete: ({ chartId }, _args, host) => {
    chartOf(host, chartId);
    host.state.charts.delete(chartId);
    changed(host);
  },
  SetData: ({ chartId }, [source, seriesBy], host) => {
    const chart = chartOf(host, chartId);
    const range = rangeArgument(host, source, chart.sheetId);
    chart.source = rangeAddress(host, range);
    chart.seriesBy = String(seriesBy ?? "Auto");
    chart.series = seriesOf(host, range, chart.seriesBy);
    changed(host);
  },
  SetPosition: ({ chartId }, [start, end], host) => {
    const chart = chartOf(host, chartId);
    const first = rangeArgument(host, start, chart.sheetId).block;
    const last = end === undefined || end === null ? first : rangeArgument(host, end, chart.sheetId).block;
    chart.position = {
      startCell: blockAddress({ ...first, endRow: first.startRow, endColumn: first.startColumn }),
      endCell: blockAddress({ ...last, startRow: last.endRow, startColumn: last.endColumn }),
    };
    changed(host);
  },
};

const chartClass: HostClass<ChartTarget> = defineClass<ChartTarget>({
  name: "Chart",
  identity: ({ chartId }) => ({ Id: chartId }),
  scalars: {
    ...Object.fromEntries(Object.entries(chartScalars).map(([name, initial]) => [name, viaChart(name, initial)])),
    ChartType: viaChart("ChartType", ""),
    Id: readOnly(({ chartId }) => chartId),
    PlotBy: readOnly(({ chartId }, host) => chartOf(host, chartId).seriesBy),
  },
  children: {
    ...Object.fromEntries(
      Object.entries(chartParts).map(([name, part]) => [
        name,
        ({ chartId }: ChartTarget, host: HostWorkbook): HostObject => {
          // Parts write into the chart's bag directly, so whoever draws is told once the batch has run.
          queueMicrotask(() => changed(host));
          return part.of(bagPart(chartOf(host, chartId).bag, name));
        },
      ]),
    ),
    Series: ({ chartId }) => seriesCollectionClass.of({ chartId }),
    Worksheet: ({ chartId }, host) => host.worksheet(chartOf(host, chartId).sheetId),
  },
  methods: chartMethods,
});

/** The charts of a sheet. */
interface ChartsTarget {
  readonly sheetId: string;
}

const chartsIn = (host: HostWorkbook, sheetId: string): readonly ChartState[] =>
  [...host.state.charts.values()].filter((chart) => chart.sheetId === sheetId);

/** Types of charts by family; Office.js has some 80, of which a host that draws needs to know the family. */
const chartTypes =
  /^(ColumnClustered|ColumnStacked|ColumnStacked100|BarClustered|BarStacked|BarStacked100|Line|LineStacked|LineStacked100|LineMarkers|LineMarkersStacked|Pie|PieExploded|Doughnut|Area|AreaStacked|AreaStacked100|XYScatter|XYScatterLines|XYScatterLinesNoMarkers|XYScatterSmooth|XYScatterSmoothNoMarkers|Waterfall|Histogram|Pareto|Treemap|Funnel|Radar|Bubble|Boxwhisker)$/;

/** Excel.ChartCollection. */
export const chartCollectionClass: HostClass<ChartsTarget> = defineClass<ChartsTarget>({
  name: "ChartCollection",
  scalars: { Count: readOnly(({ sheetId }, host) => chartsIn(host, sheetId).length) },
  items: ({ sheetId }, host) => chartsIn(host, sheetId).map(({ id }) => chartClass.of({ chartId: id })),
  item: ({ sheetId }, key, host) => {
    const found = chartsIn(host, sheetId).find(
      (chart) => chart.id === key || String(chart.bag.values.Name).toLowerCase() === String(key).toLowerCase(),
    );
    return found ? chartClass.of({ chartId: found.id }) : null;
  },
  methods: {
    Add: ({ sheetId }, [type, source, seriesBy], host) => {
      if (!chartTypes.test(String(type))) throw invalidArgument(`${String(type)} is no chart type of this host`);
      const range = rangeArgument(host, source, sheetId);
      assertWritable(host, sheetId, range.block);
      const id = `chart${(host.state.nextId += 1)}`;
      const by = String(seriesBy ?? "Auto");
      const chart: ChartState = { id, sheetId, source: rangeAddress(host, range), seriesBy: by, series: seriesOf(host, range, by), bag: emptyBag() };
      chart.bag.values.Name = `Chart ${chartsIn(host, sheetId).length + 1}`;
      chart.bag.values.ChartType = type;
      host.state.charts.set(id, chart);
      changed(host);
      return chartClass.of({ chartId: id });
    },
  },
  calculated: ["Add"],
});
