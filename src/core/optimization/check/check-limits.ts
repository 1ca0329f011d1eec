import type { AllocationLine, AllocationOutcome, RuleCheck } from "../allocation-outcome";
import type { AgreementRow, AssetRow, LimitRow } from "../../collateral/book";
import { same, type BookFacts } from "./book-facts";
import { isDated, lineTerms } from "./line-terms";
import { startTally } from "./rule-tally";

/** A written line with its rows, in base currency. */
interface PostedLine {
  readonly line: AllocationLine;
  readonly asset: AssetRow;
  readonly agreement: AgreementRow;
  readonly market: number;
  readonly afterHaircut: number;
}

/** Checks every hard limit in its own base from the quantities as written; soft limits are counted but never fail. */
export const checkLimits = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck[] => {
  const hard = startTally("Concentration limits", "base currency");
  const soft = startTally("Soft limits", "base currency");
  const posted = outcome.lines.flatMap((line): PostedLine[] => {
    const asset = facts.assetByKey.get(line.inventoryKey);
    const agreement = facts.agreementById.get(line.agreementId);
    if (asset === undefined || agreement === undefined) return [];
    const market = line.quantity * asset.price * facts.rate(asset.priceCurrency);
    return [{ line, asset, agreement, market, afterHaircut: line.collateralValue * facts.rate(agreement.currency) }];
  });
  for (const row of facts.book.limits) {
    if (!isDated(row, facts.book.settings.asOf)) continue;
    const tally = row.hardOrSoft === "soft" ? soft : hard;
    const groups = groupsOf(facts, row);
    for (const scope of scopesOf(facts, row)) {
      const inScope = posted.filter((entry) => scope === undefined || same(scopeName(row, entry.asset, entry.agreement), scope));
      for (const group of groups) {
        const members = group === undefined ? inScope : inScope.filter((entry) => same(attribute(row, entry.asset) ?? "", group));
        // Nothing posted breaks no maximum.
        if (members.length === 0 && row.direction === "max") {
          tally.note(0, 0, "");
          continue;
        }
        // A minimum of EACH group asks nothing of a group that is not eligible there.
        if (members.length === 0 && same(row.group, "each") && !isGroupEligible(facts, row, scope, group)) continue;
        const excess = breachOf(facts, row, scope, group, members, inScope);
        const size = inScope.reduce((sum, entry) => sum + entry.market, 0);
        // Rounding to written steps may move each line by about a cent.
        const tolerance = row.hardOrSoft === "soft" ? Infinity : Math.max(0.02 * (1 + inScope.length), size * 1e-9);
        tally.note(
          excess,
          tolerance,
          `tblLimits row ${row.origin.row}${scope === undefined ? "" : ` at ${scope}`}${group === undefined ? "" : `: ${group}`}`,
        );
      }
    }
  }
  return [hard.result(), soft.result()];
};

const isGroupEligible = (facts: BookFacts, row: LimitRow, scope: string | undefined, group: string | undefined): boolean =>
  facts.book.assets.some(
    (asset) =>
      same(attribute(row, asset) ?? "", group ?? "") &&
      facts.book.agreements.some(
        (agreement) => (scope === undefined || same(scopeName(row, asset, agreement), scope)) && lineTerms(facts, asset, agreement).isEligible,
      ),
  );

/** By how much a limit is broken, base currency; 0 or less when it holds. */
const breachOf = (
  facts: BookFacts,
  row: LimitRow,
  scope: string | undefined,
  group: string | undefined,
  members: readonly PostedLine[],
  inScope: readonly PostedLine[],
): number => {
  const weight = (entry: PostedLine): number => (row.valueBasis === "market" ? entry.market : entry.afterHaircut);
  const total = (entries: readonly PostedLine[]): number => entries.reduce((sum, entry) => sum + weight(entry), 0);
  const rate = facts.rate(row.currency ?? facts.book.settings.baseCurrency);
  if (row.appliesAbove !== undefined && total(inScope) <= row.appliesAbove * rate + 0.01 * (1 + inScope.length)) return 0;
  const other = (row.orAmount ?? 0) * rate;
  if (row.limitBasis === "issue" || row.limitBasis === "averageDailyVolume") return unitBreach(facts, row, group, members, other);
  const base = row.limitBasis === "amount" ? rate : row.limitBasis === "posted" ? total(inScope) : requirementIn(facts, row, scope);
  const bound = Math.max(row.limit * base, other);
  return row.direction === "max" ? total(members) - bound : bound - total(members);
};

const unitBreach = (facts: BookFacts, row: LimitRow, group: string | undefined, members: readonly PostedLine[], other: number): number => {
  const ids = [...new Set(members.map((entry) => entry.asset.assetId.toLowerCase()))];
  const breaches = ids.map((id) => {
    const own = members.filter((entry) => same(entry.asset.assetId, id));
    const asset = facts.book.assets
      .filter((candidate) => same(candidate.assetId, id))
      .find((candidate) => (row.limitBasis === "issue" ? candidate.outstanding : candidate.averageDailyVolume) !== undefined);
    const base = row.limitBasis === "issue" ? asset?.outstanding : asset?.averageDailyVolume;
    const unit = own[0] === undefined ? 0 : own[0].market / own[0].line.quantity;
    const units = own.reduce((sum, entry) => sum + entry.line.quantity, 0);
    const bound = Math.max((base ?? NaN) * row.limit * unit, other);
    return row.direction === "max" ? units * unit - bound : bound - units * unit;
  });
  return group === undefined && ids.length === 0 ? 0 : Math.max(0, ...breaches);
};

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
