import { DomainError } from "../core/basics/domain-error";
import { hasErrors, type Issue } from "../core/basics/issue";
import type { AgreementRow, Book } from "../core/collateral/book";
import { buildAllocationProblem } from "../core/optimization/allocation-problem";
import type { AllocationProblem } from "../core/optimization/problem-shape";
import { checkAllocation } from "../core/optimization/check-allocation";
import { rankCheapest } from "../core/optimization/cheapest-to-deliver";
import { calculateRequirements } from "../core/optimization/requirements";
import { solveAllocation } from "../core/optimization/solve-allocation";
import { fillColumn, readBookArgument } from "../core/tables/arguments/book-argument";
import { choiceOption, parseFunctionOptions, yesNoOption } from "../core/tables/function-options";
import { getCellSolver } from "../runtime/cell-solver";
import { answerExcel, toExcelError } from "./excel-error";

/** Above this many eligible pairs a cell would be busy for more than about a second. */
const largestInCell = 600;

const refuseErrors = (issues: readonly Issue[]): void => {
  const first = issues.find((issue) => issue.severity === "error");
  if (first !== undefined) throw new DomainError("badInput", `${first.message} ${first.fix ?? ""}`.trim().slice(0, 120));
};

const problemOf = (book: Book) => {
  const requirements = calculateRequirements(book);
  const problem = buildAllocationProblem(book, { requirements: requirements.value });
  if (hasErrors([...requirements.issues, ...problem.issues])) refuseErrors([...requirements.issues, ...problem.issues]);
  return { requirements: requirements.value, problem: problem.value };
};

/** A ranking needs no requirement. */
const unmeasured = (row: AgreementRow): AgreementRow => ({ ...row, requirement: row.requirement ?? 0, marginMethod: "given" });

const refuseLarge = (problem: AllocationProblem): void => {
  if (problem.pairs.length > largestInCell) {
    throw new DomainError(
      "tooLarge",
      `${problem.pairs.length} eligible pairs are too many for a cell (${largestInCell}). Run this book in the pane.`,
    );
  }
};

const answerLater = async (body: () => Promise<readonly (readonly unknown[])[]>): Promise<any[][]> => {
  try {
    const rows = await body();
    return answerExcel(() => rows);
  } catch (error) {
    throw error instanceof CustomFunctions.Error ? error : toExcelError(error);
  }
};

/**
 * Cheapest allocation of collateral that covers every call, for small books: one row for each posted asset. What cannot be covered is shown by output=coverage.
 * @customfunction ALLOCATE
 * @param assets Inventory with its header row: assetId, quantity, price, priceCurrency, fundingRate ...
 * @param agreements Agreements with their header row: agreementId, currency, requirement ...
 * @param eligibility Rules with their header row: agreementId, assetId or assetClass, haircut ...
 * @param [limits] Concentration limits with their header row.
 * @param [holdings] What is posted today, with its header row.
 * @param [tiers] Tier tables with their header row.
 * @param [fx] currency and rate (base currency per unit).
 * @param [costs] Costs by asset and agreement, with their header row.
 * @param [settings] key and value: baseCurrency, dayCount, horizonDays ...
 * @param [options] output=allocation, coverage or moves; zero=allowed accepts zeros in haircut, price, rate and limit columns; confirmHaircuts=yes: haircuts of 0.7 or more are meant
 * @returns {Promise<any[][]>} A header and one row for each posted asset: agreement, asset, location, account, quantity, market value, haircut, collateral value, cost per day.
 * @helpurl https://localhost:3000/help/allocate.html
 */
export async function allocate(
  assets: any[][],
  agreements: any[][],
  eligibility: any[][],
  limits?: any[][],
  holdings?: any[][],
  tiers?: any[][],
  fx?: any[][],
  costs?: any[][],
  settings?: any[][],
  options?: any[][],
): Promise<any[][]> {
  return answerLater(async () => {
    const read = parseFunctionOptions(options as any, ["output", "zero", "confirmHaircuts"]);
    const output = choiceOption(read, "output", ["allocation", "coverage", "moves"] as const, "allocation");
    const isZeroAllowed = choiceOption(read, "zero", ["allowed", "refused"] as const, "refused") === "allowed";
    const book = readBookArgument(
      { assets, agreements, eligibility, limits, holdings, tiers, fx, costs, settings } as any,
      new Date().toISOString(),
      { isZeroAllowed, areHaircutsConfirmed: yesNoOption(read, "confirmHaircuts") },
    );
    const { problem, requirements } = problemOf(book);
    refuseLarge(problem);
    const outcome = await solveAllocation(problem, getCellSolver(), { timeSeconds: 2, explainSeconds: 0 });
    const failed = checkAllocation(book, requirements, outcome).checks.find((check) => !check.passed);
    if (failed !== undefined) throw new DomainError("notConverged", `The answer failed the check "${failed.rule}". Run this book in the pane.`);
    if (output === "coverage") {
      return [
        ["Agreement", "Currency", "Required", "Posted", "Excess", "Shortfall", "Covered"],
        ...outcome.coverage.map((line) => [
          line.agreementId,
          line.currency,
          line.required,
          line.posted,
          line.excess,
          line.shortfall,
          line.isCovered ? "yes" : "no",
        ]),
        // A hard minimum that could not be held is said like a call that is short.
        ...(outcome.unmet ?? []).map((one) => [one.name, one.unit, one.needed, one.reached, 0, one.missing, "no"]),
        // A hard maximum that is exceeded by what cannot be recalled yet.
        ...(outcome.exceeded ?? []).map((one) => [one.name, one.unit, one.allowed, one.posted, one.excess, 0, "no"]),
      ];
    }
    if (output === "moves") {
      const moves = outcome.movements.map((move) => [
        move.action,
        move.agreementId,
        move.assetId,
        move.location,
        move.account,
        move.quantity,
        move.marketValue,
        move.cost,
      ]);
      return [
        [
          "Action",
          "Agreement",
          "Asset",
          "Location",
          "Account",
          "Quantity",
          `Market value (${outcome.baseCurrency})`,
          `Cost (${outcome.baseCurrency})`,
        ],
        ...moves,
      ];
    }
    const lines = outcome.lines.map((line) => [
      line.agreementId,
      line.assetId,
      line.location,
      line.account,
      line.quantity,
      line.marketValue,
      line.haircut,
      line.collateralValue,
      line.costPerDay,
    ]);
    return [
      [
        "Agreement",
        "Asset",
        "Location",
        "Account",
        "Quantity",
        "Market value",
        "Haircut",
        "Collateral value",
        `Cost per day (${outcome.baseCurrency})`,
      ],
      ...lines,
    ];
  });
}

/**
 * Cheapest-to-deliver ranking for one agreement: yearly cost per unit of covered value, and why an asset is out.
 * @customfunction CHEAPEST
 * @param assets Inventory with its header row: assetId, quantity, price, fundingRate ...
 * @param agreements Agreements with their header row.
 * @param eligibility Rules with their header row: agreementId, assetId or assetClass, haircut ...
 * @param {string} agreementId The agreement to rank for.
 * @param [tiers] Tier tables with their header row.
 * @param [fx] currency and rate (base currency per unit).
 * @param [costs] Costs by asset and agreement, with their header row.
 * @param [options] baseCurrency=USD; zero=allowed accepts zeros in haircut, price and rate columns; out=no leaves out what is not eligible; confirmHaircuts=yes: haircuts of 0.7 or more are meant
 * @returns {any[][]} A header and one row for each asset or slab: rank, asset, location, account, slab, haircut, carry per year, cost per covered unit, units, covers, why out.
 * @helpurl https://localhost:3000/help/cheapest.html
 */
export function cheapest(
  assets: any[][],
  agreements: any[][],
  eligibility: any[][],
  agreementId: string,
  tiers?: any[][],
  fx?: any[][],
  costs?: any[][],
  options?: any[][],
): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["baseCurrency", "zero", "out", "confirmHaircuts"]);
    const isZeroAllowed = choiceOption(read, "zero", ["allowed", "refused"] as const, "refused") === "allowed";
    const hasRefused = yesNoOption(read, "out", true);
    const base = read.get("baseCurrency");
    const settings =
      base === undefined
        ? null
        : [
            ["key", "value"],
            ["baseCurrency", base],
          ];
    const book = readBookArgument(
      { assets, agreements: fillColumn(agreements, "requirement", 0), eligibility, tiers, fx, costs, settings } as any,
      new Date().toISOString(),
      { isZeroAllowed, areHaircutsConfirmed: yesNoOption(read, "confirmHaircuts") },
    );
    const wanted = String(agreementId ?? "")
      .trim()
      .toLowerCase();
    const { problem } = problemOf({
      ...book,
      agreements: book.agreements.filter((row) => row.agreementId.trim().toLowerCase() === wanted).map(unmeasured),
    });
    if (problem.demands.length === 0)
      throw new DomainError("badInput", `Agreement "${agreementId ?? ""}" is not in agreements. Use one of its agreementId values.`.slice(0, 120));
    const rows = rankCheapest(problem, 0).filter((row) => row.rank !== undefined || hasRefused);
    return [
      ["Rank", "Asset", "Location", "Account", "Slab", "Haircut", "Carry per year", "Cost per covered unit", "Units", "Covers", "Why out"],
      ...rows.map((row) => [
        row.rank,
        row.assetId,
        row.location,
        row.account,
        row.slab,
        row.haircut,
        row.carryRate,
        row.costPerCover,
        row.units,
        row.covers,
        row.reason,
      ]),
    ];
  });
}
