import { DomainError } from "../basics/domain-error";
import { contractProfit } from "./profit";
import { venueEquity, type VenueBalance } from "./venue-equity";
import { positionSize, venueMargin, type SlabBook, type VenuePosition } from "./venue-margin";
import { slabMargin } from "./venue-slabs";

/** Prices of an underlying at which equity falls to maintenance margin; undefined where it never does. */
export interface LiquidationPrices {
  readonly reference: number;
  readonly below?: number;
  readonly above?: number;
  /** The one closer to the reference. */
  readonly nearest: number;
}

const stepsPerSide = 1500;
/** Each step moves the price by 1 %; 1500 of them reach a three-millionth and the three-millionfold. */
const stepFactor = 1.01;

/**
 * Finds the prices at which a headroom turns negative, walking away from the reference on both sides and bisecting the first crossing.
 *
 * @param headroom equity less maintenance margin at a price; undefined where it cannot be computed
 * @throws DomainError outsideDomain where the headroom is gone already, or never goes
 */
export const findLiquidation = (reference: number, headroom: (price: number) => number | undefined): LiquidationPrices => {
  const now = headroom(reference);
  if (now === undefined) throw new DomainError("outsideDomain", "The maintenance margin cannot be computed at today's price. Check rules.");
  if (now <= 0)
    throw new DomainError("outsideDomain", `Equity is ${Number((-now).toPrecision(6))} below maintenance margin already: it is past liquidation.`);
  const below = crossing(reference, 1 / stepFactor, headroom);
  const above = crossing(reference, stepFactor, headroom);
  if (below === undefined && above === undefined)
    throw new DomainError("outsideDomain", "No price of this underlying brings equity down to maintenance margin.");
  const distance = (price: number | undefined): number => (price === undefined ? Infinity : Math.abs(Math.log(price / reference)));
  return {
    reference,
    ...(below === undefined ? {} : { below }),
    ...(above === undefined ? {} : { above }),
    nearest: (distance(below) <= distance(above) ? below : above) ?? reference,
  };
};

const crossing = (reference: number, factor: number, headroom: (price: number) => number | undefined): number | undefined => {
  let safe = reference;
  for (let step = 0; step < stepsPerSide; step += 1) {
    const price = safe * factor;
    const left = headroom(price);
    if (left === undefined) return undefined;
    if (left <= 0) return bisect(safe, price, headroom);
    safe = price;
  }
  return undefined;
};

const bisect = (safe: number, lost: number, headroom: (price: number) => number | undefined): number => {
  let [inside, outside] = [safe, lost];
  for (let step = 0; step < 200 && Math.abs(outside - inside) > 1e-15 * inside; step += 1) {
    const middle = 0.5 * (inside + outside);
    if ((headroom(middle) ?? -1) > 0) inside = middle;
    else outside = middle;
  }
  return outside;
};

/** Turns "beyond the rules" into "cannot be computed" while prices are tried. */
const tried = (calculate: () => number): number | undefined => {
  try {
    return calculate();
  } catch (error) {
    if (error instanceof DomainError && error.code === "outsideDomain") return undefined;
    throw error;
  }
};

/**
 * Finds the liquidation prices of a cross-margined account in one underlying; every other price stays.
 *
 * Instruments and balances of that underlying move in proportion. Options are refused: their value is not proportional.
 *
 * @param positions cross-margined positions of the account
 * @throws DomainError badInput where the underlying has no position, outsideDomain where there is no such price
 */
export const crossLiquidation = (
  underlying: string,
  positions: readonly VenuePosition[],
  balances: readonly VenueBalance[],
  book: SlabBook,
): LiquidationPrices => {
  const own = positions.filter((position) => position.underlying === underlying);
  const [first] = own;
  if (first === undefined) throw new DomainError("badInput", `positions has no cross-margined row for underlying ${underlying}.`);
  const option = own.find((position) => position.contractType === "option");
  if (option !== undefined) throw new DomainError("badInput", `${option.at}: an option has no single liquidation price. Use COLL.SCENARIOMARGIN.`);
  const reference = first.markPrice;
  const headroom = (price: number): number => {
    const ratio = price / reference;
    const movedPositions = positions.map((position) =>
      position.underlying === underlying
        ? {
            ...position,
            markPrice: position.markPrice * ratio,
            ...(position.underlyingPrice === undefined ? {} : { underlyingPrice: position.underlyingPrice * ratio }),
            ...(position.settlementPrice === undefined || position.settlementCurrency?.toUpperCase() !== underlying.toUpperCase()
              ? {}
              : { settlementPrice: position.settlementPrice * ratio }),
          }
        : position,
    );
    const movedBalances = balances.map((balance) =>
      balance.asset.toUpperCase() === underlying.toUpperCase() ? { ...balance, price: balance.price * ratio } : balance,
    );
    return Number(venueEquity(movedBalances, movedPositions).value) - Number(venueMargin(movedPositions, book, "maintenance").value);
  };
  return findLiquidation(reference, (price) => tried(() => headroom(price)));
};

/**
 * Finds the liquidation price of one isolated position: isolated margin + profit = maintenance margin, in its settlement currency.
 *
 * @throws DomainError badInput where isolatedMargin is blank, outsideDomain where there is no such price
 */
export const isolatedLiquidation = (position: VenuePosition, book: SlabBook): LiquidationPrices => {
  const margin = position.isolatedMargin;
  if (margin === undefined) throw new DomainError("badInput", `${position.at}: isolatedMargin is blank. An isolated position needs it.`);
  const slabs = book.get(position.underlying.toUpperCase());
  if (slabs === undefined) throw new DomainError("badInput", `${position.at}: rules has no row for underlying ${position.underlying}. Add it.`);
  const isInverse = position.contractType === "inverse";
  const perUnit = (price: number): number => (isInverse ? price : position.contractType === "quanto" ? (position.settlementPrice ?? NaN) : 1);
  const headroom = (price: number): number => {
    const moved = { ...position, markPrice: price };
    const maintenance = slabMargin(slabs, positionSize(moved), "maintenance");
    const profit = contractProfit(isInverse ? "inverse" : "linear", position.quantity, position.entryPrice, price, position.multiplier);
    return margin + profit - maintenance / perUnit(price);
  };
  return findLiquidation(position.markPrice, (price) => tried(() => headroom(price)));
};
