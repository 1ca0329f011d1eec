import { checkTable } from "../../../../src/core/tables/check-table";

const eligibility = [
  ["agreementId", "assetId", "haircut"],
  ["CSA-1", "BTC", 0.1],
  ["CSA-1", "SOL", 0.25],
];

describe("checkTable", () => {
  it("says how many rows it found in order", () => {
    expect(checkTable(eligibility, "eligibility")).toEqual({ rows: 2, problems: [] });
    expect(checkTable([...eligibility, ["CSA-1", "USD", "none"]], "tblEligibility").problems).toEqual([]);
  });

  it.each([0, null, ""])("refuses a haircut that may be blank (%p) row by row", (blank) => {
    const { problems } = checkTable([eligibility[0] as string[], ["CSA-1", "SOL", blank], ["CSA-1", "BTC", 0.1]], "eligibility");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ row: 1, column: "haircut", severity: "error", fix: expect.stringContaining("none") });
  });

  it("names text, errors and units in their rows", () => {
    const { problems } = checkTable(
      [
        ["Asset ID", "Quantity", "Price (USD)"],
        ["BTC", 1, "97k"],
        ["ETH", 2, { code: "#N/A" }],
        ["SOL", 3, 0],
        ["ADA", 3, 1],
      ],
      "assets",
    );
    expect(problems.map((problem) => [problem.row, problem.column])).toEqual([
      [1, "Price (USD)"],
      [2, "Price (USD)"],
      [3, "Price (USD)"],
    ]);
  });

  it("asks about 8 in a haircut instead of guessing 8 %", () => {
    expect(checkTable([eligibility[0] as string[], ["CSA-1", "SOL", 8]], "eligibility").problems[0]?.fix).toMatch(/0\.08 or 8%/);
  });

  it("names a missing key column once, without calling its rows repeated", () => {
    const { problems, rows } = checkTable(
      [
        ["asset", "quantity", "price"],
        ["BTC", 1, 97000],
        ["ETH", 2, 3000],
      ],
      "assets",
    );
    expect(rows).toBe(2);
    expect(problems.map((problem) => problem.problem)).toEqual(["Column assetId is missing in assets."]);
  });

  it("says what to type in place of an error or a yes", () => {
    const { problems } = checkTable(
      [
        ["assetId", "quantity", "price"],
        ["BTC", 1, { code: "#N/A" }],
        ["ETH", 2, true],
      ],
      "assets",
    );
    expect(problems.map((problem) => problem.fix)).toEqual([
      "Fix the formula or type a number (per unit, in priceCurrency).",
      "Type a number (per unit, in priceCurrency).",
    ]);
    expect(problems[1]?.problem).toBe("ETH: price true is a yes or no, not a number.");
  });

  it("refuses an unknown kind", () => {
    expect(() => checkTable(eligibility, "stock")).toThrow(/unknown/);
  });

  it("reads blanks that arrive as 0 as the other functions do", () => {
    const terms = ["agreementId", "assetId", "haircut", "valuationPercentage", "tierTable", "priceAtVenue"];
    const rows = [
      ["A", "BTC", 0.2, 0, 0, 0],
      ["A", "ETH", 0, 0.9, 0, 0],
      ["A", "SOL", 0, 0, "t", 0],
      [0, 0, 0, 0, 0, 0],
    ];
    expect(checkTable([terms, ...rows], "eligibility")).toEqual({ rows: 3, problems: [] });
    const forgotten = checkTable([terms, ["A", "BTC", 0, 0, 0, 0]], "eligibility").problems;
    expect(forgotten.map((problem) => [problem.row, problem.column])).toEqual([[1, "valuationPercentage"]]);
    const tiers = [
      ["tierTable", "assetId", "tierUnit", "upTo", "ratio"],
      ["t", "BTC", "coin", 5, 0.9],
      ["t", "BTC", "coin", 0, 0.8],
    ];
    expect(checkTable(tiers, "tiers").problems).toEqual([]);
  });

  it("names a 0 that may be a blank by its row's key, and rows as a person counts them", () => {
    const header = ["assetId", "quantity", "price"];
    const { problems } = checkTable([header, ["BTC", 1, 97000], [null, "", 0], ["ETH", 2, 0]], "assets");
    expect(problems).toEqual([
      { row: 3, column: "price", problem: "ETH: price is blank or 0.", fix: "Type a number (per unit, in priceCurrency).", severity: "error" },
    ]);
  });
});
