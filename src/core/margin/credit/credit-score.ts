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
  /** The grade's row of the scale, with the terms that go with it. */
  readonly terms: Grade;
  readonly contributions: readonly ScoreContribution[];
}

/** A grade up to a probability of default, and the terms that the user gives its names. */
export interface Grade {
  readonly name: string;
  readonly upTo: number;
  /** Added to haircuts of collateral from such a name, decimal. */
  readonly haircutAddOn?: number;
  /** Share of the full limit that such a name has, decimal. */
  readonly limitShare?: number;
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
  const terms = gradeOf(defaultProbability, grades);
  return { score, defaultProbability, grade: terms.name, terms, contributions };
};

/** Finds the grade of a probability; the upper bound belongs to the grade. @throws DomainError badInput where the scale ends below it */
export const gradeOf = (probability: number, grades: readonly Grade[]): Grade => {
  const found = grades.find((grade) => probability <= grade.upTo);
  if (found === undefined) throw new DomainError("badInput", `The scale ends below the probability ${probability}. Let its last grade reach 1.`);
  return found;
};

/**
 * Parses a master scale such as `good:0.01, fair:0.05, poor:1`: rising bounds, the last one 1. A grade may carry terms:
 * `poor:1:0.1:0.5` adds 10 % to haircuts and halves the limit.
 *
 * @throws DomainError badInput with the part named
 */
export const parseGrades = (text: string): readonly Grade[] => {
  const grades = text.split(",").map(parseGrade);
  checkGrades(grades, "scale");
  return grades;
};

/** Refuses a scale whose bounds do not rise to 1, or where a weaker grade has better terms. @throws DomainError badInput */
export const checkGrades = (grades: readonly Grade[], what: string): void => {
  grades.forEach((grade, index) => {
    const before = grades[index - 1];
    if (before === undefined) return;
    if (grade.upTo <= before.upTo) {
      throw new DomainError("badInput", `${what}: ${grade.name} ends at ${grade.upTo}, not above ${before.name}. Sort by probability.`);
    }
    if ((grade.haircutAddOn ?? 0) < (before.haircutAddOn ?? 0) || (grade.limitShare ?? 1) > (before.limitShare ?? 1)) {
      throw new DomainError("badInput", `${what}: ${grade.name} has better terms than ${before.name}. Check haircut add-on and limit share.`);
    }
  });
  if (grades[grades.length - 1]?.upTo !== 1) throw new DomainError("badInput", `${what} must end with a grade up to 1, such as D:1.`);
};

const parseGrade = (part: string): Grade => {
  const [name = "", bound = "", addOn, share, ...rest] = part.split(":").map((word) => word.trim());
  const isShare = (word: string | undefined): boolean => word === undefined || (word !== "" && Number(word) >= 0 && Number(word) <= 1);
  const upTo = Number(bound);
  if (name === "" || bound === "" || !(upTo > 0 && upTo <= 1) || !isShare(addOn) || !isShare(share) || rest.length > 0) {
    throw new DomainError("badInput", `scale has "${part.trim().slice(0, 30)}". Write name:probability, or name:probability:addOn:limitShare.`);
  }
  return {
    name,
    upTo,
    ...(addOn === undefined ? {} : { haircutAddOn: Number(addOn) }),
    ...(share === undefined ? {} : { limitShare: Number(share) }),
  };
};
