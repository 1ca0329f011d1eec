import type { UnappliedRule } from "./allocation-outcome";
import type { AllocationProblem } from "./problem-shape";

/** Names every rule that the tables hold but the model does not apply yet. */
export const unappliedRules = (problem: AllocationProblem): UnappliedRule[] => {
  const { limits, pins, caps, pairs, supplies, buffer } = problem;
  const rules: UnappliedRule[] = [
    { rule: "Concentration limits", table: "tblLimits", count: new Set(limits.map((limit) => limit.row)).size, effect: "limits may be exceeded" },
    { rule: "Pins on several inventory lines", table: "tblPins", count: pins.length, effect: "the sum over the lines may differ" },
    { rule: "Movement caps", table: "tblSettings", count: caps.length, effect: "more movements may be proposed" },
    { rule: "Liquidity buffer", table: "tblSettings", count: buffer > 0 ? 1 : 0, effect: "HQLA may be posted below the buffer" },
    { rule: "Fixed movement costs and smallest pieces", table: "tblCosts", count: pairs.filter(({ costs }) => costs.deliverFixed + costs.recallFixed + costs.minimumPiece > 0).length, effect: "small movements may be proposed" },
    { rule: "Whole lots", table: "tblAssets", count: supplies.filter((supply) => supply.hasLots).length, effect: "lots are rounded after the solve" },
  ];
  return rules.filter((rule) => rule.count > 0);
};
