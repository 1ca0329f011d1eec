import type { CellMatrix } from "../../../../src/core/basics/cell-value";
import type { TableKind } from "../../../../src/core/tables/column-catalogue";
import { parseBook } from "../../../../src/core/tables/parse-book";
import type { SheetTable } from "../../../../src/core/tables/sheet-table";

const now = "2026-11-22T16:00:00.000Z";

const table = (name: string, sheet: string, values: CellMatrix): SheetTable => ({ name, sheet, rowIndex: 4, columnIndex: 0, values });

const good: Record<"assets" | "agreements" | "eligibility" | "fx", CellMatrix> = {
  assets: [
    ["assetId", "quantity", "price", "priceCurrency", "assetClass"],
    ["BTC", 12, 97123.45, "USD", "crypto"],
    ["EUR", 500000, 1, "EUR", "cash"],
    ["912828E10", 1000, 99.5, "USD", "sovereign"],
  ],
  agreements: [
    ["agreementId", "currency", "requirement"],
    ["CSA-1", "USD", 400000],
    ["CSA-2", "EUR", 0],
  ],
  eligibility: [
    ["agreementId", "assetId", "assetClass", "haircut"],
    ["CSA-1", "BTC", "", 0.1],
    ["CSA-1", "", "cash", "none"],
    ["*", "", "sovereign", 0.02],
  ],
  fx: [
    ["currency", "rate"],
    ["USD", 1],
    ["EUR", 1.08],
  ],
};

const parse = (changes: Partial<Record<TableKind, CellMatrix | undefined>> = {}) => {
  const tables = new Map<TableKind, SheetTable>();
  for (const [kind, values] of Object.entries({ ...good, ...changes }) as [TableKind, CellMatrix | undefined][]) {
    if (values !== undefined) tables.set(kind, table(`tbl${kind[0]?.toUpperCase()}${kind.slice(1)}`, kind[0]?.toUpperCase() + kind.slice(1), values));
  }
  return parseBook(tables, now);
};

const edit = (matrix: CellMatrix, row: number, column: number, cell: unknown): CellMatrix =>
  matrix.map((cells, r) => cells.map((old, c) => (r === row && c === column ? (cell as never) : old)));

const errorsOf = (changes: Partial<Record<TableKind, CellMatrix | undefined>>) => parse(changes).issues.filter((issue) => issue.severity === "error");

describe("parseBook", () => {
  it("reads a correct set without a word", () => {
    const { value, issues } = parse();
    expect(issues).toEqual([]);
    expect(value.book.assets.map((asset) => asset.key)).toEqual(["BTC||", "EUR||", "912828E10||"]);
    expect(value.book.assets[0]).toMatchObject({ price: 97123.45, priceCurrency: "USD", denominationCurrency: "USD", assetClass: "crypto" });
    expect(value.book.eligibility[1]).toMatchObject({ agreementId: "CSA-1", assetClass: "cash", haircut: 0, isIncluded: true });
    expect(value.book.settings).toMatchObject({ baseCurrency: "USD", horizonDays: 30, timeLimitSeconds: 10 });
  });

  it("takes columns in any order, with other case, spaces and units in brackets", () => {
    const { value, issues } = parse({
      assets: [
        ["Price (USD)", " Asset ID ", "QUANTITY [units]"],
        [10, "X", 5],
      ],
      eligibility: [
        ["agreementId", "assetId", "Haircut (decimal)"],
        ["CSA-1", "X", 0],
      ],
    });
    expect(issues).toEqual([]);
    expect(value.book.assets[0]).toMatchObject({ assetId: "X", quantity: 5, price: 10 });
  });

  it.each([
    [
      "a blank haircut",
      { eligibility: edit(good.eligibility, 1, 3, "") },
      "blank-haircut",
      "tblEligibility[haircut] row 1 (Eligibility!D6)",
      /0 or none/,
    ],
    ["text in a price", { assets: edit(good.assets, 1, 2, "97k") }, "not-a-number", "tblAssets[price] row 1 (Assets!C6)", /number/],
    ["#N/A in a price", { assets: edit(good.assets, 2, 2, "#N/A") }, "error-value", "tblAssets[price] row 2 (Assets!C7)", /formula/],
    ["a blank price", { assets: edit(good.assets, 2, 2, "") }, "blank", "tblAssets[price] row 2 (Assets!C7)", /Type/],
    ["a repeated asset", { assets: edit(good.assets, 2, 0, "btc") }, "repeated-asset", "tblAssets[assetId] row 2 (Assets!A7)", /Join|locations/],
    [
      "an unknown agreement",
      { eligibility: edit(good.eligibility, 1, 0, "CSA-9") },
      "unknown-agreement",
      "tblEligibility[agreementId] row 1 (Eligibility!A6)",
      /CSA-1/,
    ],
    ["a negative quantity", { assets: edit(good.assets, 1, 1, -2) }, "too-small", "tblAssets[quantity] row 1 (Assets!B6)", /tblHoldings/],
    [
      "a haircut of 8",
      { eligibility: edit(good.eligibility, 1, 3, 8) },
      "too-large",
      "tblEligibility[haircut] row 1 (Eligibility!D6)",
      /0\.08 or 8%/,
    ],
    [
      "a haircut typed as text 8%",
      { eligibility: edit(good.eligibility, 1, 3, "8%") },
      "not-a-number",
      "tblEligibility[haircut] row 1 (Eligibility!D6)",
      /0\.08/,
    ],
    [
      "a missing rate",
      {
        fx: [
          ["currency", "rate"],
          ["USD", 1],
        ],
      },
      "missing-rate",
      "tblAssets[priceCurrency] row 2 (Assets!D7)",
      /tblFx/,
    ],
    [
      "a blank requirement",
      { agreements: edit(good.agreements, 1, 2, "") },
      "blank-requirement",
      "tblAgreements[requirement] row 1 (Agreements!C6)",
      /amount/,
    ],
  ])("names the cell and the fix of %s", (_title, changes, code, at, fix) => {
    const errors = errorsOf(changes as never);
    expect(errors.map((issue) => issue.code)).toContain(code);
    const issue = errors.find((found) => found.code === code);
    expect(issue?.at).toBe(at);
    expect(issue?.fix).toMatch(fix);
  });

  it("names a missing table, an empty table and a missing column", () => {
    expect(errorsOf({ agreements: undefined })[0]).toMatchObject({ code: "missing-table", message: expect.stringContaining("tblAgreements") });
    expect(
      errorsOf({
        agreements: [
          ["agreementId", "currency", "requirement"],
          ["", "", ""],
        ],
      })[0],
    ).toMatchObject({ code: "empty-table" });
    expect(
      errorsOf({
        assets: [
          ["assetId", "quantity"],
          ["BTC", 1],
        ],
      }).map((issue) => issue.code),
    ).toContain("missing-column");
  });

  it("never reads a rule without haircut as a haircut of 0", () => {
    const { value } = parse({ eligibility: edit(good.eligibility, 1, 3, "") });
    expect(value.book.eligibility.some((rule) => rule.assetId === "BTC")).toBe(false);
  });

  it("asks when haircuts look like valuation percentages, and believes the answer", () => {
    const eligibility: CellMatrix = [
      ["agreementId", "assetId", "haircut"],
      ["CSA-1", "BTC", 0.9],
      ["CSA-1", "EUR", 0.97],
      ["CSA-2", "EUR", 0.98],
    ];
    expect(errorsOf({ eligibility })[0]).toMatchObject({ code: "haircut-or-valuation", fix: expect.stringContaining("valuationPercentage") });
    expect(
      errorsOf({
        eligibility,
        settings: [
          ["key", "value"],
          ["confirmHaircuts", "yes"],
        ],
      }),
    ).toEqual([]);
  });

  it.each([
    ["haircut", [0.97], true],
    ["haircut", [0.97, 0.95], true],
    ["haircut", [0.97, 1, 1], true],
    ["haircut", [0.97, "none", 0.05], false],
    ["haircut", [0.75, 0.8], false],
    ["haircut", [1], false],
    ["valuationPercentage", [0.03], true],
    ["valuationPercentage", [0.03, 0, 0], true],
    ["valuationPercentage", [0.05, 0.97], false],
    ["valuationPercentage", [0.2, 0.25], false],
    ["valuationPercentage", [0], false],
  ] as const)("judges the whole column %s of %j, cash and short ones included", (column, values, isAsked) => {
    const names = ["BTC", "EUR", "EUR"];
    const rows = values.map((value, r) => [r === 2 ? "CSA-2" : "CSA-1", names[r]!, value]);
    const codes = errorsOf({ eligibility: [["agreementId", "assetId", column], ...rows] }).map((issue) => issue.code);
    expect(codes).toEqual(isAsked ? ["haircut-or-valuation"] : []);
  });

  it.each([
    ["posted", 40, "If you mean 40 %, type 0.4 or 40%. A limit that never binds is better deleted."],
    ["issue", 8, "If you mean 8 %, type 0.08 or 8%. A limit that never binds is better deleted."],
    ["requirement", 8, "If you mean 8 %, type 0.08 or 8%. A limit that never binds is better deleted."],
    ["requirement", 1.5, undefined],
    ["posted", 1, undefined],
    ["averageDailyVolume", 8, undefined],
    ["amount", 250_000, undefined],
  ] as const)("asks whether a limit of %s %d is a percentage", (basis, limit, fix) => {
    const header = ["scope", "scopeId", "limitType", "group", "limitBasis", "limit", "valueBasis"];
    const issues = errorsOf({ limits: [header, ["agreement", "CSA-1", "asset", "BTC", basis, limit, "market"]] });
    expect(issues.map((issue) => [issue.code, issue.fix])).toEqual(fix === undefined ? [] : [["limit-above-one", fix]]);
  });

  it("names two rows of costs or of routes for the same pair, of which one would win by its place", () => {
    const costs = [
      ["assetId", "agreementId", "fundingRate", "deliverRate"],
      ["BTC", "*", 0.3, ""],
      ["BTC", "CSA-1", 0.3, ""],
      ["btc", "csa-1", "", 0.001],
    ];
    expect(errorsOf({ costs }).map((issue) => [issue.code, issue.message])).toEqual([
      ["repeated-cost", "The costs of btc at csa-1 stand already in row 2."],
    ]);
    const transfers = [
      ["from", "to", "settleHours"],
      ["*", "CSA-1", 4],
      ["Vault", "CSA-1", 8],
      ["vault ", "CSA-1", 24],
    ];
    expect(errorsOf({ transfers }).map((issue) => issue.code)).toEqual(["repeated-transfer"]);
  });

  it.each([
    [0.75, "18:00"],
    ["16:30", "16:30"],
    ["9:05 UTC", "09:05"],
    ["4:00 PM", "16:00"],
    ["12:15 am", "00:15"],
    [0, "00:00"],
    ["", undefined],
  ])("reads the cutoff %p as %p, also where Excel keeps it as part of a day", (cell, cutoff) => {
    const transfers = [
      ["from", "to", "settleHours", "cutoff"],
      ["*", "CSA-1", 4, cell],
    ];
    const { value, issues } = parse({ transfers });
    expect(issues.filter((issue) => issue.severity === "error")).toEqual([]);
    expect(value.book.transfers.map((row) => row.cutoff)).toEqual([cutoff]);
  });

  it.each(["noon", "25:00", "16:75", 16, -0.5])("refuses the cutoff %p", (cell) => {
    const transfers = [
      ["from", "to", "settleHours", "cutoff"],
      ["*", "CSA-1", 4, cell],
    ];
    expect(errorsOf({ transfers }).map((issue) => issue.code)).toEqual(["not-a-time"]);
  });

  it("turns valuation and margin percentages into haircuts: 1.08 asks for 108 per 100", () => {
    const { value } = parse({
      eligibility: [
        ["agreementId", "assetId", "valuationPercentage", "marginPercentage"],
        ["CSA-1", "BTC", 0.9, ""],
        ["CSA-1", "EUR", "", 1.08],
      ],
    });
    expect(value.book.eligibility[0]?.haircut).toBeCloseTo(0.1, 12);
    expect(value.book.eligibility[1]?.haircut).toBeCloseTo(1 - 1 / 1.08, 12);
  });

  it("counts rows: read + skipped = present", () => {
    const { value } = parse({ assets: edit(good.assets, 1, 2, "x") });
    const assets = value.tables.find((found) => found.kind === "assets");
    expect(assets).toMatchObject({ rowsPresent: 3, rowsSkipped: 1 });
    expect(assets?.rows).toHaveLength(2);
  });

  it("stops when rows stand right below a table", () => {
    const { issues } = parseBook(
      new Map<TableKind, SheetTable>([
        ["assets", { ...table("tblAssets", "Assets", good.assets), below: ["SOL", 4, 200, "USD", "crypto"] }],
        ["agreements", table("tblAgreements", "Agreements", good.agreements)],
        ["eligibility", table("tblEligibility", "Eligibility", good.eligibility)],
        ["fx", table("tblFx", "Fx", good.fx)],
      ]),
      now,
    );
    expect(issues).toMatchObject([{ code: "rows-below-table", cell: { sheet: "Assets", address: "A9" } }]);
  });

  it("refuses unknown settings by name", () => {
    expect(
      errorsOf({
        settings: [
          ["key", "value"],
          ["horizon", 30],
        ],
      })[0],
    ).toMatchObject({ code: "unknown-setting", message: "Setting horizon is unknown." });
    expect(
      parse({
        settings: [
          ["key", "value"],
          ["HorizonDays", 60],
          ["baseCurrency", "eur"],
        ],
      }).value.book.settings,
    ).toMatchObject({ horizonDays: 60, baseCurrency: "EUR" });
  });

  describe("tiers", () => {
    const tiers: CellMatrix = [
      ["tierTable", "assetId", "tierUnit", "upTo", "ratio", "validFrom", "from"],
      ["V", "BTC", "coin", 10, 0.98, ""],
      ["V", "BTC", "coin", "", 0.9, ""],
      ["V", "BTC", "coin", 10, 0.95, "2026-11-23T06:00Z"],
      ["V", "BTC", "coin", "", 0.85, "2026-11-23T06:00Z"],
    ];

    it("applies tomorrow's tiers tomorrow, not today", () => {
      const ratiosAt = (asOf: string) =>
        parse({
          tiers,
          settings: [
            ["key", "value"],
            ["asOf", asOf],
          ],
        }).value.book.tiers.map((tier) => tier.ratio);
      expect(ratiosAt("2026-11-23T05:59Z")).toEqual([0.98, 0.9]);
      expect(ratiosAt("2026-11-23T06:00Z")).toEqual([0.95, 0.85]);
    });

    it("reads the rows of an asset in any order, because each bound says where its slab ends", () => {
      const rows: CellMatrix = [
        ["V", "BTC", "coin", "", 0.6, ""],
        ["V", "ETH", "coin", 50, 0.8, ""],
        ["V", "BTC", "coin", 10, 0.9, ""],
        ["V", "BTC", "coin", 20, 0.8, ""],
        ["V", "ETH", "coin", 5, 0.9, ""],
      ];
      const { value, issues } = parse({ tiers: [tiers[0] as string[], ...rows] });
      expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
      const ofAsset = (assetId: string) => value.book.tiers.filter((row) => row.assetId === assetId).map(({ upTo, ratio }) => [upTo, ratio]);
      expect(ofAsset("BTC")).toEqual([
        [10, 0.9],
        [20, 0.8],
        [Infinity, 0.6],
      ]);
      expect(ofAsset("ETH")).toEqual([
        [5, 0.9],
        [50, 0.8],
      ]);
    });

    it.each([
      [
        "a rising ratio",
        [
          ["V", "BTC", "coin", 10, 0.9, ""],
          ["V", "BTC", "coin", "", 0.95, ""],
        ],
        "rising-ratio",
        "tblTiers[ratio] row 2 (Tiers!E7)",
      ],
      [
        "a bound that stands twice",
        [
          ["V", "BTC", "coin", 10, 0.9, ""],
          ["V", "BTC", "coin", 10, 0.8, ""],
        ],
        "repeated-bound",
        "tblTiers[upTo] row 2 (Tiers!D7)",
      ],
      [
        "two open ends",
        [
          ["V", "BTC", "coin", "", 0.9, ""],
          ["V", "BTC", "coin", 10, 0.9, ""],
          ["V", "BTC", "coin", "", 0.8, ""],
        ],
        "open-tier",
        "tblTiers[upTo] row 1 (Tiers!D6)",
      ],
      [
        "an open end that counts at a better ratio than what is below it",
        [
          ["V", "BTC", "coin", "", 0.9, ""],
          ["V", "BTC", "coin", 10, 0.8, ""],
        ],
        "rising-ratio",
        "tblTiers[ratio] row 1 (Tiers!E6)",
      ],
      [
        "two units in one table",
        [
          ["V", "BTC", "coin", 10, 0.9, ""],
          ["V", "BTC", "value", "", 0.8, ""],
        ],
        "mixed-units",
        "tblTiers[tierUnit] row 2 (Tiers!C7)",
      ],
      [
        "a gap",
        [
          ["V", "BTC", "coin", 10, 0.9, "", 0],
          ["V", "BTC", "coin", "", 0.8, "", 12],
        ],
        "tier-gap",
        "tblTiers[from] row 2 (Tiers!G7)",
      ],
      [
        "an overlap",
        [
          ["V", "BTC", "coin", 10, 0.9, "", ""],
          ["V", "BTC", "coin", "", 0.8, "", 8],
        ],
        "tier-overlap",
        "tblTiers[from] row 2 (Tiers!G7)",
      ],
      ["a first tier that does not begin at 0", [["V", "BTC", "coin", 10, 0.9, "", 5]], "tier-gap", "tblTiers[from] row 1 (Tiers!G6)"],
      [
        "a rising ratio that begins tomorrow",
        [
          ["V", "BTC", "coin", "", 0.9, ""],
          ["V", "BTC", "coin", 10, 0.7, "2126-11-23T06:00Z"],
          ["V", "BTC", "coin", "", 0.8, "2126-11-23T06:00Z"],
        ],
        "rising-ratio",
        "tblTiers[ratio] row 3 (Tiers!E8)",
      ],
    ])("refuses %s, with the row named", (_title, rows, code, at) => {
      const { issues } = parse({ tiers: [tiers[0] as string[], ...(rows as CellMatrix)] });
      expect(issues.find((issue) => issue.code === code)).toMatchObject({ at, severity: "error" });
    });
  });

  describe("rules", () => {
    const header = ["underlying", "upTo", "unit", "imRate", "mmRate", "validFrom"];
    it.each([
      ["a smaller slab at a higher rate", ["BTC", 50, "value", 0.03, 0.02, ""], "tblRules[imRate] row 1 (Rules!D6)"],
      ["a bound that stands twice", ["BTC", 100, "value", 0.03, 0.02, ""], "tblRules[upTo] row 2 (Rules!B7)"],
      ["two units", ["BTC", "", "coin", 0.03, 0.02, ""], "tblRules[unit] row 2 (Rules!C7)"],
      ["a falling rate", ["BTC", "", "value", 0.01, 0.005, ""], "tblRules[imRate] row 2 (Rules!D7)"],
      ["maintenance above initial margin", ["BTC", "", "value", 0.03, 0.05, ""], "tblRules[mmRate] row 2 (Rules!E7)"],
    ])("refuses %s, with the row named", (_title, second, at) => {
      const { issues } = parse({ rules: [header, ["BTC", 100, "value", 0.02, 0.01, ""], second] });
      expect(issues.find((issue) => issue.code === "bad-rules")).toMatchObject({ at, severity: "error" });
    });

    it("reads the slabs of an underlying in any order", () => {
      const slabs: CellMatrix = [header, ["BTC", "", "value", 0.04, 0.02, ""], ["BTC", 100, "value", 0.02, 0.01, ""]];
      const { value, issues } = parse({ rules: slabs });
      expect(issues.filter((issue) => issue.code === "bad-rules")).toEqual([]);
      expect(value.book.rules?.map(({ upTo, imRate }) => [upTo, imRate])).toEqual([
        [100, 0.02],
        [Infinity, 0.04],
      ]);
    });

    it("lets tomorrow's rules stand beside today's", () => {
      const { issues } = parse({ rules: [header, ["BTC", "", "value", 0.02, 0.01, ""], ["BTC", "", "value", 0.03, 0.02, "2026-11-23T06:00Z"]] });
      expect(issues.filter((issue) => issue.code === "bad-rules")).toEqual([]);
    });
  });
});
