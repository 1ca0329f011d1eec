import type { RiskDay } from "../../../app/risk-screen";

/** Size of the drawing in its own units, about one pixel each in a pane 320 px wide. */
export const plotSize = { width: 288, height: 168, left: 40, right: 284, top: 6, bottom: 146 } as const;

/** A horizontal line of the grid. */
export interface PlotTick {
  readonly value: number;
  readonly y: number;
}

/** Everything that is drawn, as paths and points. */
export interface PlotShape {
  readonly zero: number;
  /** Decimals that the ticks need as percentages. */
  readonly decimals: number;
  readonly ticks: readonly PlotTick[];
  /** One needle a day, from zero to its return. */
  readonly returns: string;
  /** The negative VaR as a stair; "" while none is known. */
  readonly line: string;
  /** Between zero and that line. */
  readonly band: string;
  /** Tips of the days that went through. */
  readonly exceptions: readonly { readonly date: string; readonly x: number; readonly y: number }[];
}

/** The step of 1, 2 or 5 times a power of ten that gives about four lines. */
const niceStep = (range: number): number => {
  const raw = range / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10);
};

const at = (value: number): string => String(Number(value.toFixed(2)));

/**
 * Lays out the returns, the negative VaR and the exceptions.
 *
 * @param days at least one
 */
export const plotShape = (days: readonly RiskDay[]): PlotShape => {
  const { left, right, top, bottom } = plotSize;
  const lows = days.map(({ value, valueAtRisk }) => Math.min(value, -(valueAtRisk ?? 0)));
  const low = Math.min(0, ...lows);
  const high = Math.max(0, ...days.map(({ value }) => value));
  // Room below for the marks; a flat series still has a scale.
  const span = (high - low || 0.01) * 1.1;
  const width = (right - left) / days.length;
  const x = (index: number): number => left + (index + 0.5) * width;
  const y = (value: number): number => top + ((high - value) / span) * (bottom - top);
  const step = niceStep(span);
  const ticks: PlotTick[] = [];
  for (let count = Math.ceil((high - span) / step); count * step <= high; count += 1) ticks.push({ value: count * step, y: y(count * step) });
  const known = days.flatMap(({ valueAtRisk }, index) => (valueAtRisk === undefined ? [] : [{ index, y: y(-valueAtRisk) }]));
  const stairs = known.map((day) => `${at(left + day.index * width)} ${at(day.y)} ${at(left + (day.index + 1) * width)} ${at(day.y)}`).join(" ");
  const start = left + (known[0]?.index ?? 0) * width;
  return {
    zero: y(0),
    decimals: Math.max(0, -Math.floor(Math.log10(step * 100) + 1e-9)),
    ticks,
    returns: days.map(({ value }, index) => `M${at(x(index))} ${at(y(0))}V${at(y(value))}`).join(""),
    line: known.length === 0 ? "" : `M${stairs}`,
    band: known.length === 0 ? "" : `M${at(start)} ${at(y(0))} ${stairs} ${at(right)} ${at(y(0))}Z`,
    exceptions: days.flatMap((day, index) => (day.isException ? [{ date: day.date, x: x(index), y: y(day.value) }] : [])),
  };
};
