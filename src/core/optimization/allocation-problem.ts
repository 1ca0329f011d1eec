import type { Issue, Parsed } from "../basics/issue";
import { hasErrors } from "../basics/issue";
import type { Explanation } from "../basics/explanation";
import type { AgreementRow, AssetRow, Book } from "../collateral/book";
import { latenessLookup } from "./arrival-time";
import { centOfBase } from "./base-cent";
import { costLookup } from "./carry-rate";
import { buildDemands, type RequirementMap } from "./demands";
import { eligibilityLookup, ratingIssues } from "./eligibility";
import { fxLookup } from "./fx-rates";
import { readHoldings, type HoldingBalance } from "./holdings-today";
import { expandLimits } from "./limit-cases";
import { movementCaps } from "./movement-caps";
import { resolvePairs } from "./pairs";
import { routeCaps } from "./route-caps";
import type { AllocationProblem, HeldToday, Supply } from "./problem-shape";
import { buildSupplies } from "./supplies";

export type { AllocationProblem } from "./problem-shape";

/** What the run knows besides the book: the requirement of every agreement, >= 0 in its own currency. */
export interface ProblemContext {
  readonly requirements: ReadonlyMap<string, { readonly requirement: number; readonly explanation?: Explanation }>;
}

/**
 * Resolves the book into a problem: who may post what where, at which value and cost, and within which rules.
 *
 * Rows are sorted by id first, so that permuted tables give the same problem.
 *
 * @returns the problem, and every row that stands in its way; with an error among the issues it must not be solved
 */
export const buildAllocationProblem = (book: Book, context: ProblemContext): Parsed<AllocationProblem> => buildProblem(book, context, false);

/** @param keepsLate what arrives too late stands among the pairs, shut: only for questions about causes */
const buildProblem = (book: Book, context: ProblemContext, keepsLate: boolean): Parsed<AllocationProblem> => {
  const rebuild = (changed: Book): AllocationProblem | undefined => {
    const next = buildAllocationProblem(changed, { requirements: changedRequirements(context.requirements, book, changed) });
    return hasErrors(next.issues) ? undefined : next.value;
  };
  const { settings } = book;
  const cent = centOfBase(book);
  const issues: Issue[] = [];
  const rateOf = fxLookup(book.fx, settings.baseCurrency);
  const today = readHoldings(book);
  issues.push(...today.issues, ...ratingIssues(book.eligibility, book.assets));

  const assets = [...book.assets].sort((a, b) => compareIds(a.key, b.key));
  const agreements = [...book.agreements].sort((a, b) => compareIds(a.agreementId, b.agreementId));
  const bareSupplies = buildSupplies(assets, today.balances, settings, rateOf, issues, cent);
  const costsOf = costLookup(book.costs, book.settings.dayCount);
  const requirements: RequirementMap = context.requirements;
  const bare = buildDemands(agreements, requirements, today.balances, rateOf, issues);
  const resolved = resolvePairs({
    book,
    supplies: bareSupplies,
    demands: bare,
    balances: balanceLookup(today.balances),
    eligibilityOf: eligibilityLookup(book.eligibility, settings),
    costsOf,
    latenessOf: latenessLookup(book.transfers, settings),
    rateOf,
    issues,
    keepsLate,
  });
  const supplies = bareSupplies.map((supply, index) => withStuck(supply, resolved.stuck(index), resolved.locked(index)));
  const demands = bare.map((demand, index) => ({ ...demand, ...resolved.overPost(index) }));
  const holdings = heldToday(today.balances, assets, agreements, resolved.stuckAt);
  const limits = expandLimits(book, supplies, demands, resolved.pairs, rateOf, issues);
  return {
    value: {
      settings,
      cent,
      supplies,
      demands,
      pairs: resolved.pairs,
      refused: resolved.refused,
      pools: resolved.pools,
      orderedPools: new Set(),
      pins: resolved.pins,
      yielding: resolved.yielding,
      routes: routeCaps(book, supplies, demands, resolved.pairs),
      holdings,
      limits: hasErrors(issues) ? [] : limits,
      caps: movementCaps(book, demands),
      buffer: settings.liquidityBuffer ?? 0,
      hasMovementCosts: resolved.pairs.some(({ costs }) => costs.deliverRate + costs.recallRate + costs.deliverFixed + costs.recallFixed > 0),
      source: { book, rebuild, withLate: () => buildProblem(book, context, true).value },
      recallCosts: (supply, demand) => costsOf(assets[supply]!, agreements[demand]!),
    },
    issues,
  };
};

/** Requirements of a book in which some given ones were changed. */
const changedRequirements = (known: ProblemContext["requirements"], before: Book, after: Book): ProblemContext["requirements"] => {
  const given = new Map(before.agreements.map((row) => [row.agreementId, row.requirement]));
  const changed = after.agreements.flatMap((row): [string, { requirement: number }][] =>
    row.requirement === undefined || row.requirement === given.get(row.agreementId) ? [] : [[row.agreementId, { requirement: row.requirement }]],
  );
  return new Map([...known, ...changed]);
};

/** Orders ids by code unit, the same on every machine. */
export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Finds the balance of one inventory line at one agreement. */
export type BalanceOf = (asset: AssetRow, agreement: AgreementRow) => HoldingBalance | undefined;

const balanceLookup = (balances: readonly HoldingBalance[]): BalanceOf => {
  const byKey = new Map(balances.map((balance) => [`${balance.asset.key}\n${balance.agreement.agreementId}`, balance]));
  return (asset, agreement) => byKey.get(`${asset.key}\n${agreement.agreementId}`);
};

/** Takes out what cannot leave an agreement where it does not count; what is locked stays posted whatever the reserve says. */
const withStuck = (supply: Supply, stuck: number, locked: number): Supply => ({
  ...supply,
  blocked: supply.blocked + stuck,
  available: Math.max(Math.max(0, supply.available - stuck), locked),
  postedToday: supply.postedToday - stuck,
});

const heldToday = (
  balances: readonly HoldingBalance[],
  assets: readonly AssetRow[],
  agreements: readonly AgreementRow[],
  stuckAt: (supply: number, demand: number) => number,
): HeldToday[] =>
  balances
    .map((balance) => {
      const supply = assets.indexOf(balance.asset);
      const demand = agreements.indexOf(balance.agreement);
      return { supply, demand, units: balance.posted - stuckAt(supply, demand) };
    })
    .filter((held) => held.units > 0)
    .sort((a, b) => a.demand - b.demand || a.supply - b.supply);
