import { DomainError } from "../../../../src/core/basics/domain-error";
import { calculateMarginCall, roundDelivery, roundReturn } from "../../../../src/core/margin/margin-call";

const call = (terms: Partial<Parameters<typeof calculateMarginCall>[0]>): number =>
  calculateMarginCall({ exposure: 0, heldValue: 0, ...terms }).amount;

describe("calculateMarginCall", () => {
  it("delivers the credit support amount of CSA-01: 10m + 2m - 5m", () => {
    expect(call({ exposure: 10e6, independentAmount: 2e6, threshold: 5e6 })).toBe(7e6);
  });

  it("moves the whole amount at the minimum transfer amount and nothing below it", () => {
    const terms = { exposure: 1_000_000, minimumTransferAmount: 500_000 };
    expect(call({ ...terms, heldValue: 500_000 })).toBe(500_000);
    expect(call({ ...terms, heldValue: 500_001 })).toBe(0);
    expect(call({ ...terms, heldValue: 100_000 })).toBe(900_000);
    expect(call({ ...terms, heldValue: 1_499_999 })).toBe(0);
    expect(call({ ...terms, heldValue: 1_500_000 })).toBe(-500_000);
  });

  it("rounds deliveries up and returns down", () => {
    expect(call({ exposure: 1_234_567, rounding: 100_000 })).toBe(1_300_000);
    expect(call({ exposure: 0, heldValue: 1_234_567, rounding: 100_000 })).toBe(-1_200_000);
    expect(call({ exposure: 0, heldValue: 1_234_567, rounding: 100_000, roundingReturn: 10_000 })).toBe(-1_230_000);
    expect(call({ exposure: 0, heldValue: 99_999, rounding: 100_000 })).toBe(0);
  });

  it("does not round a whole multiple up because of binary dust", () => {
    expect(roundDelivery(0.3, 0.1)).toBeCloseTo(0.3, 15);
    expect(roundDelivery(1_100_000.0000000002, 100_000)).toBe(1_100_000);
    expect(roundReturn(0.7, 0.1)).toBeCloseTo(0.7, 15);
    expect(roundDelivery(123.4, 0)).toBe(123.4);
  });

  it("ignores threshold and independent amount under form vm, and takes only the threshold off under im", () => {
    expect(call({ form: "vm", exposure: 8e6, threshold: 5e6, independentAmount: 1e6 })).toBe(8e6);
    expect(call({ form: "im", exposure: 62e6, threshold: 50e6 })).toBe(12e6);
    expect(call({ form: "im", exposure: 42e6, threshold: 50e6 })).toBe(0);
  });

  it("counts the counterparty's side where the agreement is two-way", () => {
    // They owe 9m less a threshold of 2m: 7m; we hold 4m of theirs, so 3m comes to us.
    expect(call({ exposure: -9e6, heldValue: -4e6, theirThreshold: 2e6, isTwoWay: true })).toBe(-3e6);
    // Exposure turns: they have a claim of 5m, and we still hold 4m of theirs: 4m back and 5m delivered.
    expect(call({ exposure: 5e6, heldValue: -4e6, isTwoWay: true })).toBe(9e6);
    // The returned part is exact, the delivered part is rounded up.
    expect(call({ exposure: 5_010_000, heldValue: -4_010_000, rounding: 100_000, isTwoWay: true })).toBe(4_010_000 + 5_100_000);
    // Inside both thresholds everything comes back.
    expect(call({ exposure: 1e6, heldValue: 3e6, threshold: 2e6, isTwoWay: true })).toBe(-3e6);
    // One-way in their favour: nothing is asked from them.
    expect(call({ exposure: -9e6, heldValue: 0, isTwoWay: false })).toBe(0);
    expect(call({ exposure: -9e6, heldValue: 0, isTwoWay: true, theirMinimumTransferAmount: 10e6 })).toBe(0);
  });

  it("treats an agreement under which we hold theirs as two-way unless told otherwise", () => {
    expect(call({ exposure: -10, heldValue: -8 })).toBe(-2);
    expect(call({ exposure: -10, heldValue: -8, isTwoWay: false })).toBe(8);
  });

  it("takes their independent amount off ours", () => {
    expect(call({ exposure: 10, independentAmount: 5, theirIndependentAmount: 3 })).toBe(12);
  });

  it("explains the steps", () => {
    const { explanation } = calculateMarginCall({ exposure: 10, heldValue: 4, minimumTransferAmount: 20 });
    expect(explanation.note).toBe("below the minimum transfer amount");
    expect(explanation.from.find((part) => part.name === "difference")?.value).toBe(6);
  });

  it("refuses negative terms by name", () => {
    expect(() => call({ threshold: -1 })).toThrow(DomainError);
    expect(() => call({ threshold: -1 })).toThrow(/threshold -1 is below 0/);
    expect(() => call({ exposure: Number.NaN })).toThrow(/exposure is not a number/);
  });
});
