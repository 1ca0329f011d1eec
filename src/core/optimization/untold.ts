import type { AllocationOutcome } from "./allocation-outcome";

/** Adds a sentence on what is left out of an answer. */
export const withUntold = (outcome: AllocationOutcome, sentence: string): AllocationOutcome => ({
  ...outcome,
  untold: [...(outcome.untold ?? []), sentence],
});
