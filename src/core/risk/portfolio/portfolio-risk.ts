import { DomainError } from "../../basics/domain-error";
import { parseQuantileRule } from "../quantile";
import type { RiskScenario } from "../risk-request";
import { tailOfConfidence } from "../tail-probability";
import { tamingScale } from "../moments";
import { shortfallScenarios, valueAtRiskScenarios } from "../tail-scenarios";
import { checkSimulation } from "../simulation-method";
import { covarianceMatrix } from "./covariance";
import { historicalBook } from "./historical-book";
import type { BookMeasure, Decomposition } from "./measure";
import { cornishFisherBook, ellipticalBook } from "./parametric-book";
import { assetReturns, profitAndLoss, type ScenarioMatrix } from "./scenario-matrix";
import { choleskyFactor, simulateScenarios } from "./simulate-portfolio";

/** The models of a book. */
export const PORTFOLIO_METHODS = ["historical", "normal", "student-t", "cornish-fisher", "monte-carlo"] as const;

/** One of the models of a book. */
export type PortfolioMethod = (typeof PORTFOLIO_METHODS)[number];

/** What is asked of a book. */
export interface PortfolioRequest {
  readonly method: PortfolioMethod;
  readonly confidence: number;
  readonly esConfidence: number;
  readonly quantile?: string;
  readonly mean: "sample" | "zero";
  /** Degrees of freedom for student-t. */
  readonly df?: number;
  /** Return periods. */
  readonly horizon: number;
  /** Monte Carlo: the given returns are log returns and are revalued by exp. */
  readonly isLog: boolean;
  readonly paths: number;
  readonly seed: number;
}

/** One measure of a book and of each asset, in the currency of the exposures, positive = loss. */
export interface BookRisk extends Decomposition {
  readonly standalone: Float64Array;
  /** Total minus the total of the book without the asset. */
  readonly incremental: Float64Array;
}

/** VaR and ES of a book. */
export interface PortfolioRisk {
  readonly valueAtRisk: BookRisk;
  readonly expectedShortfall: BookRisk;
  /** Historical only: the scenarios behind each number, value = the book's P&L, worst first. */
  readonly scenarios: { readonly valueAtRisk: readonly RiskScenario[]; readonly expectedShortfall: readonly RiskScenario[] };
  readonly profits: Float64Array;
}

/** More numbers than this would not fit the memory of a shared runtime. */
const MOST_SIMULATED = 20_000_000;

/** One asset or the book without it may lie outside a method's domain though the book is inside: NaN marks it. */
const orNaN = (calculate: () => number): number => {
  try {
    return calculate();
  } catch (error) {
    if (error instanceof DomainError && error.code === "outsideDomain") return NaN;
    throw error;
  }
};

const measureBook = (matrix: ScenarioMatrix, exposures: Float64Array, profits: Float64Array, book: BookMeasure): BookRisk => {
  const standalone = new Float64Array(matrix.assets);
  const incremental = new Float64Array(matrix.assets);
  const split = book.decompose();
  const own = new Float64Array(matrix.scenarios);
  const rest = new Float64Array(matrix.scenarios);
  for (let i = 0; i < matrix.assets; i++) {
    const returns = assetReturns(matrix, i);
    for (let s = 0; s < matrix.scenarios; s++) {
      own[s] = exposures[i]! * returns[s]!;
      rest[s] = profits[s]! - own[s]!;
    }
    standalone[i] = orNaN(() => book.of(own));
    incremental[i] = split.total - (matrix.assets === 1 ? 0 : orNaN(() => book.of(rest)));
  }
  return { ...split, standalone, incremental };
};

const simulated = (matrix: ScenarioMatrix, exposures: Float64Array, request: PortfolioRequest): ScenarioMatrix => {
  checkSimulation(request.paths, request.seed);
  if (request.paths * matrix.assets > MOST_SIMULATED) {
    throw new DomainError(
      "tooLarge",
      `paths=${request.paths} x ${matrix.assets} assets is too large for a cell. Use paths=${Math.floor(MOST_SIMULATED / matrix.assets)} or fewer.`,
    );
  }
  const { means, covariance } = covarianceMatrix(matrix);
  const scaled = covariance.map((row) => row.map((value) => value * request.horizon));
  return simulateScenarios({
    exposures,
    means: means.map((mean) => (request.mean === "zero" ? 0 : mean * request.horizon)),
    factor: choleskyFactor(scaled),
    paths: request.paths,
    seed: request.seed,
    revaluation: request.isLog ? "log" : "simple",
  });
};

/**
 * Calculates VaR and ES of a book with standalone, marginal, component and incremental numbers per asset.
 *
 * @param matrix simple returns per scenario and asset; for monte-carlo with isLog the log returns that the law is fitted to
 * @param exposures market value per asset in one currency, > 0 = long
 * @throws DomainError badInput, tooLittleData, outsideDomain, tooLarge
 */
export const portfolioRisk = (matrix: ScenarioMatrix, exposures: Float64Array, request: PortfolioRequest): PortfolioRisk => {
  const inReturns = request.isLog && request.method === "monte-carlo" ? 1 : tamingScale(matrix.values);
  const inExposures = tamingScale(exposures);
  if (inReturns === 1 && inExposures === 1) return measurePortfolio(matrix, exposures, request);
  const risk = measurePortfolio(
    { ...matrix, values: matrix.values.map((value) => value / inReturns) },
    exposures.map((value) => value / inExposures),
    request,
  );
  const both = inReturns * inExposures;
  const scaled = (book: BookRisk): BookRisk => ({
    total: book.total * both,
    marginal: book.marginal.map((value) => value * inReturns),
    component: book.component.map((value) => value * both),
    standalone: book.standalone.map((value) => value * both),
    incremental: book.incremental.map((value) => value * both),
  });
  const inMoney = (scenarios: readonly RiskScenario[]): RiskScenario[] =>
    scenarios.map((scenario) => ({ ...scenario, value: scenario.value * both }));
  return {
    scenarios: { valueAtRisk: inMoney(risk.scenarios.valueAtRisk), expectedShortfall: inMoney(risk.scenarios.expectedShortfall) },
    valueAtRisk: scaled(risk.valueAtRisk),
    expectedShortfall: scaled(risk.expectedShortfall),
    profits: risk.profits.map((value) => value * both),
  };
};

/** The same for data whose squares neither overflow nor vanish. */
const measurePortfolio = (matrix: ScenarioMatrix, exposures: Float64Array, request: PortfolioRequest): PortfolioRisk => {
  const { method, horizon, df } = request;
  if (!(horizon > 0 && horizon < Infinity)) throw new DomainError("badInput", `horizon ${horizon} must be above 0. Write horizon=10.`);
  if (method === "student-t" && df === undefined) throw new DomainError("badInput", "method student-t of a book needs df=. Write df=5.");
  const tails = { valueAtRisk: tailOfConfidence(request.confidence), expectedShortfall: tailOfConfidence(request.esConfidence, "esConfidence") };
  const rule = parseQuantileRule(request.quantile ?? "inc");
  const used = method === "monte-carlo" ? simulated(matrix, exposures, request) : matrix;
  if (used.scenarios < (method === "historical" ? 1 : 2))
    throw new DomainError("tooLittleData", `returns hold ${used.scenarios} full rows. Add scenarios.`);
  const profits = profitAndLoss(used, exposures);
  const bookOf = (measure: "valueAtRisk" | "expectedShortfall"): BookMeasure => {
    const tail = tails[measure];
    if (method === "historical") return historicalBook(measure, used, exposures, profits, tail, rule, Math.sqrt(horizon));
    if (method === "monte-carlo") return historicalBook(measure, used, exposures, profits, tail, rule, 1);
    const settings = {
      tail,
      isZeroMean: request.mean === "zero",
      meanScale: horizon,
      deviationScale: Math.sqrt(horizon),
      ...(method === "student-t" ? { df: df! } : {}),
    };
    return (method === "cornish-fisher" ? cornishFisherBook : ellipticalBook)(measure, used, exposures, profits, settings);
  };
  return {
    valueAtRisk: measureBook(used, exposures, profits, bookOf("valueAtRisk")),
    expectedShortfall: measureBook(used, exposures, profits, bookOf("expectedShortfall")),
    scenarios:
      method === "historical"
        ? {
            valueAtRisk: valueAtRiskScenarios(profits, tails.valueAtRisk, rule),
            expectedShortfall: shortfallScenarios(profits, tails.expectedShortfall),
          }
        : { valueAtRisk: [], expectedShortfall: [] },
    profits,
  };
};
