import { orderByKey } from "../../../../../src/core/lp/network/order-by-key";

describe("orderByKey", () => {
  it("orders by number, negative ones first, and keeps ties in their order", () => {
    const keys = Float32Array.of(3, -1, 0, -2.5, 1e-20, 1e20, 0);
    expect([...orderByKey(Uint32Array.of(10, 11, 12, 13, 14, 15, 16), keys)]).toEqual([13, 11, 12, 16, 14, 10, 15]);
  });
});
