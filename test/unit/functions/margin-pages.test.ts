import { adjustedExposureOf, collateralValue, maturityMismatch, nettingExposureOf, tieredValue } from "../../../src/functions/collateral-value";
import { creditScore, merton } from "../../../src/functions/credit";
import { haircut, haircutFloorOf, haircutScale } from "../../../src/functions/haircut";
import { health, marginCall, profit, saccr, scenarioMargin, scheduleMargin, venueMargin } from "../../../src/functions/margin";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";
import { formulaExamples } from "../../support/formula-example";

beforeAll(installExcelErrors);

const functions: Readonly<Record<string, (...given: any[]) => any[][]>> = {
  HAIRCUT: haircut,
  "HAIRCUT.SCALE": haircutScale,
  "HAIRCUT.FLOOR": haircutFloorOf,
  COLLATERALVALUE: collateralValue,
  TIEREDVALUE: tieredValue,
  ADJUSTEDEXPOSURE: adjustedExposureOf,
  NETTINGEXPOSURE: nettingExposureOf,
  MATURITYMISMATCH: maturityMismatch,
  MARGINCALL: marginCall,
  SCHEDULEMARGIN: scheduleMargin,
  SACCR: saccr,
  PROFIT: profit,
  VENUEMARGIN: venueMargin,
  SCENARIOMARGIN: scenarioMargin,
  HEALTH: health,
  CREDITSCORE: creditScore,
  MERTON: merton,
};

const pageOf = (id: string): string => id.toLowerCase().replace(/\./g, "-");

describe("the examples on the functions' pages", () => {
  it.each(Object.keys(functions))("%s has a page with examples", (id) => {
    expect(formulaExamples(pageOf(id)).length).toBeGreaterThan(0);
  });

  it.each(Object.keys(functions).flatMap((id) => formulaExamples(pageOf(id)).map((example) => [example.formula, example] as const)))(
    "%s",
    (_formula, example) => {
      const run = functions[example.name];
      if (run === undefined) throw new Error(`${example.formula} stands on the wrong page.`);
      if (typeof example.expected[0] === "string" && example.expected[0].startsWith("#")) {
        expect(failureOf(() => run(...example.arguments)).code).toBe(example.expected[0]);
        return;
      }
      const answer = run(...example.arguments)[0] ?? [];
      example.expected.forEach((expected, index) => {
        if (typeof expected === "number") expect(Math.abs(answer[index] - expected)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(expected)));
        else expect(answer[index]).toBe(expected);
      });
    },
  );
});
