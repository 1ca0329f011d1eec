import type { AllocationLine, AllocationOutcome, CoverageLine, InventoryLine } from "./allocation-outcome";
import { pricesOfAnswer, withShareOfWork } from "./answer-prices";
import { baselinesOf } from "./baselines";
import { coverTolerance } from "./cover-tolerance";
import type { AllocationModel } from "./build-allocation-model";
import { coveredValues, pairValues, type Quantities } from "./collateral-value";
import { movementsOf } from "./movements";
import type { AllocationProblem } from "./problem-shape";
import { agreementMarginal, assetMarginal, isTight, limitsOfRequirements, type PricedBook } from "./marginal-values";
import { sensitivitiesOf, type BookMarginals } from "./sensitivities";
import type { PricedAnswer } from "./settle-ties";
import type { StagedResult } from "./solve-stages";
import { unappliedRules } from "./unapplied-rules";
import { exceededLimits, missedMinimums } from "./unmet-minimums";

/**
 * Turns solved quantities into what the sheets show.
 *
 * @param settled the exact point before rounding, model units
 */
export const interpretAllocation = (
  problem: AllocationProblem,
  model: AllocationModel,
  solved: StagedResult,
  quantities: Quantities,
  settled: Float64Array,
  priced: PricedAnswer | undefined,
): AllocationOutcome => {
  const prices = pricesOfAnswer(problem, model, solved, priced);
  const book: PricedBook = { problem, model, prices };
  const marginals = marginalsOf(book);
  const lines = allocationLines(problem, quantities);
  const movements = movementsOf(problem, quantities);
  const exceeded = exceededLimits(problem, quantities);
  const coverage = coverageLines(problem, quantities, marginals);
  const shortfall = coverage.reduce((sum, line, d) => sum + (line.isCovered ? 0 : line.shortfall * problem.demands[d]!.rate), 0);
  return {
    baseCurrency: problem.settings.baseCurrency,
    ...(problem.cent === 0.01 ? {} : { baseCent: problem.cent }),
    lines,
    coverage,
    ...(shortfall === 0 ? {} : { shortfall }),
    inventory: inventoryLines(problem, quantities, marginals),
    movements,
    costPerDay: lines.reduce((sum, line) => sum + line.costPerDay, 0),
    movementCost: movements.reduce((sum, movement) => sum + movement.cost, 0),
    baselines: baselinesOf(problem),
    conflicts: [],
    unmet: missedMinimums(problem, quantities).map(({ unmet }) => unmet),
    ...(exceeded.length === 0 ? {} : { exceeded }),
    sensitivities: sensitivitiesOf(book, marginals, settled),
    ...(prices.proof === undefined ? {} : { proof: prices.proof }),
    areGivenMovements: prices.areGivenMovements,
    unapplied: unappliedRules(problem),
    solve: solveRecord(model, solved),
    ...(solved.saved === undefined ? {} : { saved: solved.saved }),
  };
};

const allocationLines = (problem: AllocationProblem, quantities: Quantities): AllocationLine[] => {
  const values = pairValues(problem, quantities);
  return problem.pairs.flatMap((pair, p): AllocationLine[] => {
    const quantity = quantities[p]!;
    if (quantity <= 0) return [];
    const supply = problem.supplies[pair.supply]!;
    const demand = problem.demands[pair.demand]!;
    const marketValue = quantity * supply.unitValue;
    const { tierTable } = pair.terms.rule;
    return [
      {
        agreementId: demand.agreementId,
        inventoryKey: supply.key,
        assetId: supply.row.assetId,
        location: supply.row.location,
        account: supply.row.account,
        quantity,
        price: supply.row.price,
        priceCurrency: supply.row.priceCurrency,
        marketValue: marketValue / demand.rate,
        haircut: pair.pool < 0 ? 1 - pair.valueRatio : 1 - values[p]! / marketValue,
        collateralValue: values[p]! / demand.rate,
        carryRate: pair.costs.carryRate,
        costPerDay: (marketValue * pair.costs.carryRate) / problem.settings.dayCount,
        quantityToday: pair.today,
        eligibilityRow: pair.terms.rule.origin.row,
        fxHaircut: pair.terms.fxHaircut,
        additionalHaircut: pair.terms.additionalHaircut,
        ...(tierTable === undefined ? {} : { tierTable }),
      },
    ];
  });
};

const coverageLines = (problem: AllocationProblem, quantities: Quantities, { agreements }: BookMarginals): CoverageLine[] => {
  const covered = coveredValues(problem, quantities);
  return problem.demands.map((demand, d) => {
    const required = demand.requirement + demand.debt / demand.rate;
    const posted = covered[d]! / demand.rate;
    const shortfall = Math.max(0, required - posted);
    const tolerance = coverTolerance(demand.rate, problem.cent, required);
    const isCovered = shortfall <= tolerance;
    const marginal = agreements[d];
    return {
      agreementId: demand.agreementId,
      counterparty: demand.row.counterparty ?? "",
      marginType: demand.row.marginType ?? "",
      currency: demand.row.currency,
      required,
      posted,
      excess: Math.max(0, posted - required),
      shortfall: shortfall <= Math.min(tolerance, 1e-9 * Math.max(1, required)) ? 0 : shortfall,
      isCovered,
      ...(demand.explanation === undefined ? {} : { requirementExplanation: demand.explanation }),
      // An uncovered call has no marginal cost: another unit is not to be had.
      ...(marginal !== undefined && isCovered && Number.isFinite(marginal.more) ? { marginalCost: marginal.more } : {}),
    };
  });
};

/** Marginal values of what has a price: calls that are covered, inventory lines that are used up. */
const marginalsOf = (book: PricedBook): BookMarginals => {
  const { problem, model, prices } = book;
  if (prices.dual.length === 0) return { agreements: [], assets: [] };
  const free = { more: 0, less: 0, isLastUp: false, isLastDown: false };
  const forAgreements = { ...book, prices: withShareOfWork(prices, 0.35) };
  const forAssets = { ...book, prices: withShareOfWork(prices, 0.2) };
  const limits = limitsOfRequirements(book);
  return {
    agreements: problem.demands.map((demand, d) =>
      prices.primal[model.index.shortfall[d]!]! * model.index.scale >
      coverTolerance(demand.rate, problem.cent, demand.required / demand.rate) * demand.rate
        ? undefined
        : agreementMarginal(forAgreements, d, limits[d]!),
    ),
    assets: problem.supplies.map((_, s) => (isTight(book, model.index.inventoryRow[s]!) ? assetMarginal(forAssets, s) : free)),
  };
};

const inventoryLines = (problem: AllocationProblem, quantities: Quantities, { assets }: BookMarginals): InventoryLine[] => {
  const used = new Float64Array(problem.supplies.length);
  problem.pairs.forEach((pair, p) => (used[pair.supply]! += quantities[p]!));
  return problem.supplies.map((supply, s) => {
    const free = Math.max(0, supply.available - used[s]!);
    const marginal = assets[s];
    return {
      inventoryKey: supply.key,
      assetId: supply.row.assetId,
      location: supply.row.location,
      account: supply.row.account,
      owned: supply.owned,
      reserved: supply.reserved,
      used: used[s]!,
      free,
      price: supply.row.price,
      priceCurrency: supply.row.priceCurrency,
      freeValue: free * supply.unitValue,
      ...(marginal === undefined ? {} : { marginalValue: Math.max(0, -marginal.more) }),
    };
  });
};

/** Distances from the bound up to this count as none. */
const provedGap = 1e-6;

const solveRecord = ({ builder, index }: AllocationModel, solved: StagedResult): AllocationOutcome["solve"] => {
  const { cost } = solved;
  const objective = (cost.objective + index.constantCost) * index.costScale;
  // What an allowance was spent on is no longer the cheapest: its distance from it is shown.
  const isCheapest = solved.isProved && solved.saved === undefined;
  const bound = isCheapest ? objective : (cost.bound + index.constantCost) * index.costScale;
  const distance = Number.isFinite(bound) ? Math.abs(objective - bound) / Math.max(Math.abs(objective), 1e-9) : Infinity;
  // Proved for what is covered here; whether more could be was cut short.
  const isCoverOpen = !solved.isProved && distance <= provedGap;
  const hasIntegers = solved.model.integer !== undefined;
  return {
    engine: cost.solver,
    reason: [
      hasIntegers ? "lots, slabs in order, switched limits or movements need integers" : "a linear program",
      ...(cost.reason === undefined ? [] : [cost.reason]),
    ].join("; "),
    terminationStatus: cost.terminationStatus,
    isOptimal: solved.isProved,
    isReproducible: solved.isReproducible,
    objective,
    bound,
    gap: isCheapest ? 0 : isCoverOpen ? Infinity : distance,
    seconds: solved.seconds,
    iterations: solved.iterations,
    columns: builder.columnCount,
    rows: builder.rowCount,
  };
};
