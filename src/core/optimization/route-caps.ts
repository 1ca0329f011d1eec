import type { Book } from "../collateral/book";
import { routeOf } from "./arrival-time";
import { normalName } from "./name-match";
import type { Demand, Pair, RouteCap, Supply } from "./problem-shape";

/** Collects the transfer routes with a most per day: one cap for each route and asset. */
export const routeCaps = (book: Book, supplies: readonly Supply[], demands: readonly Demand[], pairs: readonly Pair[]): RouteCap[] => {
  if (!book.transfers.some((row) => row.maxPerDay !== undefined)) return [];
  const caps = new Map<string, RouteCap & { pairs: number[] }>();
  pairs.forEach((pair, p) => {
    const asset = supplies[pair.supply]!.row;
    const route = routeOf(book.transfers, asset, demands[pair.demand]!.row);
    if (route?.maxPerDay === undefined) return;
    const key = `${route.from}|${route.to}|${normalName(asset.assetId)}`;
    const cap = caps.get(key) ?? {
      name: `${route.maxPerDay} ${asset.assetId} a day from ${route.from} to ${route.to} (tblTransfers row ${route.origin.row})`,
      row: route.origin.row,
      pairs: [],
      maxUnits: route.maxPerDay,
    };
    cap.pairs.push(p);
    caps.set(key, cap);
  });
  return [...caps.values()];
};
