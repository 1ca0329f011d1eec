import { type QuantileRule, quantilePosition } from "./quantile";
import type { RiskScenario } from "./risk-request";
import { selectInPlace } from "./select";
import { snapToWhole } from "./tail-probability";

/** Positions of the `count` smallest returns, worst first; among equals the earlier one counts as worse. */
const worstPositions = (returns: Float64Array, count: number): number[] => {
  const scratch = returns.slice();
  selectInPlace(scratch, count - 1);
  const bound = scratch[count - 1]!;
  const below: number[] = [];
  const equal: number[] = [];
  for (let i = 0; i < returns.length; i++) {
    if (returns[i]! < bound) below.push(i);
    else if (returns[i]! === bound) equal.push(i);
  }
  below.sort((i, j) => returns[i]! - returns[j]! || i - j);
  return [...below, ...equal.slice(0, count - below.length)];
};

/**
 * Finds the one or two scenarios whose returns make a historical VaR, with their interpolation weights.
 *
 * @param tail tail probability 1 - c
 */
export const valueAtRiskScenarios = (returns: Float64Array, tail: number, rule: QuantileRule): RiskScenario[] => {
  const { index, weight } = quantilePosition(returns.length, tail, rule);
  const positions = worstPositions(returns, Math.min(returns.length, index + (weight > 0 ? 2 : 1)));
  const parts =
    weight > 0
      ? [
          [positions[index]!, 1 - weight],
          [positions[index + 1]!, weight],
        ]
      : [[positions[index]!, 1]];
  return parts.map(([position, share]) => ({ position: position!, value: returns[position!]!, weight: share! }));
};

/** Finds the scenarios averaged by the Acerbi-Tasche expected shortfall, worst first; weights add up to 1. */
export const shortfallScenarios = (returns: Float64Array, tail: number): RiskScenario[] => {
  const count = snapToWhole(tail * returns.length);
  if (count <= 1) return worstPositions(returns, 1).map((position) => ({ position, value: returns[position]!, weight: 1 }));
  return worstPositions(returns, Math.ceil(count)).map((position, rank) => ({
    position,
    value: returns[position]!,
    weight: Math.min(1, count - rank) / count,
  }));
};

/** Finds the scenarios at or below minus the VaR, worst first, equally weighted: those of the plain tail mean. */
export const tailMeanScenarios = (returns: Float64Array, valueAtRisk: number): RiskScenario[] => {
  const positions: number[] = [];
  for (let i = 0; i < returns.length; i++) if (returns[i]! <= -valueAtRisk) positions.push(i);
  positions.sort((i, j) => returns[i]! - returns[j]! || i - j);
  return positions.map((position) => ({ position, value: returns[position]!, weight: 1 / positions.length }));
};
