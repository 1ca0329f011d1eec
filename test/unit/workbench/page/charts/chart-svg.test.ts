import { axisTicks, tickLabel } from "../../../../../src/workbench/page/charts/axis-ticks";
import type { ChartPicture } from "../../../../../src/workbench/page/charts/chart-picture";
import { chartSvg } from "../../../../../src/workbench/page/charts/chart-svg";

const COLUMNS: ChartPicture = {
  kind: "column",
  isStacked: false,
  title: 'Required & "posted"',
  hasLegend: true,
  categories: ["A<1>", "B"],
  series: [
    { name: "Required", values: [10, 20] },
    { name: "Posted", values: [5, null] },
  ],
};

function heights(svg: string): number[] {
  return [...svg.matchAll(/<rect [^>]*height="([\d.]+)" fill/g)].map((match) => Number(match[1])).filter((height) => height !== 10);
}

describe("charts", () => {
  it("draws bars in proportion to their values and leaves gaps", () => {
    const [first = 0, second = 0, third = 0, ...rest] = heights(chartSvg({ ...COLUMNS, hasLegend: false }, 400, 300));
    expect(rest).toEqual([]);
    expect(second / first).toBeCloseTo(2, 2);
    expect(third / first).toBeCloseTo(0.5, 2);
  });

  it("stacks bars to their sum", () => {
    const svg = chartSvg(
      {
        ...COLUMNS,
        isStacked: true,
        hasLegend: false,
        series: [
          { name: "a", values: [60, 0] },
          { name: "b", values: [40, 0] },
        ],
      },
      400,
      300,
    );
    const tops = [...svg.matchAll(/<rect x="[\d.]+" y="([\d.]+)"/g)].map((match) => Number(match[1]));
    const [base = 0] = heights(svg);
    expect((tops[0] ?? 0) - (tops[2] ?? 0)).toBeCloseTo((base * 40) / 60, 1);
  });

  it("names itself and escapes what cells say", () => {
    const svg = chartSvg(COLUMNS, 400, 300);
    expect(svg).toContain('aria-label="Required &amp; &quot;posted&quot;"');
    expect(svg).toContain("A&lt;1&gt;");
    expect(svg).toContain("Posted");
  });

  it.each(["bar", "line", "area", "scatter", "pie"] as const)("draws a %s chart without a number going wrong", (kind) => {
    const series = COLUMNS.series.map((one) => ({ ...one, x: [1, 2] }));
    expect(chartSvg({ ...COLUMNS, kind, series }, 400, 300)).not.toMatch(/NaN|Infinity|undefined/);
    expect(chartSvg({ ...COLUMNS, kind, series: [], categories: [] }, 400, 300)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe("axes", () => {
  it("has round ticks that cover all values", () => {
    expect(axisTicks([0.13, 0.98], true).values).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(axisTicks([-3, 12], true)).toEqual({ low: -5, high: 15, values: [-5, 0, 5, 10, 15] });
    expect(axisTicks([], true).values.length).toBeGreaterThan(1);
  });

  it("shortens large numbers", () => {
    expect([2_500_000, 400_000, 0.25, -1_000, 3e9].map(tickLabel)).toEqual(["2.5m", "400k", "0.25", "-1k", "3bn"]);
  });
});
