import { reportAnalysis } from "../../../../src/core/report/analysis-report";
import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

/** CHEAP (1 %) is limited to 60 at A, MIDDLE (2 %) is 50, DEAR (4 %) is plenty; 150 required, so that 60 + 50 + 40 are posted. */
const tables: SmallBook = {
  assets: [
    { assetId: "CHEAP", quantity: 200, fundingRate: 0.01 },
    { assetId: "MIDDLE", quantity: 50, fundingRate: 0.02 },
    { assetId: "DEAR", quantity: 500, fundingRate: 0.04 },
    { assetId: "GOLD", quantity: 500, fundingRate: 0.05 },
  ],
  agreements: [{ agreementId: "A", requirement: 150 }],
  eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
  limits: [{ scopeId: "A", group: "CHEAP", limitBasis: "amount", limit: 60 }],
  holdings: [{ agreementId: "A", assetId: "DEAR", quantity: 100 }],
};

const rowsOf = async (book: SmallBook) => reportAnalysis((await runBook(smallBook(book))).outcome, "", 365).rows;

describe("the Analysis sheet", () => {
  test("shows each value with what it counts and how far it holds", async () => {
    const rows = await rowsOf(tables);
    const section = (name: string) => rows.filter((row) => row[0] === name).map((row) => row.slice(1));
    const unit = "USD a year per million";
    // The dearest posted asset decides: 4 % for one more; down to where DEAR is not needed, up to where it runs out.
    expect(section("Marginal cost")).toEqual([
      [
        "A",
        expect.closeTo(40_000, 6),
        unit,
        150,
        110,
        610,
        "USD required",
        "Another unit required at A costs 40,000 USD a year for each million; holds from 110 to 610 USD required (now 150).",
      ],
    ]);
    // 4 % less 1 %; until DEAR is out of use at 100.
    expect(section("Limit")[0]!.slice(1, 7)).toEqual([expect.closeTo(30_000, 6), unit, 60, 0, 100, "USD"]);
    expect(section("More of an asset").map((row) => row.slice(0, 7))).toEqual([
      ["MIDDLE", expect.closeTo(20_000, 6), unit, 50, 0, 90, "MIDDLE available"],
    ]);
    expect(section("Not used").map((row) => row.slice(0, 3))).toEqual([["GOLD at A", expect.closeTo(100, 6), "bp a year too dear"]]);
    const dear = section("Used").find((row) => row[0] === "DEAR at A")!;
    // Between MIDDLE at 2 %, which it would push out, and GOLD at 5 %.
    expect(dear.slice(3, 7)).toEqual([4, expect.closeTo(2, 6), expect.closeTo(5, 6), "% a year"]);
    expect(section("Proof").map((row) => row[0])).toEqual(["Duality gap", "Complementary slackness"]);
    expect(Number(section("Proof")[0]![1])).toBeLessThan(1e-6);
  });

  test("gives two values where one more is not worth what one less is", async () => {
    const { agreements, ...rest } = tables;
    // At 110 CHEAP and MIDDLE are used up exactly: one more is DEAR, one less saves MIDDLE.
    const rows = await rowsOf({ ...rest, agreements: agreements.map((row) => ({ ...row, requirement: 110 })), holdings: [] });
    expect(rows.find((row) => row[0] === "Marginal cost")!.at(-1)).toBe(
      "Another unit required at A costs 40,000 USD a year for each million, one less saves 20,000 USD a year for each million; holds from 60 to 610 USD required (now 110).",
    );
  });

  test("says what is held where whole lots decide, and the gap of the search", async () => {
    const rows = await rowsOf({ ...tables, assets: tables.assets.map((row) => (row.assetId === "DEAR" ? { ...row, lotSize: 7 } : row)) });
    expect(rows.find((row) => row[0] === "Proof")!.slice(1, 4)).toEqual(["Gap of the search", 0, "%"]);
    for (const row of rows.filter((each) => ["Limit", "More of an asset", "Used"].includes(String(each[0])))) {
      expect(row.at(-1)).toContain("given these movements");
    }
  });

  test("compares with today and the waterfall, and says what is wrong with them", async () => {
    const rows = await rowsOf(tables);
    const cost = rows.filter((row) => row[0] === "Cost");
    expect(cost.map((row) => row[1])).toEqual(["This run", "Today's posting (tblHoldings)", "Waterfall: cheapest first, agreement by agreement"]);
    // 60 at 1 %, 50 at 2 % and 40 at 4 %, which is the waterfall's answer, too.
    expect(cost[0]![2]).toBeCloseTo(3.2 / 365, 9);
    expect(cost[2]![2]).toBeCloseTo(3.2 / 365, 9);
    expect(cost[1]!.at(-1)).toBe("0 of 1 calls covered, short 50 USD, 0 movements");
    expect(rows.find((row) => row[0] === "Saving")!.at(-1)).toContain("it leaves calls short");
  });

  test("says what a run leaves short, counts calls only, and states no saving between costs of different cover", async () => {
    const short = { ...tables, agreements: [...tables.agreements, { agreementId: "B", requirement: 1000 }, { agreementId: "C", requirement: 0 }] };
    const rows = await rowsOf(short);
    const cost = rows.filter((row) => row[0] === "Cost").map((row) => String(row.at(-1)));
    // 1,250 units for 1,150, but CHEAP beyond 60 may go to B only: everything can be covered.
    expect(cost[0]).toMatch(/^2 of 2 calls covered, /);
    const none = await rowsOf({ ...short, assets: tables.assets.slice(0, 2), holdings: [] });
    // 250 units for 1,150.
    expect(none.find((row) => row[0] === "Cost")!.at(-1)).toMatch(/^[01] of 2 calls covered, short 900 USD, /);
    expect(none.filter((row) => row[0] === "Saving").map((row) => [row[1], row[2], row.at(-1)])).toEqual([
      ["Not stated", "", expect.stringMatching(/left short: costs of different cover are not compared$/)],
    ]);
  });

  test("names the place of an asset that is in several, in brackets", async () => {
    const places = [
      { assetId: "BTC", location: "Vault", account: "Desk", quantity: 200, fundingRate: 0.01 },
      { assetId: "BTC", location: "Wallet", quantity: 200, fundingRate: 0.02 },
    ];
    const { outcome } = await runBook(smallBook({ ...tables, assets: places, limits: [], holdings: [] }));
    expect(outcome.sensitivities.filter(({ kind }) => kind === "pair" || kind === "cost").map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        "BTC (Wallet) would be used at A if it were 100 bps cheaper.",
        expect.stringMatching(/^BTC \(Vault, Desk\) at A stays as it is/),
      ]),
    );
  });
});
