import { DomainError } from "../../basics/domain-error";

/** The weights of a scorecard: the user's own model. */
export interface Scorecard {
  readonly intercept: number;
  readonly weights: readonly { readonly attribute: string; readonly weight: number }[];
}

/** One attribute's part of a score. */
export interface ScoreContribution {
  readonly attribute: string;
  readonly value: number;
  readonly weight: number;
  readonly contribution: number;
}

/** A scored counterparty. */
export interface CreditScore {
  readonly score: number;
  /** 1 / (1 + exp(-score)): a larger score is a weaker name. */
  readonly defaultProbability: number;
  readonly grade: string;
  readonly contributions: readonly ScoreContribution[];
}

/** A grade up to a probability of default. */
export interface Grade {
  readonly name: string;
  readonly upTo: number;
}

/** A master scale of ours for scores without one: an illustration, not an agency's scale. */
export const defaultGrades: readonly Grade[] = [
  { name: "AAA", upTo: 0.0002 },
  { name: "AA", upTo: 0.0005 },
  { name: "A", upTo: 0.001 },
  { name: "BBB", upTo: 0.004 },
  { name: "BB", upTo: 0.015 },
  { name: "B", upTo: 0.06 },
  { name: "CCC", upTo: 0.25 },
  { name: "D", upTo: 1 },
];

/**
 * Scores one counterparty: score = intercept + sum of weight * value, PD = 1 / (1 + exp(-score)).
 *
 * @param valueOf value of an attribute; undefined = missing
 * @throws DomainError badInput naming the attribute that is missing
 */
export const creditScore = (
  card: Scorecard,
  valueOf: (attribute: string) => number | undefined,
  grades: readonly Grade[] = defaultGrades,
): CreditScore => {
  const contributions = card.weights.map(({ attribute, weight }): ScoreContribution => {
    const value = valueOf(attribute);
    if (value === undefined) throw new DomainError("badInput", `attributes has no value for ${attribute}. Add it.`);
    return { attribute, value, weight, contribution: weight * value };
  });
  const score = card.intercept + contributions.reduce((sum, part) => sum + part.contribution, 0);
  const defaultProbability = 1 / (1 + Math.exp(-score));
  return { score, defaultProbability, grade: gradeOf(defaultProbability, grades), contributions };
};

/** Finds the grade of a probability; the upper bound belongs to the grade. @throws DomainError badInput where the scale ends below it */
export const gradeOf = (probability: number, grades: readonly Grade[]): string => {
  const found = grades.find((grade) => probability <= grade.upTo);
  if (found === undefined) throw new DomainError("badInput", `The scale ends below the probability ${probability}. Let its last grade reach 1.`);
  return found.name;
};

/**
 * Parses a master scale such as `good:0.01, fair:0.05, poor:1`: rising bounds, the last one 1.
 *
 * @throws DomainError badInput with the part named
 */
export const parseGrades = (text: string): readonly Grade[] => {
  const grades = text.split(",").map((part): Grade => {
    const [name = "", bound = ""] = part.split(":").map((word) => word.trim());
    const upTo = Number(bound);
    if (name === "" || bound === "" || !(upTo > 0 && upTo <= 1))
      throw new DomainError("badInput", `scale has "${part.trim().slice(0, 30)}". Write name:probability, such as A:0.001.`);
    return { name, upTo };
  });
  grades.forEach((grade, index) => {
    const before = grades[index - 1];
    if (before !== undefined && grade.upTo <= before.upTo)
      throw new DomainError("badInput", `scale: ${grade.name} ends at ${grade.upTo}, not above ${before.name}. Sort by probability.`);
  });
  if (grades[grades.length - 1]?.upTo !== 1) throw new DomainError("badInput", "scale must end with a grade up to 1, such as D:1.");
  return grades;
};
