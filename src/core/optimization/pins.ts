import type { Issue } from "../basics/issue";
import type { PinRow } from "../collateral/book";
import { normalName } from "./name-match";
import type { Demand, Pair, PinRule, Supply } from "./problem-shape";
import { rowIssue } from "./row-issue";

/** What pins are applied to. */
export interface PinSources {
  readonly rows: readonly PinRow[];
  readonly pairs: readonly Pair[];
  readonly supplies: readonly Supply[];
  readonly demands: readonly Demand[];
  /** Units of a supply posted at a demand today, eligible there or not. */
  readonly todayAt: (supply: number, demand: number) => number;
  readonly issues: Issue[];
}

/**
 * Applies tblPins: pin keeps a quantity (default today's), forbid allows none, atLeast and atMost bound it.
 *
 * A pin without a location that meets several inventory lines bounds their sum; pin without a quantity and forbid hold line by line. A pin
 * on an asset that is not eligible there stays in the list without pairs: it cannot be met, and the run says so.
 */
export const applyPins = (sources: PinSources): { pairs: Pair[]; rules: PinRule[] } => {
  const rules = sources.rows.flatMap((row) => sources.demands.flatMap((_, demand) => rulesOf(row, demand, sources)));
  const pairs = sources.pairs.map((pair, p): Pair => {
    const own = rules.filter((rule) => rule.pairs.includes(p) && !rule.isJoint);
    if (own.length === 0) return pair;
    return {
      ...pair,
      atLeast: Math.max(pair.atLeast, ...own.map((rule) => rule.lower)),
      atMost: Math.min(pair.atMost, ...own.map((rule) => rule.upper)),
      boundReasons: [...pair.boundReasons, ...own.map((rule) => rule.name)],
    };
  });
  return { pairs, rules };
};

const rulesOf = (row: PinRow, demand: number, { pairs, supplies, demands, todayAt, issues }: PinSources): PinRule[] => {
  const { agreementId } = demands[demand]!;
  if (row.agreementId.trim() !== "*" && normalName(row.agreementId) !== normalName(agreementId)) return [];
  const members = pairs.flatMap((pair, p) => (pair.demand === demand && isMember(row, supplies[pair.supply]!) ? [p] : []));
  const base = { name: `${row.action} ${row.assetId} at ${agreementId} (tblPins row ${row.origin.row})`, row: row.origin.row, agreementId };
  const known = { ...base, assetId: row.assetId, action: row.action };
  if (members.length === 0) {
    const today = supplies.reduce((sum, supply, s) => (isMember(row, supply) ? sum + todayAt(s, demand) : sum), 0);
    const { lower, upper } = pinBounds(row, today);
    // Pinned everywhere means where it may be posted.
    if (lower <= 0 || row.agreementId.trim() === "*") return [];
    issues.push(
      rowIssue(
        row.origin,
        "warning",
        "pin-not-eligible",
        `${row.assetId} is not eligible at ${agreementId}: the pin cannot be met there.`,
        "Delete the pin, or add an eligibility rule.",
      ),
    );
    return [{ ...known, pairs: [], lower, upper, isJoint: true }];
  }
  const ruleOf = (own: readonly number[], today: number, isJoint: boolean): PinRule => {
    const { lower, upper } = pinBounds(row, today);
    // What cannot be recalled stays, whatever the pin says.
    const locked = own.reduce((sum, p) => sum + pairs[p]!.atLeast, 0);
    return { ...known, pairs: own, lower, upper: Math.max(upper, locked), isJoint };
  };
  if (members.length > 1 && row.quantity !== undefined && row.quantity > 0) return [ruleOf(members, 0, true)];
  return members.map((p) => ruleOf([p], pairs[p]!.today, pairs[p]!.boundReasons.length > 0));
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

const isMember = (row: PinRow, supply: Supply): boolean =>
  normalName(row.assetId) === normalName(supply.row.assetId) &&
  (row.location === undefined || row.location.trim() === "" || normalName(row.location) === normalName(supply.row.location));

/** Names of pins that cannot hold whatever is posted: not eligible there, or above another pin's most. */
export const impossiblePins = (pairs: readonly Pair[], rules: readonly PinRule[]): string[] =>
  rules.flatMap((rule) => {
    const most = rule.pairs.reduce((sum, p) => sum + pairs[p]!.atMost, 0);
    return rule.lower > most ? [rule.name] : [];
  });

/** Takes the lower bounds of yielding pins off their pairs; other pins and what cannot be recalled still hold them. */
export const withoutYieldingPins = (pairs: readonly Pair[], rules: readonly PinRule[], yielding: ReadonlySet<string>): Pair[] => {
  const gone = new Set(rules.filter((rule) => !rule.isJoint && yielding.has(rule.name)).flatMap((rule) => rule.pairs));
  if (gone.size === 0) return [...pairs];
  return pairs.map((pair, p) => {
    if (!gone.has(p)) return pair;
    const left = rules.filter((rule) => !rule.isJoint && rule.pairs.includes(p) && !yielding.has(rule.name));
    return { ...pair, atLeast: Math.max(0, ...left.map((rule) => rule.lower)) };
  });
};
