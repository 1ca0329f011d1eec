import type { Explanation } from "../basics/explanation";
import type { AllocationOutcome } from "../optimization/allocation-outcome";
import type { ReportCell, ReportSheet } from "./report-sheet";

/**
 * Reports what stands behind the answer: the optimum beside today's posting and the waterfall, why a call is short and what would cure
 * it, sensitivities, and rules that were not applied.
 */
export const reportAnalysis = (outcome: AllocationOutcome, headline: string): ReportSheet => ({
  name: "Analysis",
  title: "Analysis",
  note: headline,
  columns: [
    { header: "Section", kind: "text", format: "@", width: 130 },
    { header: "Item", kind: "text", format: "@", width: 320 },
    { header: "Value", kind: "number", format: "#,##0.00####", width: 130 },
    { header: "Unit", kind: "text", format: "@", width: 130 },
    { header: "Explanation", kind: "text", format: "@", width: 480 },
  ],
  rows: [
    ...comparison(outcome),
    ...curve(outcome),
    ...conflicts(outcome),
    ...unapplied(outcome),
    ...sensitivities(outcome),
    ...requirements(outcome),
  ],
  appends: false,
});

const comparison = (outcome: AllocationOutcome): readonly (readonly ReportCell[])[] => {
  const perDay = `${outcome.baseCurrency} per day`;
  const words = {
    today: "Today's posting (tblHoldings)",
    waterfall: "Waterfall: cheapest first, agreement by agreement, limits not looked at",
  } as const;
  const rows: (readonly ReportCell[])[] = [
    [
      "Cost",
      "Optimum",
      outcome.costPerDay,
      perDay,
      `${outcome.movements.length} movements, one-off cost ${outcome.movementCost.toFixed(2)} ${outcome.baseCurrency}`,
    ],
  ];
  for (const baseline of outcome.baselines) {
    const short = baseline.shortfall > 0.005 ? `, short ${baseline.shortfall.toFixed(2)} ${outcome.baseCurrency}` : "";
    rows.push([
      "Cost",
      words[baseline.name],
      baseline.costPerDay,
      perDay,
      `${baseline.covered} calls covered${short}, ${baseline.movements} movements`,
    ]);
  }
  const today = outcome.baselines.find((baseline) => baseline.name === "today");
  if (today !== undefined) {
    const saving = today.costPerDay - outcome.costPerDay;
    rows.push(
      ["Saving", "Against today", saving, perDay, ""],
      ["Saving", "Against today", saving * 365, `${outcome.baseCurrency} per year`, "365 days"],
    );
  }
  return rows;
};

/** What fewer movements would cost: each row a solve of its own. */
const curve = (outcome: AllocationOutcome): readonly (readonly ReportCell[])[] =>
  (outcome.curve ?? []).map((point) => {
    const short = point.shortfall > 0.01 ? `, short ${point.shortfall.toFixed(2)} ${outcome.baseCurrency}` : "";
    const gap = Number.isFinite(point.gap) ? `gap ${(point.gap * 100).toFixed(2)} %` : "gap not known";
    return [
      "Fewer movements",
      `With ${point.movements} movements`,
      point.costPerDay,
      `${outcome.baseCurrency} per day`,
      `${point.gap === 0 ? "proved least" : gap}${short}`,
    ];
  });

const conflicts = (outcome: AllocationOutcome): readonly (readonly ReportCell[])[] =>
  outcome.conflicts.flatMap((conflict) => [
    [
      "Shortfall",
      conflict.agreementId,
      conflict.shortfall,
      conflict.currency,
      `Required ${conflict.required.toFixed(2)}, reachable ${conflict.reachable.toFixed(2)}. In conflict: ${conflict.rules.join("; ")}`,
    ],
    ...conflict.repairs.map((repair): readonly ReportCell[] => ["Repair", repair.rule, repair.size, outcome.baseCurrency, repair.change]),
  ]);

const unapplied = (outcome: AllocationOutcome): readonly (readonly ReportCell[])[] =>
  outcome.unapplied.map((rule) => ["Not applied", rule.rule, rule.count, `rows of ${rule.table}`, rule.effect]);

const sensitivities = (outcome: AllocationOutcome): readonly (readonly ReportCell[])[] =>
  outcome.sensitivities.map((item) => ["Sensitivity", item.id, item.value, item.kind === "pair" ? "bp per year" : "per year", item.text]);

/** Why each requirement is what it is: the explanation tree, one row for each number, indented by depth. */
const requirements = (outcome: AllocationOutcome): readonly (readonly ReportCell[])[] =>
  outcome.coverage.flatMap((call) =>
    call.requirementExplanation === undefined || call.requirementExplanation.from.length === 0
      ? []
      : explanationRows(call.agreementId, call.requirementExplanation, 0),
  );

/** Deep trees are cut: a scenario grid has hundreds of leaves, which nobody reads on a sheet. */
const maximumDepth = 4;

const explanationRows = (agreementId: string, explanation: Explanation, depth: number): readonly (readonly ReportCell[])[] => {
  const { name, value, unit, note, from } = explanation;
  const isNumber = typeof value === "number" && Number.isFinite(value);
  const row: readonly ReportCell[] = [
    "Requirement",
    `${depth === 0 ? `${agreementId}: ` : "    ".repeat(depth)}${name}`,
    isNumber ? value : "",
    unit,
    [isNumber ? "" : String(value), note ?? ""].filter((part) => part !== "").join(". "),
  ];
  return depth === maximumDepth ? [row] : [row, ...from.flatMap((part) => explanationRows(agreementId, part, depth + 1))];
};
