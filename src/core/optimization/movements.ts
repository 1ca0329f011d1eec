import type { Movement } from "./allocation-outcome";
import { latestStartLookup } from "./arrival-time";
import type { Quantities } from "./collateral-value";
import type { AllocationProblem } from "./problem-shape";
import { strandedHoldings } from "./stranded-holdings";

/** One change of one inventory line at one agreement, in units; negative comes back. */
export interface PostingChange {
  readonly supply: number;
  readonly demand: number;
  /** Index of the pair; absent for what is held and not eligible. */
  readonly pair?: number;
  readonly change: number;
  readonly reason: string;
}

/** Lists every change against today's holdings, by agreement and inventory line. */
export const postingChanges = (problem: AllocationProblem, quantities: Quantities): PostingChange[] => {
  const changes: PostingChange[] = [];
  const delivered = problem.demands.map((): string[] => []);
  problem.pairs.forEach((pair, p) => {
    if (quantities[p]! - pair.today > 0) delivered[pair.demand]!.push(problem.supplies[pair.supply]!.row.assetId);
  });
  problem.pairs.forEach((pair, p) => {
    const change = quantities[p]! - pair.today;
    if (Math.abs(change) <= 1e-12 * Math.max(1, pair.today)) return;
    changes.push({ supply: pair.supply, demand: pair.demand, pair: p, change, reason: reasonOf(problem, p, change, delivered[pair.demand]!) });
  });
  for (const held of strandedHoldings(problem)) {
    const refused = problem.refused.find((pair) => pair.supply === held.supply && pair.demand === held.demand);
    changes.push({ supply: held.supply, demand: held.demand, change: -held.units, reason: `not eligible: ${refused?.reason ?? "no rule"}` });
  }
  return changes.sort((a, b) => a.demand - b.demand || Math.sign(b.change) - Math.sign(a.change) || a.supply - b.supply);
};

const reasonOf = (problem: AllocationProblem, p: number, change: number, delivered: readonly string[]): string => {
  const pair = problem.pairs[p]!;
  const pin = pair.boundReasons.find((reason) => reason.includes("tblPins"));
  if (pin !== undefined) return pin;
  if (change > 0) return `covers ${problem.demands[pair.demand]!.agreementId}`;
  const others = delivered.slice(0, 3).join(", ");
  return delivered.length === 0 ? "more than is required" : `replaced by ${others}${delivered.length > 3 ? " ..." : ""}`;
};

/** Turns changes into the movements of the report, with their one-off costs in base currency and when deliveries must leave at the latest. */
export const movementsOf = (problem: AllocationProblem, quantities: Quantities): Movement[] => {
  const latestStartOf = latestStartLookup(problem.source.book.transfers, problem.settings);
  return postingChanges(problem, quantities).map(({ supply: s, demand: d, pair, change, reason }) => {
    const supply = problem.supplies[s]!;
    const costs = problem.recallCosts(s, d);
    const quantity = Math.abs(change);
    const marketValue = quantity * supply.unitValue;
    const isDelivery = change > 0;
    const rule = isDelivery && pair !== undefined ? problem.pairs[pair]!.terms.rule : undefined;
    const startBy = rule && latestStartOf(supply.row, problem.demands[d]!.row, rule);
    return {
      agreementId: problem.demands[d]!.agreementId,
      inventoryKey: supply.key,
      assetId: supply.row.assetId,
      location: supply.row.location,
      account: supply.row.account,
      action: isDelivery ? "Delivery" : "Return",
      quantity: Number(quantity.toPrecision(15)),
      marketValue,
      cost: isDelivery ? marketValue * costs.deliverRate + costs.deliverFixed : marketValue * costs.recallRate + costs.recallFixed,
      reason,
      ...(startBy === undefined ? {} : { startBy }),
    };
  });
};
