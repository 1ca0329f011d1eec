import type { Settings } from "../collateral/book";
import type { Supply } from "./problem-shape";

/**
 * What may be delivered of a line of which something is posted today.
 *
 * - shared: one amount for all; what is recalled may be posted elsewhere in the same run
 * - apart: only what is free at home; what is kept is bounded by today's units and needs none of it
 * - none: more is posted than may be, so that nothing can be free for a new delivery
 */
export type Reuse = "shared" | "apart" | "none";

/** What is recalled in a run cannot be posted again in it, unless sameDayReuse is set. */
export const reuseOf = (supply: Supply, settings: Settings): Reuse => {
  if (settings.sameDayReuse || supply.postedToday <= 0) return "shared";
  return supply.postedToday <= supply.available * (1 + 1e-12) ? "apart" : "none";
};

/** Units of a line that its inventory row lets go. */
export const inventoryRoom = (supply: Supply, settings: Settings): number =>
  reuseOf(supply, settings) === "apart" ? Math.max(0, supply.available - supply.postedToday) : supply.available;
