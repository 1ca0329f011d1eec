import type { RunSummary } from "../../src/app/collateral-app";
import { createCollateralApp } from "../../src/app/create-collateral-app";
import type { CellMatrix } from "../../src/core/basics/cell-value";
import { allocate } from "../../src/functions/allocation";
import { createDeskMachine } from "./desk-machine";
import { createMemoryWorkbook } from "./memory-workbook";
import { createTimelessSolver } from "./timeless-solver";

/** Tables by kind as text: a header line, then one line for each row; words between spaces, `_` for a blank cell, `~` for a space. */
export type TextTables = Readonly<Record<string, string>>;

/** A worked example: tables, and what a run must make of them. Only what is given is compared, but calls that are not named must not be short. */
export interface TableExample {
  readonly title: string;
  readonly tables: TextTables;
  /** Units by `asset>agreement`, or `asset@location>agreement`; nothing else may be posted. */
  readonly posted?: Readonly<Record<string, number>>;
  readonly byLocation?: boolean;
  /** By agreement, in its currency. */
  readonly required?: Readonly<Record<string, number>>;
  readonly short?: Readonly<Record<string, number>>;
  /** Carry in base currency a year of 365 days. */
  readonly cost?: number;
  /** Base currency a year for one more unit of base currency required, by agreement. */
  readonly price?: Readonly<Record<string, number>>;
  readonly moves?: number;
  /** What conflicts and declared misses must mention. */
  readonly says?: readonly RegExp[];
}

const toCell = (word: string): string | number => {
  if (word === "_") return "";
  return Number.isFinite(Number(word)) ? Number(word) : word.replace(/~/g, " ");
};

/** The cells of a text table, as a sheet holds them. */
export const cellsOf = (text: string): (string | number)[][] =>
  text
    .trim()
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim().split(/\s+/).map(toCell));

/** One engine for all runs of a test file: loading it takes longer than most solves. */
const solver = createTimelessSolver();

/** Runs tables as the pane does: read, checked, solved, verified, written. */
export const runTables = (tables: TextTables): Promise<RunSummary> => {
  const workbook = createMemoryWorkbook(
    Object.entries(tables).map(([kind, text]) => ({
      name: `tbl${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
      sheet: kind,
      rowIndex: 0,
      columnIndex: 0,
      values: cellsOf(text) as CellMatrix,
    })),
  );
  return createCollateralApp({ workbook, machine: createDeskMachine(), solver, version: "0" }).run().done;
};

const cellKinds = ["assets", "agreements", "eligibility", "limits", "holdings", "tiers", "fx", "costs", "settings"];

/** Tells whether COLL.ALLOCATE has an argument for each of the tables. */
export const fitsCells = (tables: TextTables): boolean => Object.keys(tables).every((kind) => cellKinds.includes(kind));

/** Gives the tables to COLL.ALLOCATE as Excel does: blank cells are null, left-out tables too. */
export const runCells = (tables: TextTables, output: "allocation" | "coverage" | "moves"): Promise<any[][]> => {
  const argument = (kind: string): any[][] | null => {
    const text = tables[kind];
    return text === undefined ? null : cellsOf(text).map((row) => row.map((cell) => (cell === "" ? null : cell)));
  };
  const [first, second, third, ...rest] = cellKinds.map(argument) as any[][][];
  return allocate(first!, second!, third!, ...(rest as [any[][]]), [[`output=${output}; zero=allowed`]]);
};
