import { isBlank, isErrorCell, showCell, type CellValue } from "../basics/cell-value";
import type { Severity } from "../basics/issue";
import type { ColumnRule } from "./column-catalogue";

/** A cell's value after reading: text, number, yes/no or a list of codes. */
export type ReadValue = string | number | boolean | readonly string[];

export interface CellProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
}

export interface ReadCell {
  readonly value?: ReadValue;
  readonly problem?: CellProblem;
}

/**
 * Reads one cell by its column's rule. The pane reads the sheet itself, so a blank is a blank and a typed 0 is 0.
 *
 * @returns the value, nothing for an allowed blank, or the problem with its fix
 */
export const readCell = (rule: ColumnRule, cell: CellValue): ReadCell => {
  if (isErrorCell(cell)) {
    return problem("error-value", `${rule.name} holds the error ${showCell(cell)}.`, `Fix the formula or ${entryOf(rule)}.`);
  }
  if (isBlank(cell)) {
    return rule.required === true ? problem("blank", `${rule.name} is blank.`, `${capital(entryOf(rule))}.`) : {};
  }
  switch (rule.kind) {
    case "text":
      return { value: String(cell).trim() };
    case "list":
      return {
        value: String(cell)
          .split(/[,;\s]+/)
          .filter((code) => code !== ""),
      };
    case "choice":
      return readChoice(rule, cell);
    case "yesNo":
      return readYesNo(rule, cell);
    case "date":
      return readDate(rule, cell);
    default:
      return readNumber(rule, cell);
  }
};

/** Says what to type: `type a number (per unit, in priceCurrency)`, `choose from coin, value`. */
const entryOf = (rule: ColumnRule): string => {
  if (rule.kind === "choice") return `choose from ${(rule.choices ?? []).join(", ")}`;
  const what = ["number", "decimal", "haircut"].includes(rule.kind) ? "a number" : `the ${rule.name}`;
  return `type ${what}${rule.unit === "" ? "" : ` (${rule.unit})`}`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const problem = (code: string, message: string, fix: string): ReadCell => ({ problem: { code, severity: "error", message, fix } });

/** A choice as it is compared: without case, spaces and hyphens. */
export const wordOf = (cell: CellValue): string =>
  String(cell ?? "")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, "");

const readChoice = (rule: ColumnRule, cell: CellValue): ReadCell => {
  const wanted = wordOf(cell);
  const found = (rule.choices ?? []).find((choice) => choice.toLowerCase() === wanted);
  return found === undefined
    ? problem("unknown-choice", `${rule.name} ${showCell(cell)} is unknown.`, `Use ${(rule.choices ?? []).join(", ")}.`)
    : { value: found };
};

const yes = new Set(["yes", "y", "true", "1"]);
const no = new Set(["no", "n", "false", "0"]);

const readYesNo = (rule: ColumnRule, cell: CellValue): ReadCell => {
  const word = String(cell).trim().toLowerCase();
  if (yes.has(word)) return { value: true };
  if (no.has(word)) return { value: false };
  return problem("not-yes-no", `${rule.name} ${showCell(cell)} is neither yes nor no.`, "Type yes or no.");
};

/** Excel's day 0 is 1899-12-30 for every date after February 1900. */
const millisecondsPerDay = 86_400_000;
const excelEpoch = Date.UTC(1899, 11, 30);

/** Turns an Excel date serial into ISO UTC text. */
export const isoOfSerial = (serial: number): string => new Date(excelEpoch + Math.round(serial * millisecondsPerDay)).toISOString();

const readDate = (rule: ColumnRule, cell: CellValue): ReadCell => {
  const wrong = problem("not-a-date", `${rule.name} ${showCell(cell)} is not a date.`, "Type a date, or text such as 2026-11-22T16:00Z (UTC).");
  if (typeof cell === "number") return cell > 0 && cell < 2_958_466 ? { value: isoOfSerial(cell) } : wrong;
  const text = String(cell).trim();
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|UTC|[+-]\d{2}:\d{2})?$/i.exec(text);
  if (parts === null) return wrong;
  const [, day = "", clock = "00:00", zone = "Z"] = parts;
  // Date.parse takes 30 February for 2 March.
  const midnight = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return wrong;
  const time = Date.parse(`${day}T${clock}${/^[+-]/.test(zone) ? zone : "Z"}`);
  return Number.isNaN(time) ? wrong : { value: new Date(time).toISOString() };
};

const readNumber = (rule: ColumnRule, cell: CellValue): ReadCell => {
  const isHaircut = rule.kind === "haircut";
  if (isHaircut && typeof cell === "string" && cell.trim().toLowerCase() === "none") return { value: 0 };
  if (typeof cell !== "number") {
    const hint =
      typeof cell === "string" && /^\s*[-+]?[\d.,]+\s*%\s*$/.test(cell)
        ? "It is text: type it again as a number with the percent format, such as 0.08."
        : `Type a number (${rule.unit || "no text"}).`;
    const kind = typeof cell === "string" ? "text" : "a yes or no";
    return problem("not-a-number", `${rule.name} ${showCell(cell)} is ${kind}, not a number.`, hint);
  }
  if (!Number.isFinite(cell)) return problem("not-finite", `${rule.name} is not a finite number.`, "Type a number.");
  return checkRange(rule, cell);
};

const checkRange = (rule: ColumnRule, value: number): ReadCell => {
  const minimum = rule.minimum ?? -Infinity;
  if (value < minimum || (rule.isExclusive === true && value <= minimum)) {
    const words = rule.isExclusive === true ? `must be above ${minimum}` : `must not be below ${minimum}`;
    const hint =
      rule.name === "quantity"
        ? "A debt at a venue is a negative row of tblHoldings, not of tblAssets."
        : `Type a value ${rule.isExclusive === true ? "above" : "from"} ${minimum}.`;
    return problem("too-small", `${rule.name} is ${value}; it ${words}.`, hint);
  }
  if (rule.maximum !== undefined && value > rule.maximum) {
    const isShare = rule.maximum === 1;
    const fix = isShare && value <= 100 ? `If you mean ${value} %, type ${value / 100} or ${value}%.` : `Type a value up to ${rule.maximum}.`;
    return problem("too-large", `${rule.name} is ${value}; it must not be above ${rule.maximum}.`, fix);
  }
  return { value };
};
