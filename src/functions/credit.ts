import { DomainError } from "../core/basics/domain-error";
import { creditScore as creditScoreOf, defaultGrades, gradeOf, parseGrades, type CreditScore, type Grade } from "../core/margin/credit/credit-score";
import { mertonDefault } from "../core/margin/credit/merton";
import { checkScores, type ScoreChecks } from "../core/margin/credit/score-checks";
import { chiSquareUpperTail } from "../core/risk/chi-square-distribution";
import { readNumberCell, singleArgumentCell, toArgumentMatrix, type ArgumentCell } from "../core/tables/argument-columns";
import { readAttributes, readScorecard, type AttributeRow } from "../core/tables/arguments/scorecard-argument";
import { choiceOption, numberOption, parseFunctionOptions } from "../core/tables/function-options";
import { answerExcel } from "./excel-error";

/**
 * Probability of default and grade from a scorecard of your own: score = intercept + sum of weight * attribute, PD = 1 / (1 + exp(-score)).
 * @customfunction CREDITSCORE
 * @param attributes Table with a header row, one counterparty per row; or two columns, name and value, for one counterparty.
 * @param weights Two columns: attribute and weight; the row intercept is the constant. A larger score is a weaker name. The word pd: a column pd holds the probability.
 * @param [options] scale=A:0.001,B:0.01,C:1 (grades up to a probability; C:1:0.1:0.5 adds a haircut add-on and a limit share); output=table (contributions); output=checks (AUC, Brier, Hosmer-Lemeshow and calibration on a history with a column default, 0 or 1)
 * @returns {any[][]} Probability of default and grade, one row per counterparty; with terms in the scale also haircut add-on and limit share.
 * @helpurl https://localhost:3000/help/creditscore.html
 */
export function creditScore(attributes: any[][], weights: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["scale", "output", "bands"]);
    const scale = read.get("scale");
    const grades = scale === undefined ? defaultGrades : parseGrades(scale);
    const hasTerms = grades.some((grade) => grade.haircutAddOn !== undefined || grade.limitShare !== undefined);
    const isGiven = readsGivenProbability(weights);
    const card = isGiven ? undefined : readScorecard(weights as any);
    const rows = readAttributes(attributes as any);
    if (rows.length === 0) throw new DomainError("badInput", "attributes has no rows. Select the header row and the rows below it.");
    const score = (row: AttributeRow): CreditScore => (card === undefined ? givenScore(row, grades) : creditScoreOf(card, row.valueOf, grades));
    const output = choiceOption(read, "output", ["value", "table", "checks"] as const, "value");
    if (output === "checks") return checksTable(rows, score, numberOption(read, "bands", 5));
    if (output === "value") {
      return rows.map((row) =>
        eachRow(rows.length, () => {
          const answer = score(row);
          return hasTerms
            ? [answer.defaultProbability, answer.grade, answer.terms.haircutAddOn ?? 0, answer.terms.limitShare ?? 1]
            : [answer.defaultProbability, answer.grade];
        }),
      );
    }
    if (rows.length > 1)
      return [
        ["row", "PD", "grade", "score", ...(card?.weights ?? []).map((weight) => weight.attribute)],
        ...rows.map((row) => contributionRow(row, score(row))),
      ];
    const [first] = rows;
    return first === undefined ? [[""]] : contributionTable(score(first), card?.intercept ?? 0);
  });
}

/** In place of weights the word pd: the probabilities are there already, from a structural model or from elsewhere. */
const readsGivenProbability = (weights: any): boolean => {
  const matrix = toArgumentMatrix(weights);
  return matrix.length === 1 && (matrix[0]?.length ?? 0) === 1 && /^pd$/i.test(String(matrix[0]?.[0] ?? "").trim());
};

const givenScore = (row: AttributeRow, grades: readonly Grade[]): CreditScore => {
  const probability = row.valueOf("pd");
  if (probability === undefined || !(probability >= 0 && probability <= 1))
    throw new DomainError("badInput", `attributes row ${row.row}: pd is ${probability ?? "missing"}. Write a decimal from 0 to 1.`);
  const terms = gradeOf(probability, grades);
  return { score: Math.log(probability / (1 - probability)), defaultProbability: probability, grade: terms.name, terms, contributions: [] };
};

/** One bad row of a column is an error in that row; a single row fails as a whole. */
const eachRow = (count: number, answer: () => readonly unknown[]): readonly unknown[] => {
  if (count === 1) return answer();
  try {
    return answer();
  } catch (error) {
    if (error instanceof DomainError) return [error, ""];
    throw error;
  }
};

const contributionRow = (row: AttributeRow, answer: CreditScore): readonly unknown[] => [
  row.row,
  answer.defaultProbability,
  answer.grade,
  answer.score,
  ...answer.contributions.map((part) => part.contribution),
];

const contributionTable = (answer: CreditScore, intercept: number): readonly (readonly unknown[])[] => [
  ["what", "value", "weight", "contribution"],
  ["PD", answer.defaultProbability, "", ""],
  ["grade", answer.grade, "", ""],
  ["score", "", "", answer.score],
  ["intercept", "", "", intercept],
  ...answer.contributions.map((part) => [part.attribute, part.value, part.weight, part.contribution]),
];

const checksTable = (
  rows: readonly AttributeRow[],
  score: (row: AttributeRow) => CreditScore,
  bandCount: number,
): readonly (readonly unknown[])[] => {
  if (!(bandCount >= 1 && Number.isInteger(bandCount)))
    throw new DomainError("badInput", `Option bands=${bandCount} must be a whole number such as 5.`);
  const checks = checkScores(
    rows.map((row) => {
      const outcome = row.valueOf("default");
      if (outcome !== 0 && outcome !== 1)
        throw new DomainError("badInput", `attributes row ${row.row}: default is ${outcome ?? "blank"}. Write 1 for a default, else 0.`);
      return { defaultProbability: score(row).defaultProbability, hasDefaulted: outcome === 1 };
    }),
    bandCount,
  );
  return [
    ["check", "value", "note"],
    ["AUC", checks.areaUnderCurve, "0.5 = no discrimination, 1 = perfect"],
    ["Brier score", checks.brier, `the observed rate alone scores ${checks.brierOfRate}`],
    ["mean predicted PD", checks.meanPredicted, `observed ${checks.defaults / checks.cases}`],
    ["cases", checks.cases, `${checks.defaults} defaults`],
    ...checks.bands.map((band, index) => [`band ${index + 1} observed`, band.observed, `predicted ${band.predicted}, ${band.cases} cases`]),
    hosmerLemeshow(checks),
  ];
};

const hosmerLemeshow = ({ hosmerLemeshow: statistic, degreesOfFreedom }: ScoreChecks): readonly unknown[] => {
  if (degreesOfFreedom < 1) return ["Hosmer-Lemeshow", "", "needs at least 3 bands"];
  if (!Number.isFinite(statistic)) return ["Hosmer-Lemeshow", "", "a band predicted with certainty was missed"];
  const p = chiSquareUpperTail(statistic, degreesOfFreedom);
  return [
    "Hosmer-Lemeshow",
    statistic,
    `p value ${Number(p.toPrecision(6))} with ${degreesOfFreedom} degrees of freedom: ${p < 0.05 ? "not " : ""}calibrated at 95 %`,
  ];
};

/**
 * Structural probability of default after Merton (1974): equity is a call on the firm's assets.
 * @customfunction MERTON
 * @param equity Market value of equity.
 * @param equityVolatility Annual volatility of equity as a decimal, such as 0.4.
 * @param debt Debt due at the horizon (the default point).
 * @param [years] Horizon in years, default 1.
 * @param [rate] Annual rate, continuously compounded, as a decimal; default 0.
 * @param [options] drift=0.08 (asset drift for a physical probability; default the rate); output=table
 * @returns {any[][]} Probability of default and distance to default.
 * @helpurl https://localhost:3000/help/merton.html
 */
export function merton(equity: any[][], equityVolatility: any[][], debt: any[][], years?: any[][], rate?: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["drift", "output"]);
    const answer = mertonDefault({
      equity: amount(equity, "Equity"),
      equityVolatility: amount(equityVolatility, "Equity volatility"),
      debt: amount(debt, "Debt"),
      years: isOpen(years) ? 1 : amount(years, "Years"),
      rate: isOpen(rate) ? 0 : readNumberCell(singleCell(rate), { name: "Rate" }),
      ...(read.has("drift") ? { drift: numberOption(read, "drift", 0) } : {}),
    });
    if (choiceOption(read, "output", ["value", "table"] as const, "value") === "value")
      return [[answer.defaultProbability, answer.distanceToDefault]];
    return [
      ["what", "value", "note"],
      ["PD", answer.defaultProbability, read.has("drift") ? "physical, with the drift given" : "risk-neutral"],
      ["distance to default", answer.distanceToDefault, "standard deviations of the assets' log return"],
      ["asset value", answer.assetValue, "solved"],
      ["asset volatility", answer.assetVolatility, "solved"],
      ["credit spread", answer.spread, "annual, over the rate"],
    ];
  });
}

const singleCell = (argument: any): ArgumentCell => {
  const matrix = toArgumentMatrix(argument);
  if (matrix.length > 1 || (matrix[0]?.length ?? 0) > 1)
    throw new DomainError("badInput", "MERTON takes single cells. Copy the formula down for a column.");
  return singleArgumentCell(matrix[0]?.[0]);
};

const isOpen = (argument: any): boolean => {
  const { cell } = singleCell(argument);
  return cell === null || cell === undefined || cell === "";
};

const amount = (argument: any, name: string): number => readNumberCell(singleCell(argument), { name, minimum: 0, isExclusive: true });
