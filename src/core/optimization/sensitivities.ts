import type { Sensitivity } from "./allocation-outcome";
import type { AllocationModel } from "./build-allocation-model";
import type { AllocationProblem } from "./problem-shape";
import { money, percent } from "./repairs";

/** Prices of rows and columns from a linear program: of the run itself, or with its integers settled. */
export interface Prices {
  readonly dual: Float64Array;
  readonly reducedCosts: Float64Array;
  readonly primal: Float64Array;
  /** True where integers were held: the prices then hold "given these movements". */
  readonly areGivenMovements: boolean;
}

/** Most pairs listed, those nearest to being used first. */
const mostPairs = 300;

/**
 * Says what changes are worth, in money and words: another unit required, another unit owned, a wider limit, a cheaper asset.
 *
 * Values are base currency per year for one unit of base currency; for pairs basis points per year of market value.
 */
export const sensitivitiesOf = (problem: AllocationProblem, model: AllocationModel, prices: Prices): Sensitivity[] => {
  if (prices.dual.length === 0) return [];
  const tail = prices.areGivenMovements ? ", given these movements" : "";
  return [
    ...agreementPrices(problem, model, prices, tail),
    ...assetPrices(problem, model, prices, tail),
    ...limitPrices(problem, model, prices, tail),
    ...pairPrices(problem, model, prices, tail),
  ];
};

/** Base currency per year for one unit of base currency, from a dual of the cost objective. */
export const yearlyRate = ({ settings }: AllocationProblem, { index }: AllocationModel, dual: number): number =>
  ((dual * index.costScale) / index.scale / settings.horizonDays) * settings.dayCount;

/** Prices below this (base currency per year and unit) are rounding. */
const nothing = 1e-9;

const perMillion = (rate: number, currency: string): string => `${money(Math.abs(rate) * 1e6)} ${currency} a year for each million`;

const agreementPrices = (problem: AllocationProblem, model: AllocationModel, prices: Prices, tail: string): Sensitivity[] =>
  problem.demands.flatMap((demand, d): Sensitivity[] => {
    const shortfall = prices.primal[model.index.shortfall[d]!]! * model.index.scale;
    if (shortfall > 0.01 * demand.rate || demand.required === 0) return [];
    const value = yearlyRate(problem, model, prices.dual[model.index.coverageRow[d]!]!);
    const verb = value >= 0 ? "costs" : "earns";
    return [
      {
        kind: "agreement",
        id: demand.agreementId,
        value,
        text: `Another unit required at ${demand.agreementId} ${verb} ${perMillion(value, problem.settings.baseCurrency)}${tail}.`,
      },
    ];
  });

const assetPrices = (problem: AllocationProblem, model: AllocationModel, prices: Prices, tail: string): Sensitivity[] =>
  problem.supplies.flatMap((supply, s): Sensitivity[] => {
    const value = -yearlyRate(problem, model, prices.dual[model.index.inventoryRow[s]!]!);
    return value <= nothing
      ? []
      : [
          {
            kind: "asset",
            id: supply.key,
            value,
            text: `More of ${supply.row.assetId} saves ${perMillion(value, problem.settings.baseCurrency)}${tail}.`,
          },
        ];
  });

const limitPrices = (problem: AllocationProblem, model: AllocationModel, prices: Prices, tail: string): Sensitivity[] =>
  model.index.rules
    .filter((rule) => rule.kind === "limit")
    .flatMap((rule): Sensitivity[] => {
      const limit = problem.limits[rule.of]!;
      const value = -yearlyRate(problem, model, Math.min(0, ...rule.rows.map((row) => prices.dual[row] ?? 0)));
      if (value <= nothing) return [];
      const posted = limit.scope.reduce((sum, p) => sum + unitsModel(model, prices, p), 0) * model.index.scale;
      const verb = limit.direction === "max" ? "Raising" : "Lowering";
      const text =
        limit.basis === "posted"
          ? `${verb} the ${limit.name} from ${percent(limit.limit)} by one point saves about ${money(value * posted * 0.01)} ${problem.settings.baseCurrency} a year${tail}.`
          : `${verb} the ${limit.name} saves ${perMillion(value, problem.settings.baseCurrency)}${tail}.`;
      return [{ kind: "limit", id: limit.name, value, text }];
    });

const unitsModel = ({ index }: AllocationModel, prices: Prices, p: number): number =>
  (index.keep[p]! < 0 ? 0 : prices.primal[index.keep[p]!]!) + prices.primal[index.deliver[p]!]!;

const pairPrices = (problem: AllocationProblem, model: AllocationModel, prices: Prices, tail: string): Sensitivity[] => {
  const unused = problem.pairs.flatMap((pair, p) => {
    const isUsed = unitsModel(model, prices, p) > 1e-9;
    // Reduced costs are in basis points over the year that the cost objective counts in.
    const value = yearlyRate(problem, model, prices.reducedCosts[model.index.deliver[p]!]!) * 1e4;
    return isUsed || pair.atMost === 0 || value <= 1e-5 ? [] : [{ pair, p, value }];
  });
  unused.sort((a, b) => a.value - b.value || a.p - b.p);
  return unused.slice(0, mostPairs).map(({ pair, value }) => {
    const asset = problem.supplies[pair.supply]!;
    const { agreementId } = problem.demands[pair.demand]!;
    return {
      kind: "pair",
      id: `${asset.key}>${agreementId}`,
      value,
      text: `${asset.row.assetId} would be used at ${agreementId} if it were ${Number(value.toFixed(2))} bps cheaper${tail}.`,
    };
  });
};
