import { bagClass, type BagValues } from "../bag";
import type { HostClass } from "../host-class";

/** Parts of a chart: remembered with their names checked. Drawing them is the page's work. */

const color = { Color: "" };
const fillClass = bagClass({
  name: "ChartFill",
  methods: {
    Clear: (bag) => void (bag.values.Color = null),
    SetSolidColor: (bag, [value]) => void (bag.values.Color = value),
  },
});
const borderClass = bagClass({
  name: "ChartBorder",
  scalars: { ...color, LineStyle: "Continuous", Weight: 1 },
  methods: { Clear: (bag) => void (bag.values.LineStyle = "None") },
});
const lineClass = bagClass({
  name: "ChartLineFormat",
  scalars: { ...color, LineStyle: "Continuous", Weight: 1 },
  methods: { Clear: (bag) => void (bag.values.LineStyle = "None") },
});
const fontClass = bagClass({ name: "ChartFont", scalars: { Bold: false, ...color, Italic: false, Name: "Calibri", Size: 10, Underline: "None" } });

const textFormat = (name: string): HostClass<BagValues> => bagClass({ name, children: { Border: borderClass, Fill: fillClass, Font: fontClass } });

const gridlinesClass = bagClass({
  name: "ChartGridlines",
  scalars: { Visible: true },
  children: { Format: bagClass({ name: "ChartGridlinesFormat", children: { Line: lineClass } }) },
});

const axisClass = bagClass({
  name: "ChartAxis",
  scalars: {
    CategoryType: "Automatic",
    DisplayUnit: "None",
    LinkNumberFormat: true,
    LogBase: 10,
    MajorTickMark: "Outside",
    MajorUnit: null,
    Maximum: null,
    Minimum: null,
    MinorTickMark: "None",
    MinorUnit: null,
    NumberFormat: "General",
    ReversePlotOrder: false,
    ScaleType: "Linear",
    ShowDisplayUnitLabel: false,
    TextOrientation: 0,
    TickLabelPosition: "NextToAxis",
    TickLabelSpacing: null,
    Visible: true,
  },
  children: {
    Format: bagClass({ name: "ChartAxisFormat", children: { Fill: fillClass, Font: fontClass, Line: lineClass } }),
    MajorGridlines: gridlinesClass,
    MinorGridlines: gridlinesClass,
    Title: bagClass({
      name: "ChartAxisTitle",
      scalars: { Text: "", TextOrientation: 0, Visible: false },
      children: { Format: textFormat("ChartAxisTitleFormat") },
    }),
  },
});

const dataLabelsClass = bagClass({
  name: "ChartDataLabels",
  scalars: {
    AutoText: true,
    LinkNumberFormat: true,
    NumberFormat: "General",
    Position: "None",
    Separator: ",",
    ShowCategoryName: false,
    ShowLegendKey: false,
    ShowPercentage: false,
    ShowSeriesName: false,
    ShowValue: false,
    TextOrientation: 0,
  },
  children: { Format: textFormat("ChartDataLabelFormat") },
});

/** Navigation properties of Excel.Chart that are remembered. */
export const chartParts: Readonly<Record<string, HostClass<BagValues>>> = {
  Axes: bagClass({ name: "ChartAxes", children: { CategoryAxis: axisClass, SeriesAxis: axisClass, ValueAxis: axisClass } }),
  DataLabels: dataLabelsClass,
  Format: bagClass({
    name: "ChartAreaFormat",
    scalars: { ColorScheme: "ColorfulPalette1", RoundedCorners: false },
    children: { Border: borderClass, Fill: fillClass, Font: fontClass },
  }),
  Legend: bagClass({
    name: "ChartLegend",
    scalars: { Height: 0, Left: 0, Overlay: false, Position: "Right", ShowShadow: false, Top: 0, Visible: true, Width: 0 },
    children: { Format: textFormat("ChartLegendFormat") },
  }),
  PlotArea: bagClass({
    name: "ChartPlotArea",
    scalars: { Height: 0, InsideHeight: 0, InsideLeft: 0, InsideTop: 0, InsideWidth: 0, Left: 0, Position: "Automatic", Top: 0, Width: 0 },
    children: { Format: bagClass({ name: "ChartPlotAreaFormat", children: { Border: borderClass, Fill: fillClass } }) },
  }),
  Title: bagClass({
    name: "ChartTitle",
    scalars: {
      HorizontalAlignment: "Center",
      Left: 0,
      Overlay: false,
      Position: "Automatic",
      ShowShadow: false,
      Text: "",
      TextOrientation: 0,
      Top: 0,
      VerticalAlignment: "Center",
      Visible: true,
    },
    children: { Format: textFormat("ChartTitleFormat") },
  }),
};

/** Navigation properties of Excel.ChartSeries that are remembered. */
export const seriesParts: Readonly<Record<string, HostClass<BagValues>>> = {
  DataLabels: dataLabelsClass,
  Format: bagClass({ name: "ChartSeriesFormat", children: { Fill: fillClass, Line: lineClass } }),
};

/** Properties of Excel.ChartSeries that are remembered, with what an untouched series answers. */
export const seriesScalars: Readonly<Record<string, unknown>> = {
  AxisGroup: "Primary",
  ChartType: null,
  DoughnutHoleSize: 50,
  Explosion: 0,
  Filtered: false,
  FirstSliceAngle: 0,
  GapWidth: 150,
  HasDataLabels: false,
  InvertIfNegative: false,
  MarkerBackgroundColor: "",
  MarkerForegroundColor: "",
  MarkerSize: 5,
  MarkerStyle: "Automatic",
  Name: "",
  Overlap: 0,
  PlotOrder: 1,
  ShowShadow: false,
  Smooth: false,
  VaryByCategories: false,
};
