import { allocate, cheapest } from "../../../src/functions/allocation";
import { ExcelCellError, failureOf, installExcelErrors } from "../../support/custom-functions-error";
import { formulaExamples } from "../../support/formula-example";

beforeAll(installExcelErrors);

const assets = [
  ["assetId", "quantity", "price", "fundingRate"],
  ["BTC", 600_000, 1, 0.01],
  ["ETH", 300_000, 1, 0.03],
  ["USDC", 400_000, 1, 0.045],
  ["TBILL", 500_000, 1, 0.003],
];
const agreements = [
  ["agreementId", "currency", "requirement"],
  ["A", "USD", 500_000],
  ["B", "USD", 400_000],
];
const eligibility = [
  ["agreementId", "assetId", "haircut"],
  ["A", "BTC", 0.1],
  ["A", "ETH", 0.15],
  ["A", "USDC", "none"],
  ["B", "USDC", "none"],
  ["B", "TBILL", 0.005],
];

const rejectionOf = async (run: Promise<unknown>): Promise<ExcelCellError> => {
  try {
    await run;
  } catch (error) {
    if (error instanceof ExcelCellError) return error;
    throw error;
  }
  throw new Error("The function answered instead of refusing.");
};

/** Numbers to 1e-6, words exactly, blanks as "". */
const flat = (rows: any[][]): unknown[] => rows.flat().map((cell) => (typeof cell === "number" ? Number(cell.toFixed(6)) : cell));

describe("COLL.ALLOCATE", () => {
  it("gives OPT-01's optimum with the engines of a cell", async () => {
    const rows = await allocate(assets, agreements, eligibility);
    expect(rows[0]!.slice(0, 3)).toEqual(["Agreement", "Asset", "Location"]);
    expect(rows.slice(1).map((row) => [row[0], row[1], Math.round(row[4])])).toEqual([
      ["A", "BTC", 555_556],
      ["B", "TBILL", 402_010],
    ]);
    expect(rows.slice(1).reduce((sum, row) => sum + row[8], 0) * 365).toBeCloseTo(6761.585706, 2);
  });

  it("applies a limit with OPT-02's numbers", async () => {
    const limits = [
      ["scope", "scopeId", "limitType", "group", "limit", "limitBasis", "valueBasis"],
      ["agreement", "A", "asset", "BTC", 0.5, "posted", "afterHaircut"],
    ];
    const rows = await allocate(assets, agreements, eligibility, limits);
    const posted = Object.fromEntries(rows.slice(1).map((row) => [`${row[1]}>${row[0]}`, row[4]]));
    expect(posted["BTC>A"]).toBeCloseTo(277_777.777778, 1);
    expect(posted["ETH>A"]).toBeCloseTo(294_117.647059, 1);
    expect(posted["TBILL>B"]).toBeCloseTo(402_010.050251, 1);
  });

  it("shows a call that cannot be met instead of failing", async () => {
    const rows = await allocate(
      assets,
      [
        ["agreementId", "currency", "requirement"],
        ["B", "USD", 1_000_000],
      ],
      [eligibility[0]!, ...eligibility.slice(4)],
      ...([null, null, null, null, null, null] as never[]),
      [["output=coverage"]],
    );
    expect(rows[1]!.slice(0, 3)).toEqual(["B", "USD", 1_000_000]);
    expect(rows[1]![5]).toBeCloseTo(1_000_000 - 400_000 - 497_500, 2);
    expect(rows[1]![6]).toBe("no");
  });

  it("shows minimums that are not met and maximums that are exceeded below the calls", async () => {
    const header = ["scope", "scopeId", "limitType", "group", "direction", "limit", "limitBasis", "valueBasis"];
    const limits = [
      header,
      ["agreement", "A", "asset", "ETH", "min", 400_000, "amount", "market"],
      ["agreement", "B", "asset", "TBILL", "max", 100_000, "amount", "market"],
    ];
    const holdings = [
      ["agreementId", "assetId", "quantity", "recallableFrom"],
      ["B", "TBILL", 150_000, "2099-01-01"],
    ];
    const rows = await allocate(assets, agreements, eligibility, limits, holdings, ...([null, null, null, null] as any[]), [["output=coverage"]]);
    expect(rows.slice(1).map((row) => row[0])).toEqual([
      "A",
      "B",
      expect.stringMatching(/ETH minimum at A/),
      expect.stringMatching(/TBILL limit at B/),
    ]);
    // Name, unit, needed, reached, excess, missing.
    expect(rows[3]!.slice(1)).toEqual(["USD", 400_000, 300_000, 0, 100_000, "no"]);
    expect(rows[4]!.slice(1)).toEqual(["USD", 100_000, 150_000, 50_000, 0, "no"]);
  });

  it("refuses a blank haircut that Excel hands over as 0, and says where", async () => {
    const error = await rejectionOf(
      allocate(assets, agreements, [
        ["agreementId", "assetId", "haircut"],
        ["A", "BTC", 0],
      ]),
    );
    expect(error.code).toBe("#VALUE!");
    expect(error.message).toMatch(/eligibility.*row 1|haircut/i);
    expect(error.message.length).toBeLessThanOrEqual(120);
  });

  it("takes a range of blank cells as one that was left out", async () => {
    const blank = [
      [null, ""],
      [0, null],
    ];
    const rows = await allocate(assets, agreements, eligibility, blank, blank, [[0]], [[""]], blank, blank);
    expect(rows).toEqual(await allocate(assets, agreements, eligibility));
  });

  describe("on an Excel that hands over blank cells as 0", () => {
    const required = async (table: any[][], ...more: any[]): Promise<unknown[]> => {
      const rows = await allocate(
        [
          ["assetId", "assetClass", "quantity", "price", "maturityYears", "fundingRate"],
          ["CASH", "cash", 1e6, 1, 0, 0.05],
          ["PERPETUAL", "bond", 1e6, 1, 0, 0.01],
        ],
        table,
        [
          ["agreementId", "assetClass", "maturityToYears", "haircut"],
          ["*", "cash", 0, "none"],
          ["*", "bond", 1, 0.02],
        ],
        ...([...more, ...Array(6).fill(null)].slice(0, 6) as any[]),
        [["output=coverage"]],
      );
      return rows.slice(1).map((row) => [row[2], row[5]]);
    };
    const columns = ["agreementId", "currency", "requirement", "exposure", "threshold", "initialMargin", "maintenanceMargin", "bufferMultiple"];

    it("computes a call from the columns that are filled, with the default multiple", async () => {
      const table = [
        columns,
        ["GIVEN", "USD", 1_000, 0, 0, 0, 0, 0],
        ["CSA", "USD", 0, 5_000, 2_000, 0, 0, 0],
        ["VENUE", "USD", 0, 0, 0, 400, 700, 0],
        ["NONE", "USD", 0, 0, 0, 0, 0, 0],
      ];
      expect(await required(table)).toEqual([
        [3_000, 0],
        [1_000, 0],
        [0, 0],
        [700, 0],
      ]);
      // Cell by cell the same where blanks come as null.
      expect(await required(table.map((row, r) => (r === 0 ? row : row.map((cell) => (cell === 0 ? null : cell)))).slice(0, 4))).toEqual([
        [3_000, 0],
        [1_000, 0],
        [700, 0],
      ]);
    });

    it("keeps a typed 0 where another blank of the table comes as null", async () => {
      expect(await required([columns.slice(0, 5), ["A", "USD", 0, 5_000, null]])).toEqual([[0, 0]]);
    });

    it("takes no maturity for a short one, and lets no blank forbid movements", async () => {
      const rows = await required([
        ["agreementId", "currency", "requirement", "maxMovements"],
        ["A", "USD", 1_200_000, 0],
      ]);
      // The perpetual bond is not one of up to a year: only the cash counts.
      expect(rows).toEqual([[1_200_000, 200_000]]);
    });

    it("lets a blank cost override nothing, and a row of zeros say 0", async () => {
      const costOf = async (costs: any[][]): Promise<number> => {
        const rows = await allocate(
          assets,
          [agreements[0]!, ["A", "USD", 450_000]],
          eligibility.slice(0, 4),
          ...([null, null, null, null, costs] as any[]),
        );
        return rows.slice(1).reduce((sum, row) => sum + row[8] * 365, 0);
      };
      const header = ["assetId", "agreementId", "fundingRate", "custodyRate"];
      expect(await costOf([header, ["BTC", "A", 0, 0.002]])).toBeCloseTo(500_000 * 0.012, 2);
      expect(await costOf([header, ["BTC", "A", 0, 0]])).toBeCloseTo(0, 2);
      expect(await costOf([header, ["BTC", "A", 0, 0.002], ["ETH", "A", 0.1, null]])).toBeCloseTo(500_000 * 0.002, 2);
    });
  });

  it("sends a large book to the pane", async () => {
    const many = [assets[0]!, ...Array.from({ length: 700 }, (_, i) => [`A${i}`, 10, 1, 0.01])];
    const error = await rejectionOf(
      allocate(
        many,
        [agreements[0]!, ["A", "USD", 5]],
        [
          ["agreementId", "assetClass", "haircut"],
          ["A", "*", 0.1],
        ],
      ),
    );
    expect(error).toMatchObject({ code: "#N/A", message: expect.stringContaining("pane") });
  });
});

describe("COLL.CHEAPEST", () => {
  it("ranks by cost per covered unit and says why an asset is out", () => {
    const rows = cheapest(assets, agreements, eligibility, "A");
    expect(rows.slice(1).map((row) => [row[0], row[1], row[10]])).toEqual([
      [1, "BTC", ""],
      [2, "ETH", ""],
      [3, "USDC", ""],
      ["", "TBILL", "no eligibility rule"],
    ]);
    expect(rows[1]![7]).toBeCloseTo(0.01 / 0.9, 12);
    expect(rows[1]![9]).toBeCloseTo(540_000, 6);
  });

  it("ranks where the call is computed from what the function does not get", () => {
    const computed = [
      ["agreementId", "currency", "marginMethod", "requirement"],
      ["A", "USD", "venue", null],
      ["B", "USD", "schedule", null],
    ];
    expect(cheapest(assets, computed, eligibility, "A")).toEqual(cheapest(assets, agreements, eligibility, "A"));
  });

  it("lists a tiered asset once for each slab", () => {
    const rows = cheapest(
      [assets[0]!, ["BTC", 2, 100_000, 0.02]],
      agreements,
      [
        ["agreementId", "assetId", "tierTable"],
        ["A", "BTC", "t"],
      ],
      "A",
      [
        ["tierTable", "assetId", "tierUnit", "upTo", "ratio"],
        ["t", "BTC", "coin", 1, 0.9],
        ["t", "BTC", "coin", "", 0.8],
      ],
    );
    expect(rows.slice(1).map((row) => [row[4], Number(row[7].toFixed(6)), row[8], Math.round(row[9])])).toEqual([
      [1, 0.022222, 1, 90_000],
      [2, 0.025, 1, 80_000],
    ]);
  });

  it("names rows as a person counts them, blank ones included", () => {
    const gap = [assets[0]!, [null, null, null, null], ["BTC", 600_000, "x", 0.01]];
    expect(failureOf(() => cheapest(gap, agreements, eligibility, "A")).message).toMatch(/^assets\[price\] row 2: BTC: price "x" is text/);
    const open = [agreements[0]!, ["", "", ""], ["A", "", 500_000]];
    expect(failureOf(() => cheapest(assets, open, eligibility, "A")).message).toMatch(/^agreements\[currency\] row 2: /);
  });

  it("reads a 0 beside other terms as the blank cell that it may be", () => {
    const mixed = [
      ["agreementId", "assetId", "haircut", "valuationPercentage"],
      ["A", "BTC", 0.1, 0],
      ["A", "ETH", 0, 0.85],
    ];
    const rows = cheapest(assets, agreements, mixed, "A", undefined, undefined, undefined, [["out=no"]]);
    expect(rows.slice(1).map((row) => [row[1], Number(row[5].toFixed(12))])).toEqual([
      ["BTC", 0.1],
      ["ETH", 0.15],
    ]);
  });

  it("refuses an option's unknown value also where nothing is out", () => {
    const all = [...eligibility, ["A", "TBILL", 0.005]];
    expect(failureOf(() => cheapest(assets, agreements, all, "A", undefined, undefined, undefined, [["out=maybe"]])).message).toMatch(/out=maybe/);
  });

  it("tells the fix of a blank haircut that works in a cell: 0 would be refused again", () => {
    const blank = [eligibility[0]!, ["A", "BTC", 0]];
    const { message } = failureOf(() => cheapest(assets, agreements, blank, "A"));
    expect(message).toMatch(/haircut is blank\. Type a decimal, or none if no haircut applies\.$/);
  });

  it("asks about haircuts of 0.7 and more in words that fit, and is answered by an option", async () => {
    const far = [eligibility[0]!, ["A", "BTC", 0.97], ["A", "ETH", 0.95]];
    const asked = "2 of 2 values of haircut look like valuation percentages (0.97). Rename it or set confirmHaircuts=yes.";
    expect(failureOf(() => cheapest(assets, agreements, far, "A")).message).toBe(asked);
    const rows = cheapest(assets, agreements, far, "A", undefined, undefined, undefined, [["out=no; confirmHaircuts=yes"]]);
    expect(rows.slice(1).map((row) => [row[1], row[5]])).toEqual([
      ["BTC", 0.97],
      ["ETH", 0.95],
    ]);
    const none = [undefined, undefined, undefined, undefined, undefined, undefined] as const;
    await expect(allocate(assets, agreements, far, ...none)).rejects.toMatchObject({ message: asked });
    expect((await allocate(assets, agreements, far, ...none, [["confirmHaircuts=yes"]]))[1]?.[6]).toBeGreaterThan(0.9);
  });

  it("reads rates as decimals, whatever their size: what a cell holds is not asked about in a formula", () => {
    const dear = [assets[0]!, ["BTC", 600_000, 1, 3]];
    expect(cheapest(dear, agreements, eligibility, "A", undefined, undefined, undefined, [["out=no"]])[1]?.[6]).toBe(3);
  });

  it("refuses an unknown agreement by name", () => {
    expect(failureOf(() => cheapest(assets, agreements, eligibility, "Z")).message).toContain('"Z"');
  });
});

describe("the examples of the pages", () => {
  const run: Record<string, (...given: any[]) => Promise<any[][]> | any[][]> = { ALLOCATE: allocate, CHEAPEST: cheapest };
  it.each([...formulaExamples("allocate"), ...formulaExamples("cheapest")])("$formula", async ({ name, arguments: given, expected }) => {
    const words = given.map((argument, k) => (name === "CHEAPEST" && k === 3 ? (argument as any[][])[0]![0] : argument));
    expect(flat(await run[name]!(...words))).toEqual(expected);
  });
});
