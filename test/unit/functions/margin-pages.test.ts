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

describe("inputs that look right and are not", () => {
  const columns = [
    "contractType",
    "underlying",
    "quantity",
    "markPrice",
    "settlementCurrency",
    "expiry",
    "underlyingPrice",
    "strike",
    "optionType",
    "volatility",
  ];
  const parameters = [
    ["key", "underlying", "value"],
    ["price_range", "*", 0.2],
  ];
  const option = (expiry: string, volatility: number) => [columns, ["option", "BTC", -1, 5, "USD", expiry, 100, 110, "call", volatility]];

  it("a volatility in percent is refused, in a scenario and in a structural model", () => {
    expect(failureOf(() => scenarioMargin(option("2026-12-31", 60), parameters, [["asOf=2026-11-22"]])).message).toBe(
      "positions row 1: volatility 60 is above 10. Write 0.6 for 60 %.",
    );
    expect(failureOf(() => merton([[3]], [[80]], [[10]])).message).toBe("equityVolatility is 80, above 10. Write 0.4 for 40 %.");
  });

  it("what has expired is refused, what expires today is not", () => {
    expect(failureOf(() => scenarioMargin(option("2026-11-01", 0.6), parameters, [["asOf=2026-11-22T10:00"]])).message).toMatch(
      /positions row 1: it expired on 2026-11-01, before asOf/,
    );
    expect(scenarioMargin(option("2026-11-22", 0.6), parameters, [["asOf=2026-11-22T10:00"]])[0]?.[0]).toBeCloseTo(10, 9);
  });

  it("cash that is named so needs no haircut; a security does", () => {
    const rows = (kind: string) => [
      ["security", "value", "haircut", "kind"],
      ["BOND", 1000, 0.04, ""],
      ["USD", -980, "", kind],
    ];
    expect(nettingExposureOf(rows("cash"))[0]?.[0]).toBeCloseTo(20 + 0.4 * 40 + 0.6 * 40, 9);
    expect(failureOf(() => nettingExposureOf(rows("security"))).message).toBe("securities row 2: haircut is blank. Type none if no haircut applies.");
  });
});
