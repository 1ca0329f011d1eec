import type { AllocationOutcome } from "../optimization/allocation-outcome";

/** Everything that was left out because the run ended first, in sentences: of each conflict, and of the answer as a whole. */
export const untoldOf = ({ conflicts, untold = [] }: Pick<AllocationOutcome, "conflicts" | "untold">): readonly string[] => [
  ...conflicts.flatMap((conflict) => (conflict.untold === undefined ? [] : [`${conflict.minimum ?? conflict.agreementId}: ${conflict.untold}`])),
  ...untold,
];
