import type { UnappliedRule } from "./allocation-outcome";
import type { AllocationProblem } from "./problem-shape";

/** Names every rule that the tables hold but that this run does not apply in full. */
export const unappliedRules = (problem: AllocationProblem): UnappliedRule[] => {
  const { settings, demands, supplies } = problem;
  const deadlines = settings.asOf === undefined ? demands.filter((demand) => demand.row.deadline !== undefined).length : 0;
  const locks = settings.asOf === undefined ? supplies.filter((supply) => supply.row.lockedUntil !== undefined).length : 0;
  const rules: UnappliedRule[] = [
    { rule: "Deadlines", table: "tblAgreements", count: deadlines, effect: "settings hold no asOf, so no deadline is applied" },
    { rule: "Lock-ups", table: "tblAssets", count: locks, effect: "settings hold no asOf, so no lock-up is applied" },
  ];
  return rules.filter((rule) => rule.count > 0);
};
