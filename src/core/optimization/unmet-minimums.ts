import type { ExceededLimit, UnmetMinimum } from "./allocation-outcome";
import { pairValues, type Quantities } from "./collateral-value";
import { hqlaLevel, hqlaRatio } from "./model-rows/buffer-rows";
import { normalName } from "./name-match";
import { bufferKey, type AllocationProblem, type LimitCase, type PinRule } from "./problem-shape";

/** A hard minimum that is missed, with what the search for causes needs. */
export interface MissedMinimum {
  readonly unmet: UnmetMinimum;
  /** Name among the rules that give way. */
  readonly name: string;
  /** Base currency per unit of its amounts; Infinity where there is no price to count with. */
  readonly worth: number;
}

/** Lists the hard minimums that gave way and are missed by the quantities as written, each in its own unit. */
export const missedMinimums = (problem: AllocationProblem, quantities: Quantities): MissedMinimum[] => {
  const values = pairValues(problem, quantities);
  const limits = problem.limits.flatMap((limit) =>
    problem.yielding.has(limit.name) && limit.direction === "min" ? ofLimit(problem, quantities, values, limit) : [],
  );
  // A pin without a quantity is a rule for each inventory line: one entry for all of them.
  const pinned = [...new Set(problem.pins.filter((pin) => problem.yielding.has(pin.name)).map((pin) => pin.name))];
  const pins = pinned.flatMap((name) =>
    ofPin(
      problem,
      quantities,
      problem.pins.filter((pin) => pin.name === name),
    ),
  );
  return [...limits, ...pins, ...(problem.yielding.has(bufferKey) ? ofBuffer(problem, quantities) : [])];
};

/** Lists the hard maximums that gave way to what cannot be recalled yet and are exceeded by the quantities as written. */
export const exceededLimits = (problem: AllocationProblem, quantities: Quantities): ExceededLimit[] => {
  const values = pairValues(problem, quantities);
  return problem.limits.flatMap((limit): ExceededLimit[] => {
    if (!problem.yielding.has(limit.name) || limit.direction !== "max") return [];
    const measured = measureLimit(problem, quantities, values, limit);
    if (measured === undefined) return [];
    const { worth, needed: allowed, reached: posted, ...rest } = measured;
    const { kind: _, ...named } = rest;
    return (posted - allowed) * worth > problem.cent ? [{ ...named, allowed, posted, excess: posted - allowed }] : [];
  });
};

/** Less than a cent is not missing: quantities are rounded to steps. */
const missed = ({ cent }: AllocationProblem, entry: Omit<UnmetMinimum, "missing">, worth: number, name = entry.name): MissedMinimum[] => {
  const missing = entry.needed - entry.reached;
  return missing * worth > cent ? [{ unmet: { ...entry, missing }, name, worth }] : [];
};

const ofLimit = (problem: AllocationProblem, quantities: Quantities, values: Float64Array, limit: LimitCase): MissedMinimum[] => {
  const measured = measureLimit(problem, quantities, values, limit);
  if (measured === undefined) return [];
  const { worth, ...entry } = measured;
  return missed(problem, entry, worth);
};

/** What a limit asks and what is posted in the unit that it is stated in; undefined where it does not apply. */
const measureLimit = (
  problem: AllocationProblem,
  quantities: Quantities,
  values: Float64Array,
  limit: LimitCase,
): (Omit<UnmetMinimum, "missing"> & { readonly worth: number }) | undefined => {
  const market = (p: number): number => quantities[p]! * problem.supplies[problem.pairs[p]!.supply]!.unitValue;
  const sum = (pairs: readonly number[], weight: (p: number) => number): number => pairs.reduce((total, p) => total + weight(p), 0);
  const weigh = limit.valueBasis === "market" ? market : (p: number): number => values[p]!;
  const total = sum(limit.scope, weigh);
  if (limit.appliesAbove !== undefined && total <= limit.appliesAbove + problem.cent) return undefined;
  const entry = { kind: "limit" as const, name: limit.name, row: limit.row, agreementId: limit.agreementId };
  const named = { ...entry, scope: limit.scopeName, group: limit.groupName };
  const first = limit.members[0];
  if (limit.basis === "units" && first !== undefined) {
    const { unitValue } = problem.supplies[problem.pairs[first]!.supply]!;
    const needed = Math.max(limit.limit, (limit.orAmount ?? 0) / unitValue);
    return { ...named, needed, reached: sum(limit.members, market) / unitValue, unit: limit.groupName, worth: unitValue };
  }
  const needed = Math.max(limit.basis === "posted" ? limit.limit * total : limit.limit, limit.orAmount ?? 0);
  const { rate, currency: unit } = limit.stated.basis === "amount" ? limit.stated : currencyOfScope(problem, limit);
  return { ...named, needed: needed / rate, reached: sum(limit.members, weigh) / rate, unit, worth: rate };
};

/** A share at an agreement is told in its currency, a share of several in the base currency. */
const currencyOfScope = (problem: AllocationProblem, { agreementId }: LimitCase): { readonly rate: number; readonly currency: string } => {
  const demand = agreementId === "" ? undefined : problem.demands.find((candidate) => normalName(candidate.agreementId) === normalName(agreementId));
  return demand === undefined ? { rate: 1, currency: problem.settings.baseCurrency } : { rate: demand.rate, currency: demand.row.currency };
};

const ofPin = (problem: AllocationProblem, quantities: Quantities, rules: readonly PinRule[]): MissedMinimum[] => {
  const pin = rules[0]!;
  const first = problem.pairs[pin.pairs[0] ?? -1];
  const worth = first === undefined ? Infinity : problem.supplies[first.supply]!.unitValue;
  const { name, row, agreementId, assetId } = pin;
  const needed = rules.reduce((total, rule) => total + rule.lower, 0);
  const reached = rules.reduce((total, rule) => total + rule.pairs.reduce((sum, p) => sum + quantities[p]!, 0), 0);
  return missed(problem, { kind: "pin", name, row, agreementId, scope: agreementId, group: assetId, needed, reached, unit: assetId }, worth);
};

const ofBuffer = (problem: AllocationProblem, quantities: Quantities): MissedMinimum[] => {
  const used = new Float64Array(problem.supplies.length);
  problem.pairs.forEach((pair, p) => (used[pair.supply]! += quantities[p]!));
  const free = [0, 0, 0];
  problem.supplies.forEach((supply, s) => {
    const level = hqlaLevel(supply.row.hqlaClass);
    if (level >= 0) free[level]! += hqlaRatio(level) * (supply.owned - supply.blocked - used[s]!) * supply.unitValue;
  });
  const unit = problem.settings.baseCurrency;
  const name = `liquidity buffer of ${problem.buffer} ${unit}`;
  return missed(
    problem,
    { kind: "buffer", name, row: 0, agreementId: "", scope: "", group: "", needed: problem.buffer, reached: countedHqla(free), unit },
    1,
    bufferKey,
  );
};

/** What counts of free level 1, 2A and 2B: level 2 up to two thirds of level 1, level 2B up to 15/85 of the others. */
const countedHqla = ([first = 0, second = 0, third = 0]: readonly number[]): number => {
  const one = Math.max(0, first);
  const twoA = Math.min(Math.max(0, second), (2 / 3) * one);
  const twoB = Math.min(Math.max(0, third), (15 / 85) * (one + twoA), (2 / 3) * one - twoA);
  return one + twoA + twoB;
};
