import type {
  AgreementRow,
  AssetRow,
  Book,
  CostRow,
  EligibilityRow,
  HoldingRow,
  LimitRow,
  PinRow,
  RowOrigin,
  Settings,
  TierRow,
  TransferRow,
} from "../../src/core/collateral/book";
import { checkAllocation } from "../../src/core/optimization/check-allocation";
import type { AllocationOutcome, CheckReport } from "../../src/core/optimization/allocation-outcome";
import { buildAllocationProblem } from "../../src/core/optimization/allocation-problem";
import { calculateRequirements } from "../../src/core/optimization/requirements";
import { solveAllocation, type SolveAllocationOptions } from "../../src/core/optimization/solve-allocation";
import { createTimelessSolver } from "./timeless-solver";
import type { Solver } from "../../src/core/lp/solver";

const origin = (table: string, row: number): RowOrigin => ({ table, sheet: table.slice(3), row, sheetRow: row + 1 });

type Part<T, Needed extends keyof T> = Pick<T, Needed> & Partial<Omit<T, "origin">>;

/** The tables of a small book with just the columns that a test is about. */
export interface SmallBook {
  readonly assets: readonly Part<AssetRow, "assetId" | "quantity">[];
  readonly agreements: readonly Part<AgreementRow, "agreementId">[];
  readonly eligibility: readonly Part<EligibilityRow, "agreementId">[];
  readonly limits?: readonly Part<LimitRow, "limit">[];
  readonly tiers?: readonly Part<TierRow, "tierTable" | "assetId" | "upTo" | "ratio">[];
  readonly holdings?: readonly Part<HoldingRow, "agreementId" | "assetId" | "quantity">[];
  readonly costs?: readonly Part<CostRow, "assetId">[];
  readonly pins?: readonly Part<PinRow, "agreementId" | "assetId" | "action">[];
  readonly transfers?: readonly Part<TransferRow, "from" | "to" | "settleHours">[];
  readonly fx?: Readonly<Record<string, number>>;
  readonly settings?: Partial<Settings>;
}

/** Fills in the columns that the test leaves out: price 1, USD, a year of cost horizon. */
export const smallBook = (tables: SmallBook): Book => ({
  assets: tables.assets.map((row, index) => ({
    origin: origin("tblAssets", index + 1),
    key: `${row.assetId}|${row.location ?? ""}|${row.account ?? ""}`,
    location: "",
    account: "",
    price: 1,
    priceCurrency: "USD",
    denominationCurrency: row.priceCurrency ?? "USD",
    ...row,
  })),
  agreements: tables.agreements.map((row, index) => ({
    origin: origin("tblAgreements", index + 1),
    currency: "USD",
    fxHaircutCurrencies: [],
    ...row,
  })),
  eligibility: tables.eligibility.map((row, index) => ({ origin: origin("tblEligibility", index + 1), isIncluded: true, ...row })),
  limits: (tables.limits ?? []).map((row, index) => ({
    origin: origin("tblLimits", index + 1),
    scope: "agreement",
    scopeId: "EACH",
    limitType: "asset",
    group: "EACH",
    direction: "max",
    limitBasis: "posted",
    valueBasis: "market",
    hardOrSoft: "hard",
    ...row,
  })),
  tiers: (tables.tiers ?? []).map((row, index) => ({ origin: origin("tblTiers", index + 1), tierUnit: "coin", tierMode: "marginal", ...row })),
  holdings: (tables.holdings ?? []).map((row, index) => ({
    origin: origin("tblHoldings", index + 1),
    location: "",
    account: "",
    direction: "posted",
    status: "settled",
    ...row,
  })),
  positions: [],
  fx: Object.entries(tables.fx ?? {}).map(([currency, rate], index) => ({ origin: origin("tblFx", index + 1), currency, rate })),
  costs: (tables.costs ?? []).map((row, index) => ({ origin: origin("tblCosts", index + 1), agreementId: "*", ...row })),
  pins: (tables.pins ?? []).map((row, index) => ({ origin: origin("tblPins", index + 1), ...row })),
  transfers: (tables.transfers ?? []).map((row, index) => ({ origin: origin("tblTransfers", index + 1), ...row })),
  settings: {
    baseCurrency: "USD",
    dayCount: 365,
    horizonDays: 365,
    quantityBasis: "owned",
    sameDayReuse: false,
    fxHaircutForm: "additive",
    timeLimitSeconds: 10,
    ...tables.settings,
  },
});

/** A run from tables to checked outcome. */
export interface SmallRun {
  readonly outcome: AllocationOutcome;
  readonly report: CheckReport;
  /** Units by `asset>agreement`, summed over inventory lines. */
  readonly posted: Readonly<Record<string, number>>;
  /** Base currency per year. */
  readonly costPerYear: number;
  /** Sum of shortfalls, base currency at the book's rates. */
  readonly shortfall: number;
}

/** One engine for all runs of a test file: loading it takes longer than most solves. */
const engine = createTimelessSolver();

/** Runs a book the way the add-in does. Throws when the tables hold errors. */
export const runBook = async (book: Book, solver: Solver = engine, options: SolveAllocationOptions = {}): Promise<SmallRun> => {
  const requirements = calculateRequirements(book);
  const problem = buildAllocationProblem(book, { requirements: requirements.value });
  const errors = [...requirements.issues, ...problem.issues].filter((issue) => issue.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((issue) => `${issue.at}: ${issue.message}`).join("\n"));
  const outcome = await solveAllocation(problem.value, solver, options);
  const posted: Record<string, number> = {};
  for (const line of outcome.lines) {
    const key = `${line.assetId}>${line.agreementId}`;
    posted[key] = (posted[key] ?? 0) + line.quantity;
  }
  const rate = (currency: string): number =>
    currency === book.settings.baseCurrency ? 1 : (book.fx.find((row) => row.currency === currency)?.rate ?? NaN);
  return {
    outcome,
    report: checkAllocation(book, requirements.value, outcome),
    posted,
    costPerYear: outcome.costPerDay * book.settings.dayCount,
    shortfall: outcome.coverage.reduce((sum, line) => sum + line.shortfall * rate(line.currency), 0),
  };
};
