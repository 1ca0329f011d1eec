import type { RunSummary } from "../../app/collateral-app";

/** Least cost found with at most so many moves. */
export interface MoveCost {
  readonly moves: number;
  /** Base currency. */
  readonly costPerDay: number;
  /** Something is short with so few moves that is covered with more. */
  readonly isShort: boolean;
  /** Relative gap of that solve, decimal. */
  readonly gap: number;
}

/** The curve of cost against moves, of one state of the inputs. */
export interface MoveCosts {
  readonly inputHash: string;
  readonly currency: string;
  /** Amount of it that is a trifle. */
  readonly cent: number;
  /** Fewest moves first; every point costs less, or leaves less short, than the one before. */
  readonly points: readonly MoveCost[];
}

/**
 * Adds what a run tells about the cost of fewer moves: its own point and those of its curve. Runs on other inputs start anew.
 *
 * @returns undefined where the run has no answer
 */
export const gatherMoveCosts = (
  before: MoveCosts | undefined,
  { outcome, inputHash, coveredCalls, totalCalls }: RunSummary,
): MoveCosts | undefined => {
  if (outcome === undefined || inputHash === undefined) return undefined;
  const { baseCent: cent = 0.01 } = outcome;
  const isSame = before?.inputHash === inputHash;
  const own: MoveCost = {
    moves: outcome.movements.length,
    costPerDay: outcome.costPerDay,
    isShort: coveredCalls < totalCalls,
    gap: outcome.solve.gap,
  };
  const curve = (outcome.curve ?? []).map((point): MoveCost => ({
    moves: point.movements,
    costPerDay: point.costPerDay,
    isShort: own.isShort || point.shortfall > cent,
    gap: point.gap,
  }));
  return { inputHash, currency: outcome.baseCurrency, cent, points: frontier([...(isSame ? before.points : []), own, ...curve], cent) };
};

/** Leaves only points worth choosing: more moves must leave less short, or cost less. */
const frontier = (points: readonly MoveCost[], cent: number): readonly MoveCost[] => {
  const sorted = [...points].sort((a, b) => a.moves - b.moves || Number(a.isShort) - Number(b.isShort) || a.costPerDay - b.costPerDay);
  const kept: MoveCost[] = [];
  for (const point of sorted) {
    const last = kept.at(-1);
    const isWorth =
      last === undefined ||
      (last.moves < point.moves &&
        (Number(point.isShort) < Number(last.isShort) || (point.isShort === last.isShort && point.costPerDay < last.costPerDay - 0.5 * cent)));
    if (isWorth) kept.push(point);
  }
  return kept;
};

/** The fewest moves that cost at most so much more a day than the cheapest point; nothing that is short is chosen for it. */
export const fewestWithin = ({ points, cent }: MoveCosts, allowance: number): MoveCost | undefined => {
  const whole = points.filter(({ isShort }) => !isShort);
  const cheapest = Math.min(...whole.map(({ costPerDay }) => costPerDay));
  return whole.find(({ costPerDay }) => costPerDay <= cheapest + allowance + 0.5 * cent);
};
