import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import type { ContractType } from "../collateral/book";
import { shortOptionMargin } from "./option-margin";
import { contractProfit } from "./profit";
import { slabMargin, type MarginKind, type PositionSize, type VenueSlab } from "./venue-slabs";

/** One position at a venue. */
export interface VenuePosition {
  readonly instrument: string;
  readonly contractType: ContractType;
  readonly underlying: string;
  /** > 0 = long. */
  readonly quantity: number;
  readonly entryPrice: number;
  readonly markPrice: number;
  readonly underlyingPrice?: number;
  readonly multiplier: number;
  readonly settlementCurrency?: string;
  /** Price of the settlement currency in the quote currency; a quanto contract needs it. */
  readonly settlementPrice?: number;
  readonly strike?: number;
  readonly expiry?: string;
  readonly optionType?: "call" | "put";
  readonly volatility?: number;
  readonly leverage?: number;
  readonly marginMode: "cross" | "isolated";
  readonly isolatedMargin?: number;
  readonly openOrderQuantity: number;
  /** `positions row 3`, for messages. */
  readonly at: string;
}

export type SlabBook = ReadonlyMap<string, readonly VenueSlab[]>;

const refuse = (position: VenuePosition, message: string): DomainError => new DomainError("badInput", `${position.at}: ${message}`.slice(0, 120));

/**
 * Calculates the size of a position: inverse contracts are `multiplier` quote currency each, quanto contracts `multiplier` of the settlement
 * currency for each point, others `multiplier` coins.
 */
export const positionSize = (position: VenuePosition, quantity = position.quantity): PositionSize => {
  const units = Math.abs(quantity) * position.multiplier;
  if (position.contractType === "inverse") return { coins: units / position.markPrice, value: units };
  if (position.contractType === "quanto") {
    const { settlementPrice } = position;
    if (settlementPrice === undefined) {
      const coin = position.settlementCurrency;
      throw refuse(
        position,
        coin === undefined
          ? "settlementCurrency is blank. A quanto contract needs it."
          : `the price of ${coin} is not known. Add ${coin} to balances (quantity 0), or a position in it.`,
      );
    }
    return { coins: units * settlementPrice, value: units * settlementPrice * position.markPrice };
  }
  return { coins: units, value: units * position.markPrice };
};

/** Calculates a position's profit at its mark, in its settlement currency (coin for inverse and quanto contracts). */
export const positionProfit = (position: VenuePosition): number => {
  const type = position.contractType === "inverse" ? "inverse" : "linear";
  return contractProfit(type, position.quantity, position.entryPrice, position.markPrice, position.multiplier);
};

/** Rows of one instrument and margin mode are one position: splitting it must not bring it into a lower slab. */
const netted = (positions: readonly VenuePosition[]): readonly VenuePosition[] => {
  const groups = new Map<string, VenuePosition>();
  for (const position of positions) {
    const key = [position.instrument, position.contractType, position.marginMode, position.multiplier, position.markPrice].join("|");
    const found = groups.get(key);
    if (found === undefined) {
      groups.set(key, position);
      continue;
    }
    const leverages = [found.leverage, position.leverage].filter((leverage): leverage is number => leverage !== undefined);
    groups.set(key, {
      ...found,
      quantity: found.quantity + position.quantity,
      openOrderQuantity: found.openOrderQuantity + position.openOrderQuantity,
      ...(leverages.length === 0 ? {} : { leverage: Math.min(...leverages) }),
    });
  }
  return [...groups.values()];
};

const slabsOf = (position: VenuePosition, book: SlabBook): readonly VenueSlab[] => {
  const slabs = book.get(position.underlying.toUpperCase());
  if (slabs === undefined) throw refuse(position, `rules has no row for underlying ${position.underlying}. Add it.`);
  return slabs;
};

/** Margin of one position in the quote currency. */
const singleMargin = (position: VenuePosition, book: SlabBook, kind: MarginKind): Explanation => {
  const leaf = (value: number, note: string): Explanation => ({ name: position.instrument, value, unit: "money", note, from: [] });
  if (position.contractType === "option") return optionPositionMargin(position, kind, leaf);
  // Initial margin also backs open orders that would enlarge the position.
  const worst =
    kind === "initial"
      ? Math.max(Math.abs(position.quantity), Math.abs(position.quantity + position.openOrderQuantity))
      : Math.abs(position.quantity);
  const size = positionSize(position, worst);
  const slab = slabMargin(slabsOf(position, book), size, kind);
  if (kind === "maintenance" || position.leverage === undefined) return leaf(slab, `slabs on ${size.value} (${size.coins} coins)`);
  const levered = size.value / position.leverage;
  return levered >= slab
    ? leaf(levered, `${size.value} / leverage ${position.leverage}`)
    : leaf(slab, `slabs ask for more than leverage ${position.leverage}`);
};

const optionPositionMargin = (position: VenuePosition, kind: MarginKind, leaf: (value: number, note: string) => Explanation): Explanation => {
  if (position.quantity >= 0) return leaf(0, "bought option: paid for");
  const { underlyingPrice, strike, optionType } = position;
  if (underlyingPrice === undefined) throw refuse(position, "underlyingPrice is blank. An option needs it.");
  if (strike === undefined) throw refuse(position, "strike is blank. An option needs it.");
  if (optionType === undefined) throw refuse(position, "optionType is blank. Write call or put.");
  const mark = isCoinPriced(position) ? position.markPrice : position.markPrice / underlyingPrice;
  const share = shortOptionMargin(optionType, underlyingPrice, strike, mark)[kind];
  return leaf(
    -position.quantity * position.multiplier * share * underlyingPrice,
    `${share} of the underlying (deribit_option_margin, secondary source)`,
  );
};

/** Tells whether an option settles in the underlying coin. */
export const isCoinSettled = (position: VenuePosition): boolean => position.settlementCurrency?.toUpperCase() === position.underlying.toUpperCase();

/**
 * Tells whether an option's price is in the underlying coin.
 *
 * @throws DomainError badInput where settlementCurrency is blank and the price could be either: read wrongly, the margin would be far too small
 */
export const isCoinPriced = (position: VenuePosition): boolean => {
  const { settlementCurrency, underlying, underlyingPrice, markPrice } = position;
  if (settlementCurrency === undefined && underlyingPrice !== undefined && markPrice < 2 && markPrice < underlyingPrice / 1000) {
    throw refuse(position, `markPrice ${markPrice} may be in ${underlying} or in money. Fill settlementCurrency.`);
  }
  return isCoinSettled(position);
};

/** Gives quanto contracts the price of the currency in which they settle, from balances or from positions in that currency. */
export const withSettlementPrices = (positions: readonly VenuePosition[], prices: ReadonlyMap<string, number>): readonly VenuePosition[] =>
  positions.map((position) => {
    if (position.contractType !== "quanto" || position.settlementCurrency === undefined) return position;
    const coin = position.settlementCurrency.toUpperCase();
    const own = positions.find(
      (other) => other.underlying.toUpperCase() === coin && other.contractType !== "option" && other.contractType !== "quanto",
    );
    const price = prices.get(coin) ?? own?.markPrice;
    return price === undefined ? position : { ...position, settlementPrice: price };
  });

/**
 * Calculates the initial or maintenance margin of a venue's positions, in the quote currency.
 *
 * @param book slabs by underlying
 * @returns explanation whose value is the margin, with a part per instrument
 * @throws DomainError badInput naming the position, outsideDomain where a size is beyond the rules
 */
export const venueMargin = (positions: readonly VenuePosition[], book: SlabBook, kind: MarginKind): Explanation => {
  const parts = netted(positions).map((position) => singleMargin(position, book, kind));
  return {
    name: `${kind} margin`,
    value: parts.reduce((sum, part) => sum + Number(part.value), 0),
    unit: "money",
    note: "sum over instruments",
    from: parts,
  };
};
