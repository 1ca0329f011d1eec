import { axisTicks, tickLabel, type AxisTicks } from "./axis-ticks";
import { seriesColor, type ChartPicture } from "./chart-picture";

/** The area between the axes, in pixels. */
interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const TITLE_HEIGHT = 26;
const LEGEND_HEIGHT = 22;
const AXIS_LABEL_WIDTH = 44;
const LABEL_HEIGHT = 18;
const BAR_LABEL_WIDTH = 96;
const CHARACTER_WIDTH = 5.8;

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function label(x: number, y: number, text: string, anchor: "start" | "middle" | "end", extra = ""): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" ${extra}>${escaped(text)}</text>`;
}

function shortened(text: string, pixels: number): string {
  const most = Math.max(1, Math.floor(pixels / CHARACTER_WIDTH));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

/** Adds up stacked series, so that each bar starts where the one before it ends. */
function stackBases(picture: ChartPicture): readonly (readonly number[])[] {
  const above = picture.categories.map(() => 0);
  const below = picture.categories.map(() => 0);
  return picture.series.map((one) =>
    picture.categories.map((_, index) => {
      if (!picture.isStacked) return 0;
      const value = one.values[index] ?? 0;
      const side = value < 0 ? below : above;
      const base = side[index] ?? 0;
      side[index] = base + value;
      return base;
    }),
  );
}

function valueAxis(picture: ChartPicture, bases: readonly (readonly number[])[]): AxisTicks {
  const numbers = picture.series.flatMap((one, place) =>
    one.values.flatMap((value, index) => (value === null ? [] : [value + (bases[place]?.[index] ?? 0)])),
  );
  return axisTicks(numbers, picture.kind !== "scatter" && picture.kind !== "line");
}

function horizontalGrid(plot: Plot, ticks: AxisTicks): string {
  const y = scale(ticks, plot.top + plot.height, plot.top);
  return ticks.values
    .map((tick) => {
      const at = round(y(tick));
      const line = `<line x1="${plot.left}" x2="${plot.left + plot.width}" y1="${at}" y2="${at}" class="${tick === 0 ? "axis" : "grid"}"/>`;
      return line + label(plot.left - 6, at + 3.5, tickLabel(tick), "end");
    })
    .join("");
}

function scale(ticks: AxisTicks, from: number, to: number): (value: number) => number {
  return (value) => from + ((value - ticks.low) / (ticks.high - ticks.low)) * (to - from);
}

function categoryLabels(plot: Plot, categories: readonly string[]): string {
  const step = plot.width / Math.max(1, categories.length);
  // Labels that would overlap are left out evenly rather than turned on their side.
  const longest = Math.min(12, Math.max(1, ...categories.map((text) => text.length))) * CHARACTER_WIDTH + 8;
  const every = Math.max(1, Math.ceil(longest / step));
  return categories
    .map((text, index) =>
      index % every === 0 ? label(plot.left + (index + 0.5) * step, plot.top + plot.height + 13, shortened(text, step * every), "middle") : "",
    )
    .join("");
}

function columns(picture: ChartPicture, plot: Plot): string {
  const bases = stackBases(picture);
  const ticks = valueAxis(picture, bases);
  const y = scale(ticks, plot.top + plot.height, plot.top);
  const step = plot.width / Math.max(1, picture.categories.length);
  const lanes = picture.isStacked ? 1 : picture.series.length;
  const width = (step * 0.7) / Math.max(1, lanes);
  const bars = picture.series.map((one, place) =>
    one.values.map((value, index) => {
      if (value === null) return "";
      const base = bases[place]?.[index] ?? 0;
      const x = plot.left + index * step + step * 0.15 + (picture.isStacked ? 0 : place * width);
      const [top, bottom] = [y(Math.max(base, base + value)), y(Math.min(base, base + value))];
      return `<rect x="${round(x)}" y="${round(top)}" width="${round(Math.max(1, width - 1))}" height="${round(bottom - top)}" fill="${seriesColor(place)}"/>`;
    }),
  );
  return horizontalGrid(plot, ticks) + bars.flat().join("") + categoryLabels(plot, picture.categories);
}

function bars(picture: ChartPicture, whole: Plot): string {
  const plot = { ...whole, left: whole.left + BAR_LABEL_WIDTH - AXIS_LABEL_WIDTH, width: whole.width - BAR_LABEL_WIDTH + AXIS_LABEL_WIDTH };
  const bases = stackBases(picture);
  const ticks = valueAxis(picture, bases);
  const x = scale(ticks, plot.left, plot.left + plot.width);
  const step = plot.height / Math.max(1, picture.categories.length);
  const lanes = picture.isStacked ? 1 : picture.series.length;
  const height = (step * 0.7) / Math.max(1, lanes);
  const grid = ticks.values.map((tick) => {
    const at = round(x(tick));
    return (
      `<line y1="${plot.top}" y2="${plot.top + plot.height}" x1="${at}" x2="${at}" class="${tick === 0 ? "axis" : "grid"}"/>` +
      label(at, plot.top + plot.height + 13, tickLabel(tick), "middle")
    );
  });
  const shapes = picture.series.map((one, place) =>
    one.values.map((value, index) => {
      if (value === null) return "";
      const base = bases[place]?.[index] ?? 0;
      const y = plot.top + index * step + step * 0.15 + (picture.isStacked ? 0 : place * height);
      const [left, right] = [x(Math.min(base, base + value)), x(Math.max(base, base + value))];
      return `<rect x="${round(left)}" y="${round(y)}" width="${round(right - left)}" height="${round(Math.max(1, height - 1))}" fill="${seriesColor(place)}"/>`;
    }),
  );
  const every = Math.max(1, Math.ceil(13 / step));
  const names = picture.categories.map((text, index) =>
    index % every === 0 ? label(plot.left - 6, plot.top + (index + 0.5) * step + 3.5, shortened(text, BAR_LABEL_WIDTH - 10), "end") : "",
  );
  return grid.join("") + shapes.flat().join("") + names.join("");
}

function lines(picture: ChartPicture, plot: Plot): string {
  const bases = stackBases(picture);
  const ticks = valueAxis(picture, bases);
  const y = scale(ticks, plot.top + plot.height, plot.top);
  const step = plot.width / Math.max(1, picture.categories.length);
  const shapes = picture.series.map((one, place) => {
    let pen = "M";
    const path = one.values.map((value, index) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${round(plot.left + (index + 0.5) * step)} ${round(y(value + (bases[place]?.[index] ?? 0)))}`;
      pen = "L";
      return point;
    });
    const color = seriesColor(place);
    const line = `<path d="${path.join("")}" fill="none" stroke="${color}" stroke-width="2"/>`;
    if (picture.kind !== "area") return line;
    const floor = round(y(Math.max(0, ticks.low)));
    const last = one.values.length;
    return `<path d="${path.join("")}L${round(plot.left + (last - 0.5) * step)} ${floor}L${round(plot.left + 0.5 * step)} ${floor}Z" fill="${color}" fill-opacity="0.35"/>${line}`;
  });
  return horizontalGrid(plot, ticks) + shapes.join("") + categoryLabels(plot, picture.categories);
}

function scatter(picture: ChartPicture, plot: Plot): string {
  const ticks = valueAxis(picture, []);
  const across = axisTicks(
    picture.series.flatMap((one) => (one.x ?? []).filter((value) => value !== null)),
    false,
  );
  const y = scale(ticks, plot.top + plot.height, plot.top);
  const x = scale(across, plot.left, plot.left + plot.width);
  const points = picture.series.map((one, place) =>
    one.values.map((value, index) => {
      const at = one.x?.[index];
      return value === null || at === null || at === undefined
        ? ""
        : `<circle cx="${round(x(at))}" cy="${round(y(value))}" r="3" fill="${seriesColor(place)}"/>`;
    }),
  );
  const marks = across.values.map((tick) => label(x(tick), plot.top + plot.height + 13, tickLabel(tick), "middle"));
  return horizontalGrid(plot, ticks) + points.flat().join("") + marks.join("");
}

function pie(picture: ChartPicture, plot: Plot): string {
  const values = (picture.series[0]?.values ?? []).map((value) => Math.max(0, value ?? 0));
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  const radius = Math.min(plot.width, plot.height) / 2 - 4;
  const [cx, cy] = [plot.left + plot.width / 2, plot.top + plot.height / 2];
  let turned = 0;
  return values
    .map((value, index) => {
      if (value === total) return `<circle cx="${round(cx)}" cy="${round(cy)}" r="${round(radius)}" fill="${seriesColor(index)}"/>`;
      const point = (share: number): string =>
        `${round(cx + radius * Math.sin(share * 2 * Math.PI))} ${round(cy - radius * Math.cos(share * 2 * Math.PI))}`;
      const from = point(turned);
      turned += value / total;
      return `<path d="M${round(cx)} ${round(cy)}L${from}A${round(radius)} ${round(radius)} 0 ${value / total > 0.5 ? 1 : 0} 1 ${point(turned)}Z" fill="${seriesColor(index)}"/>`;
    })
    .join("");
}

function legend(names: readonly string[], width: number, y: number): string {
  const lengths = names.map((name) => Math.min(name.length, 28) * CHARACTER_WIDTH + 26);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let x = Math.max(8, (width - total) / 2);
  return names
    .map((name, index) => {
      const at = x;
      x += lengths[index] ?? 0;
      return `<rect x="${round(at)}" y="${y - 9}" width="10" height="10" fill="${seriesColor(index)}"/>${label(at + 15, y, shortened(name, 28 * CHARACTER_WIDTH), "start")}`;
    })
    .join("");
}

const DRAWERS = { column: columns, bar: bars, line: lines, area: lines, scatter, pie } as const;

/**
 * Draws a chart as SVG text: self-contained, without scripts, and readable by a screen reader through its title.
 *
 * @param width in pixels
 * @param height in pixels
 */
export function chartSvg(picture: ChartPicture, width: number, height: number): string {
  const names = picture.kind === "pie" ? picture.categories : picture.series.map((one) => one.name);
  const hasLegend = picture.hasLegend && names.length > 0;
  const top = picture.title ? TITLE_HEIGHT + 8 : 12;
  const bottom = LABEL_HEIGHT + (hasLegend ? LEGEND_HEIGHT : 4);
  const plot: Plot = {
    left: AXIS_LABEL_WIDTH + 6,
    top,
    width: Math.max(10, width - AXIS_LABEL_WIDTH - 22),
    height: Math.max(10, height - top - bottom),
  };
  const title = picture.title ? label(width / 2, 20, shortened(picture.title, width * 0.85), "middle", 'class="title"') : "";
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="${escaped(picture.title || "Chart")}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    title +
    DRAWERS[picture.kind](picture, plot) +
    (hasLegend ? legend(names, width, height - 8) : "") +
    "</svg>"
  );
}
