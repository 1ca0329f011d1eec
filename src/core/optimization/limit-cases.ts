import type { Issue } from "../basics/issue";
import type { AssetRow, Book, LimitRow } from "../collateral/book";
import { isInForce } from "./effective-date";
import type { RateOf } from "./fx-rates";
import { normalName } from "./name-match";
import type { Demand, LimitCase, Pair, Supply } from "./problem-shape";
import { rowIssue } from "./row-issue";

/** The attribute of an asset that a limit type speaks of; undefined where the asset does not say. */
export const groupOf = (asset: AssetRow, type: LimitRow["limitType"]): string | undefined => {
  switch (type) {
    case "asset":
      return asset.assetId;
    case "class":
      return asset.assetClass;
    case "issuer":
      return asset.issuer;
    case "issuerGroup":
      return asset.issuerGroup ?? asset.issuer;
    case "country":
      return asset.issuerCountry;
    case "currency":
      return asset.denominationCurrency;
    case "sector":
      return asset.sector;
    case "total":
      return "";
  }
};

const scopeOf = (supply: Supply, demand: Demand, scope: LimitRow["scope"]): string | undefined => {
  switch (scope) {
    case "agreement":
      return demand.agreementId;
    case "csa":
      return demand.row.csaId ?? demand.agreementId;
    case "counterparty":
      return demand.row.counterparty ?? demand.agreementId;
    case "counterpartyGroup":
      return demand.row.counterpartyGroup ?? demand.row.counterparty ?? demand.agreementId;
    case "location":
      return supply.row.location;
    case "book":
      return "";
  }
};

/**
 * Expands tblLimits into single cases: one for each scope and group where the row says EACH, amounts in base currency.
 *
 * @param rateOf base currency per unit
 * @returns cases in the order of the rows, then of scope and group
 */
export const expandLimits = (
  book: Book,
  supplies: readonly Supply[],
  demands: readonly Demand[],
  pairs: readonly Pair[],
  rateOf: RateOf,
  issues: Issue[],
): LimitCase[] => {
  const rows = book.limits.map((row, source) => ({ row, source })).filter(({ row }) => isInForce(row, book.settings.asOf));
  rows.sort((a, b) => compareRows(a.row, b.row));
  return rows.flatMap(({ row, source }) => expandRow(row, source, { book, supplies, demands, pairs, rateOf, issues }));
};

/** An order that depends on what a row says, not on where it stands. */
const compareRows = (a: LimitRow, b: LimitRow): number => {
  const keyOf = (row: LimitRow): string => JSON.stringify({ ...row, origin: undefined });
  const [first, second] = [keyOf(a), keyOf(b)];
  return first < second ? -1 : first > second ? 1 : 0;
};

interface Sources {
  readonly book: Book;
  readonly supplies: readonly Supply[];
  readonly demands: readonly Demand[];
  readonly pairs: readonly Pair[];
  readonly rateOf: RateOf;
  readonly issues: Issue[];
}

const expandRow = (row: LimitRow, source: number, sources: Sources): LimitCase[] => {
  const { book, supplies, demands, pairs, rateOf, issues } = sources;
  const currency = row.currency ?? book.settings.baseCurrency;
  const rate = rateOf(currency);
  const needsRate = row.limitBasis === "amount" || row.orAmount !== undefined || row.appliesAbove !== undefined;
  if (needsRate && rate === undefined) {
    issues.push(rowIssue(row.origin, "error", "missing-fx", `No fx rate for ${currency}, the currency of the limit.`, `Add ${currency} to tblFx.`));
    return [];
  }
  const scopeName = (index: number): string | undefined => scopeOf(supplies[pairs[index]!.supply]!, demands[pairs[index]!.demand]!, row.scope);
  const all = pairs.map((_, index) => index);
  const isEachScope = isWord(row.scopeId, "each");
  const isAllScope = row.scope === "book" || isWord(row.scopeId, "all");
  const byScope = isAllScope ? new Map([["", { name: "", members: all }]]) : bucket(all, scopeName);
  const chosen = isAllScope
    ? [...byScope.values()]
    : isEachScope
      ? sortedBuckets(byScope)
      : [byScope.get(normalName(row.scopeId)) ?? { name: row.scopeId, members: [] }];
  return chosen.flatMap(({ name: scope, members: inScope }) => {
    return groupsOf(row, inScope, sources).flatMap(({ name, members }) => {
      const where = isAllScope ? "over the book" : `at ${scope}`;
      const what = row.limitType === "total" ? "total" : name;
      const base = {
        name: `${what} ${row.direction === "min" ? "minimum" : "limit"} ${where} (tblLimits row ${row.origin.row})`,
        row: row.origin.row,
        source,
        direction: row.direction,
        valueBasis: row.valueBasis,
        isSoft: row.hardOrSoft === "soft",
        penalty: row.softPenalty ?? 1,
        members,
        scope: inScope,
        stated: { basis: row.limitBasis, limit: row.limit, currency, rate: rate ?? 1, per: 1 },
        scopeName: isAllScope ? "" : scope,
        groupName: row.limitType === "total" ? "" : name,
        agreementId: row.scope === "agreement" && !isAllScope ? scope : "",
        ...(row.orAmount === undefined ? {} : { orAmount: row.orAmount * (rate ?? 1) }),
        ...(row.appliesAbove === undefined ? {} : { appliesAbove: row.appliesAbove * (rate ?? 1) }),
      };
      if (inScope.length === 0) return [];
      return casesOf(row, base, rate ?? 1, scope, isAllScope, sources);
    });
  });
};

type CaseBase = Omit<LimitCase, "basis" | "limit">;

const casesOf = (row: LimitRow, base: CaseBase, rate: number, scope: string, isAllScope: boolean, sources: Sources): LimitCase[] => {
  switch (row.limitBasis) {
    case "posted":
      return [{ ...base, basis: "posted", limit: row.limit }];
    case "amount":
      return [{ ...base, basis: "constant", limit: row.limit * rate, stated: { ...base.stated, per: rate } }];
    case "requirement": {
      const requiredOf = demandsInScope(row, scope, isAllScope, sources);
      const total = requiredOf.reduce((sum, d) => sum + sources.demands[d]!.requirement * sources.demands[d]!.rate, 0);
      return [{ ...base, basis: "constant", limit: row.limit * total, requiredOf, stated: { ...base.stated, per: total } }];
    }
    case "issue":
    case "averageDailyVolume":
      return issueCases(row, base, sources);
  }
};

/** Agreements of whose requirements a limit is a share; a location or the book is measured against all. */
const demandsInScope = (row: LimitRow, scope: string, isAllScope: boolean, { demands, supplies }: Sources): number[] => {
  const isIn = (demand: Demand): boolean =>
    isAllScope || row.scope === "location" || normalName(scopeOf(supplies[0]!, demand, row.scope) ?? "") === normalName(scope);
  return demands.flatMap((demand, d) => (isIn(demand) ? [d] : []));
};

/** A share of the issue or of the daily volume holds for each asset of the group by itself. */
const issueCases = (row: LimitRow, base: CaseBase, { pairs, supplies, issues }: Sources): LimitCase[] => {
  const assetOf = (index: number): AssetRow => supplies[pairs[index]!.supply]!.row;
  return sortedBuckets(bucket(base.members, (index) => assetOf(index).assetId)).flatMap(({ name: assetId, members }) => {
    const known = members
      .map((index) => (row.limitBasis === "issue" ? assetOf(index).outstanding : assetOf(index).averageDailyVolume))
      .find((units) => units !== undefined);
    if (known === undefined) {
      const column = row.limitBasis === "issue" ? "outstanding" : "averageDailyVolume";
      issues.push(
        rowIssue(
          row.origin,
          "error",
          "limit-without-base",
          `${assetId} has no ${column}, so the limit cannot be measured.`,
          `Fill ${column} of ${assetId} in tblAssets.`,
        ),
      );
      return [];
    }
    const name = base.name.replace(base.groupName === "" ? /^total/ : base.groupName, () => assetId);
    return [
      { ...base, name, groupName: assetId, members, basis: "units" as const, limit: row.limit * known, stated: { ...base.stated, per: known } },
    ];
  });
};

const groupsOf = (row: LimitRow, inScope: readonly number[], { pairs, supplies }: Sources): { name: string; members: number[] }[] => {
  const nameOf = (index: number): string | undefined => groupOf(supplies[pairs[index]!.supply]!.row, row.limitType);
  if (row.limitType === "total") return [{ name: "", members: [...inScope] }];
  const byGroup = bucket(inScope, nameOf);
  return isWord(row.group, "each") ? sortedBuckets(byGroup) : [byGroup.get(normalName(row.group)) ?? { name: row.group, members: [] }];
};

const isWord = (text: string, word: string): boolean => normalName(text) === word;

interface Bucket {
  readonly name: string;
  readonly members: number[];
}

/** Puts indices together that bear the same name; blanks are left out. */
const bucket = (indices: readonly number[], nameOf: (index: number) => string | undefined): Map<string, Bucket> => {
  const buckets = new Map<string, Bucket>();
  for (const index of indices) {
    const name = nameOf(index);
    if (name === undefined || name.trim() === "") continue;
    const found = buckets.get(normalName(name));
    if (found === undefined) buckets.set(normalName(name), { name, members: [index] });
    else found.members.push(index);
  }
  return buckets;
};

const sortedBuckets = (buckets: ReadonlyMap<string, Bucket>): Bucket[] => [...buckets.keys()].sort().map((key) => buckets.get(key)!);
