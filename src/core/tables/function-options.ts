import { isBlank, isErrorCell, showCell, type CellMatrix, type CellValue } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";

/** Options of a custom function as read: lower-case key -> text, in the order given. */
export type FunctionOptions = ReadonlyMap<string, string>;

/**
 * Reads the last argument of a function: `"quantile=exc; days=10"` in one cell, or a two-column range of keys and values.
 *
 * Keys are matched without case. An unknown or repeated key, a pair without `=` or a decimal comma is refused by name.
 *
 * @param argument cell, matrix of cells, null or undefined
 * @param allowed the keys this function knows, in the spelling shown to the user
 * @returns map from the allowed spelling of the key to its text
 * @throws DomainError badInput with the key named
 */
export const parseFunctionOptions = (argument: CellValue | CellMatrix, allowed: readonly string[]): FunctionOptions => {
  const options = new Map<string, string>();
  const known = new Map(allowed.map((key) => [key.toLowerCase(), key]));
  const add = (rawKey: string, rawValue: string): void => {
    const key = known.get(rawKey.trim().toLowerCase());
    if (key === undefined) {
      throw new DomainError("badInput", `Option "${rawKey.trim()}" is unknown. Use ${allowed.join(", ")}.`.slice(0, 120));
    }
    if (options.has(key)) throw new DomainError("badInput", `Option "${key}" is given twice. Keep one.`);
    const value = rawValue.trim();
    if (value === "") throw new DomainError("badInput", `Option "${key}" has no value. Write ${key}=value.`);
    if (/^[-+]?\d+,\d+%?$/.test(value)) {
      throw new DomainError("badInput", `Option ${key}=${value} has a decimal comma. Write ${value.replace(",", ".")}.`);
    }
    options.set(key, value);
  };
  for (const [key, value] of pairsOf(argument)) add(key, value);
  return options;
};

const pairsOf = (argument: CellValue | CellMatrix): (readonly [string, string])[] => {
  if (!Array.isArray(argument)) return pairsOfText(argument as CellValue);
  const rows = argument as CellMatrix;
  if (rows.length === 1 && rows[0]?.length === 1) return pairsOfText(rows[0][0]);
  if (rows.some((row) => row.length !== 2)) {
    throw new DomainError("badInput", "Options must be one text (key=value; key=value) or a range of two columns.");
  }
  return rows
    .filter((row) => !(isBlank(row[0]) && (isBlank(row[1]) || row[1] === 0)))
    .filter((row) => !(row[0] === 0 && (isBlank(row[1]) || row[1] === 0)))
    .map((row) => {
      if (isErrorCell(row[0]) || isErrorCell(row[1]))
        throw new DomainError("badInput", `Options hold the error ${showCell(isErrorCell(row[0]) ? row[0] : row[1])}. Fix that cell.`);
      return [String(row[0]), isBlank(row[1]) ? "" : String(row[1])] as const;
    });
};

const pairsOfText = (cell: CellValue): (readonly [string, string])[] => {
  if (isBlank(cell) || cell === 0) return [];
  if (isErrorCell(cell)) throw new DomainError("badInput", `Options hold the error ${showCell(cell)}. Fix that cell.`);
  if (typeof cell !== "string") throw new DomainError("badInput", `Options must be text such as "days=10", not ${showCell(cell)}.`);
  return cell
    .split(";")
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const at = part.indexOf("=");
      if (at < 1) throw new DomainError("badInput", `Option "${part.trim()}" has no value. Write ${part.trim()}=value.`.slice(0, 120));
      return [part.slice(0, at), part.slice(at + 1)] as const;
    });
};

/** Reads a number option; percentages such as `5%` become decimals. @throws DomainError badInput */
export const numberOption = (options: FunctionOptions, key: string, fallback: number): number => {
  const text = options.get(key);
  if (text === undefined) return fallback;
  const isPercent = text.endsWith("%");
  const value = Number(isPercent ? text.slice(0, -1) : text);
  if (!Number.isFinite(value))
    throw new DomainError("badInput", `Option ${key}=${text} is not a number. Write it with a point: ${key}=0.5.`.slice(0, 120));
  return isPercent ? value / 100 : value;
};

/** Reads a choice option without case. @throws DomainError badInput with the choices */
export const choiceOption = <T extends string>(options: FunctionOptions, key: string, choices: readonly T[], fallback: T): T => {
  const text = options.get(key)?.toLowerCase();
  if (text === undefined) return fallback;
  const found = choices.find((choice) => choice.toLowerCase() === text);
  if (found === undefined) throw new DomainError("badInput", `Option ${key}=${text} is unknown. Use ${choices.join(", ")}.`.slice(0, 120));
  return found;
};

/** Reads a yes/no option. @throws DomainError badInput */
export const yesNoOption = (options: FunctionOptions, key: string, fallback = false): boolean =>
  choiceOption(options, key, ["yes", "no", "true", "false", "1", "0"] as const, fallback ? "yes" : "no").match(/yes|true|1/) !== null;
