import type { Sensitivity, SensitivityRange } from "./allocation-outcome";
import { withShareOfWork } from "./answer-prices";
import { pairValues } from "./collateral-value";
import { excessOf, isOff, isTight, limitMarginal, limitRowsOf, shareMarginal, type Marginal, type PricedBook } from "./marginal-values";
import { unusedPairs, usedPairs } from "./pair-prices";
import type { LimitCase } from "./problem-shape";
import { amountIn, money, percent, units } from "./repair-numbers";

/** Marginal values that sheets show as well; undefined for what is short or has no price. */
export interface BookMarginals {
  readonly agreements: readonly (Marginal | undefined)[];
  readonly assets: readonly (Marginal | undefined)[];
}

/**
 * Says what changes are worth, in money and words: another unit required, another unit owned, a wider limit, a cheaper asset; and how far
 * each number holds, one change at a time.
 *
 * @param settled the point that is posted, model units
 */
export const sensitivitiesOf = (book: PricedBook, marginals: BookMarginals, settled: Float64Array): Sensitivity[] => {
  if (book.prices.dual.length === 0) return [];
  const share = (work: number): PricedBook => ({ ...book, prices: withShareOfWork(book.prices, work) });
  return [
    ...agreementPrices(book, marginals),
    ...limitPrices(share(0.2)),
    ...assetPrices(book, marginals),
    ...unusedPrices(share(0.15)),
    ...costRanges(share(0.1), settled),
  ];
};

/** Prices below this (base currency per year and unit) are rounding. */
const nothing = 1e-9;

const tailOf = ({ prices }: PricedBook): string => (prices.areGivenMovements ? ", given these movements" : "");

const perMillion = ({ problem }: PricedBook, rate: number): string =>
  `${roundMoney(Math.abs(rate) * 1e6)} ${problem.settings.baseCurrency} a year for each million`;

const differs = ({ more, less }: Marginal): boolean => more !== less;

/** Cents matter only below a hundred. */
const roundMoney = (value: number, cent = 0.01): string => amountIn(value >= 100 && cent === 0.01 ? Math.round(value) : value, 1, cent);

/** The range in the unit that people see. @param per base currency in one of it; @param now the amount today, in that unit */
const rangeOf = ({ room }: Marginal, now: number, per: number, unit: string): { readonly range?: SensitivityRange } =>
  room === undefined
    ? {}
    : {
        range: {
          now,
          unit,
          ...(Number.isFinite(room.down) ? { from: inwards(Math.max(0, now - room.down / per), now) } : {}),
          ...(Number.isFinite(room.up) ? { to: inwards(now + room.up / per, now) } : {}),
        },
      };

/** Seven digits are enough; rounded towards the amount today, so that the end itself still holds. */
const inwards = (end: number, now: number): number => {
  const step = 10 ** (Math.floor(Math.log10(Math.max(Math.abs(end), Math.abs(now), 1e-6))) - 6);
  const rounded = (end < now ? Math.ceil(end / step - 1e-6) : Math.floor(end / step + 1e-6)) * step;
  return Number((end < now ? Math.min(rounded, now) : Math.max(rounded, now)).toPrecision(12));
};

const rangeText = ({ range }: { readonly range?: SensitivityRange }): string => {
  if (range === undefined || (range.from === undefined && range.to === undefined)) return "";
  const now = `(now ${figure(range.now)})`;
  if (range.from === undefined) return `; holds up to ${figure(range.to!)} ${range.unit} ${now}`;
  if (range.to === undefined) return `; holds from ${figure(range.from)} ${range.unit} upwards ${now}`;
  return `; holds from ${figure(range.from)} to ${figure(range.to)} ${range.unit} ${now}`;
};

/** A number in words: whole from a thousand up, else six significant digits. */
const figure = (value: number): string => (Math.abs(value) >= 1000 ? money(Math.round(value)) : units(Number(value.toPrecision(6))));

const agreementPrices = (book: PricedBook, { agreements }: BookMarginals): Sensitivity[] =>
  book.problem.demands.flatMap((demand, d): Sensitivity[] => {
    const marginal = agreements[d];
    if (marginal === undefined || demand.required === 0) return [];
    const { agreementId } = demand;
    const { more, less, isLastUp } = marginal;
    const ranged = rangeOf(marginal, demand.requirement, demand.rate, `${demand.row.currency} required`);
    const isFull = more === Infinity;
    // Short by other rules both ways: there is no price to state.
    if (!Number.isFinite(more) && !Number.isFinite(less)) return [];
    const value = isFull ? less : more;
    const end = isLastUp && !isFull && ranged.range?.to !== undefined ? "; more cannot be covered" : "";
    const words = isFull
      ? `No more can be covered at ${agreementId}; one unit less saves ${perMillion(book, less)}`
      : `Another unit required at ${agreementId} ${more >= 0 ? "costs" : "earns"} ${perMillion(book, more)}` +
        (differs(marginal) && Number.isFinite(less) ? `, one less ${less >= 0 ? "saves" : "costs"} ${perMillion(book, less)}` : "");
    return [
      {
        kind: "agreement",
        id: agreementId,
        value,
        ...(differs(marginal) && !isFull && Number.isFinite(less) ? { valueOfLess: less } : {}),
        ...ranged,
        text: `${words}${tailOf(book)}${rangeText(ranged)}${end}.`,
      },
    ];
  });

const assetPrices = (book: PricedBook, { assets }: BookMarginals): Sensitivity[] =>
  book.problem.supplies.flatMap((supply, s): Sensitivity[] => {
    const marginal = assets[s];
    if (marginal === undefined) return [];
    const saves = -marginal.more;
    const loses = -marginal.less;
    if (saves <= nothing && loses <= nothing) return [];
    const { assetId } = supply.row;
    const ranged = rangeOf(marginal, supply.available, supply.unitValue, `${assetId} available`);
    const name = assetName(book, s);
    const less = Number.isFinite(loses) ? `less of it costs ${perMillion(book, loses)}` : "with less of it a call is short";
    const words =
      saves > nothing
        ? `More of ${name} saves ${perMillion(book, saves)}` + (differs(marginal) ? `, ${less}` : "")
        : `More of ${name} saves nothing, ${less}`;
    return [
      {
        kind: "asset",
        id: supply.key,
        value: Math.max(0, saves),
        ...(differs(marginal) && Number.isFinite(loses) ? { valueOfLess: loses } : {}),
        ...ranged,
        text: `${words}${tailOf(book)}${rangeText(ranged)}.`,
      },
    ];
  });

/** The asset, and where it is if it is in several places. */
const assetName = ({ problem }: PricedBook, s: number): string => {
  const supply = problem.supplies[s]!;
  const { assetId, location, account } = supply.row;
  const place = [location, account].filter((part) => part.trim() !== "").join(", ");
  return place !== "" && problem.supplies.filter((other) => other.row.assetId === assetId).length > 1 ? `${assetId} (${place})` : assetId;
};

const limitPrices = (book: PricedBook): Sensitivity[] => {
  const { problem, model } = book;
  return limitRowsOf(book).flatMap(({ limit: l, rows, total, gate }): Sensitivity[] => {
    const limit = problem.limits[l]!;
    const excess = excessOf(book, l) * model.index.scale;
    if (isOff(book, gate)) return [];
    return rows.flatMap((row, position): Sensitivity[] => {
      if (!isTight(book, row)) return [];
      if (excess > problem.cent) return excessPrice(book, limit, row, excess);
      const isShare = limit.basis === "posted" && position === 0;
      const found = isShare ? sharePrice(book, limit, row, total) : amountPrice(book, limit, row);
      return found === undefined ? [] : [{ kind: "limit", id: limit.name, ...found }];
    });
  });
};

/**
 * A soft limit that is exceeded: raising it takes as much off the excess and changes no cost. What it costs not to exceed it further is what
 * another unit above it would save.
 */
const excessPrice = (book: PricedBook, limit: LimitCase, row: number, excess: number): Sensitivity[] => {
  const marginal = limitMarginal(book, row, limit.direction, Infinity);
  const isMaximum = limit.direction === "max";
  const gain = isMaximum ? -marginal.more : marginal.less;
  if (!(gain > nothing) || !Number.isFinite(gain)) return [];
  const { baseCurrency } = book.problem.settings;
  const side = isMaximum ? "above" : "below";
  return [
    {
      kind: "limit",
      id: limit.name,
      value: gain,
      unit: `${baseCurrency} a year for each ${baseCurrency} more ${side} it`,
      text: `The soft ${limit.name} is ${side === "above" ? "exceeded" : "missed"} by ${roundMoney(excess, book.problem.cent)} ${baseCurrency}; being further ${side} it would save ${perMillion(book, gain)}${tailOf(book)}.`,
    },
  ];
};

type LimitPrice = Omit<Sensitivity, "kind" | "id">;

const amountPrice = (book: PricedBook, limit: LimitCase, row: number): LimitPrice | undefined => {
  const isMaximum = limit.direction === "max";
  const first = limit.members[0];
  const unitValue = first === undefined ? 1 : book.problem.supplies[book.problem.pairs[first]!.supply]!.unitValue;
  const stated = limit.basis === "units" ? limit.limit * unitValue : limit.basis === "posted" ? 0 : limit.limit;
  const amount = Math.max(stated, limit.orAmount ?? 0);
  const other = limit.basis === "posted" ? 0 : Math.min(stated, limit.orAmount ?? 0);
  const marginal = limitMarginal(book, row, limit.direction, amount, other);
  const { now, per, unit } = amount > stated ? { now: amount, per: 1, unit: book.problem.settings.baseCurrency } : statedUnit(book, limit, unitValue);
  const ranged = rangeOf(marginal, now, per, unit);
  return limitWords(book, limit, isMaximum ? -marginal.more : marginal.less, isMaximum ? -marginal.less : marginal.more, ranged);
};

/** The limit as its row states it. @returns per base currency in one of the unit */
const statedUnit = ({ problem }: PricedBook, limit: LimitCase, unitValue: number): { now: number; per: number; unit: string } => {
  const { basis, currency, rate } = limit.stated;
  if (limit.basis === "units") return { now: limit.limit, per: unitValue, unit: "units" };
  if (basis === "requirement") return { now: limit.stated.limit * 100, per: limit.stated.per / 100, unit: "% of the requirement" };
  return basis === "amount"
    ? { now: limit.limit / rate, per: rate, unit: currency }
    : { now: limit.limit, per: 1, unit: problem.settings.baseCurrency };
};

const limitWords = (
  book: PricedBook,
  limit: LimitCase,
  gain: number,
  loss: number,
  ranged: { readonly range?: SensitivityRange },
): LimitPrice | undefined => {
  if (!(gain > nothing) && !(loss > nothing)) return undefined;
  const isMaximum = limit.direction === "max";
  const tightened = Number.isFinite(loss)
    ? `${isMaximum ? "lowering" : "raising"} it costs ${perMillion(book, loss)}`
    : "any tighter and a rule breaks";
  const isPair = Math.abs(gain - loss) > 1e-6 * Math.max(gain, 1e-3);
  const words =
    `${isMaximum ? "Raising" : "Lowering"} the ${limit.name} saves ${gain > nothing ? perMillion(book, gain) : "nothing"}` +
    (isPair ? `, ${tightened}` : "");
  return {
    value: Math.max(0, gain),
    ...(isPair && Number.isFinite(loss) ? { valueOfLess: loss } : {}),
    ...ranged,
    text: `${words}${tailOf(book)}${rangeText(ranged)}.`,
  };
};

const sharePrice = (book: PricedBook, limit: LimitCase, row: number, total: number | undefined): LimitPrice | undefined => {
  const { cent, settings } = book.problem;
  const { baseCurrency } = settings;
  const money = (value: number): string => amountIn(value, 1, cent);
  const isMaximum = limit.direction === "max";
  const marginal = shareMarginal(book, row, limit.direction, postedInScope(book, limit), total);
  const [gain, loss] = [isMaximum ? -marginal.more : marginal.less, isMaximum ? -marginal.less : marginal.more].map((value) => value * 0.01) as [
    number,
    number,
  ];
  if (!(gain > 1e-4 * cent) && !(loss > 1e-4 * cent)) return undefined;
  const isPair = Math.abs(gain - loss) > 1e-6 * Math.max(gain, 0.1 * cent) && Number.isFinite(loss);
  const [raise, lower] = isMaximum ? ["Raising", "lowering"] : ["Lowering", "raising"];
  const other = isPair ? `, ${lower} it costs about ${money(loss)} ${baseCurrency}` : "";
  const ranged = rangeOf(
    { ...marginal, ...(marginal.shares === undefined ? {} : { room: marginal.shares }) },
    limit.limit * 100,
    0.01,
    "% of what is posted",
  );
  return {
    value: Math.max(0, gain),
    ...(isPair ? { valueOfLess: loss } : {}),
    unit: `${baseCurrency} a year for one point`,
    ...ranged,
    text: `${raise} the ${limit.name} from ${percent(limit.limit)} by one point saves about ${money(Math.max(0, gain))} ${baseCurrency} a year${other}${tailOf(book)}${rangeText(ranged)}.`,
  };
};

/** What is posted within the scope of a limit, by its own measure, base currency. */
const postedInScope = ({ problem, model: { index }, prices }: PricedBook, limit: LimitCase): number => {
  const quantities = Float64Array.from(problem.pairs, (pair, p) => {
    const keep = index.keep[p]! < 0 ? 0 : prices.primal[index.keep[p]!]!;
    return ((keep + prices.primal[index.deliver[p]!]!) * index.scale) / problem.supplies[pair.supply]!.unitValue;
  });
  const values =
    limit.valueBasis === "market"
      ? quantities.map((units, p) => units * problem.supplies[problem.pairs[p]!.supply]!.unitValue)
      : pairValues(problem, quantities);
  return limit.scope.reduce((sum, p) => sum + values[p]!, 0);
};

const unusedPrices = (book: PricedBook): Sensitivity[] =>
  unusedPairs(book).map(({ pair: p, cheaperBy, isExact }) => {
    const pair = book.problem.pairs[p]!;
    const { agreementId } = book.problem.demands[pair.demand]!;
    const by = `${isExact ? "" : "at least "}${Number(cheaperBy.toFixed(2))} bps`;
    return {
      kind: "pair",
      id: `${book.problem.supplies[pair.supply]!.key}>${agreementId}`,
      value: cheaperBy,
      text: `${assetName(book, pair.supply)} would be used at ${agreementId} if it were ${by} cheaper${tailOf(book)}.`,
    };
  });

/** Annual percentage of a rate. */
const rateText = (rate: number): string => `${(Math.round(rate * 1e4) / 100 || 0).toFixed(2)} %`;

const costRanges = (book: PricedBook, settled: Float64Array): Sensitivity[] =>
  usedPairs(book, settled).flatMap(({ pair: p, isTied, up, down }): Sensitivity[] => {
    const pair = book.problem.pairs[p]!;
    const { agreementId } = book.problem.demands[pair.demand]!;
    const { carryRate } = pair.costs;
    const name = `${assetName(book, pair.supply)} at ${agreementId}`;
    const between =
      up === Infinity
        ? `at least ${rateText(carryRate - down)}`
        : down === Infinity
          ? `at most ${rateText(carryRate + up)}`
          : `between ${rateText(carryRate - down)} and ${rateText(carryRate + up)}`;
    const stays =
      up === Infinity && down === Infinity
        ? "stays whatever it costs"
        : `stays as it is while it costs ${between} a year (now ${rateText(carryRate)})`;
    const nearest = Math.min(up, down);
    return [
      {
        kind: "cost",
        id: `${book.problem.supplies[pair.supply]!.key}>${agreementId}`,
        value: Number.isFinite(nearest) ? nearest * 1e4 : 0,
        ...(isTied
          ? {}
          : {
              range: {
                now: carryRate * 100,
                unit: "% a year",
                ...(down === Infinity ? {} : { from: (carryRate - down) * 100 }),
                ...(up === Infinity ? {} : { to: (carryRate + up) * 100 }),
              },
            }),
        text: isTied ? `${name} could be exchanged for another posting at the same cost${tailOf(book)}.` : `${name} ${stays}${tailOf(book)}.`,
      },
    ];
  });
