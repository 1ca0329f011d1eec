import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import { roundHaircut, scaleHaircut } from "../collateral/haircut-scaling";
import { lookUpFxHaircut, lookUpHaircut, type HaircutKey, type HaircutTable } from "./haircut-schedule";

/** How a looked-up haircut is adjusted. */
export interface HaircutAdjustments {
  /** Adds the schedule's haircut for a currency mismatch. */
  readonly hasFxMismatch?: boolean;
  /** Minimum holding period in business days. */
  readonly holdingDays?: number;
  /** Business days between revaluations. */
  readonly revaluationDays?: number;
  /** ISO date on which the rule must be in force. */
  readonly asOf?: string;
  /** Step to which each scaled haircut is rounded. */
  readonly round?: number;
}

/** A supervisory haircut with its table, row and adjustments. */
export interface SupervisoryHaircut {
  readonly haircut: number;
  /** Table, row, source and adjustments behind the number. */
  readonly explain: () => Explanation;
}

/**
 * Calculates a supervisory haircut: the row of the dated table, scaled, rounded, with the currency mismatch added; at most 1.
 *
 * @throws DomainError badInput, notEligible with the reason, or notFound with table and key
 * @source Basel Framework CRE22.49, CRE22.59; 12 CFR 45 Appendix B; CRE56.6
 */
export const supervisoryHaircut = (schedule: string, key: HaircutKey, adjust: HaircutAdjustments = {}): SupervisoryHaircut => {
  const found = lookUpHaircut(schedule, key, adjust.asOf);
  const { table } = found;
  const adjusted = (haircut: number): number => roundHaircut(scaled(table, haircut, adjust), adjust.round ?? 0);
  const asset = adjusted(found.haircut);
  const fxBase = adjust.hasFxMismatch === true ? lookUpFxHaircut(table) : 0;
  const fx = fxBase === 0 ? 0 : adjusted(fxBase);
  const haircut = Math.min(1, asset + fx);
  const part = (name: string, value: number | string, unit: string, note = ""): Explanation => ({ name, value, unit, from: [], note });
  return {
    haircut,
    explain: () => ({
      name: "haircut",
      value: haircut,
      unit: "decimal",
      note: asset + fx > 1 ? "capped at 1" : "asset haircut + currency mismatch",
      from: [
        {
          ...part("asset haircut", asset, "decimal", found.row.reason ?? ""),
          from: [part("in the table", found.haircut, "decimal", showRow(table, found.row))],
        },
        { ...part("currency mismatch", fx, "decimal"), from: fxBase === 0 ? [] : [part("in the table", fxBase, "decimal", table.id)] },
        part("holding period", adjust.holdingDays ?? table.holdingDays ?? "none", "business days", `table: ${table.holdingDays ?? "none"}`),
        part("revaluation", adjust.revaluationDays ?? 1, "business days"),
        part("table", table.id, "", table.title),
        part("source", table.source.document, "", `${table.source.publisher}${table.source.section === null ? "" : `, ${table.source.section}`}`),
        part(
          "in force from",
          table.effectiveFrom ?? "not stated",
          "date",
          table.effectiveTo === null ? "still in force in our tables" : `until ${table.effectiveTo}`,
        ),
        part("status of the row", found.row.status, "", (table.notes ?? []).join(" ")),
      ],
    }),
  };
};

const scaled = (table: HaircutTable, haircut: number, adjust: HaircutAdjustments): number => {
  if (adjust.holdingDays === undefined && adjust.revaluationDays === undefined) return haircut;
  if (!table.isScalable || table.holdingDays === null) {
    throw new DomainError("badInput", `${table.schedule} has no scaling to other periods. Leave holdingDays and revaluationDays out.`);
  }
  return scaleHaircut(haircut, table.holdingDays, adjust.holdingDays ?? table.holdingDays, adjust.revaluationDays ?? 1);
};

const showRow = (
  table: HaircutTable,
  row: {
    readonly ratingFrom?: string;
    readonly ratingTo?: string;
    readonly maturityFromYears: number | null;
    readonly maturityToYears: number | null;
  },
): string => {
  const rating = row.ratingFrom === undefined ? "any rating" : `${row.ratingFrom} to ${row.ratingTo}`;
  const from = row.maturityFromYears ?? 0;
  const maturity =
    row.maturityFromYears === null && row.maturityToYears === null
      ? "any maturity"
      : row.maturityToYears === null
        ? `over ${from} years`
        : `${from} to ${row.maturityToYears} years`;
  return `${table.id}: ${rating}, ${maturity}`;
};
