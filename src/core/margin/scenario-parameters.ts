import { DomainError } from "../basics/domain-error";
import { regulationTable, versionInForce } from "../regulation/regulation-tables";
import type { RegulationRow } from "../regulation/regulation-table";

/** One row of the parameters table: a key for an underlying, or for all (`*`). */
export interface ScenarioParameterRow {
  readonly key: string;
  readonly underlying: string;
  readonly value: number;
  /** `parameters row 3`, for messages. */
  readonly at: string;
}

/** The keys that a scenario grid knows; lists are numbered (price_move_1, extended_move_1) and offsets name the other book (offset_ETH). */
const knownKeys = [
  "priceRange",
  "bucketsEachSide",
  "volatilityRangeUp",
  "volatilityRangeDown",
  "minVolatilityForShockUp",
  "shortTermVegaPower",
  "longTermVegaPower",
  "extendedTableFactor",
  "extendedDampener",
  "annualisedMoveRisk",
  "minAnnualisedMove",
  "maxDeltaShock",
  "deltaTotalLiqShockThreshold",
  "mmFactor",
  "pnlOffset",
  "correlationSet",
  "optionsContingency",
  "futuresContingency",
  "vegaContingency",
  "initialAddOn",
  "volScenarios",
  "priceScanRange",
  "volatilityScanRange",
  "shortOptionMinimum",
  "spreadCharge",
] as const;
export type ScenarioKey = (typeof knownKeys)[number];

/** Shares of the price or of other amounts that cannot exceed 1. */
const decimals: ReadonlySet<ScenarioKey> = new Set<ScenarioKey>([
  "priceRange",
  "volatilityRangeDown",
  "mmFactor",
  "pnlOffset",
  "maxDeltaShock",
  "optionsContingency",
  "futuresContingency",
  "vegaContingency",
  "priceScanRange",
]);

/** Relative changes of volatility: they may be above 1, but a percentage is not meant. */
const shocks: ReadonlySet<ScenarioKey> = new Set<ScenarioKey>(["volatilityRangeUp", "volatilityScanRange"]);
const largestShock = 5;
const mostBuckets = 200;

/** Parameters by underlying, with those for `*` behind them. */
export interface ScenarioParameters {
  readonly number: (key: ScenarioKey, underlying: string) => number | undefined;
  readonly needed: (key: ScenarioKey, underlying: string) => number;
  /** Numbered values in the order of their numbers. */
  readonly list: (name: "priceMove" | "extendedMove", underlying: string) => readonly number[];
  /** Offset rate between two books, in either order. */
  readonly offset: (one: string, other: string) => number | undefined;
}

const keyOf = (text: string): string => text.toLowerCase().replace(/[\s_\-.]/g, "");

const parameterOf = new Map<string, ScenarioKey>(knownKeys.map((key) => [keyOf(key), key]));

const numbered = /^(pricemove|extendedmove)(\d+)$/;
const offsetKey = /^offset[:_\s-]*(.+)$/i;

/**
 * Arranges the rows of a parameters table.
 *
 * @throws DomainError badInput with the row of an unknown, repeated or impossible value
 */
export const arrangeScenarioParameters = (rows: readonly ScenarioParameterRow[]): ScenarioParameters => {
  const values = new Map<string, number>();
  const lists = new Map<string, { readonly order: number; readonly value: number }[]>();
  const offsets = new Map<string, number>();
  for (const row of rows) {
    const book = bookOf(row);
    const list = numbered.exec(keyOf(row.key));
    const other = offsetKey.exec(row.key.trim());
    const key = parameterOf.get(keyOf(row.key));
    if (list !== null) {
      if (!(row.value > -1))
        throw new DomainError("badInput", `${row.at}: ${row.key} ${row.value} is a fall of 100 % or more. Write -0.66 for -66 %.`);
      const name = `${list[1]}|${book}`;
      const order = Number(list[2]);
      if (lists.get(name)?.some((entry) => entry.order === order) === true) throw repeated(row);
      lists.set(name, [...(lists.get(name) ?? []), { order, value: row.value }]);
    } else if (key !== undefined) {
      checkValue(row, key);
      if (values.has(`${key}|${book}`)) throw repeated(row);
      values.set(`${key}|${book}`, row.value);
    } else if (other !== null && keyOf(row.key) !== "offset") {
      checkShare(row);
      const pair = pairKey(book, (other[1] ?? "").trim());
      if (offsets.has(pair)) throw repeated(row);
      offsets.set(pair, row.value);
    } else {
      throw new DomainError("badInput", `${row.at}: key "${row.key.slice(0, 30)}" is unknown. See the help page for the keys.`);
    }
  }
  const both = rows.find((row) => keyOf(row.key) === "pricescanrange" && values.has(`priceRange|${bookOf(row)}`));
  if (both !== undefined)
    throw new DomainError("badInput", `${both.at}: ${both.underlying} has a price_range and a price_scan_range. Keep the grid or SPAN.`);
  const find = (key: ScenarioKey, underlying: string): number | undefined =>
    values.get(`${key}|${underlying.toUpperCase()}`) ?? values.get(`${key}|*`);
  return {
    number: find,
    needed: (key, underlying) => {
      const value = find(key, underlying);
      if (value === undefined) throw new DomainError("badInput", `parameters has no ${key} for ${underlying}. Add a row for it or for *.`);
      return value;
    },
    list: (name, underlying) => {
      const found = lists.get(`${name.toLowerCase()}|${underlying.toUpperCase()}`) ?? lists.get(`${name.toLowerCase()}|*`) ?? [];
      return [...found].sort((a, b) => a.order - b.order).map((entry) => entry.value);
    },
    offset: (one, other) => offsets.get(pairKey(one, other)),
  };
};

const bookOf = (row: ScenarioParameterRow): string => (row.underlying === "*" ? "*" : row.underlying.toUpperCase());

const repeated = (row: ScenarioParameterRow): DomainError =>
  new DomainError("badInput", `${row.at}: ${row.key} for ${row.underlying} stands twice. Keep one.`);

const pairKey = (one: string, other: string): string => [one.toUpperCase(), other.toUpperCase()].sort().join("|");

const checkValue = (row: ScenarioParameterRow, key: ScenarioKey): void => {
  if (row.value < 0) throw new DomainError("badInput", `${row.at}: ${row.key} ${row.value} is below 0. Write it as a size.`);
  if (decimals.has(key)) checkShare(row);
  if (key === "bucketsEachSide" && !(Number.isInteger(row.value) && row.value >= 1 && row.value <= mostBuckets))
    throw new DomainError("badInput", `${row.at}: ${row.key} ${row.value} must be a whole number from 1 to ${mostBuckets}.`);
  if (shocks.has(key) && row.value > largestShock)
    throw new DomainError("badInput", `${row.at}: ${row.key} ${row.value} is above ${largestShock}. Write 0.5 for 50 %.`);
};

const checkShare = (row: ScenarioParameterRow): void => {
  if (row.value < 0 || row.value > 1)
    throw new DomainError("badInput", `${row.at}: ${row.key} ${row.value} must be between 0 and 1. Write 0.16 for 16 %.`);
};

interface StoredParameter extends RegulationRow {
  readonly key: string;
  readonly underlying: string;
  readonly value: number;
}

/**
 * Takes the parameter rows of a stored, dated set such as deribit_portfolio_margin.
 *
 * @param asOf UTC milliseconds at which the set must be in force; undefined = its latest version
 * @throws DomainError badInput for an unknown set, notFound where asOf is before the set
 */
export const storedScenarioParameters = (id: string, asOf?: number): readonly ScenarioParameterRow[] => {
  if (!["deribit_portfolio_margin"].includes(id)) {
    throw new DomainError("badInput", `Parameter set "${id.slice(0, 30)}" is unknown. Use deribit_portfolio_margin or give a table.`);
  }
  const table = versionInForce([regulationTable<StoredParameter>(id)], asOf === undefined ? undefined : new Date(asOf).toISOString().slice(0, 10));
  return table.rows.map((row, index) => ({
    key: row.key,
    underlying: row.underlying,
    value: row.value,
    at: `${id} row ${index + 1}`,
  }));
};
