import type { AgreementRow, MarginApproach } from "../../../../src/core/collateral/book";
import { combineMargin, requirementWithApproach } from "../../../../src/core/margin/margin-approach";

const origin = { table: "tblAgreements", sheet: "Agreements", row: 1, sheetRow: 2 };
const row = (agreementId: string, columns: Partial<AgreementRow>): AgreementRow => ({
  origin,
  agreementId,
  currency: "USD",
  fxHaircutCurrencies: [],
  csaId: "CSA",
  ...columns,
});
const none = () => ({ heldValue: 0, positions: [] });

describe("combineMargin", () => {
  it.each<[MarginApproach, number, number, number, number]>([
    ["distinct", 5, 8, 5, 8],
    ["allocated", 5, 8, 0, 8],
    ["allocated", 12, 8, 4, 8],
    ["greaterOf", 5, 8, 0, 8],
    ["greaterOf", 12, 8, 0, 12],
  ])("%s of independent amount %p and initial margin %p", (approach, independent, initial, keptIndependent, keptInitial) => {
    expect(combineMargin(approach, independent, initial)).toEqual({ independentAmount: keptIndependent, initialMargin: keptInitial });
  });
});

describe("requirementWithApproach", () => {
  const rows = (marginApproach?: MarginApproach): readonly AgreementRow[] => [
    row("VM", { marginType: "VM", exposure: 100, independentAmount: 12, ...(marginApproach === undefined ? {} : { marginApproach }) }),
    row("IM", { marginType: "IM", requirement: 8 }),
  ];
  const both = (marginApproach?: MarginApproach): readonly number[] =>
    rows(marginApproach).map((one) => requirementWithApproach(one, rows(marginApproach), none).requirement);

  it("combines the VM and IM rows of a CSA", () => {
    expect(both("distinct")).toEqual([112, 8]);
    expect(both("allocated")).toEqual([104, 8]);
    expect(both("greaterOf")).toEqual([100, 12]);
    expect(both()).toEqual([112, 8]);
  });

  it("calls the larger of both: minimum transfer amount and rounding come after it", () => {
    const greater = (terms: Partial<AgreementRow>, held: number): number => {
      const vm = row("VM", { marginType: "VM", exposure: 0, independentAmount: 12e6 });
      const im = row("IM", { marginType: "IM", marginApproach: "greaterOf", exposure: 60e6, threshold: 50e6, ...terms });
      return requirementWithApproach(im, [vm, im], () => ({ heldValue: held, positions: [] })).requirement;
    };
    // max(60m - 50m, 12m) = 12m; 11.8m is held: 0.2m is below 0.5m, so nothing moves.
    expect(greater({ minimumTransferAmount: 500_000 }, 11.8e6)).toBe(11.8e6);
    expect(greater({ minimumTransferAmount: 200_000 }, 11.8e6)).toBe(12e6);
    // 12m in steps of 0.35m: 35 steps.
    expect(greater({ roundingDelivery: 350_000 }, 0)).toBe(12.25e6);
    // An initial margin above it: max(63.1m - 50m, 12m), in whole millions.
    expect(greater({ exposure: 63.1e6, roundingDelivery: 1e6 }, 0)).toBe(14e6);
    // 12.4m is held, 0.4m too much, below the minimum to come back.
    expect(greater({ minimumTransferAmount: 500_000 }, 12.4e6)).toBe(12.4e6);
  });

  it("leaves unlinked agreements alone and refuses contradictions", () => {
    const alone = row("X", { requirement: 7 });
    expect(requirementWithApproach(alone, [...rows("greaterOf"), alone], none).requirement).toBe(7);
    const contradicting = [
      row("VM", { marginType: "VM", exposure: 1, marginApproach: "allocated" }),
      row("IM", { marginType: "IM", requirement: 8, marginApproach: "greaterOf" }),
    ];
    expect(() => requirementWithApproach(contradicting[0]!, contradicting, none)).toThrow(/VM and IM name different marginApproach/);
    const currencies = [
      row("VM", { marginType: "VM", exposure: 1, marginApproach: "allocated", currency: "EUR" }),
      row("IM", { marginType: "IM", requirement: 8 }),
    ];
    expect(() => requirementWithApproach(currencies[0]!, currencies, none)).toThrow(/one currency/);
  });
});
