import type { AllocationLine, AllocationOutcome, RuleCheck } from "../allocation-outcome";
import type { AgreementRow, AssetRow, LimitRow } from "../../collateral/book";
import { lockedToday, same, stepWorth, type BookFacts } from "./book-facts";
import { isDated, lineTerms } from "./line-terms";
import type { DeclaredMisses } from "./declared-misses";
import { startTally } from "./rule-tally";

/** A written line with its rows, in base currency. */
interface PostedLine {
  readonly line: AllocationLine;
  readonly asset: AssetRow;
  readonly agreement: AgreementRow;
  readonly market: number;
  readonly afterHaircut: number;
  /** What its finest step is worth. */
  readonly step: number;
}

/**
 * Checks every hard limit in its own base from the quantities as written; soft limits are counted but never fail.
 *
 * A hard minimum may be missed, and a hard maximum exceeded by what is locked alone, only where the outcome declares it.
 */
export const checkLimits = (facts: BookFacts, outcome: AllocationOutcome, declared: DeclaredMisses): RuleCheck[] => {
  const hard = startTally("Concentration limits", "base currency");
  const soft = startTally("Soft limits", "base currency");
  const posted = outcome.lines.flatMap((line): PostedLine[] => {
    const asset = facts.assetByKey.get(line.inventoryKey);
    const agreement = facts.agreementById.get(line.agreementId);
    if (asset === undefined || agreement === undefined) return [];
    const market = line.quantity * asset.price * facts.rate(asset.priceCurrency);
    return [{ line, asset, agreement, market, afterHaircut: line.collateralValue * facts.rate(agreement.currency), step: stepWorth(facts, asset) }];
  });
  for (const row of facts.book.limits) {
    if (!isDated(row, facts.book.settings.asOf)) continue;
    const tally = row.hardOrSoft === "soft" ? soft : hard;
    const byScope = bucket(posted, (entry) => scopeName(row, entry.asset, entry.agreement));
    const groups = groupsOf(facts, row);
    for (const scope of scopesOf(facts, row)) {
      const inScope = scope === undefined ? posted : (byScope.get(plain(scope)) ?? []);
      for (const instance of instancesOf(facts, row, scope, groups, inScope)) {
        const { members, group } = instance;
        // Nothing posted breaks no maximum.
        if (members.length === 0 && row.direction === "max") {
          tally.note(0, 0, "");
          continue;
        }
        // A minimum of EACH group asks nothing of a group that is not eligible there.
        if (members.length === 0 && same(row.group, "each") && !isGroupEligible(facts, row, scope, group)) continue;
        const size = inScope.reduce((sum, entry) => sum + entry.market, 0);
        // Rounding to written steps may move each line by about a cent, or by its finest step where that is worth more.
        const steps = inScope.reduce((sum, entry) => sum + entry.step, 2 * facts.cent * (1 + inScope.length));
        const tolerance = row.hardOrSoft === "soft" ? Infinity : Math.max(steps, size * 1e-9);
        const { reached, bound, worth, unit } = measure(facts, row, scope, instance, inScope);
        const excess = row.direction === "max" ? reached - bound : bound - reached;
        const kind = row.direction === "max" ? "maximum" : "limit";
        const seen = { kind, row: row.origin.row, scope: scope ?? "", group: group ?? "", needed: bound, reached, worth, unit } as const;
        // What cannot be recalled yet stays whatever a maximum says, and then nothing else of the group may be there.
        const mayMiss = row.direction === "min" || members.every((entry) => isOnlyLocked(facts, entry));
        const isAdmitted = mayMiss && row.hardOrSoft === "hard" && excess > 0 && declared.admits(seen, tolerance);
        tally.note(
          isAdmitted ? 0 : excess,
          tolerance,
          `tblLimits row ${row.origin.row}${scope === undefined ? "" : ` at ${scope}`}${group === undefined ? "" : `: ${group}`}`,
        );
      }
    }
  }
  return [hard.result(), soft.result()];
};

const isOnlyLocked = (facts: BookFacts, { line, asset, agreement }: PostedLine): boolean => {
  const worth = asset.price * facts.rate(asset.priceCurrency);
  return (line.quantity - lockedToday(facts, asset, agreement.agreementId)) * worth <= 1.1 * facts.cent;
};

const isGroupEligible = (facts: BookFacts, row: LimitRow, scope: string | undefined, group: string | undefined): boolean => {
  // Rows about EACH asset are the many: their lines are found at once.
  const lines = row.limitType === "asset" ? (facts.linesOfAsset.get(plain(group ?? "")) ?? []) : facts.book.assets;
  return lines.some((asset) => same(attribute(row, asset) ?? "", group ?? "") && isPossible(facts, row, scope, asset));
};

/** One instance of a row: a group, or an asset where the base is its issue or daily volume. */
interface Instance {
  readonly group: string | undefined;
  readonly members: readonly PostedLine[];
  readonly asset?: AssetRow;
}

const instancesOf = (
  facts: BookFacts,
  row: LimitRow,
  scope: string | undefined,
  groups: readonly (string | undefined)[],
  inScope: readonly PostedLine[],
): readonly Instance[] => {
  const byGroup = bucket(inScope, (entry) => attribute(row, entry.asset) ?? "");
  return groups.flatMap((group): readonly Instance[] => {
    const isIn = (asset: AssetRow): boolean => group === undefined || same(attribute(row, asset) ?? "", group);
    const members = group === undefined ? inScope : (byGroup.get(plain(group)) ?? []);
    if (row.limitBasis !== "issue" && row.limitBasis !== "averageDailyVolume") return [{ group, members }];
    const ids = distinctNames(facts.book.assets.filter((asset) => isIn(asset) && isPossible(facts, row, scope, asset)).map((asset) => asset.assetId));
    return ids.map((id) => {
      const rows = facts.book.assets.filter((asset) => same(asset.assetId, id));
      const asset = rows.find((one) => (row.limitBasis === "issue" ? one.outstanding : one.averageDailyVolume) !== undefined) ?? rows[0];
      return { group: id, members: members.filter((entry) => same(entry.asset.assetId, id)), ...(asset === undefined ? {} : { asset }) };
    });
  });
};

/** A name as `same` compares it. */
const plain = (name: string): string => name.trim().toLowerCase();

/** Posted lines by a name, as `same` compares names. */
const bucket = (lines: readonly PostedLine[], nameOf: (line: PostedLine) => string): ReadonlyMap<string, readonly PostedLine[]> => {
  const buckets = new Map<string, PostedLine[]>();
  for (const line of lines) {
    const name = plain(nameOf(line));
    const found = buckets.get(name);
    if (found === undefined) buckets.set(name, [line]);
    else found.push(line);
  }
  return buckets;
};

/** What counts towards a limit, its bound (both in base currency), and the unit in which people read it. */
const measure = (
  facts: BookFacts,
  row: LimitRow,
  scope: string | undefined,
  { members, asset }: Instance,
  inScope: readonly PostedLine[],
): { reached: number; bound: number; worth: number; unit: string } => {
  const weight = (entry: PostedLine): number => (row.valueBasis === "market" ? entry.market : entry.afterHaircut);
  const total = (entries: readonly PostedLine[]): number => entries.reduce((sum, entry) => sum + weight(entry), 0);
  const base = facts.book.settings.baseCurrency;
  const rate = facts.rate(row.currency ?? base);
  const other = (row.orAmount ?? 0) * rate;
  const rounding = inScope.reduce((sum, entry) => sum + entry.step, facts.cent * (1 + inScope.length));
  const isOff = row.appliesAbove !== undefined && total(inScope) <= row.appliesAbove * rate + rounding;
  const off = row.direction === "max" ? Infinity : -Infinity;
  if (asset !== undefined) {
    const worth = asset.price * facts.rate(asset.priceCurrency);
    const units = ((row.limitBasis === "issue" ? asset.outstanding : asset.averageDailyVolume) ?? NaN) * row.limit;
    const reached = members.reduce((sum, entry) => sum + entry.market, 0);
    return { reached, bound: isOff ? off : Math.max(units * worth, other), worth, unit: asset.assetId };
  }
  const isAmount = row.limitBasis === "amount";
  const per = isAmount ? rate : row.limitBasis === "posted" ? total(inScope) : requirementIn(facts, row, scope);
  const bound = isOff ? off : Math.max(row.limit * per, other);
  const unit = isAmount ? (row.currency ?? base) : (ownCurrency(facts, row, scope) ?? base);
  return { reached: total(members), bound, worth: facts.rate(unit), unit };
};

/** The currency of the agreement where the scope is one: people read its shares in it. */
const ownCurrency = (facts: BookFacts, row: LimitRow, scope: string | undefined): string | undefined =>
  row.scope !== "agreement" || scope === undefined ? undefined : facts.book.agreements.find(({ agreementId }) => same(agreementId, scope))?.currency;

/** A pair counts where it may be used, or is used. */
const isPossible = (facts: BookFacts, row: LimitRow, scope: string | undefined, asset: AssetRow): boolean =>
  facts.book.agreements.some(
    (agreement) => (scope === undefined || same(scopeName(row, asset, agreement), scope)) && lineTerms(facts, asset, agreement).isEligible,
  );

const requirementIn = (facts: BookFacts, row: LimitRow, scope: string | undefined): number =>
  facts.book.agreements
    .filter((agreement) => scope === undefined || row.scope === "location" || same(scopeName(row, undefined, agreement), scope))
    .reduce(
      (sum, agreement) => sum + Math.max(0, facts.requirements.get(agreement.agreementId)?.requirement ?? 0) * facts.rate(agreement.currency),
      0,
    );

const scopeName = (row: LimitRow, asset: AssetRow | undefined, agreement: AgreementRow): string => {
  const names: Record<LimitRow["scope"], string> = {
    agreement: agreement.agreementId,
    csa: agreement.csaId ?? agreement.agreementId,
    counterparty: agreement.counterparty ?? agreement.agreementId,
    counterpartyGroup: agreement.counterpartyGroup ?? agreement.counterparty ?? agreement.agreementId,
    location: asset?.location ?? "",
    book: "",
  };
  return names[row.scope];
};

const attribute = (row: LimitRow, asset: AssetRow): string | undefined => {
  const values: Record<LimitRow["limitType"], string | undefined> = {
    asset: asset.assetId,
    class: asset.assetClass,
    issuer: asset.issuer,
    issuerGroup: asset.issuerGroup ?? asset.issuer,
    country: asset.issuerCountry,
    currency: asset.denominationCurrency,
    sector: asset.sector,
    total: "",
  };
  return values[row.limitType];
};

/** Names of the scopes of a row; undefined stands for everything together. */
const scopesOf = (facts: BookFacts, row: LimitRow): readonly (string | undefined)[] => {
  if (row.scope === "book" || same(row.scopeId, "all")) return [undefined];
  if (!same(row.scopeId, "each")) return [row.scopeId];
  const names =
    row.scope === "location"
      ? facts.book.assets.map((asset) => asset.location)
      : facts.book.agreements.map((agreement) => scopeName(row, undefined, agreement));
  return distinctNames(names);
};

const groupsOf = (facts: BookFacts, row: LimitRow): readonly (string | undefined)[] => {
  if (row.limitType === "total") return [undefined];
  if (!same(row.group, "each")) return [row.group];
  return distinctNames(facts.book.assets.map((asset) => attribute(row, asset) ?? ""));
};

const distinctNames = (names: readonly string[]): string[] => [
  ...new Map(names.filter((name) => name.trim() !== "").map((name) => [name.trim().toLowerCase(), name])).values(),
];
