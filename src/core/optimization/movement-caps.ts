import type { Book } from "../collateral/book";
import type { Demand, MovementCap } from "./problem-shape";

/** Collects the caps on the number of movements: whole book, agreement, location. */
export const movementCaps = (book: Book, demands: readonly Demand[]): MovementCap[] => {
  const { maxMovements, maxMovementsPerLocation } = book.settings;
  const caps: MovementCap[] = [];
  if (maxMovements !== undefined) caps.push({ name: `cap of ${maxMovements} movements`, limit: maxMovements });
  demands.forEach((demand, index) => {
    const limit = demand.row.maxMovements;
    if (limit !== undefined) caps.push({ name: `cap of ${limit} movements at ${demand.agreementId}`, limit, demand: index });
  });
  if (maxMovementsPerLocation !== undefined) {
    for (const location of [...new Set(book.assets.map((asset) => asset.location))].sort()) {
      caps.push({ name: `cap of ${maxMovementsPerLocation} movements at location ${location}`, limit: maxMovementsPerLocation, location });
    }
  }
  return caps;
};
