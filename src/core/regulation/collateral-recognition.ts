import { DomainError } from "../basics/domain-error";
import type { FactStatus, RegulationRow } from "./regulation-table";
import { regulationTable } from "./regulation-tables";

interface GroupRow extends RegulationRow {
  readonly group: string;
  readonly what: string;
  readonly recognisedCollateral: "asUnderlying" | "no";
}

/** Whether an asset of a cryptoasset group counts as collateral for regulatory capital. */
export interface CollateralRecognition {
  readonly group: string;
  /** asUnderlying: as the asset that is tokenised, where that is eligible; no: counts 0. */
  readonly recognised: "asUnderlying" | "no";
  readonly status: FactStatus;
  /** Sentence with the source and how well it is known. */
  readonly note: string;
}

/**
 * Finds whether assets of a SCO60 group are recognised as collateral: groups 1b, 2a and 2b are not, 1a counts as its underlying.
 *
 * @param sco60Class 1a, 1b, 2a or 2b
 * @throws DomainError badInput for another class
 * @source CRE55.2 FAQ1 quoting SCO60.94; table sco60_groups
 */
export const collateralRecognition = (sco60Class: string): CollateralRecognition => {
  const table = regulationTable<GroupRow>("sco60_groups");
  const key = sco60Class
    .trim()
    .toLowerCase()
    .replace(/^group\s*/, "");
  const row = table.rows.find((found) => found.group === key);
  if (row === undefined) throw new DomainError("badInput", `sco60Class "${sco60Class.slice(0, 20)}" is unknown. Use 1a, 1b, 2a or 2b.`);
  const what = row.recognisedCollateral === "no" ? "not recognised as collateral" : "recognised as its underlying, where that is eligible";
  return {
    group: key,
    recognised: row.recognisedCollateral,
    status: row.status,
    note: `group ${key}: ${what} (CRE55.2 FAQ1, SCO60.94; ${row.status} source)`,
  };
};

/**
 * Calculates the share of market value that counts for regulatory capital.
 *
 * @param underlyingRatio 1 - supervisory haircut of the underlying, used for group 1a; undefined = not known
 * @returns decimal; undefined for group 1a without the underlying's ratio
 */
export const regulatoryValueRatio = (recognition: CollateralRecognition, underlyingRatio: number | undefined): number | undefined =>
  recognition.recognised === "no" ? 0 : underlyingRatio;
