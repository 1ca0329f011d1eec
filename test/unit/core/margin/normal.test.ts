import { readFileSync } from "node:fs";
import { join } from "node:path";
import { normalCumulative } from "../../../../src/core/margin/internal/normal";

describe("normalCumulative", () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1, 0.15865525393145705],
    [1.959963984540054, 0.975],
    [-3, 0.0013498980316300945],
    [-6, 9.865876450376981e-10],
    [-10, 7.619853024160525e-24],
    [-37.5, 4.605353009e-308],
  ])("of %p is %p", (x, expected) => {
    expect(Math.abs(normalCumulative(x) / expected - 1)).toBeLessThan(x < -30 ? 1e-9 : 1e-13);
  });

  it("is monotone where the series hands over to the continued fraction", () => {
    expect(normalCumulative(-2.5 - 1e-12)).toBeLessThanOrEqual(normalCumulative(-2.5 + 1e-12));
    expect(normalCumulative(-2.5 - 1e-12) / normalCumulative(-2.5 + 1e-12)).toBeCloseTo(1, 10);
  });

  it("agrees with the reference values to 1e-12", () => {
    const text = readFileSync(join(__dirname, "../../../fixtures/risk/dist_ref.json"), "utf8");
    const { functions } = JSON.parse(text) as {
      functions: readonly { function: string; points: readonly (readonly [readonly number[], string])[] }[];
    };
    const points = functions.find((one) => one.function === "dist.normCdf")?.points ?? [];
    expect(points.length).toBeGreaterThan(3);
    for (const [[z], printed] of points) {
      const expected = Number(printed);
      if (z !== undefined && expected > 0) expect(Math.abs(normalCumulative(z) / expected - 1)).toBeLessThan(1e-12);
    }
  });
});
