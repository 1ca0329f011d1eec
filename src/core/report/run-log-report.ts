import type { Explanation } from "../basics/explanation";
import type { AllocationOutcome, CheckReport, MovementSaving } from "../optimization/allocation-outcome";
import { plainFormat } from "./money-format";
import type { ReportCell, ReportSheet } from "./report-sheet";
import { untoldOf } from "./untold";

/** What the log needs to know of a run besides its outcome. */
export interface RunFacts {
  readonly runId: string;
  /** ISO UTC. */
  readonly finishedAt: string;
  readonly inputHash: string;
  readonly version: string;
  readonly headline: string;
  readonly status: string;
  /** What the reader should know, such as inputs that changed while solving. */
  readonly warnings: readonly string[];
  /** What the user's credit model says of each counterparty. */
  readonly credit?: readonly Explanation[];
}

/** Reports a run as one event with every rule's check below it. Earlier events are never touched. */
export const reportRunLog = (outcome: AllocationOutcome, checks: CheckReport, facts: RunFacts): ReportSheet => {
  const time = facts.finishedAt.slice(0, 19).replace("T", " ");
  const passed = checks.checks.filter((check) => check.passed).length;
  // Who says it: a filled cell also keeps the hash beside it within its column.
  const entry = (name: string, status: string, detail: string, says = "add-in"): readonly ReportCell[] => [
    facts.runId,
    time,
    facts.inputHash,
    says,
    name,
    status,
    "",
    "",
    detail,
  ];
  const rows: (readonly ReportCell[])[] = [
    [
      facts.runId,
      time,
      facts.inputHash,
      outcome.solve.engine,
      "Run",
      facts.status,
      outcome.solve.objective,
      `${passed} of ${checks.checks.length} rules OK`,
      `${facts.headline} Engine: ${outcome.solve.reason}. ${gapText(outcome.solve.gap)}${outcome.solve.isReproducible ? "" : ", not reproducible"}. Version ${facts.version}.`,
    ],
    ...checks.checks.map((check) =>
      entry(
        `Check: ${check.rule}`,
        check.passed ? "OK" : "FAILED",
        `${check.count} checked, largest violation ${check.largestViolation.toPrecision(3)} ${check.unit}${check.detail === "" ? "" : ` (${check.detail})`}`,
        "checker",
      ),
    ),
    ...(outcome.unmet ?? []).map((one) =>
      entry(
        `Not met: ${one.name}`,
        "Not met",
        `needed ${plain(one.needed)}, reached ${plain(one.reached)}, missing ${plain(one.missing)} ${one.unit}`,
      ),
    ),
    ...(outcome.exceeded ?? []).map((one) =>
      entry(
        `Exceeded: ${one.name}`,
        "Exceeded",
        `allowed ${plain(one.allowed)}, posted ${plain(one.posted)} ${one.unit}: it cannot be recalled yet, and nothing else of it is posted`,
      ),
    ),
    ...(outcome.saved === undefined ? [] : [entry("Movements saved", "Note", savedWords(outcome.saved, outcome.baseCurrency))]),
    ...outcome.unapplied.map((rule) => entry(`Not applied: ${rule.rule}`, "Note", `${rule.count} rows of ${rule.table}: ${rule.effect}`)),
    ...untoldOf(outcome).map((sentence) => entry("Not worked out", "Note", sentence)),
    ...(facts.credit ?? []).map((one) => entry(`Credit: ${one.name}`, String(one.value), creditWords(one))),
    ...facts.warnings.map((warning) => entry("Warning", "Note", warning)),
  ];
  return {
    name: "Run log",
    title: "Run log",
    note: "One event per run, with every rule's check; earlier events stay.",
    columns: [
      { header: "Id", kind: "text", format: "@", width: 90 },
      { header: "Time (UTC)", kind: "text", format: "@", width: 140 },
      { header: "Input hash", kind: "text", format: "@", width: 140 },
      { header: "Engine", kind: "text", format: "@", width: 150 },
      { header: "Entry", kind: "text", format: "@", width: 190 },
      { header: "Status", kind: "text", format: "@", width: 90 },
      { header: `Objective (${outcome.baseCurrency})`, kind: "number", format: plainFormat(outcome), width: 130 },
      { header: "Checks", kind: "text", format: "@", width: 130 },
      { header: "Detail", kind: "text", format: "@", width: 560 },
    ],
    rows,
    appends: true,
  };
};

/** An amount in the log: as many digits as people read, no rounding to nothing. */
const plain = (value: number): string => String(Number(value.toPrecision(12)));

/** `probability of default 0.0082 (given), haircut add-on 0.05 (of grade BB), limit share 0.5 (of grade BB)` */
const creditWords = (credit: Explanation): string =>
  credit.from
    .map(({ name, value, note }) => {
      const shown = typeof value === "number" ? String(Number(value.toPrecision(4))) : value;
      return `${name} ${shown}${note === undefined ? "" : ` (${note})`}`;
    })
    .join(", ");

/** A search that ended before any bound was known has no gap to tell. */
const savedWords = (saved: MovementSaving, currency: string): string =>
  `${saved.movements} movements instead of ${saved.movementsBefore}, ${plain(saved.amount)} ${currency} moved instead of ${plain(saved.amountBefore)}, for ${plain(saved.extraCost)} of the ${plain(saved.allowance)} ${currency} over the horizon that movementAllowance lets be spent.`;

const gapText = (gap: number): string => (Number.isFinite(gap) ? `Gap ${(gap * 100).toFixed(2)} %` : "Gap not known");
