import { isBlank, isErrorCell, showCell, type CellMatrix, type CellValue } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";

/** What a function gets for a range argument: a matrix, a bare cell, or null where it is left out. */
export type RangeArgument = CellValue | CellMatrix;

/** Tells whether an optional argument was left out (Excel hands null for it). */
export const isOmitted = (argument: RangeArgument): argument is null | undefined => argument === null || argument === undefined;

/** Brings an argument to a matrix; a bare cell becomes 1x1. */
export const toArgumentMatrix = (argument: RangeArgument): CellMatrix =>
  Array.isArray(argument) ? (argument as CellMatrix) : [[argument as CellValue]];

/** How a blank is told from a number: see functions.md section 1. */
export interface NumberRule {
  /** Name as the message starts: `Haircut`, `Price`. */
  readonly name: string;
  /** The argument is a haircut: the word `none` is 0, values above 1 are refused. */
  readonly isHaircut?: boolean;
  /** In a column, 0 cannot be told from a blank cell and is refused. */
  readonly refusesZeroInColumn?: boolean;
  readonly minimum?: number;
  /** The value must be larger than `minimum`. */
  readonly isExclusive?: boolean;
}

/** Height and width of the columns that a call got. */
export interface ArgumentShape {
  readonly rows: number;
  readonly columns: number;
}

/** One cell of an argument and where it stands. */
export interface ArgumentCell {
  readonly cell: CellValue;
  /** The shape of the columns; undefined for a single cell. */
  readonly shape?: ArgumentShape;
  /** 0-based place in the column; 0 for a single cell. */
  readonly row: number;
  readonly column: number;
}

/** A cell that stands alone. */
export const singleArgumentCell = (cell: CellValue): ArgumentCell => ({ cell, row: 0, column: 0 });

/** Tells whether a cell is one of a column, where some Excel builds hand blanks over as 0. */
export const isInColumn = (at: ArgumentCell): boolean => at.shape !== undefined;

/** " row 7" for a cell in a column, "" for a single cell. Built only for messages: columns can have a million rows. */
export const whereIs = (at: ArgumentCell): string => {
  if (at.shape === undefined) return "";
  if (at.shape.columns === 1) return ` row ${at.row + 1}`;
  return at.shape.rows === 1 ? ` column ${at.column + 1}` : ` row ${at.row + 1} column ${at.column + 1}`;
};

/** The most cells that one call spills; larger inputs belong in the pane. */
const cellLimit = 1_100_000;

/**
 * Evaluates a formula row by row: whole columns give a spilled answer of the same height, single cells are repeated.
 *
 * A DomainError in one row of a column becomes that row's error value; with single cells only, it is thrown.
 *
 * @param names argument names for messages, in the order of `argumentsGiven`
 * @param argumentsGiven matrices or cells; a left-out argument is passed to the formula as null
 * @param formula gets one cell per argument
 * @returns rectangle in the shape of the columns
 * @throws DomainError badInput where two columns have different heights
 */
export const mapRows = (
  names: readonly string[],
  argumentsGiven: readonly RangeArgument[],
  formula: (cells: readonly ArgumentCell[]) => number | string | boolean,
): readonly (readonly (number | string | boolean | DomainError)[])[] => {
  const matrices = argumentsGiven.map(toArgumentMatrix);
  const shape = shapeOf(names, matrices);
  const singles = matrices.map((matrix) => (isSingle(matrix) ? singleArgumentCell(matrix[0]?.[0]) : undefined));
  if (shape === undefined) return [[formula(singles.map((single) => single ?? singleArgumentCell(undefined)))]];
  if (shape.rows * shape.columns > cellLimit) throw new DomainError("tooLarge", `${shape.rows} rows are too many for one formula. Split the range.`);
  const answers: (number | string | boolean | DomainError)[][] = [];
  for (let row = 0; row < shape.rows; row += 1) {
    const line: (number | string | boolean | DomainError)[] = [];
    for (let column = 0; column < shape.columns; column += 1) {
      const cells = matrices.map((matrix, index) => singles[index] ?? { cell: matrix[row]?.[column], shape, row, column });
      try {
        line.push(formula(cells));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        line.push(error);
      }
    }
    answers.push(line);
  }
  return answers;
};

const isSingle = (matrix: CellMatrix): boolean => matrix.length <= 1 && (matrix[0]?.length ?? 0) <= 1;

const shapeOf = (names: readonly string[], matrices: readonly CellMatrix[]): ArgumentShape | undefined => {
  let shape: { rows: number; columns: number; name: string } | undefined;
  matrices.forEach((matrix, index) => {
    if (isSingle(matrix)) return;
    const found = { rows: matrix.length, columns: matrix[0]?.length ?? 0, name: names[index] ?? "argument" };
    if (shape !== undefined && (shape.rows !== found.rows || shape.columns !== found.columns)) {
      const [a, b] = shape.rows === found.rows ? [`${shape.columns} columns`, String(found.columns)] : [`${shape.rows} rows`, String(found.rows)];
      throw new DomainError("badInput", `${shape.name} has ${a}, ${found.name} has ${b}. Give ranges of the same size.`);
    }
    shape ??= found;
  });
  return shape;
};

/** Refuses an Excel error in a cell: a missing price stays "no answer", anything else is bad input. */
const refuseError = (name: string, at: ArgumentCell): void => {
  if (!isErrorCell(at.cell)) return;
  const shown = showCell(at.cell);
  throw new DomainError(/N\/A|notAvailable/i.test(shown) ? "noPrice" : "badInput", `${name}${whereIs(at)} is ${shown}. Fix that cell.`);
};

/**
 * Reads a number of an argument under the blank rules: never a guess, never a blank taken as a haircut of 0.
 *
 * @param at the cell and where it stands
 * @param rule name, sign and what 0 means
 * @param zeroAllowed the option zero=allowed: a 0 in a column is meant
 * @throws DomainError badInput (noPrice for #N/A) with where, what and the fix
 */
export const readNumberCell = (at: ArgumentCell, rule: NumberRule, zeroAllowed = false): number => {
  const { cell } = at;
  // The usual case first: a column can have a million cells.
  if (typeof cell === "number" && cell > 0 && cell <= 1 && rule.minimum === undefined) return cell;
  refuseError(rule.name, at);
  const isZeroBlank = isInColumn(at) && cell === 0 && rule.refusesZeroInColumn === true && !zeroAllowed;
  if (isBlank(cell) || isZeroBlank) throw blankError(rule, whereIs(at), isInColumn(at) && rule.refusesZeroInColumn === true);
  if (rule.isHaircut === true && typeof cell === "string" && cell.trim().toLowerCase() === "none") return 0;
  if (typeof cell !== "number" || !Number.isFinite(cell)) throw notANumber(rule, at);
  const minimum = rule.isHaircut === true ? 0 : rule.minimum;
  if (rule.isHaircut === true && cell > 1) {
    const short = String(Number((cell / 100).toPrecision(6)));
    throw new DomainError(
      "badInput",
      `${rule.name}${whereIs(at)} is ${cell}, above 1. Write ${cell <= 100 ? `${short} or ${cell}%` : "a decimal such as 0.08"}.`,
    );
  }
  if (minimum !== undefined && (cell < minimum || (rule.isExclusive === true && cell === minimum))) {
    throw new DomainError(
      "badInput",
      `${rule.name}${whereIs(at)} is ${cell}. It must be ${rule.isExclusive === true ? "above" : "at least"} ${minimum}.`,
    );
  }
  return cell;
};

const blankError = (rule: NumberRule, where: string, mayBeZero: boolean): DomainError => {
  const what = mayBeZero ? "blank or 0" : "blank";
  const fix = rule.isHaircut === true ? "Type none if no haircut applies." : `Type the ${rule.name.toLowerCase()}.`;
  return new DomainError("badInput", `${rule.name}${where} is ${what}. ${fix}`);
};

const notANumber = (rule: NumberRule, at: ArgumentCell): DomainError => {
  const example = rule.isHaircut === true ? "Write a number such as 0.08 for 8 %." : "Write a number.";
  return new DomainError("badInput", `${rule.name}${whereIs(at)} is ${showCell(at.cell)}, not a number. ${example}`.slice(0, 120));
};

/** Reads a text of an argument, trimmed; numbers are shown as text. @throws DomainError badInput */
export const readTextCell = (at: ArgumentCell, name: string): string => {
  refuseError(name, at);
  if (isBlank(at.cell)) throw new DomainError("badInput", `${name}${whereIs(at)} is blank. Type a value.`);
  return String(at.cell).trim();
};

/** Reads an optional number: a left-out or blank cell is undefined. @throws DomainError badInput */
export const readOptionalNumberCell = (at: ArgumentCell, rule: NumberRule): number | undefined =>
  isBlank(at.cell) ? undefined : readNumberCell(at, rule, true);
