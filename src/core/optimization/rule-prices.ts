import type { Book } from "../collateral/book";
import type { Solver } from "../lp/solver";
import type { AllocationOutcome, Sensitivity } from "./allocation-outcome";
import { centOfBase } from "./base-cent";
import type { AllocationProblem } from "./problem-shape";
import { amountIn } from "./repair-numbers";
import { countSeconds } from "./run-clock";
import { solveAllocation, type SolveAllocationOptions } from "./solve-allocation";
import { withUntold } from "./untold";

/** Books with more eligible pairs take too long to be solved again for each rule. */
const mostPairs = 2000;
/** Most rules priced; the others are named as not priced. */
const mostRules = 25;
/** Engine seconds for all rules together. */
const priceSeconds = 2;

/** A rule that may be taken away as a whole, and the book without it. */
interface WholeRule {
  readonly name: string;
  readonly without: Book;
  /** A person asks for the price of a pin also where it is nothing. */
  readonly isShownWhenFree: boolean;
}

/**
 * Adds what whole rules cost: each pin, deadline, reserve, cap on movements and the liquidity buffer, by solving the book without it.
 *
 * @param outcome a proved answer; without proof the difference of two answers would be a guess
 * @returns the outcome as it is where the book is large or nothing of this kind is in it
 */
export const withRulePrices = async (
  problem: AllocationProblem,
  outcome: AllocationOutcome,
  solver: Solver,
  options: Pick<SolveAllocationOptions, "stop"> = {},
): Promise<AllocationOutcome> => {
  if (problem.pairs.length > mostPairs) return outcome;
  if (!outcome.solve.isOptimal) {
    const sentence = "What pins, caps, reserves and deadlines cost is worked out only for an answer that is proved best.";
    return wholeRules(problem, outcome).length === 0 ? outcome : withUntold(outcome, sentence);
  }
  const spent = countSeconds(solver);
  const prices: Sensitivity[] = [];
  const rules = wholeRules(problem, outcome);
  let asked = 0;
  for (const rule of rules.slice(0, mostRules)) {
    if (spent.clock() >= priceSeconds || options.stop?.requested === true) break;
    asked += 1;
    const changed = problem.source.rebuild(rule.without);
    if (changed === undefined) continue;
    const bare = { ...options, explainSeconds: 0, timeSeconds: 0.5, hasPrices: false };
    // A rule that another one leans on cannot go alone: it has no price of its own.
    const other = await solveAllocation(changed, spent.solver, bare).catch(() => undefined);
    if (other !== undefined) prices.push(...priceOf(problem, rule, outcome, other));
  }
  const told =
    asked < rules.length
      ? withUntold(outcome, `What pins, caps, reserves and deadlines cost: ${asked} of ${rules.length} worked out in the time for it.`)
      : outcome;
  return prices.length === 0 ? told : { ...told, sensitivities: [...prices, ...told.sensitivities] };
};

const priceOf = (problem: AllocationProblem, rule: WholeRule, outcome: AllocationOutcome, other: AllocationOutcome): Sensitivity[] => {
  const { baseCurrency, horizonDays } = problem.settings;
  const money = (value: number): string => amountIn(value, 1, problem.cent);
  // A day: below half a cent a rule costs nothing.
  const nothing = 0.5 * problem.cent;
  const covers = (outcome.shortfall ?? 0) - (other.shortfall ?? 0);
  const saved = outcome.solve.objective - other.solve.objective;
  const perDay = saved / horizonDays;
  const entry = (value: number, text: string): Sensitivity => ({ kind: "rule", id: rule.name, value, unit: `${baseCurrency} per day`, text });
  if (covers > problem.cent) return [entry(0, `Without ${rule.name}, ${money(covers)} ${baseCurrency} more would be covered.`)];
  if (!other.solve.isOptimal) {
    return perDay > nothing ? [entry(perDay, `Without ${rule.name} the run would cost at least ${money(perDay)} ${baseCurrency} a day less.`)] : [];
  }
  if (perDay > nothing) {
    const horizon = `${money(saved)} ${baseCurrency} over the cost horizon of ${horizonDays} days, movements included`;
    return [entry(perDay, `Without ${rule.name} the run would cost ${money(perDay)} ${baseCurrency} a day less (${horizon}).`)];
  }
  // Dearer without the rule: then it is a soft limit or a minimum that is kept better, and the two costs do not compare.
  if (perDay < -nothing) return [];
  return rule.isShownWhenFree ? [entry(0, `${upperFirst(rule.name)} costs nothing.`)] : [];
};

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const wholeRules = (problem: AllocationProblem, outcome: AllocationOutcome): WholeRule[] => [
  ...pins(problem),
  ...deadlines(problem),
  ...reserves(problem, outcome),
  ...caps(problem),
];

const pins = ({ source: { book } }: AllocationProblem): WholeRule[] =>
  book.pins.map((pin) => ({
    name: `the pin "${pin.action} ${pin.assetId} at ${pin.agreementId}" (tblPins row ${pin.origin.row})`,
    without: { ...book, pins: book.pins.filter((other) => other !== pin) },
    isShownWhenFree: true,
  }));

/** Deadlines that shut an asset out, or hold what is posted where it is. */
const deadlines = (problem: AllocationProblem): WholeRule[] => {
  const { book } = problem.source;
  const late = new Set<number>();
  for (const pair of problem.refused) if (pair.isLate) late.add(pair.demand);
  for (const pair of problem.pairs)
    if (Number.isFinite(pair.atMost) && pair.boundReasons.some((reason) => reason.startsWith("arrives"))) late.add(pair.demand);
  return [...late]
    .sort((a, b) => a - b)
    .flatMap((d): WholeRule[] => {
      const { row, agreementId } = problem.demands[d]!;
      if (row.deadline === undefined) return [];
      const { deadline: _, ...open } = row;
      const agreements = book.agreements.map((other) => (other.agreementId === agreementId ? open : other));
      return [{ name: `the settlement deadline of ${agreementId}`, without: { ...book, agreements }, isShownWhenFree: false }];
    });
};

/** Reserves of what is used up otherwise. */
const reserves = ({ source: { book }, supplies }: AllocationProblem, outcome: AllocationOutcome): WholeRule[] =>
  outcome.inventory.flatMap((line, s): WholeRule[] => {
    const supply = supplies[s]!;
    if (supply.reserved <= 0 || line.free > supply.step) return [];
    const assets = book.assets.map((row) => (row.key === supply.key ? { ...row, reserved: 0 } : row));
    return [{ name: `the reserve of ${line.assetId}`, without: { ...book, assets }, isShownWhenFree: false }];
  });

const caps = ({ source: { book } }: AllocationProblem): WholeRule[] => {
  const { maxMovements, maxMovementsPerLocation, liquidityBuffer, ...settings } = book.settings;
  const perLocation = maxMovementsPerLocation === undefined ? {} : { maxMovementsPerLocation };
  const perBook = maxMovements === undefined ? {} : { maxMovements };
  const buffer = liquidityBuffer === undefined ? {} : { liquidityBuffer };
  const free = (name: string, without: Book["settings"]): WholeRule => ({ name, without: { ...book, settings: without }, isShownWhenFree: true });
  return [
    ...(maxMovements === undefined ? [] : [free(`the cap of ${maxMovements} movements`, { ...settings, ...perLocation, ...buffer })]),
    ...(maxMovementsPerLocation === undefined
      ? []
      : [free(`the cap of ${maxMovementsPerLocation} movements per location`, { ...settings, ...perBook, ...buffer })]),
    ...(liquidityBuffer === undefined || liquidityBuffer <= 0
      ? []
      : [
          free(`the liquidity buffer of ${amountIn(liquidityBuffer, 1, centOfBase(book))} ${settings.baseCurrency}`, {
            ...settings,
            ...perBook,
            ...perLocation,
          }),
        ]),
    ...book.agreements.flatMap((row): WholeRule[] => {
      if (row.maxMovements === undefined) return [];
      const { maxMovements: _, ...open } = row;
      const agreements = book.agreements.map((other) => (other === row ? open : other));
      return [{ name: `the cap of ${row.maxMovements} movements at ${row.agreementId}`, without: { ...book, agreements }, isShownWhenFree: true }];
    }),
  ];
};
