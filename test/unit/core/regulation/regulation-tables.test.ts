import { readdirSync } from "node:fs";
import { join } from "node:path";
import { regulationTable, regulationTables, versionInForce } from "../../../../src/core/regulation/regulation-tables";
import type { RegulationTable } from "../../../../src/core/regulation/regulation-table";

const dataFolder = join(__dirname, "../../../../src/core/regulation/data");
const files = readdirSync(dataFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((family) => readdirSync(join(dataFolder, family.name)).map((file) => ({ family: family.name, id: file.replace(/\.json$/, "") })));

const rowCounts: Readonly<Record<string, number>> = {
  basel3_final_10d: 47,
  basel2_or_us_10d: 21,
  us_umr_12cfr45_appB_10d: 11,
  haircut_floors_cre56: 16,
  umr_im_schedule: 13,
  umr_thresholds: 5,
  eu_2016_2251_art8: 11,
  sa_ccr_parameters: 19,
  sco60_groups: 4,
  sco60_rules: 12,
  eu_crr3_501d: 3,
  us_cftc_pilot: 3,
  frtb_liquidity_horizons: 5,
  lcr_caps: 6,
  span_scenarios: 16,
  okx_portfolio_margin: 25,
  deribit_portfolio_margin: 24,
  deribit_standard_margin: 3,
  deribit_option_margin: 3,
  compound_v3_mainnet_usdc: 5,
  compound_v3_mainnet_usdt: 6,
  aave_v3_deploy_mainnet: 8,
  lending_rules: 4,
  cdm_field_map: 38,
  kraken_collateral_ratios: 18,
  bybit_collateral_ratios: 7,
  okx_collateral_ratios: 29,
};

describe("the regulation tables", () => {
  it("lists every file once, under its own name and folder", () => {
    expect(regulationTables.map((table) => table.id).sort()).toEqual(files.map((file) => file.id).sort());
    for (const { family, id } of files) expect(regulationTable(id).family).toBe(family);
  });

  it.each(regulationTables.map((table) => [table.id, table] as const))(
    "%s has a source, valid dates, units and a status for each row",
    (_id, table) => {
      expect(table.title.length).toBeGreaterThan(10);
      expect(table.source.publisher).not.toBe("");
      expect(table.source.document).not.toBe("");
      expect(table.units).not.toBe("");
      for (const date of [table.effectiveFrom, table.effectiveTo]) {
        if (date !== null) expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
      }
      if (table.effectiveFrom !== null && table.effectiveTo !== null) expect(table.effectiveFrom <= table.effectiveTo).toBe(true);
      expect(["found", "secondary", "unverified"]).toContain(table.status);
      expect(table.rows.length).toBeGreaterThan(0);
      for (const row of table.rows) expect(["found", "secondary", "unverified"]).toContain(row.status);
    },
  );

  it.each(Object.entries(rowCounts))("%s has %i rows", (id, count) => {
    expect(regulationTable(id).rows).toHaveLength(count);
  });

  it.each(regulationTables.map((table) => [table.id, table] as const))("%s keeps decimals between 0 and 1", (_id, table) => {
    for (const row of table.rows as unknown as readonly Record<string, unknown>[]) {
      for (const column of ["haircut", "rate", "ratio", "loanToValue", "liquidationThreshold", "supervisoryFactor", "correlation"]) {
        const value = row[column];
        if (typeof value !== "number" || table.id === "binance_unimmr_bands") continue;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });

  it("has slabs that rise in bound and fall in ratio, per venue, product and asset", () => {
    for (const table of regulationTables.filter((found) => found.family === "venue-collateral" && found.id !== "venue_tier_endpoints")) {
      let last: Record<string, unknown> | undefined;
      for (const row of table.rows as unknown as readonly Record<string, unknown>[]) {
        if (last !== undefined && last["product"] === row["product"] && last["asset"] === row["asset"]) {
          expect(Number(row["ratio"])).toBeLessThan(Number(last["ratio"]));
          if (typeof row["upTo"] === "number") expect(row["upTo"]).toBeGreaterThan(Number(last["upTo"]));
        }
        last = row;
      }
    }
  });

  it("has sixteen SPAN scenarios whose moves are symmetrical", () => {
    const rows = regulationTable("span_scenarios").rows as unknown as readonly { priceMove: number; weight: number }[];
    expect(rows.reduce((sum, row) => sum + row.priceMove, 0)).toBeCloseTo(0, 12);
    expect(rows.filter((row) => row.weight < 1)).toHaveLength(2);
  });

  it("never has two haircut rows for one key", () => {
    for (const table of regulationTables.filter((found) => found.family === "haircuts")) {
      const keys = table.rows.map((row) => JSON.stringify({ ...row, haircut: 0, status: "", reason: "", eligibility: "" }));
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it("names a table that does not exist", () => {
    expect(() => regulationTable("crr9")).toThrow(/no regulation table crr9/);
  });
});

describe("versionInForce", () => {
  const version = (id: string, effectiveFrom: string, effectiveTo: string | null): RegulationTable => ({
    id,
    family: "x",
    title: "x",
    source: { publisher: "x", document: "x", section: null, published: null },
    effectiveFrom,
    effectiveTo,
    units: "x",
    status: "found",
    rows: [],
  });
  const versions = [version("b", "2025-07-01", null), version("a", "2020-01-01", "2025-06-30")];

  it("takes the version of the day, the latest without a day", () => {
    expect(versionInForce(versions, "2025-06-30").id).toBe("a");
    expect(versionInForce(versions, "2025-07-01").id).toBe("b");
    expect(versionInForce(versions, undefined).id).toBe("b");
  });

  it("says from when the first and until when the last applied", () => {
    expect(() => versionInForce(versions, "2019-12-31")).toThrow(/a applies from 2020-01-01; asOf 2019-12-31 is earlier/);
    expect(() => versionInForce([version("a", "2020-01-01", "2025-06-30")], "2025-07-01")).toThrow(/until 2025-06-30/);
  });
});
