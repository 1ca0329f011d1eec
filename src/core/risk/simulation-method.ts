import { DomainError } from "../basics/domain-error";
import { historicalExpectedShortfall, historicalValueAtRisk } from "./historical-risk";
import { sampleDeviation, sampleMean } from "./moments";
import { normalDensity } from "./normal-distribution";
import { studentTScale } from "./parametric-risk";
import { createRandomSource } from "./random-source";
import type { MethodInput, MethodOutput } from "./risk-method";
import { fitStudentT } from "./student-t-fit";
import { studentTDensity } from "./student-t-distribution";

/** More paths than this would block the shared runtime for seconds. */
export const MOST_PATHS = 5_000_000;

/** Checks paths= and seed=. @throws DomainError badInput */
export const checkSimulation = (paths: number, seed: number): void => {
  if (!Number.isInteger(paths) || paths < 100 || paths > MOST_PATHS)
    throw new DomainError("badInput", `paths ${paths} must be a whole number from 100 to ${MOST_PATHS}.`);
  if (!Number.isInteger(seed)) throw new DomainError("badInput", `seed ${seed} must be a whole number. Write seed=1.`);
};

interface Law {
  readonly location: number;
  readonly scale: number;
  readonly df: number | undefined;
}

const lawOf = (input: MethodInput): Law => {
  const { dist = "normal", df, mean } = input.request;
  if (dist === "normal") return { location: mean === "zero" ? 0 : sampleMean(input.values), scale: sampleDeviation(input.values), df: undefined };
  if (df === undefined) return fitStudentT(input.values, mean === "zero" ? 0 : undefined);
  if (!(df > 2)) throw new DomainError("badInput", `df ${df} must be above 2 for a finite variance. Raise df or leave it out to fit it.`);
  return { location: mean === "zero" ? 0 : sampleMean(input.values), scale: studentTScale(sampleDeviation(input.values), df), df };
};

/**
 * Calculates the standard error of a simulated expected shortfall.
 *
 * @param losses of the tail, sorted or not
 * @param tail tail probability
 * @param paths number of simulated outcomes
 */
export const shortfallStandardError = (outcomes: Float64Array, valueAtRisk: number, expectedShortfall: number, tail: number): number => {
  let squares = 0;
  let count = 0;
  for (let i = 0; i < outcomes.length; i++) {
    if (-outcomes[i]! < valueAtRisk) continue;
    squares += (-outcomes[i]! - expectedShortfall) ** 2;
    count++;
  }
  const variance = count > 1 ? squares / (count - 1) : 0;
  return Math.sqrt((variance + (1 - tail) * (expectedShortfall - valueAtRisk) ** 2) / (tail * outcomes.length));
};

/** Calculates Monte Carlo VaR and ES of a normal or t law fitted to the returns, with the simulation's standard error. */
export const simulationMethod = (input: MethodInput): MethodOutput => {
  const { paths = 10_000, seed = 1, measure } = input.request;
  checkSimulation(paths, seed);
  const law = lawOf(input);
  const location = law.location * input.meanScale;
  const scale = law.scale * input.deviationScale;
  const random = createRandomSource(seed);
  const outcomes = new Float64Array(paths);
  random.fillNormals(outcomes);
  if (law.df !== undefined) {
    const { df } = law;
    for (let i = 0; i < paths; i++) outcomes[i]! /= Math.sqrt(random.chiSquare(df) / df);
  }
  for (let i = 0; i < paths; i++) outcomes[i] = location + scale * outcomes[i]!;
  const valueAtRisk = historicalValueAtRisk(outcomes, input.tail, input.rule);
  const expectedShortfall = historicalExpectedShortfall(outcomes, input.tail);
  const z = scale === 0 ? 0 : (-valueAtRisk - location) / scale;
  const density = law.df === undefined ? normalDensity(z) : studentTDensity(z, law.df);
  const valueError = (scale * Math.sqrt((input.tail * (1 - input.tail)) / paths)) / density;
  const shortfallError = shortfallStandardError(outcomes, valueAtRisk, expectedShortfall, input.tail);
  return {
    pair: { valueAtRisk, expectedShortfall },
    rule: `Monte Carlo, ${law.df === undefined ? "normal" : "Student-t"} law of the sample, ${input.rule.name}`,
    details: [
      ["standard error", measure === "valueAtRisk" ? valueError : shortfallError],
      ["paths", paths],
      ["seed", seed],
      ["location", law.location],
      ["scale", law.scale],
      ...(law.df === undefined ? [] : ([["df", law.df]] as const)),
    ],
    scenarios: [],
    warnings: paths * input.tail < 20 ? [`only ${Number((paths * input.tail).toPrecision(3))} paths in the tail: raise paths=`] : [],
  };
};
