import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import { effectiveNotional, type SaccrTrade } from "./saccr-trade";

/** Basis sets count half, volatility sets five times. @source Basel Framework CRE52.46, CRE52.47 */
const setKinds = { plain: 1, basis: 0.5, volatility: 5 } as const;
type SetKind = keyof typeof setKinds;

const kindOf = (trade: SaccrTrade): SetKind => {
  const text = (trade.hedgingSet ?? "").trim().toLowerCase();
  if (/^basis\b/.test(text)) return "basis";
  return /^volatility\b/.test(text) ? "volatility" : "plain";
};

const neededText = (trade: SaccrTrade, column: string, value: string | undefined, what: string): string => {
  if (value === undefined || value === "") throw new DomainError("badInput", `${trade.at}: ${column} is blank. Give the ${what}.`);
  return value;
};

interface WeightedTrade {
  readonly trade: SaccrTrade;
  readonly notional: number;
}

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};

const sum = (items: readonly WeightedTrade[]): number => items.reduce((total, item) => total + item.notional, 0);

/** Adds the maturity buckets of one currency: below 1, 1 to 5, above 5 years. @source Basel Framework CRE52.57 */
const interestRateNotional = (items: readonly WeightedTrade[]): number => {
  const buckets: [number, number, number] = [0, 0, 0];
  for (const { trade, notional } of items) {
    const end = trade.endYears ?? trade.maturityYears ?? 0;
    buckets[end < 1 ? 0 : end <= 5 ? 1 : 2] += notional;
  }
  const [d1, d2, d3] = buckets;
  return Math.sqrt(Math.max(0, d1 * d1 + d2 * d2 + d3 * d3 + 1.4 * d1 * d2 + 1.4 * d2 * d3 + 0.6 * d1 * d3));
};

/** Adds entities with one systematic factor: sqrt((sum rho A)^2 + sum (1 - rho^2) A^2). @source Basel Framework CRE52.61, 52.65, 52.70 */
const oneFactorSum = (items: readonly WeightedTrade[], entityOf: (trade: SaccrTrade) => string): number => {
  let systematic = 0;
  let idiosyncratic = 0;
  for (const [entity, rows] of grouped(items, (item) => entityOf(item.trade))) {
    const [first] = rows;
    if (first === undefined) continue;
    const { supervisoryFactor, correlation } = first.trade.parameters;
    const other = rows.find((row) => row.trade.parameters.supervisoryFactor !== supervisoryFactor);
    if (other !== undefined)
      throw new DomainError("badInput", `${other.trade.at}: ${entity} has another subClass than in ${first.trade.at}. Use one.`);
    const rho = correlation ?? 0;
    const addOn = supervisoryFactor * sum(rows);
    systematic += rho * addOn;
    idiosyncratic += (1 - rho * rho) * addOn * addOn;
  }
  return Math.sqrt(systematic * systematic + idiosyncratic);
};

/** Family of a trade: the five asset classes, and crypto where it is asked for. */
const familyOf = (trade: SaccrTrade): string => {
  const name = trade.parameters.assetClass;
  if (name.startsWith("credit")) return "credit";
  return name.startsWith("equity") ? "equity" : name;
};

const setName = (trade: SaccrTrade): string => {
  const kind = kindOf(trade);
  const family = familyOf(trade);
  const suffix = kind === "plain" ? "" : ` ${kind === "basis" ? (trade.hedgingSet ?? "").trim().toLowerCase() : kind}`;
  if (family === "interestRate")
    return (
      neededText(trade, "currency", trade.currency ?? (kind === "plain" ? trade.hedgingSet?.toUpperCase() : undefined), "currency of the rate") +
      suffix
    );
  if (family === "fx") return pairOf(trade) + suffix;
  if (family === "crypto") return neededText(trade, "hedgingSet", trade.hedgingSet ?? trade.currency, "cryptoasset") + suffix;
  if (family === "commodity") return (trade.parameters.hedgingSet ?? "other") + suffix;
  return family + suffix;
};

/** The pair as written, without separators and the words of a basis or volatility set. */
const pairOf = (trade: SaccrTrade): string => {
  const plain = kindOf(trade) === "plain" ? (trade.hedgingSet ?? trade.currency) : trade.currency;
  return neededText(trade, "hedgingSet", plain, "currency pair")
    .toUpperCase()
    .replace(/[\s/\-_.]/g, "");
};

const entityOf = (trade: SaccrTrade): string => {
  if (trade.parameters.assetClass === "commodity")
    return `${trade.parameters.subClass}|${(trade.hedgingSet ?? trade.subClass ?? "").trim().toLowerCase()}|${(trade.subClass ?? "").trim().toLowerCase()}`;
  const named = (trade.hedgingSet ?? "").replace(/^\s*(basis|volatility)\b[\s:]*/i, "").trim();
  return neededText(trade, "hedgingSet", named === "" ? undefined : named, "reference entity or index").toLowerCase();
};

const setAddOn = (family: string, items: readonly WeightedTrade[]): number => {
  const [first] = items;
  if (first === undefined) return 0;
  const factor = setKinds[kindOf(first.trade)];
  const { supervisoryFactor } = first.trade.parameters;
  switch (family) {
    case "interestRate":
      return factor * supervisoryFactor * interestRateNotional(items);
    case "fx":
    case "crypto":
      return factor * supervisoryFactor * Math.abs(sum(items));
    default:
      return factor * oneFactorSum(items, entityOf);
  }
};

/** Refuses one pair in both orders: the direction of half the trades would be wrong. */
const refuseTurnedPairs = (trades: readonly SaccrTrade[]): void => {
  const pairs = new Map(trades.filter((trade) => familyOf(trade) === "fx").map((trade) => [pairOf(trade), trade] as const));
  for (const [pair, trade] of pairs) {
    const turned = pair.slice(3) + pair.slice(0, 3);
    if (pair.length === 6 && pair !== turned && pairs.has(turned)) {
      throw new DomainError("badInput", `${trade.at}: pairs ${pair} and ${turned} are one hedging set. Write one order and turn direction.`);
    }
  }
};

/**
 * Calculates the aggregate add-on of a netting set: hedging sets within asset classes, summed over the classes.
 *
 * @param marginPeriodDays business days; undefined = unmargined
 * @returns explanation whose value is the add-on: class, then hedging set
 * @throws DomainError badInput naming the trade's row and column
 * @source Basel Framework CRE52.24, CRE52.54 to CRE52.72
 */
export const aggregateAddOn = (trades: readonly SaccrTrade[], marginPeriodDays: number | undefined): Explanation => {
  refuseTurnedPairs(trades);
  const weighted = trades.map((trade) => ({ trade, notional: effectiveNotional(trade, marginPeriodDays) }));
  const classes = [...grouped(weighted, (item) => familyOf(item.trade))].map(([family, items]): Explanation => {
    const sets = [...grouped(items, (item) => setName(item.trade))].map(([name, rows]): Explanation => ({
      name: `hedging set ${name}`,
      value: setAddOn(family, rows),
      unit: "money",
      note: `${rows.length} trades`,
      from: [],
    }));
    return { name: `add-on ${family}`, value: total(sets), unit: "money", from: sets };
  });
  return { name: "aggregate add-on", value: total(classes), unit: "money", note: "sum over the asset classes", from: classes };
};

const total = (parts: readonly Explanation[]): number => parts.reduce((all, part) => all + Number(part.value), 0);
