import { DomainError } from "../basics/domain-error";

/**
 * Adds expected shortfalls of risk factors with rising liquidity horizons: sqrt(sum (ES_j sqrt((LH_j - LH_{j-1}) / base))^2).
 *
 * @param shortfalls ES at the base horizon of all factors with horizon LH_j or longer, >= 0, any one unit
 * @param horizons LH_j in days, rising, > 0; LH_0 = 0
 * @param baseDays horizon of the shortfalls, days
 * @returns ES in the unit of the input
 * @throws DomainError badInput
 * @source Basel Committee, MAR33.5
 */
export const liquidityHorizonShortfall = (shortfalls: readonly number[], horizons: readonly number[], baseDays: number): number => {
  if (shortfalls.length !== horizons.length)
    throw new DomainError("badInput", `expectedShortfalls has ${shortfalls.length} cells, horizonsDays ${horizons.length}. Give the same number.`);
  if (!(baseDays > 0)) throw new DomainError("badInput", `baseDays ${baseDays} must be above 0. Write 10.`);
  let previous = 0;
  let squares = 0;
  shortfalls.forEach((shortfall, j) => {
    const horizon = horizons[j]!;
    if (!(horizon > previous))
      throw new DomainError("badInput", `horizonsDays entry ${j + 1} (${horizon}) must be above the one before. Sort them: 10, 20, 40, 60, 120.`);
    if (!(shortfall >= 0)) throw new DomainError("badInput", `expectedShortfalls entry ${j + 1} is ${shortfall}; it must be 0 or more.`);
    squares += (shortfall * shortfall * (horizon - previous)) / baseDays;
    previous = horizon;
  });
  return Math.sqrt(squares);
};

/**
 * Scales a stressed expected shortfall of a reduced set of factors to the full set: ES_RS max(1, ES_FC / ES_RC).
 *
 * @param reducedStressed reduced set, stressed period, >= 0
 * @param fullCurrent full set, current period, >= 0
 * @param reducedCurrent reduced set, current period, > 0
 * @throws DomainError badInput, outsideDomain for a zero reduced current ES
 * @source Basel Committee, MAR33.6
 */
export const stressedShortfall = (reducedStressed: number, fullCurrent: number, reducedCurrent: number): number => {
  for (const [name, value] of [
    ["reducedStressed", reducedStressed],
    ["fullCurrent", fullCurrent],
    ["reducedCurrent", reducedCurrent],
  ] as const) {
    if (!(value >= 0)) throw new DomainError("badInput", `${name} is ${value}; an expected shortfall is 0 or more here.`);
  }
  if (reducedCurrent === 0) throw new DomainError("outsideDomain", "reducedCurrent is 0: the ratio to the full set is not defined. Check that ES.");
  return reducedStressed * Math.max(1, fullCurrent / reducedCurrent);
};
