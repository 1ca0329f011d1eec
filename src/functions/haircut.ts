import { isBlank } from "../core/basics/cell-value";
import { DomainError } from "../core/basics/domain-error";
import { haircutFloor, type FloorLeg } from "../core/collateral/haircut-floor";
import { roundHaircut, scaleHaircut } from "../core/collateral/haircut-scaling";
import { parseHaircutClass } from "../core/regulation/haircut-schedule";
import { supervisoryHaircut, type HaircutAdjustments } from "../core/regulation/supervisory-haircut";
import { isInColumn, mapRows, readNumberCell, readTextCell, toArgumentMatrix, type ArgumentCell } from "../core/tables/argument-columns";
import { isoDate, readDate } from "../core/tables/argument-table";
import { explanationRows } from "../core/tables/explanation-rows";
import { choiceOption, numberOption, parseFunctionOptions, yesNoOption, type FunctionOptions } from "../core/tables/function-options";
import { answerExcel } from "./excel-error";

const outputs = ["value", "table"] as const;

/** Tells whether a cell is left open; some Excel builds hand a blank over as 0, and neither a maturity nor a rating in a column is 0. */
const isOpen = (at: ArgumentCell): boolean => isBlank(at.cell) || (isInColumn(at) && at.cell === 0);

const adjustmentsOf = (options: FunctionOptions): HaircutAdjustments => {
  const asOf = options.get("asOf");
  return {
    hasFxMismatch: yesNoOption(options, "fxMismatch"),
    ...(options.has("holdingDays") ? { holdingDays: numberOption(options, "holdingDays", 10) } : {}),
    ...(options.has("revaluationDays") ? { revaluationDays: numberOption(options, "revaluationDays", 1) } : {}),
    ...(asOf === undefined ? {} : { asOf: isoDate(readDate(asOf, "options", "asOf")) }),
    round: numberOption(options, "round", 0),
  };
};

/**
 * Supervisory haircut from a dated table: Basel III, Basel II, US uncleared margin, or the floors of CRE56. Not eligible is #N/A with the reason.
 * @customfunction HAIRCUT
 * @param schedule basel3, basel2, us-umr or haircut-floors.
 * @param assetClass sovereign, otherIssuer, securitisation, mainIndexEquity, otherEquity, gold, cash, fund or crypto. A cell or a column.
 * @param [residualMaturityYears] Residual maturity in years, for debt. The upper end of a band belongs to it: 1 is in 0 to 1 year.
 * @param [rating] AAA to D, A-1 to A-3, unrated, or unrated bank. Needed for debt under basel3 and basel2.
 * @param [options] fxMismatch=yes; holdingDays=20; revaluationDays=1; asOf=2026-11-22; round=0.01; floatingRate=yes; output=table
 * @returns {any[][]} Haircut as a decimal, one per row where columns are given.
 * @helpurl https://localhost:3000/help/haircut.html
 */
export function haircut(schedule: any[][], assetClass: any[][], residualMaturityYears?: any[][], rating?: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["fxMismatch", "holdingDays", "revaluationDays", "asOf", "round", "floatingRate", "output"]);
    const adjust = adjustmentsOf(read);
    const isTable = choiceOption(read, "output", outputs, "value") === "table";
    const isFloatingRate = yesNoOption(read, "floatingRate");
    let explain: () => readonly (readonly unknown[])[] = () => [];
    const rows = mapRows(
      ["schedule", "assetClass", "residualMaturityYears", "rating"],
      [schedule, assetClass, residualMaturityYears, rating],
      (cells) => {
        const [scheduleAt, classAt, maturityAt, ratingAt] = cells as [ArgumentCell, ArgumentCell, ArgumentCell, ArgumentCell];
        const answer = supervisoryHaircut(
          readTextCell(scheduleAt, "Schedule"),
          {
            assetClass: parseHaircutClass(readTextCell(classAt, "Class")),
            ...(isOpen(maturityAt) ? {} : { residualMaturityYears: readNumberCell(maturityAt, { name: "Residual maturity", minimum: 0 }) }),
            ...(isOpen(ratingAt) ? {} : { rating: readTextCell(ratingAt, "Rating") }),
            isFloatingRate,
          },
          adjust,
        );
        explain = () => explanationRows(answer.explain());
        return answer.haircut;
      },
    );
    if (!isTable) return rows;
    if (rows.length > 1 || (rows[0]?.length ?? 0) > 1) throw new DomainError("badInput", "output=table explains one haircut. Give single cells.");
    return explain();
  });
}

/**
 * Scales a haircut to another holding period and frequency of revaluation: H * sqrt((revaluationDays + toDays - 1) / fromDays), at most 1.
 * @customfunction HAIRCUT.SCALE
 * @param haircut Haircut as a decimal, for fromDays. A cell or a column.
 * @param fromDays Business days that the haircut is for, such as 10.
 * @param toDays Minimum holding period wanted, in business days.
 * @param [revaluationDays] Business days between revaluations, default 1.
 * @param [options] round=0.01; zero=allowed
 * @returns {any[][]} Scaled haircut as a decimal.
 * @helpurl https://localhost:3000/help/haircut-scale.html
 */
export function haircutScale(haircut: any[][], fromDays: any[][], toDays: any[][], revaluationDays?: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["round", "zero"]);
    const step = numberOption(read, "round", 0);
    const zeroAllowed = choiceOption(read, "zero", ["allowed", "refused"] as const, "refused") === "allowed";
    return mapRows(["haircut", "fromDays", "toDays", "revaluationDays"], [haircut, fromDays, toDays, revaluationDays], (cells) => {
      const [haircutAt, fromAt, toAt, revaluationAt] = cells as [ArgumentCell, ArgumentCell, ArgumentCell, ArgumentCell];
      const days = (at: ArgumentCell, name: string): number => readNumberCell(at, { name, minimum: 0, isExclusive: true });
      const value = readNumberCell(haircutAt, { name: "Haircut", isHaircut: true, refusesZeroInColumn: true }, zeroAllowed);
      const revaluation = isOpen(revaluationAt) ? 1 : days(revaluationAt, "revaluationDays");
      return roundHaircut(scaleHaircut(value, days(fromAt, "fromDays"), days(toAt, "toDays"), revaluation), step);
    });
  });
}

/**
 * Minimum haircut floor (CRE56) of one exchange or of a netting set, and whether the actual haircut breaches it.
 * @customfunction HAIRCUT.FLOOR
 * @param floorReceived Floor of what is received, as a decimal; a column for a netting set.
 * @param floorLent Floor of what is lent, as a decimal; none for cash.
 * @param received Value received; a column as high as floorReceived for a netting set.
 * @param lent Value lent; a column as high as floorLent for a netting set.
 * @param [options] zero=allowed; output=table
 * @returns {any[][]} The floor, and TRUE where the haircut is below it.
 * @helpurl https://localhost:3000/help/haircut-floor.html
 */
export function haircutFloorOf(floorReceived: any[][], floorLent: any[][], received: any[][], lent: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["zero", "output"]);
    const zeroAllowed = choiceOption(read, "zero", ["allowed", "refused"] as const, "refused") === "allowed";
    const answer = haircutFloor(readLegs("received", floorReceived, received, zeroAllowed), readLegs("lent", floorLent, lent, zeroAllowed));
    if (choiceOption(read, "output", outputs, "value") === "value") return [[answer.floor, answer.isBreached]];
    return [
      ["what", "value", "note"],
      ["floor", answer.floor, "(1 + floor received) / (1 + floor lent) - 1, weighted by value in a netting set"],
      ["haircut", answer.haircut, "received / lent - 1"],
      ["breached", answer.isBreached, answer.isBreached ? "to be treated as an unsecured loan (CRE56.7)" : "the floor is kept"],
    ];
  });
}

const readLegs = (side: string, floors: any[][], values: any[][], zeroAllowed: boolean): readonly FloorLeg[] => {
  const legs: FloorLeg[] = [];
  const heights = [toArgumentMatrix(floors).length, toArgumentMatrix(values).length];
  if (heights[0] !== heights[1]) {
    throw new DomainError("badInput", `floor and value of what is ${side} have ${heights[0]} and ${heights[1]} rows. Give the same size.`);
  }
  for (const row of mapRows(["floor", side], [floors, values], (cells) => {
    const [floorAt, valueAt] = cells as [ArgumentCell, ArgumentCell];
    const floor = readNumberCell(floorAt, { name: `Floor ${side}`, isHaircut: true, refusesZeroInColumn: true }, zeroAllowed);
    legs.push({ floor, value: readNumberCell(valueAt, { name: `Value ${side}`, minimum: 0 }) });
    return 0;
  })) {
    const bad = row.find((cell) => cell instanceof DomainError);
    if (bad instanceof DomainError) throw bad;
  }
  return legs;
};
