import type { Explanation } from "../basics/explanation";
import { savedByNetting } from "../margin/requirement-inputs";
import type { AllocationOutcome, Baseline, Sensitivity } from "../optimization/allocation-outcome";
import { amountIn, money, units } from "../optimization/repair-numbers";
import { shareAboveBest } from "../optimization/share-above-best";
import { plainFormat } from "./money-format";
import type { ReportCell, ReportSheet } from "./report-sheet";

type Row = readonly ReportCell[];

/**
 * Reports what stands behind the answer: the optimum beside today's posting and the waterfall, why a call is short and what would cure
 * it, what changes would be worth and how far that holds, and rules that were not applied.
 *
 * @param horizonDays days over which movement costs are spread
 */
export const reportAnalysis = (outcome: AllocationOutcome, headline: string, horizonDays: number): ReportSheet => ({
  name: "Analysis",
  title: "Analysis",
  note: headline,
  columns: [
    { header: "Section", kind: "text", format: "@", width: 125 },
    { header: "Item", kind: "text", format: "@", width: 330 },
    { header: "Value", kind: "number", format: plainFormat(outcome), width: 115 },
    { header: "Unit", kind: "text", format: "@", width: 170 },
    { header: "Now", kind: "number", format: "#,##0.00##", width: 110 },
    { header: "Holds from", kind: "number", format: "#,##0.00##", width: 110 },
    { header: "Holds to", kind: "number", format: "#,##0.00##", width: 110 },
    { header: "Of", kind: "text", format: "@", width: 150 },
    { header: "Explanation", kind: "text", format: "@", width: 700 },
  ],
  rows: [
    ...comparison(outcome, horizonDays),
    ...savings(outcome, horizonDays),
    ...curve(outcome, horizonDays),
    ...conflicts(outcome),
    ...unapplied(outcome),
    ...sensitivities(outcome),
    ...(outcome.untold ?? []).map((sentence) => plain("Not worked out", "", "", "", sentence)),
    ...proof(outcome),
    ...netting(outcome),
    ...requirements(outcome),
  ],
  appends: false,
});

/** An amount of base currency in words. */
const baseMoney = (outcome: AllocationOutcome, value: number): string => amountIn(value, 1, outcome.baseCent);

/** A row whose value stands by itself, without a range. */
const plain = (section: string, item: string, value: number | "", unit: string, explanation: string): Row => [
  section,
  item,
  value,
  unit,
  "",
  "",
  "",
  "",
  explanation,
];

const baselineWords = {
  today: "Today's posting (tblHoldings)",
  waterfall: "Waterfall: cheapest first, agreement by agreement",
} as const;

const comparison = (outcome: AllocationOutcome, horizonDays: number): readonly Row[] => {
  const { baseCurrency, baseCent = 0.01 } = outcome;
  const perDay = `${baseCurrency} per day`;
  const withMovements = (costPerDay: number, once: number): string =>
    once === 0
      ? ""
      : `, ${baseMoney(outcome, once)} ${baseCurrency} once: ${baseMoney(outcome, costPerDay + once / horizonDays)} ${perDay} over ${horizonDays} days`;
  const calls = outcome.coverage.filter((call) => call.required > 0);
  const covered = calls.filter((call) => call.isCovered).length;
  const facts = ({ movements, movementCost = 0, costPerDay, shortfall, brokenLimits = 0 }: Omit<Baseline, "name" | "covered">): string =>
    [
      shortfall > 0.5 * baseCent ? `, short ${baseMoney(outcome, shortfall)} ${baseCurrency}` : "",
      `, ${movements} ${movements === 1 ? "movement" : "movements"}`,
      withMovements(costPerDay, movementCost),
      brokenLimits === 0 ? "" : `; breaks ${brokenLimits} ${brokenLimits === 1 ? "limit" : "limits"} of tblLimits`,
    ].join("");
  const { movements, movementCost, costPerDay } = outcome;
  const own = { movements: movements.length, movementCost, costPerDay, shortfall: outcome.shortfall ?? 0 };
  return [
    plain("Cost", "This run", outcome.costPerDay, perDay, `${covered} of ${calls.length} calls covered${facts(own)}`),
    ...outcome.baselines.map((baseline) =>
      plain(
        "Cost",
        baselineWords[baseline.name],
        baseline.costPerDay,
        perDay,
        `${baseline.covered} of ${calls.length} calls covered${facts(baseline)}`,
      ),
    ),
  ];
};

/** Savings of carry against today, with how soon the movements are paid for; against the waterfall with the movements of both. */
const savings = (outcome: AllocationOutcome, horizonDays: number): readonly Row[] => {
  const short = outcome.coverage.filter((call) => !call.isCovered);
  if (short.length > 0) {
    const words = `${short
      .map(({ agreementId }) => agreementId)
      .slice(0, 3)
      .join(", ")}${short.length > 3 ? " ..." : ""} left short: costs of different cover are not compared`;
    return outcome.baselines.length === 0 ? [] : [plain("Saving", "Not stated", "", "", words)];
  }
  return outcome.baselines.flatMap((baseline): Row[] => {
    const { baseCurrency, baseCent = 0.01 } = outcome;
    const nothing = 0.5 * baseCent;
    const isToday = baseline.name === "today";
    const once = outcome.movementCost - (baseline.movementCost ?? 0);
    const saving = baseline.costPerDay - outcome.costPerDay - (isToday ? 0 : once / horizonDays);
    const days = isToday && saving > nothing && once > nothing ? `; the movements are earned back in ${money(Math.ceil(once / saving))} days` : "";
    const flaw = baseline.shortfall > nothing ? "; it leaves calls short" : (baseline.brokenLimits ?? 0) > 0 ? "; it breaks limits" : "";
    const words = isToday ? "Carry alone" : `Carry and movements over ${horizonDays} days`;
    const item = isToday ? "Against today" : "Against the waterfall";
    return [
      plain("Saving", item, saving, `${baseCurrency} per day`, `${words}${flaw}${days}`),
      plain("Saving", item, saving * 365, `${baseCurrency} per year`, "365 days like this one"),
    ];
  });
};

/** What fewer movements would cost: each row a solve of its own, the answer last. */
const curve = (outcome: AllocationOutcome, horizonDays: number): readonly Row[] => {
  const { curve: points = [], baseCurrency, baseCent = 0.01 } = outcome;
  if (points.length === 0) return [];
  const unit = `${baseCurrency} per day`;
  const own = outcome.costPerDay + outcome.movementCost / horizonDays;
  const rows = [...points].reverse().map((point) => {
    const short = point.shortfall > baseCent ? `; leaves ${baseMoney(outcome, point.shortfall)} ${baseCurrency} uncovered` : "";
    const above = shareAboveBest(point.costPerDay + (point.movementCost ?? 0) / horizonDays, point.gap);
    const gap = Number.isFinite(above) ? `at most ${(above * 100).toFixed(2)} % above the least cost` : "how near to the least cost is not known";
    const more = point.costPerDay + (point.movementCost ?? 0) / horizonDays - own;
    const words = `${baseMoney(outcome, Math.abs(more))} ${unit} ${more < 0 ? "less" : "more"} than this run over ${horizonDays} days, movements included`;
    return plain(
      "Fewer movements",
      `With ${point.movements} movements`,
      point.costPerDay,
      unit,
      `${words}; ${point.gap === 0 ? "proved least" : gap}${short}`,
    );
  });
  return [...rows, plain("Fewer movements", `With ${outcome.movements.length} movements`, outcome.costPerDay, unit, "This run")];
};

const conflicts = (outcome: AllocationOutcome): readonly Row[] =>
  outcome.conflicts.flatMap((conflict) => {
    const rules = conflict.rules.length === 0 ? "" : ` In conflict: ${conflict.rules.join("; ")}`;
    const further = (conflict.further ?? []).map((set) => `. Also by itself: ${set.join("; ")}`).join("");
    const more = conflict.mayHaveMore === true ? ". There may be more" : "";
    const untold = conflict.untold === undefined ? "" : `${conflict.rules.length === 0 ? "" : "."} ${conflict.untold}`;
    // What is missing of a coin may be small and dear: it must be seen in the two amounts.
    const told = conflict.shortfall < 1 ? units : money;
    const words = `Required ${told(conflict.required)}, reachable ${told(conflict.reachable)}.${rules}${further}${more}${untold}`;
    const section = conflict.minimum === undefined ? "Shortfall" : "Not met";
    return [
      plain(section, conflict.minimum ?? conflict.agreementId, conflict.shortfall, conflict.currency, words),
      ...conflict.repairs.map((repair) => plain("Repair", repair.rule, repair.size, outcome.baseCurrency, upperFirst(repair.change))),
    ];
  });

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const unapplied = (outcome: AllocationOutcome): readonly Row[] =>
  outcome.unapplied.map((rule) => plain("Not applied", rule.rule, rule.count, `rows of ${rule.table}`, rule.effect));

/** Sections of sensitivities in the order of the sheet. */
const sensitivitySections = {
  rule: "Price of a rule",
  agreement: "Marginal cost",
  limit: "Limit",
  asset: "More of an asset",
  pair: "Not used",
  cost: "Used",
} as const;

const sensitivities = (outcome: AllocationOutcome): readonly Row[] =>
  (Object.keys(sensitivitySections) as Sensitivity["kind"][]).flatMap((kind) =>
    outcome.sensitivities.filter((item) => item.kind === kind).map((item) => sensitivityRow(item, outcome)),
  );

const sensitivityRow = (item: Sensitivity, outcome: AllocationOutcome): Row => {
  const { baseCurrency } = outcome;
  const { kind, id, value, unit, range, text } = item;
  const isPair = kind === "pair" || kind === "cost";
  const [shown, counted] =
    unit !== undefined
      ? [value, unit]
      : isPair
        ? [value, kind === "pair" ? "bp a year too dear" : "bp a year to a change"]
        : [value * 1e6, `${baseCurrency} a year per million`];
  const holds = range === undefined ? ["", "", "", ""] : [range.now, range.from ?? "no end", range.to ?? "no end", range.unit];
  return [
    sensitivitySections[kind],
    isPair ? pairName(outcome, id) : kind === "asset" ? assetName(outcome, id) : upperFirst(id),
    shown,
    counted,
    ...holds,
    text,
  ];
};

/** The asset alone where it is in one place, else with its location and account. */
const assetName = ({ inventory }: AllocationOutcome, key: string): string => {
  const [assetId = key, ...place] = key.split("|");
  const isElsewhere = inventory.filter((line) => line.assetId === assetId).length > 1;
  return [assetId, ...(isElsewhere ? place.filter((part) => part !== "") : [])].join(", ");
};

const pairName = (outcome: AllocationOutcome, id: string): string => {
  const at = id.lastIndexOf(">");
  return `${assetName(outcome, id.slice(0, at))} at ${id.slice(at + 1)}`;
};

/** That the prices above prove the answer, recomputed by our own code from the model. */
const proof = (outcome: AllocationOutcome): readonly Row[] => {
  const { proof: found, solve, baseCurrency, areGivenMovements } = outcome;
  const unit = `${baseCurrency} per year`;
  const given = areGivenMovements === true ? " with the movements and lots held as they are" : "";
  const search =
    areGivenMovements === true
      ? [
          plain(
            "Proof",
            "Gap of the search",
            Number.isFinite(solve.gap) ? solve.gap * 100 : "",
            "%",
            solve.gap === 0 ? "Proved: no other set of movements and lots is cheaper" : "Above the best possible cost at most",
          ),
        ]
      : [];
  if (found === undefined) return search;
  return [
    ...search,
    plain(
      "Proof",
      "Duality gap",
      found.gap,
      unit,
      `Cost ${baseMoney(outcome, found.cost)}, bound by the prices ${baseMoney(outcome, found.bound)}${given}: recomputed from the model, not the engine's word`,
    ),
    plain(
      "Proof",
      "Complementary slackness",
      found.complementarity,
      unit,
      "Largest price times unused room of any rule or posting; 0 where every price belongs to a rule that binds",
    ),
  ];
};

/** What netting takes off each requirement, where positions are netted: the outermost such number of its tree. */
const netting = (outcome: AllocationOutcome): readonly Row[] =>
  outcome.coverage.flatMap((call) =>
    outermost(call.requirementExplanation, savedByNetting).map(({ value, unit, note }) =>
      plain("Netting", call.agreementId, typeof value === "number" ? value : "", unit === "money" ? call.currency : unit, note ?? ""),
    ),
  );

const outermost = (tree: Explanation | undefined, name: string): readonly Explanation[] => {
  for (let level = tree === undefined ? [] : [tree]; level.length > 0; level = level.flatMap((part) => [...part.from])) {
    const found = level.filter((part) => part.name === name);
    if (found.length > 0) return found;
  }
  return [];
};

/** Why each requirement is what it is: the explanation tree, one row for each number, indented by depth. */
const requirements = (outcome: AllocationOutcome): readonly Row[] =>
  outcome.coverage.flatMap((call) =>
    call.requirementExplanation === undefined || call.requirementExplanation.from.length === 0
      ? []
      : explanationRows(call.agreementId, call.currency, call.requirementExplanation, 0),
  );

/** Deep trees are cut: a scenario grid has hundreds of leaves, which nobody reads on a sheet. */
const maximumDepth = 4;

const explanationRows = (agreementId: string, currency: string, explanation: Explanation, depth: number): readonly Row[] => {
  const { name, value, unit, note, from } = explanation;
  const isNumber = typeof value === "number" && Number.isFinite(value);
  const row = plain(
    "Requirement",
    `${depth === 0 ? `${agreementId}: ` : "    ".repeat(depth)}${name}`,
    isNumber ? value : "",
    unit === "money" ? currency : unit,
    [isNumber ? "" : String(value), note ?? ""].filter((part) => part !== "").join(". "),
  );
  return depth === maximumDepth ? [row] : [row, ...from.flatMap((part) => explanationRows(agreementId, currency, part, depth + 1))];
};
