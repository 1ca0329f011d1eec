import { clearActiveArcs, createActiveArcs, moveActive, putActive, refreshActive } from "../../../../../src/core/lp/network/active-arcs";
import { buildNetwork } from "../../../../../src/core/lp/network/build-network";
import { AT_LOWER, AT_UPPER, BASIC, FIXED, type Network } from "../../../../../src/core/lp/network/network";
import { denseModel } from "../../../../contract/solver/linear-cases";

/** Two columns from an inventory to a call: the second costs 4 and is worth 0.5. Scaled by powers of two only. */
function smallNetwork(): Network {
  const form = buildNetwork(
    denseModel(
      [
        [2, 0, 10],
        [4, 0, 10],
      ],
      [
        [-Infinity, 16, [1, 1]],
        [8, Infinity, [1, 0.5]],
      ],
    ),
  );
  if (form.kind !== "network") throw new Error("not a network");
  return form.network;
}

describe("the list of active arcs", () => {
  const network = smallNetwork();
  const numbers = (active: ReturnType<typeof createActiveArcs>, place: number): number[] => [
    active.tailCoefficient[place]!,
    active.headCoefficient[place]!,
    active.cost[place]!,
  ];
  const own = [network.tailCoefficient[1]!, network.headCoefficient[1]!, network.cost[1]!];

  it("keeps an arc as it is at zero, turned round at its capacity and without its data when fixed", () => {
    const active = createActiveArcs(network.realArcCount, 2);
    active.count = 1;
    putActive(network, active, 0, 1, AT_LOWER);
    expect(numbers(active, 0)).toEqual(own);
    moveActive(network, active, 1, AT_UPPER);
    expect(numbers(active, 0)).toEqual(own.map((value) => -value));
    moveActive(network, active, 1, FIXED);
    expect(numbers(active, 0).map(Math.abs)).toEqual([0, 0, 0]);
    moveActive(network, active, 1, BASIC);
    expect(numbers(active, 0)).toEqual(own);
  });
  it("takes in an arc that has left the basis while there is room, but no basic, fixed or artificial one", () => {
    const active = createActiveArcs(network.realArcCount, 2);
    active.count = 1;
    putActive(network, active, 0, 1, AT_LOWER);
    moveActive(network, active, 0, BASIC);
    moveActive(network, active, 0, FIXED);
    moveActive(network, active, network.realArcCount, AT_LOWER);
    expect(active.count).toBe(1);
    moveActive(network, active, 0, AT_UPPER);
    moveActive(network, active, 2, AT_LOWER);
    expect([...active.arc]).toEqual([1, 0]);
    expect([...active.placeOf.subarray(0, 3)]).toEqual([1, 0, -1]);
    expect(numbers(active, 0)).toEqual(own);
    expect(numbers(active, 1)).toEqual([-network.tailCoefficient[0]!, -network.headCoefficient[0]!, -network.cost[0]!]);
  });
  it("looks states up again and forgets its arcs", () => {
    const active = createActiveArcs(network.realArcCount, 2);
    active.count = 1;
    putActive(network, active, 0, 1, AT_LOWER);
    const state = new Uint8Array(network.realArcCount + network.nodeCount);
    state[1] = AT_UPPER;
    refreshActive(network, active, state);
    expect(numbers(active, 0)).toEqual(own.map((value) => -value));
    clearActiveArcs(active);
    expect(active.count).toBe(0);
    expect([...active.placeOf].every((place) => place === -1)).toBe(true);
  });
});
