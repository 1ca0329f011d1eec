import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import { tieredValue, type Tier } from "../collateral/tiered-value";
import { isCoinPriced, positionProfit, type VenuePosition } from "./venue-margin";

/** What an account holds at a venue. */
export interface VenueBalance {
  readonly asset: string;
  /** < 0 = debt, counted in full. */
  readonly quantity: number;
  /** Quote currency per unit. */
  readonly price: number;
  /** Share of a positive net balance that counts. */
  readonly ratio: number;
  /** Slabs in place of the one ratio. */
  readonly slabs?: BalanceSlabs;
}

/** Slabs of a balance as written in its row. */
export interface BalanceSlabs {
  /** What was written, to compare rows and to show. */
  readonly text: string;
  readonly unit: "coin" | "value";
  readonly tiers: readonly Tier[];
}

/** In which asset a position's profit arises, and how much of it. */
const settled = (position: VenuePosition): { readonly asset: string; readonly amount: number; readonly price: number } => {
  const coin =
    position.contractType === "inverse" || position.contractType === "quanto" || (position.contractType === "option" && isCoinPriced(position));
  const asset = position.settlementCurrency ?? (coin ? position.underlying : "");
  const coinPrice = position.underlyingPrice ?? position.markPrice;
  // A bought option is paid for and a sold one was paid to us, so its market value counts; a borrowed spot position is a debt.
  if (position.contractType === "option" || position.contractType === "spot") {
    if (position.contractType === "spot" && position.quantity > 0) {
      throw new DomainError("badInput", `${position.at}: a long spot position belongs into balances. Move it there.`);
    }
    return { asset, amount: position.quantity * position.multiplier * position.markPrice, price: coin ? coinPrice : 1 };
  }
  if (position.contractType === "quanto" && position.settlementCurrency === undefined) {
    throw new DomainError("badInput", `${position.at}: settlementCurrency is blank. A quanto contract needs it.`);
  }
  return { asset, amount: positionProfit(position), price: coin ? coinPrice : 1 };
};

interface NetBalance {
  readonly quantity: number;
  readonly profit: number;
  readonly price: number;
  readonly ratio: number;
  readonly slabs?: BalanceSlabs;
}

const countedValue = ({ price, ratio, slabs }: NetBalance, total: number): number => {
  if (total <= 0) return total * price;
  return slabs === undefined ? total * price * ratio : tieredValue(total, price, slabs.tiers, slabs.unit);
};

/**
 * Calculates the equity of an account: per asset, the balance and the profit settled in it; a positive net counts at its ratio, a debt in full:
 * sum of min(net * price * ratio, net * price).
 *
 * @param positions cross-margined positions; their profit counts in the asset in which they settle, in full where that asset has no balance
 * @returns explanation whose value is the equity in the quote currency, with a part per asset
 * @source Binance portfolio margin, equity
 */
export const venueEquity = (balances: readonly VenueBalance[], positions: readonly VenuePosition[]): Explanation => {
  const nets = new Map<string, NetBalance>();
  for (const balance of balances) {
    const key = balance.asset.toUpperCase();
    const found = nets.get(key);
    if (found !== undefined && (found.price !== balance.price || found.ratio !== balance.ratio || found.slabs?.text !== balance.slabs?.text)) {
      throw new DomainError("badInput", `balances hold ${balance.asset} twice with different price or ratio. Use one.`);
    }
    nets.set(key, {
      quantity: (found?.quantity ?? 0) + balance.quantity,
      profit: 0,
      price: balance.price,
      ratio: balance.ratio,
      ...(balance.slabs === undefined ? {} : { slabs: balance.slabs }),
    });
  }
  for (const position of positions) {
    const { asset, amount, price } = settled(position);
    const key = asset.toUpperCase();
    const found: NetBalance = nets.get(key) ?? { quantity: 0, profit: 0, price, ratio: 1 };
    if (position.contractType === "quanto" && !nets.has(key)) {
      throw new DomainError(
        "badInput",
        `${position.at}: balances has no ${asset}, in which the contract settles. Add it with quantity 0 and a price.`,
      );
    }
    nets.set(key, { ...found, profit: found.profit + amount });
  }
  const parts = [...nets].map(([asset, net]): Explanation => {
    const total = net.quantity + net.profit;
    const value = countedValue(net, total);
    return {
      name: asset === "" ? "profit in quote currency" : asset,
      value,
      unit: "money",
      note: `net ${total} (profit ${net.profit}) * ${net.price}${total <= 0 ? ", a debt in full" : net.slabs === undefined ? ` * ratio ${net.ratio}` : `, slabs ${net.slabs.text}`}`,
      from: [],
    };
  });
  return {
    name: "equity",
    value: parts.reduce((sum, part) => sum + Number(part.value), 0),
    unit: "money",
    note: "sum of min(net * price * ratio, net * price)",
    from: parts,
  };
};
