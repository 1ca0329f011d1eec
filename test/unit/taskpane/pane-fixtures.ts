import type { DataStatus, FoundTable, RunSummary } from "../../../src/app/collateral-app";
import type { SourceTable } from "../../../src/app/map-tables";
import type { ColumnProfile } from "../../../src/core/tables/mapping/column-profile";
import type { AllocationOutcome, CoverageLine, Movement } from "../../../src/core/optimization/allocation-outcome";

const table = (name: string, sheet: string, rows: number, rowsSkipped = 0): FoundTable => ({
  name,
  kind: name.replace(/^tbl/, "").toLowerCase(),
  sheet,
  address: `A1:H${rows + 1}`,
  rows,
  rowsRead: rows - rowsSkipped,
  rowsSkipped,
});

export const emptyBook: DataStatus = {
  tables: [],
  sets: [],
  chosenSet: "",
  missing: ["tblAssets", "tblAgreements", "tblEligibility"],
  issues: [],
  canRun: false,
};

export const goodBook: DataStatus = {
  tables: [
    table("tblAssets", "Assets", 24),
    table("tblAgreements", "Agreements", 8),
    table("tblEligibility", "Eligibility", 96),
    table("tblHoldings", "Holdings", 14),
    table("tblLimits", "Limits", 5),
    table("tblFx", "Fx", 6),
    table("tblSettings", "Settings", 5),
  ],
  sets: [""],
  chosenSet: "",
  missing: [],
  issues: [],
  canRun: true,
  tierTables: ["BYBIT-UTA", "OKX"],
  inputHash: "a1b2c3",
};

export const badBook: DataStatus = {
  ...goodBook,
  tables: [table("tblAssets", "Assets", 24, 2), table("tblAgreements", "Agreements", 8), table("tblEligibility", "Eligibility", 96, 1)],
  missing: ["tblFx"],
  issues: [
    {
      code: "stale-price",
      severity: "warning",
      message: "The rate of EUR is 9 days old.",
      fix: "Bring the rate up to date, or clear asOf.",
      at: "tblFx[asOf] row 2 (Fx!C3)",
      cell: { sheet: "Fx", address: "C3" },
    },
    {
      code: "blank-haircut",
      severity: "error",
      message: "Haircut of SOL for OKX-MAIN is blank.",
      fix: "Type the haircut, or none if no haircut applies.",
      at: "tblEligibility[haircut] row 7 (Eligibility!D8)",
      cell: { sheet: "Eligibility", address: "D8" },
    },
    {
      code: "price-text",
      severity: "error",
      message: 'Price of stETH is "n.a.", not a number.',
      fix: "Type the price per unit in priceCurrency.",
      at: "tblAssets[price] row 3 (Assets!E4)",
      cell: { sheet: "Assets", address: "E4" },
    },
    { code: "unused-rate", severity: "info", message: "The rate of CHF is not used by any row." },
  ],
  canRun: false,
};

const profile = (header: string, samples: readonly string[], more: Partial<ColumnProfile> = {}): ColumnProfile => ({
  header,
  samples,
  filled: 12,
  numbers: 0,
  percentTexts: 0,
  numberTexts: 0,
  ...more,
});

/** A custodian's export on a sheet of its own, with German numbers, whose decimal sign three digits leave open. */
export const custodySource: SourceTable = {
  key: "sheet custody",
  sheet: "Custody",
  address: "A3:E15",
  rows: 12,
  doubts: [],
  columns: [
    profile("ISIN", ["DE0001102580", "US912828E107"]),
    profile("Bezeichnung", ["Bund 2030", "Treasury 2027"]),
    profile("Nominal", ["1.200", "2.500", "700"], { numberTexts: 12, decimalSign: "unclear", firstNumber: 1.2 }),
    profile("Kurs", ["0.98", "1"], { numbers: 12, firstNumber: 0.98 }),
    profile("Ccy", ["EUR", "USD"]),
  ],
};

/** A schedule of haircuts in our own table, written as percentages. */
export const doubtfulSource: SourceTable = {
  key: "table tbleligibility",
  name: "tblEligibility",
  sheet: "Eligibility",
  address: "A5:C17",
  rows: 12,
  kind: "eligibility",
  doubts: ["haircut"],
  columns: [
    profile("agreementId", ["CSA-1"]),
    profile("assetClass", ["Cash", "Bond"]),
    profile("haircut", ["8", "2", "0.5"], { numbers: 12, firstNumber: 8 }),
  ],
};

export const foreignBook: DataStatus = { ...emptyBook, sources: [custodySource] };

const cover = (agreementId: string, currency: string, required: number, posted: number): CoverageLine => ({
  agreementId,
  counterparty: agreementId,
  marginType: "VM",
  currency,
  required,
  posted,
  excess: Math.max(0, posted - required),
  shortfall: Math.max(0, required - posted),
  isCovered: posted >= required,
});

const move = (action: Movement["action"], agreementId: string, assetId: string, quantity: number, marketValue: number): Movement => ({
  agreementId,
  inventoryKey: `${assetId}|Copper|main`,
  assetId,
  location: "Copper",
  account: "main",
  action,
  quantity,
  marketValue,
  cost: 0,
  reason: action === "Return" ? "Costs 4.1 % a year more than what replaces it" : "Cheapest asset that is eligible here",
});

/** Eight calls, all covered, six moves. */
export const goodOutcome: AllocationOutcome = {
  baseCurrency: "USD",
  lines: [
    {
      agreementId: "CSA-NORTH-VM",
      inventoryKey: "US912828E107|Custodian|main",
      assetId: "US912828E107",
      location: "Custodian",
      account: "main",
      quantity: 4_200_000,
      price: 0.9912,
      priceCurrency: "USD",
      marketValue: 4_163_040,
      haircut: 0.02,
      collateralValue: 4_079_779.2,
      carryRate: 0.001,
      costPerDay: 11.41,
      quantityToday: 0,
    },
    {
      agreementId: "OKX-MAIN",
      inventoryKey: "BTC|Copper|main",
      assetId: "BTC",
      location: "Copper",
      account: "main",
      quantity: 12.345678,
      price: 64_200,
      priceCurrency: "USD",
      marketValue: 792_592.53,
      haircut: 0.105,
      collateralValue: 709_370.31,
      carryRate: 0.02,
      costPerDay: 43.43,
      quantityToday: 12.345678,
    },
  ],
  coverage: [
    cover("CSA-NORTH-VM", "USD", 4_079_500, 4_079_779.2),
    cover("CSA-NORTH-IM", "USD", 2_500_000, 2_500_000),
    cover("CSA-HARBOUR-VM", "EUR", 1_250_000, 1_250_004.11),
    cover("CCP-EUREX-IM", "EUR", 3_100_000, 3_100_000),
    cover("CCP-LCH-DF", "USD", 400_000, 400_000),
    cover("OKX-MAIN", "USD", 709_000, 709_370.31),
    cover("DERIBIT-VOL", "BTC", 8.25, 8.25),
    cover("BINANCE-PM", "USDT", 950_000, 950_000.5),
  ],
  inventory: [],
  movements: [
    move("Delivery", "CSA-NORTH-VM", "US912828E107", 4_200_000, 4_163_040),
    move("Return", "CSA-NORTH-VM", "USD", 4_000_000, 4_000_000),
    move("Delivery", "DERIBIT-VOL", "stETH", 162.5, 471_250),
    move("Return", "DERIBIT-VOL", "BTC", 7.1, 455_820),
    move("Delivery", "BINANCE-PM", "USDC", 300_000, 299_970),
    move("Return", "BINANCE-PM", "ETH", 104.2, 302_180),
  ],
  costPerDay: 1234.4,
  movementCost: 85,
  baselines: [
    { name: "today", costPerDay: 1505.37, movements: 0, covered: 7, shortfall: 120_000 },
    { name: "waterfall", costPerDay: 1390.02, movements: 9, covered: 8, shortfall: 0 },
  ],
  conflicts: [],
  sensitivities: [
    { kind: "agreement", id: "DERIBIT-VOL", value: 0.041, text: "One more USD required by DERIBIT-VOL costs 0.041 USD a year." },
    { kind: "asset", id: "USDC", value: 0.032, text: "One more USD of USDC would save 0.032 USD a year." },
  ],
  unapplied: [],
  solve: {
    engine: "highs",
    reason: "side rows",
    terminationStatus: "OPTIMAL",
    isOptimal: true,
    isReproducible: true,
    objective: 37_032,
    bound: 37_032,
    gap: 0,
    seconds: 0.41,
    iterations: 118,
    columns: 96,
    rows: 37,
  },
};

export const doneRun: RunSummary = {
  status: "done",
  runId: "R-20261122-1",
  finishedAt: "2026-11-22T09:41:07Z",
  headline: "Covered 8 of 8 calls. Cost 1,234 USD/day, 18 % below today. 6 moves.",
  coveredCalls: 8,
  totalCalls: 8,
  outcome: goodOutcome,
  checks: {
    passed: true,
    checks: ["Coverage", "Eligibility", "Haircut", "Inventory", "Reserve", "Over-posting", "Objective"].map((rule, at) => ({
      rule,
      count: 8 + at * 12,
      largestViolation: 0,
      unit: "USD",
      passed: true,
      detail: "",
    })),
  },
  issues: [],
  sheets: ["Allocation", "Coverage", "Inventory", "Run log"],
  inputHash: "a1b2c3",
};

/** One call short, and two rule types not applied. */
export const shortRun: RunSummary = {
  ...doneRun,
  runId: "R-20261122-2",
  finishedAt: "2026-11-22T10:02:40Z",
  headline: "Covered 7 of 8 calls, 1 rule type not applied. CSA-NORTH-IM is short 180,000 USD: BTC is capped at 30 %.",
  coveredCalls: 7,
  outcome: {
    ...goodOutcome,
    coverage: goodOutcome.coverage.map((line) => (line.agreementId === "CSA-NORTH-IM" ? cover("CSA-NORTH-IM", "USD", 2_500_000, 2_320_000) : line)),
    conflicts: [
      {
        agreementId: "CSA-NORTH-IM",
        currency: "USD",
        required: 2_500_000,
        reachable: 2_320_000,
        shortfall: 180_000,
        rules: ["BTC is capped at 30 % of what is posted to CSA-NORTH-IM", "All 4,200,000 units of US912828E107 are used elsewhere"],
        repairs: [
          { rule: "cap", change: "Raise the BTC cap from 30 % to 37.2 %", size: 180_000, agreementId: "CSA-NORTH-IM" },
          { rule: "stock", change: "Add 180,000 USDC eligible for CSA-NORTH-IM", size: 180_100, agreementId: "CSA-NORTH-IM" },
        ],
      },
    ],
    unapplied: [{ rule: "Cliff tiers", table: "tblTiers", count: 3, effect: "the assets are left out of the allocation" }],
  },
};

export const blockedRun: RunSummary = {
  status: "blocked",
  runId: "R-20261122-3",
  finishedAt: "2026-11-22T10:10:00Z",
  headline: "3 problems stop the run. Haircut of SOL for OKX-MAIN is blank (tblEligibility, row 7).",
  coveredCalls: 0,
  totalCalls: 8,
  issues: badBook.issues.filter((issue) => issue.severity === "error"),
  sheets: [],
};

export const cancelledRun: RunSummary = {
  status: "cancelled",
  runId: "R-20261122-4",
  finishedAt: "2026-11-22T10:12:00Z",
  headline: "Cancelled. Nothing was written.",
  coveredCalls: 0,
  totalCalls: 8,
  issues: [],
  sheets: [],
};
