import { DomainError } from "../basics/domain-error";

/** Products such as n (1 - c) nearer than this to a whole number are taken as that number: 100 (1 - 0.95) is 5.000000000000004. */
const SNAP = 1e-9;

/** Rounds a count to the nearest whole number when it is within 1e-9 of it. */
export const snapToWhole = (count: number): number => {
  const nearest = Math.round(count);
  return Math.abs(count - nearest) < SNAP ? nearest : count;
};

/**
 * Calculates the tail probability 1 - c of a confidence level, free of the rounding noise of the subtraction.
 *
 * @param confidence level, 0.5 <= c < 1
 * @param where argument name for the message
 * @returns tail probability in (0, 0.5]
 * @throws DomainError badInput outside that range; 99 and 0.01 are the usual mistakes
 */
export const tailOfConfidence = (confidence: number, where: string = "confidence"): number => {
  if (!(confidence >= 0.5 && confidence < 1)) {
    const fix =
      confidence > 1 && confidence <= 100
        ? `Write ${confidence / 100}.`
        : confidence > 0 && confidence < 0.5
          ? `Write ${Number((1 - confidence).toPrecision(12))}.`
          : "Write 0.99.";
    throw new DomainError("badInput", `${where} ${confidence} is not in 0.5 <= c < 1. ${fix}`.slice(0, 120), { confidence });
  }
  // A level has at most 15 decimal digits in a cell; the subtraction leaves noise in the 16th digit of c.
  return Number((1 - confidence).toFixed(15)) || 1 - confidence;
};
