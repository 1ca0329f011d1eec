import { runBook, smallBook } from "../../../support/small-book";

/** Lines of one unit each, all of which would be needed. */
const manyLines = (lines: number) =>
  smallBook({
    assets: Array.from({ length: lines }, (_, i) => ({ assetId: `X${String(i).padStart(2, "0")}`, quantity: 1 })),
    agreements: [{ agreementId: "A", requirement: 100 }],
    eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
  });

describe("a conflict with very many rules of a kind", () => {
  it("names them by their number, and tries the cure of a few", async () => {
    const { outcome } = await runBook(manyLines(45));
    const [conflict] = outcome.conflicts;
    expect(conflict!.shortfall).toBeCloseTo(55, 6);
    expect(conflict!.rules).toEqual(["cover A", "inventory of 45 lines together"]);
    // 55 more of one line would do, as would a call of 45.
    const changes = conflict!.repairs.map((repair) => repair.change);
    expect(changes).toContain("add 55 X00");
    expect(changes.filter((change) => change.startsWith("add "))).toHaveLength(3);
    expect(changes.some((change) => change.startsWith("agree to reduce the requirement of A by 55"))).toBe(true);
  });

  it("names each where there are few", async () => {
    const { outcome } = await runBook(manyLines(5));
    expect(outcome.conflicts[0]!.rules).toHaveLength(6);
    expect(outcome.conflicts[0]!.rules).toContain("X00 inventory");
  });
});
