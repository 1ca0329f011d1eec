import type { Issue } from "../basics/issue";
import type { PinRow } from "../collateral/book";
import { normalName } from "./name-match";
import type { Demand, GroupPin, Pair, Supply } from "./problem-shape";
import { rowIssue } from "./row-issue";

/**
 * Applies tblPins: pin keeps a quantity (default today's), forbid allows none, atLeast and atMost bound it.
 *
 * A pin without a location that meets several inventory lines bounds their sum; pin without a quantity and forbid hold line by line.
 */
export const applyPins = (
  rows: readonly PinRow[],
  pairs: readonly Pair[],
  supplies: readonly Supply[],
  demands: readonly Demand[],
  issues: Issue[],
): { pairs: Pair[]; groups: GroupPin[] } => {
  const result = [...pairs];
  const groups: GroupPin[] = [];
  for (const row of rows) {
    const members = pairs.flatMap((pair, index) => (isMember(row, supplies[pair.supply]!, demands[pair.demand]!) ? [index] : []));
    if (members.length === 0) {
      if ((row.action === "pin" || row.action === "atLeast") && row.quantity !== 0) {
        issues.push(
          rowIssue(
            row.origin,
            "error",
            "pin-not-eligible",
            `${row.assetId} is not eligible at ${row.agreementId}, so it cannot be pinned there.`,
            "Delete the pin, or add an eligibility rule.",
          ),
        );
      }
      continue;
    }
    const name = `${row.action} ${row.assetId} at ${row.agreementId} (tblPins row ${row.origin.row})`;
    if (members.length > 1 && row.quantity !== undefined && row.quantity > 0) {
      groups.push({ name, pairs: members, ...pinBounds(row, 0) });
      continue;
    }
    for (const index of members) {
      const pair = result[index]!;
      const { lower, upper } = pinBounds(row, pair.today);
      result[index] = {
        ...pair,
        atLeast: Math.max(pair.atLeast, lower),
        // What cannot be recalled stays, whatever the pin says.
        atMost: Math.max(Math.min(pair.atMost, upper), pair.atLeast),
        boundReasons: [...pair.boundReasons, name],
      };
    }
  }
  return { pairs: result, groups };
};

const pinBounds = (row: PinRow, today: number): { lower: number; upper: number } => {
  switch (row.action) {
    case "pin":
      return { lower: row.quantity ?? today, upper: row.quantity ?? today };
    case "forbid":
      return { lower: 0, upper: row.quantity ?? 0 };
    case "atLeast":
      return { lower: row.quantity ?? today, upper: Infinity };
    case "atMost":
      return { lower: 0, upper: row.quantity ?? today };
  }
};

const isMember = (row: PinRow, supply: Supply, demand: Demand): boolean =>
  (row.agreementId.trim() === "*" || normalName(row.agreementId) === normalName(demand.agreementId)) &&
  normalName(row.assetId) === normalName(supply.row.assetId) &&
  (row.location === undefined || row.location.trim() === "" || normalName(row.location) === normalName(supply.row.location));
