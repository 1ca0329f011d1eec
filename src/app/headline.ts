import type { AllocationOutcome } from "../core/optimization/allocation-outcome";
import { amountIn } from "../core/optimization/repair-numbers";
import { shareAboveBest } from "../core/optimization/share-above-best";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
/** @param cent what is a trifle of the currency: a hundredth, less of a coin */
const amount = (value: number, cent = 0.01): string => {
  if (cent < 0.01) return amountIn(value, 1, cent);
  return Math.abs(value) < 100 ? value.toFixed(2) : whole.format(value);
};

/** Agreements that call for something; one with a requirement of 0 is no call. */
export const callsOf = (outcome: AllocationOutcome): { readonly covered: number; readonly total: number } => {
  const calls = outcome.coverage.filter((call) => call.required > 0);
  return { covered: calls.filter((call) => call.isCovered).length, total: calls.length };
};

/**
 * Says how a run went in one line: `Covered 8 of 8 calls. Cost 1,234.00 USD/day, 18 % below today. 6 moves.`
 *
 * A rule type that is present but not applied is said at once, because the cover is then only that of the applied rules; so is a hard minimum
 * that could not be held. Where a call is short, the largest shortfall is named, and the cost is not compared with today's: they are costs of
 * different things.
 *
 * @param stoppedAfter seconds of the search, where it ended before the answer was proved
 * @param isByHand whether Stop was pressed
 */
export const headlineOf = (outcome: AllocationOutcome, stoppedAfter?: number, isByHand = false): string => {
  const { covered, total } = callsOf(outcome);
  const unapplied = outcome.unapplied.length;
  const unmet = (outcome.unmet ?? []).length;
  const exceeded = (outcome.exceeded ?? []).length;
  const parts = [
    stoppedAfter === undefined ? "" : `Stopped at ${stoppedAfter.toFixed(0)} s. `,
    `Covered ${covered} of ${total} calls${unapplied === 0 ? "" : `, ${unapplied} rule ${unapplied === 1 ? "type" : "types"} not applied`}${unmet === 0 ? "" : `, ${unmet} ${unmet === 1 ? "minimum" : "minimums"} not met`}${exceeded === 0 ? "" : `, ${exceeded} ${exceeded === 1 ? "limit" : "limits"} exceeded by what cannot be recalled yet`}. `,
    shortfallText(outcome),
    `Cost ${amount(outcome.costPerDay, outcome.baseCent)} ${outcome.baseCurrency}/day${covered === total ? comparedWithToday(outcome) : ""}. `,
    `${outcome.movements.length} ${outcome.movements.length === 1 ? "move" : "moves"}.`,
    savedText(outcome),
    stoppedAfter === undefined ? "" : gapText(outcome),
    outcome.solve.isReproducible ? "" : ` Stopped by ${isByHand ? "hand" : "the clock"}, so not reproducible.`,
  ];
  return parts.join("");
};

/** How far the cost, moves included, can be above the best possible one; in money where the bound says nothing as a share. */
const gapText = ({ solve, movementCost, baseCurrency, baseCent }: AllocationOutcome): string => {
  if (!(solve.gap > 0) || !Number.isFinite(solve.gap)) return "";
  const above = shareAboveBest(solve.objective, solve.gap);
  const text = Number.isFinite(above)
    ? `${above < 0.001 ? "0.1" : (above * 100).toFixed(1)} %`
    : `${amount(solve.objective - solve.bound, baseCent)} ${baseCurrency} over the cost horizon`;
  return ` At most ${text} above the best possible cost${movementCost > 0 ? ", moves included" : ""}.`;
};

/** The largest shortfall as a share of its call, in the call's currency, and how many there are besides. */
const shortfallText = ({ coverage }: AllocationOutcome): string => {
  const uncovered = coverage.filter((call) => call.required > 0 && !call.isCovered);
  const worst = [...uncovered].sort((a, b) => b.shortfall / b.required - a.shortfall / a.required)[0];
  if (worst === undefined) return "";
  const others = uncovered.length === 1 ? "" : `, and ${uncovered.length - 1} more`;
  // A shortfall in coins may be small and dear: it is never rounded to nothing.
  const short = worst.shortfall < 1 ? String(Number(worst.shortfall.toPrecision(3))) : amount(worst.shortfall);
  return `${worst.agreementId} is short ${short} ${worst.currency}${others}. `;
};

const comparedWithToday = (outcome: AllocationOutcome): string => {
  const today = outcome.baselines.find((baseline) => baseline.name === "today");
  if (today === undefined || today.costPerDay <= 0) return "";
  const change = (today.costPerDay - outcome.costPerDay) / today.costPerDay;
  if (Math.abs(change) < 0.0005) return ", same as today";
  return `, ${(Math.abs(change) * 100).toFixed(0)} % ${change > 0 ? "below" : "above"} today`;
};

/** What the allowance of tblSettings bought; nothing where it bought nothing. */
const savedText = ({ saved, baseCurrency, baseCent = 0.01 }: AllocationOutcome): string => {
  if (saved === undefined || (saved.movements >= saved.movementsBefore && saved.amount >= saved.amountBefore - baseCent)) return "";
  const fewer = saved.movementsBefore - saved.movements;
  const words = fewer > 0 ? `${fewer} fewer than` : `${amount(saved.amountBefore - saved.amount, baseCent)} ${baseCurrency} less moved than in`;
  return ` That is ${words} the cheapest answer, for ${amount(saved.extraCost, baseCent)} ${baseCurrency} (movementAllowance).`;
};
