import type { AgreementRow, PositionRow } from "../../../../src/core/collateral/book";
import { marginMethodOf, requirementOf } from "../../../../src/core/margin/requirement";

const origin = { table: "tblAgreements", sheet: "Agreements", row: 1, sheetRow: 2 };
const agreement = (columns: Partial<AgreementRow>): AgreementRow => ({ origin, agreementId: "CSA-1", currency: "USD", fxHaircutCurrencies: [], ...columns });
const position = (columns: Partial<PositionRow>): PositionRow => ({
  origin, agreementId: "CSA-1", instrument: "SWAP", contractType: "trade", underlying: "USD", quantity: 1, entryPrice: 0, markPrice: 0, ...columns,
});
const none = { heldValue: 0, positions: [] };

describe("requirementOf", () => {
  it("passes a given amount on", () => {
    expect(requirementOf(agreement({ requirement: 1.2e6 }), none).requirement).toBe(1.2e6);
    expect(requirementOf(agreement({ requirement: 0 }), none).requirement).toBe(0);
    expect(() => requirementOf(agreement({ marginMethod: "given" }), none)).toThrow("Agreement CSA-1: requirement is blank. Fill it or change marginMethod.");
  });

  it("adds a rounded delivery to what is held, and takes a rounded return off", () => {
    const terms = { exposure: 10e6, threshold: 5e6, independentAmount: 2e6, minimumTransferAmount: 500_000, roundingDelivery: 100_000, roundingReturn: 100_000 };
    expect(requirementOf(agreement(terms), { ...none, heldValue: 6_130_000 }).requirement).toBe(7_030_000);
    expect(requirementOf(agreement(terms), { ...none, heldValue: 6_800_000 }).requirement).toBe(6_800_000);
    expect(requirementOf(agreement(terms), { ...none, heldValue: 7_960_000 }).requirement).toBe(7_060_000);
  });

  it("takes the exposure from the positions where it is blank: -marketValue", () => {
    const rows = [position({ marketValue: -3e6 }), position({ marketValue: 1e6 }), position({ agreementId: "CSA-2", marketValue: -9e6 })];
    const answer = requirementOf(agreement({ marginMethod: "csa" }), { heldValue: 0, positions: rows });
    expect(answer.requirement).toBe(2e6);
    expect(answer.explanation.from.find((part) => part.name === "exposure")?.from).toHaveLength(2);
    expect(() => requirementOf(agreement({ marginMethod: "csa" }), none)).toThrow(/CSA-1: exposure is blank/);
  });

  it("buffers a venue's maintenance margin; a loss raises it, a profit counts only where it does", () => {
    const venue = { agreementId: "VEN-1", marginMethod: "venue" as const, initialMargin: 100, maintenanceMargin: 60, bufferMultiple: 2 };
    expect(requirementOf(agreement(venue), none).requirement).toBe(120);
    expect(requirementOf(agreement({ ...venue, bufferMultiple: 1.5 }), none).requirement).toBe(100);
    expect(requirementOf(agreement({ ...venue, unrealisedProfit: -25 }), none).requirement).toBe(145);
    expect(requirementOf(agreement({ ...venue, unrealisedProfit: 25 }), none).requirement).toBe(120);
    expect(requirementOf(agreement({ ...venue, unrealisedProfit: 25, profitCounts: true }), none).requirement).toBe(95);
    expect(requirementOf(agreement({ ...venue, unrealisedProfit: 500, profitCounts: true }), none).requirement).toBe(0);
  });

  it("names the method that the filled columns say", () => {
    expect(marginMethodOf(agreement({ exposure: 1 }))).toBe("csa");
    expect(marginMethodOf(agreement({ maintenanceMargin: 1 }))).toBe("venue");
    expect(marginMethodOf(agreement({ requirement: 1, exposure: 1 }))).toBe("given");
    expect(() => marginMethodOf(agreement({}))).toThrow(/CSA-1: requirement is blank/);
  });
});
