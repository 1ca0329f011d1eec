/** What a chart shows, with its cells already read. */
export interface ChartPicture {
  readonly kind: "column" | "bar" | "line" | "area" | "scatter" | "pie";
  readonly isStacked: boolean;
  readonly title: string;
  readonly hasLegend: boolean;
  readonly categories: readonly string[];
  readonly series: readonly PictureSeries[];
}

/** One series; a cell without a number leaves a gap. */
export interface PictureSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Places on the horizontal axis, for a scatter chart. */
  readonly x?: readonly (number | null)[];
}

/** The colours of Office's default theme would be borrowed; these are ours, distinguishable in grey and by the colour-blind. */
export const SERIES_COLORS: readonly string[] = ["#1c8a75", "#d9822b", "#4a6fb5", "#a14a76", "#8a8f3c", "#5c666e"];

/** The colour of a series by its place. */
export function seriesColor(index: number): string {
  return SERIES_COLORS[index % SERIES_COLORS.length] ?? "#5c666e";
}
