import { DomainError } from "../../basics/domain-error";
import type { Explanation } from "../../basics/explanation";
import type { CounterpartyRow, CreditModel, GradeRow, ScoreWeightRow } from "../../collateral/book";
import { creditScore, checkGrades, defaultGrades, gradeOf, type Grade } from "./credit-score";
import { mertonDefault } from "./merton";

/** A counterparty as the user's own model sees it. */
export interface CounterpartyCredit {
  readonly counterparty: string;
  readonly grade: string;
  readonly haircutAddOn: number;
  readonly haircutAddOnAt?: { readonly table: "counterparties" | "grades"; readonly row: number };
  readonly limitShare: number;
  /** Where probability, grade and terms come from. */
  readonly explanation: Explanation;
}

/** The user's scale and scorecard, read once for all counterparties. */
export interface CreditModelTables {
  readonly grades: readonly GradeRow[];
  readonly scorecard: readonly ScoreWeightRow[];
}

const leaf = (name: string, value: number | string, unit: string, note?: string): Explanation => ({
  name,
  value,
  unit,
  from: [],
  ...(note === undefined ? {} : { note }),
});

const refuse = (row: CounterpartyRow, message: string): DomainError => new DomainError("badInput", `${row.counterparty}: ${message}`.slice(0, 120));

/** Brings the grades table to a scale and refuses one that cannot be right. @throws DomainError badInput naming the grade */
export const toGrades = (rows: readonly GradeRow[]): readonly Grade[] => {
  if (rows.length === 0) return defaultGrades;
  const grades = rows.map(({ grade, upTo, haircutAddOn, limitShare }): Grade => ({
    name: grade,
    upTo,
    ...(haircutAddOn === undefined ? {} : { haircutAddOn }),
    ...(limitShare === undefined ? {} : { limitShare }),
  }));
  checkGrades(grades, "tblGrades");
  return grades;
};

/**
 * Assesses a counterparty by the model that its row names, or by what the row holds: a grade or PD given, equity and debt for the structural
 * model, else the scorecard.
 *
 * @throws DomainError badInput naming the counterparty and what is missing
 */
export const assessCounterparty = (row: CounterpartyRow, tables: CreditModelTables): CounterpartyCredit => {
  const grades = toGrades(tables.grades);
  const probability = probabilityOf(row, tables);
  const terms = row.grade === undefined ? gradeOf(Number(probability?.value), grades) : namedGrade(row, row.grade, grades);
  const gradeRow = tables.grades.find((one) => one.grade === terms.name);
  const haircutAddOn = row.haircutAddOn ?? terms.haircutAddOn ?? 0;
  const limitShare = row.limitShare ?? terms.limitShare ?? 1;
  const from = (own: number | undefined): string => (own === undefined ? `of grade ${terms.name}` : "in the counterparty's row");
  return {
    counterparty: row.counterparty,
    grade: terms.name,
    haircutAddOn,
    ...(row.haircutAddOn !== undefined
      ? { haircutAddOnAt: { table: "counterparties" as const, row: row.origin.row } }
      : gradeRow === undefined
        ? {}
        : { haircutAddOnAt: { table: "grades" as const, row: gradeRow.origin.row } }),
    limitShare,
    explanation: {
      name: row.counterparty,
      value: terms.name,
      unit: "grade",
      note: "the user's own model, not an agency's rating",
      from: [
        ...(probability === undefined ? [] : [probability]),
        leaf("haircut add-on", haircutAddOn, "decimal", from(row.haircutAddOn)),
        leaf("limit share", limitShare, "decimal", from(row.limitShare)),
      ],
    },
  };
};

const namedGrade = (row: CounterpartyRow, name: string, grades: readonly Grade[]): Grade => {
  const found = grades.find((grade) => grade.name.trim().toLowerCase() === name.trim().toLowerCase());
  if (found === undefined) throw refuse(row, `grade ${name} is not in tblGrades. Use ${grades.map((grade) => grade.name).join(", ")}.`);
  return found;
};

const modelOf = (row: CounterpartyRow, scorecard: readonly ScoreWeightRow[]): CreditModel => {
  if (row.creditModel !== undefined) return row.creditModel;
  if (row.pd !== undefined || row.grade !== undefined) return "given";
  if (row.equity !== undefined && row.debt !== undefined) return "merton";
  if (scorecard.length > 0) return "scorecard";
  throw refuse(row, "pd is blank. Type it, or a grade, or fill tblScorecard, or equity and debt.");
};

/** Probability of default with where it comes from; undefined where only a grade is given. */
const probabilityOf = (row: CounterpartyRow, { scorecard }: CreditModelTables): Explanation | undefined => {
  const model = modelOf(row, scorecard);
  if (model === "given") {
    if (row.pd !== undefined) return leaf("probability of default", row.pd, "decimal", "given");
    if (row.grade !== undefined) return undefined;
    throw refuse(row, "pd and grade are blank. Type one, or change creditModel.");
  }
  return model === "merton" ? structural(row) : scored(row, scorecard);
};

const structural = (row: CounterpartyRow): Explanation => {
  const need = (name: "equity" | "equityVolatility" | "debt"): number => {
    const value = row[name];
    if (value === undefined) throw refuse(row, `${name} is blank. creditModel merton needs it.`);
    return value;
  };
  const years = row.years ?? 1;
  const answer = mertonDefault({
    equity: need("equity"),
    equityVolatility: need("equityVolatility"),
    debt: need("debt"),
    years,
    rate: row.rate ?? 0,
  });
  return {
    name: "probability of default",
    value: answer.defaultProbability,
    unit: "decimal",
    note: `structural, within ${years} years`,
    from: [
      leaf("distance to default", answer.distanceToDefault, "standard deviations"),
      leaf("asset value", answer.assetValue, "money", "solved"),
      leaf("asset volatility", answer.assetVolatility, "decimal", "solved"),
    ],
  };
};

const interceptNames: ReadonlySet<string> = new Set(["intercept", "constant", "bias"]);
const isIntercept = (name: string): boolean => interceptNames.has(name.trim().toLowerCase());
const headerOf = (name: string): string => name.toLowerCase().replace(/[\s_\-*.]/g, "");

const scored = (row: CounterpartyRow, scorecard: readonly ScoreWeightRow[]): Explanation => {
  if (scorecard.length === 0) throw refuse(row, "tblScorecard is missing or empty. creditModel scorecard needs it.");
  const intercept = scorecard.filter((one) => isIntercept(one.attribute)).reduce((sum, one) => sum + one.weight, 0);
  const card = { intercept, weights: scorecard.filter((one) => !isIntercept(one.attribute)) };
  const answer = creditScore(card, (attribute) => {
    const cell = row.attributes.get(headerOf(attribute));
    if (typeof cell !== "number" || !Number.isFinite(cell)) {
      throw refuse(row, cell === undefined ? `${attribute} is blank. The scorecard needs it.` : `${attribute} is not a number.`);
    }
    return cell;
  });
  return {
    name: "probability of default",
    value: answer.defaultProbability,
    unit: "decimal",
    note: "scorecard: 1 / (1 + exp(-score))",
    from: [
      leaf("score", answer.score, "", `intercept ${intercept}`),
      ...answer.contributions.map((part) => leaf(part.attribute, part.contribution, "", `weight ${part.weight} * ${part.value}`)),
    ],
  };
};
