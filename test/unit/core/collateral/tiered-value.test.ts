import { readTiers, tieredSize, tieredValue } from "../../../../src/core/collateral/tiered-value";

const slabs = [
  { upTo: 10, ratio: 0.98 },
  { upTo: 20, ratio: 0.95 },
];

describe("tieredSize", () => {
  it("counts the upper bound in its slab and nothing beyond the last", () => {
    expect(tieredSize(10, slabs)).toBeCloseTo(9.8, 14);
    expect(tieredSize(20, slabs)).toBeCloseTo(19.3, 14);
    expect(tieredSize(1000, slabs)).toBeCloseTo(19.3, 14);
    expect(tieredSize(0, slabs)).toBe(0);
  });

  it("takes the whole size at one ratio under cliff", () => {
    expect(tieredSize(10, slabs, "cliff")).toBeCloseTo(9.8, 14);
    expect(tieredSize(10.01, slabs, "cliff")).toBeCloseTo(9.5095, 12);
    expect(tieredSize(21, slabs, "cliff")).toBe(0);
  });
});

describe("tieredValue", () => {
  it("values a debt in full", () => {
    expect(tieredValue(-2, 50, slabs)).toBe(-100);
  });
});

describe("readTiers", () => {
  it("reads a last slab without an end, and drops blank rows below", () => {
    expect(
      readTiers([
        [10, 0.9],
        ["", 0.5],
      ]),
    ).toEqual([
      { upTo: 10, ratio: 0.9 },
      { upTo: Infinity, ratio: 0.5 },
    ]);
    expect(
      readTiers([
        [10, 0.9],
        [0, 0],
        [0, 0],
      ]),
    ).toEqual([{ upTo: 10, ratio: 0.9 }]);
    expect(
      readTiers([
        [10, 0.9],
        [null, null],
      ]),
    ).toEqual([{ upTo: 10, ratio: 0.9 }]);
  });

  it("finds its columns by header in any order", () => {
    expect(
      readTiers([
        ["Ratio", "source", "Up to (BTC)"],
        [0.9, "x", 10],
      ]),
    ).toEqual([{ upTo: 10, ratio: 0.9 }]);
    expect(() =>
      readTiers([
        ["size", "share"],
        [10, 0.9],
      ]),
    ).toThrow(/headers upTo and ratio/);
  });
});
