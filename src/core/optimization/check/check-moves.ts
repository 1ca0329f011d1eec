import type { AllocationOutcome, RuleCheck } from "../allocation-outcome";
import { lockedToday, postedToday, type BookFacts } from "./book-facts";
import { costRows } from "./check-lines";
import { lineTerms } from "./line-terms";
import { moneyTolerance, startTally } from "./rule-tally";

/** Checks that today plus the movements is the proposal, line by line, and that their costs are those of the tables. */
export const checkMoves = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck[] => {
  const reconcile = startTally("Movements reconcile", "units");
  const cost = startTally("Movement cost", "base currency");
  const after = new Map(outcome.lines.map((line) => [`${line.agreementId}\n${line.inventoryKey}`, line.quantity]));
  const moved = new Map<string, number>();
  for (const movement of outcome.movements) {
    const key = `${movement.agreementId}\n${movement.inventoryKey}`;
    moved.set(key, (moved.get(key) ?? 0) + (movement.action === "Delivery" ? 1 : -1) * movement.quantity);
  }
  for (const agreement of facts.book.agreements) {
    for (const asset of facts.book.assets) {
      const key = `${agreement.agreementId}\n${asset.key}`;
      const today = postedToday(facts, asset, agreement.agreementId);
      const proposal = after.get(key) ?? 0;
      const change = moved.get(key) ?? 0;
      if (today === 0 && proposal === 0 && change === 0) continue;
      const locked = lockedToday(facts, asset, agreement.agreementId);
      // Locked units that are not eligible stay where they are without being part of the proposal.
      const stranded = locked > 0 && !lineTerms(facts, asset, agreement).isEligible ? locked : 0;
      reconcile.note(Math.abs(today - stranded + change - proposal), 1e-9 * Math.max(1, today, proposal), `${asset.key} at ${agreement.agreementId}`);
    }
  }
  let total = 0;
  for (const movement of outcome.movements) {
    total += movement.cost;
    const asset = facts.assetByKey.get(movement.inventoryKey);
    const agreement = facts.agreementById.get(movement.agreementId);
    const where = `${movement.action} ${movement.assetId} at ${movement.agreementId}`;
    if (asset === undefined || agreement === undefined || !(movement.quantity > 0)) {
      cost.note(Infinity, 0, where);
      continue;
    }
    const rows = costRows(facts, asset, agreement);
    const market = movement.quantity * asset.price * facts.rate(asset.priceCurrency);
    const [rate, fixed] = movement.action === "Delivery" ? (["deliverRate", "deliverFixed"] as const) : (["recallRate", "recallFixed"] as const);
    const daysUnbonding = movement.action === "Delivery" ? (asset.unbondHours ?? 0) / 24 : 0;
    const unearned = market * (asset.stakingYield ?? 0) * (daysUnbonding / facts.book.settings.dayCount);
    const expected =
      market * (rows.find((row) => row[rate] !== undefined)?.[rate] ?? 0) + (rows.find((row) => row[fixed] !== undefined)?.[fixed] ?? 0) + unearned;
    cost.note(Math.max(Math.abs(expected - movement.cost), Math.abs(market - movement.marketValue)), moneyTolerance(market, facts.cent), where);
  }
  cost.note(Math.abs(total - outcome.movementCost), moneyTolerance(total, facts.cent), "total movement cost");
  return [reconcile.result(), cost.result()];
};
