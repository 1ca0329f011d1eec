import { DomainError } from "../basics/domain-error";

/**
 * Scales a haircut to another holding period and frequency of revaluation: H * sqrt((N_R + T_M - 1) / T_from), at most 1.
 *
 * @param haircut decimal for `fromDays`
 * @param fromDays business days that the haircut is for, > 0
 * @param toDays minimum holding period wanted, business days, > 0
 * @param revaluationDays business days between revaluations, >= 1
 * @source Basel Framework CRE22.59
 * @throws DomainError badInput
 */
export const scaleHaircut = (haircut: number, fromDays: number, toDays: number, revaluationDays = 1): number => {
  if (!(haircut >= 0)) throw new DomainError("badInput", `Haircut ${haircut} is below 0. Give a decimal such as 0.08.`);
  if (!(fromDays > 0)) throw new DomainError("badInput", `fromDays is ${fromDays}. It must be above 0.`);
  if (!(toDays > 0)) throw new DomainError("badInput", `The holding period is ${toDays} days. It must be above 0.`);
  if (!(revaluationDays >= 1)) throw new DomainError("badInput", `revaluationDays is ${revaluationDays}. It must be at least 1.`);
  return Math.min(1, haircut * Math.sqrt((revaluationDays + toDays - 1) / fromDays));
};

/** Rounds a haircut to the nearest multiple of a step (0.01 = whole percent); 0 leaves it. @throws DomainError badInput */
export const roundHaircut = (haircut: number, step: number): number => {
  if (!(step >= 0) || step > 1) throw new DomainError("badInput", `round=${step} must be between 0 and 1, such as 0.01.`);
  return step === 0 ? haircut : Number((Math.round(haircut / step) * step).toPrecision(12));
};
