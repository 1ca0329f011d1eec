import { scaleSlopes } from "../../../../src/core/optimization/scale-slopes";

/** Ten units must be moved, all by one of two movements: a charge of 10 that may carry 100, or a charge of 3 that may carry 10. */
const charges = Float64Array.of(10, 3);
const mosts = Float64Array.of(100, 10);

interface Point {
  readonly amounts: Float64Array;
  readonly cost: number;
}

const pointAt = (slopes: Float64Array): Point =>
  slopes[0]! <= slopes[1]! ? { amounts: Float64Array.of(10, 0), cost: 10 } : { amounts: Float64Array.of(0, 10), cost: 3 };

describe("slope scaling", () => {
  const run = async (isOver: () => boolean): Promise<{ best: Point; seen: number[][] }> => {
    const seen: number[][] = [];
    const best = await scaleSlopes(pointAt(Float64Array.of(0.1, 0.3)), {
      charges,
      mosts,
      isOver,
      isBetter: (a, b) => a.cost < b.cost,
      solve: (slopes) => {
        seen.push([...slopes]);
        return Promise.resolve(pointAt(slopes));
      },
    });
    return { best, seen };
  };

  it("charges what a movement costs over what it moved, so that the one that looked cheap is left, and ends where nothing changes", async () => {
    const { best, seen } = await run(() => false);
    // Spread over 100 the first looks like 0.1 a unit; over the 10 that it moved it is 1. The second is 0.3 both ways.
    expect(seen).toEqual([[1, 0.3]]);
    expect(best.cost).toBe(3);
  });

  it("keeps what there is when the time is up", async () => {
    const { best, seen } = await run(() => true);
    expect(seen).toEqual([]);
    expect(best.cost).toBe(10);
  });
});
