import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import { positionDelta, scenarioProfit, toScenarioPosition, type BookUnit, type ScenarioPosition } from "./scenario-book";
import { isSpan, scenarioGrid, type GridScenario } from "./scenario-grid";
import type { ScenarioParameters } from "./scenario-parameters";
import type { VenuePosition } from "./venue-margin";

/** One scenario with the book's profit in it. */
export interface ScenarioResult {
  readonly scenario: GridScenario;
  /** Sum over the positions, before weight and dampener. */
  readonly profit: number;
  /** What counts: weighted, and for extended moves less the dampener; a gain counts 0. */
  readonly counted: number;
}

/** The margin of one underlying. */
export interface ScenarioBook {
  readonly underlying: string;
  readonly unit: BookUnit;
  readonly price: number;
  readonly margin: number;
  /** Net delta in coins. */
  readonly delta: number;
  readonly results: readonly ScenarioResult[];
  readonly explanation: Explanation;
}

const part = (name: string, value: number, note = "", unit = ""): Explanation => ({ name, value, unit, note, from: [] });

/**
 * Calculates the margin of one book (all positions in one underlying, netted): the worst counted loss over the grid, plus shocks and contingencies.
 *
 * @throws DomainError badInput naming the row, or the parameter that is missing
 */
export const scenarioBook = (underlying: string, rows: readonly ScenarioPosition[], parameters: ScenarioParameters, unit: BookUnit): ScenarioBook => {
  const price = rows[0]?.forward ?? 1;
  const dampener = (parameters.number("extendedDampener", underlying) ?? 0) / (unit === "coin" ? price : 1);
  const results = scenarioGrid(parameters, underlying).map((scenario): ScenarioResult => {
    const profit = rows.reduce((sum, row) => sum + scenarioProfit(row, scenario, parameters, unit), 0);
    const weighted = profit * scenario.weight;
    return { scenario, profit, counted: Math.min(0, scenario.isExtended ? weighted + dampener : weighted) };
  });
  const worst = results.reduce((found, result) => (result.counted < found.counted ? result : found));
  const perCoin = unit === "coin" ? 1 : price;
  const loss = worst.counted === 0 ? 0 : -worst.counted;
  const parts = [
    part("worst loss", loss, loss === 0 ? "no scenario loses" : worst.scenario.label),
    part(
      "roll shock",
      rollShock(underlying, rows, parameters) * perCoin,
      "sum over expiries of |delta| * max(annualisedMoveRisk * days / 365, minAnnualisedMove)",
    ),
    part("delta shock", deltaShock(underlying, rows, parameters, price) * perCoin, "maxDeltaShock * |delta| above deltaTotalLiqShockThreshold"),
    part(
      "vega contingency",
      vegaContingency(underlying, rows, parameters, unit),
      "vegaContingency * vega profits of different expiries that offset each other",
    ),
    part("options contingency", optionsContingency(underlying, rows, parameters) * perCoin, "optionsContingency * coins under options"),
    part(
      "futures contingency",
      futuresContingency(underlying, rows, parameters) * perCoin,
      "futuresContingency (spreadCharge) * coins in offsetting futures",
    ),
  ];
  const sum = parts.reduce((total, item) => total + Number(item.value), 0);
  const least = (parameters.number("shortOptionMinimum", underlying) ?? 0) * shortOptionCoins(rows) * perCoin;
  const margin = Math.max(sum, least);
  const all = least > 0 ? [...parts, part("short option minimum", least, "the margin is not below it")] : parts;
  return {
    underlying,
    unit,
    price,
    margin,
    delta: rows.reduce((total, row) => total + positionDelta(row), 0),
    results,
    explanation: {
      name: `book ${underlying}`,
      value: margin,
      unit: unit === "coin" ? underlying : "money",
      note: `${rows.length} positions, price ${price}`,
      from: all,
    },
  };
};

/** Deltas by expiry; perpetuals are an expiry of their own. */
const deltasByExpiry = (rows: readonly ScenarioPosition[]): ReadonlyMap<number, number> => {
  const deltas = new Map<number, number>();
  for (const row of rows) deltas.set(row.days, (deltas.get(row.days) ?? 0) + positionDelta(row));
  return deltas;
};

const rollShock = (underlying: string, rows: readonly ScenarioPosition[], parameters: ScenarioParameters): number => {
  const annual = parameters.number("annualisedMoveRisk", underlying) ?? 0;
  const least = parameters.number("minAnnualisedMove", underlying) ?? 0;
  let total = 0;
  for (const [days, delta] of deltasByExpiry(rows)) total += Math.abs(delta) * Math.max((annual * days) / 365, least);
  return total;
};

const deltaShock = (underlying: string, rows: readonly ScenarioPosition[], parameters: ScenarioParameters, price: number): number => {
  const rate = parameters.number("maxDeltaShock", underlying) ?? 0;
  const threshold = parameters.number("deltaTotalLiqShockThreshold", underlying) ?? 0;
  const delta = Math.abs(rows.reduce((sum, row) => sum + positionDelta(row), 0));
  return rate * Math.max(0, delta - threshold / price);
};

const vegaContingency = (underlying: string, rows: readonly ScenarioPosition[], parameters: ScenarioParameters, unit: BookUnit): number => {
  const rate = parameters.number("vegaContingency", underlying) ?? 0;
  if (rate === 0) return 0;
  const up: GridScenario = { label: "", move: 0, volatility: "up", weight: 1, isExtended: false };
  const byExpiry = new Map<number, number>();
  for (const row of rows) byExpiry.set(row.days, (byExpiry.get(row.days) ?? 0) + scenarioProfit(row, up, parameters, unit));
  const profits = [...byExpiry.values()];
  const gains = profits.reduce((sum, profit) => sum + Math.max(0, profit), 0);
  const losses = profits.reduce((sum, profit) => sum + Math.max(0, -profit), 0);
  return rate * Math.min(gains, losses);
};

const coinsOf = (row: ScenarioPosition): number => {
  const size = row.position.quantity * row.position.multiplier;
  return row.option === undefined && row.isCoin ? size / row.forward : size;
};

const optionsContingency = (underlying: string, rows: readonly ScenarioPosition[], parameters: ScenarioParameters): number =>
  (parameters.number("optionsContingency", underlying) ?? 0) *
  rows.filter((row) => row.option !== undefined).reduce((sum, row) => sum + Math.abs(coinsOf(row)), 0);

/** Long against short futures of different expiries: the spread between them can move though the price does not. */
const futuresContingency = (underlying: string, rows: readonly ScenarioPosition[], parameters: ScenarioParameters): number => {
  const rate = parameters.number(isSpan(parameters, underlying) ? "spreadCharge" : "futuresContingency", underlying) ?? 0;
  const futures = rows.filter((row) => row.option === undefined);
  const deltas = [...deltasByExpiry(futures).values()];
  const long = deltas.reduce((sum, delta) => sum + Math.max(0, delta), 0);
  const short = deltas.reduce((sum, delta) => sum + Math.max(0, -delta), 0);
  return rate * Math.min(long, short);
};

const shortOptionCoins = (rows: readonly ScenarioPosition[]): number =>
  rows.filter((row) => row.option !== undefined).reduce((sum, row) => sum + Math.max(0, -coinsOf(row)), 0);

/** The margin of a portfolio, its books and what offsets between them saved. */
export interface ScenarioMargin {
  readonly margin: number;
  readonly unit: BookUnit;
  readonly books: readonly ScenarioBook[];
  readonly explanation: Explanation;
}

/**
 * Calculates scenario margin: full netting inside a book, books added, less the offsets that the parameters grant.
 *
 * Books of one correlation set (correlationSet = 1, 2, ...) share each scenario, and a gain in one counts at its pnlOffset; an offset_X credits
 * the smaller of two opposite deltas in both books.
 *
 * @param asOf UTC milliseconds, needed where positions expire
 * @param unit coin only where all positions are of one underlying and settle in it; undefined = coin there, else the quote currency
 * @param type maintenance multiplies with mmFactor; initial adds initialAddOn (open orders, market-maker protection)
 * @throws DomainError badInput naming rows, columns and parameters
 */
export const scenarioMargin = (
  positions: readonly VenuePosition[],
  parameters: ScenarioParameters,
  asOf: number | undefined,
  unit?: BookUnit,
  type: "riskMatrix" | "initial" | "maintenance" = "riskMatrix",
): ScenarioMargin => {
  const rows = positions.map((position) => toScenarioPosition(position, asOf));
  const underlyings = [...new Set(rows.map((row) => row.position.underlying))];
  const canBeCoin = underlyings.length === 1 && rows.every((row) => row.isCoin);
  if (unit === "coin" && !canBeCoin) throw new DomainError("badInput", "unit=coin needs one underlying in which every position settles.");
  const used = unit ?? (canBeCoin ? "coin" : "value");
  const books = underlyings.map((name) =>
    scenarioBook(
      name,
      rows.filter((row) => row.position.underlying === name),
      parameters,
      used,
    ),
  );
  const added = books.reduce((sum, book) => sum + book.margin, 0);
  const savings = [...correlationSavings(books, parameters), ...spreadSavings(books, parameters)];
  const matrix = Math.max(0, added - savings.reduce((sum, saving) => sum + Number(saving.value), 0));
  const first = underlyings[0] ?? "*";
  const addOn = type === "initial" ? (parameters.number("initialAddOn", first) ?? 0) : 0;
  const factor = type === "maintenance" ? parameters.needed("mmFactor", first) : 1;
  const margin = matrix * factor + addOn;
  const unitName = used === "coin" ? first : "money";
  return {
    margin,
    unit: used,
    books,
    explanation: {
      name: type === "riskMatrix" ? "scenario margin" : `${type} margin`,
      value: margin,
      unit: unitName,
      note: type === "maintenance" ? `mmFactor ${factor} * ${matrix}` : addOn > 0 ? `${matrix} + initialAddOn ${addOn}` : "books added, less offsets",
      from: [...books.map((book) => book.explanation), ...savings],
    },
  };
};

/** Books of one set lose together: the worst sum of one scenario, gains counted at pnlOffset, replaces the sum of the worsts. */
const correlationSavings = (books: readonly ScenarioBook[], parameters: ScenarioParameters): readonly Explanation[] => {
  const sets = new Map<number, ScenarioBook[]>();
  for (const book of books) {
    const set = parameters.number("correlationSet", book.underlying) ?? 0;
    if (set > 0) sets.set(set, [...(sets.get(set) ?? []), book]);
  }
  return [...sets].flatMap(([set, members]) => {
    const count = Math.min(...members.map((book) => book.results.length));
    if (members.length < 2 || members.some((book) => book.results.length !== count)) return [];
    let joint = 0;
    for (let index = 0; index < count; index += 1) {
      const sum = members.reduce((total, book) => {
        const result = book.results[index];
        if (result === undefined) return total;
        const gain = Math.max(0, result.profit) * (parameters.number("pnlOffset", book.underlying) ?? 0);
        return total + (result.counted < 0 ? result.counted : gain);
      }, 0);
      joint = Math.max(joint, -sum);
    }
    const apart = members.reduce((total, book) => total - Math.min(0, ...book.results.map((result) => result.counted)), 0);
    return [part(`saved in correlation set ${set}`, Math.max(0, apart - joint), `worst of one scenario ${joint} instead of ${apart}`, "money")];
  });
};

const spreadSavings = (books: readonly ScenarioBook[], parameters: ScenarioParameters): readonly Explanation[] => {
  const left = new Map(books.map((book) => [book.underlying, Math.abs(book.delta) * book.price]));
  return books.flatMap((one, index) =>
    books.slice(index + 1).flatMap((other) => {
      const rate = parameters.offset(one.underlying, other.underlying);
      if (rate === undefined || one.delta * other.delta >= 0) return [];
      const [oneLeft, otherLeft] = [left.get(one.underlying) ?? 0, left.get(other.underlying) ?? 0];
      const spread = Math.min(oneLeft, otherLeft);
      left.set(one.underlying, oneLeft - spread);
      left.set(other.underlying, otherLeft - spread);
      const credited = (book: ScenarioBook): number => (book.margin * spread) / (Math.abs(book.delta) * book.price);
      return [
        part(
          `saved by ${one.underlying} against ${other.underlying}`,
          rate * (credited(one) + credited(other)),
          `offset ${rate} on opposite deltas of ${spread}`,
          "money",
        ),
      ];
    }),
  );
};
