import type { Book } from "../collateral/book";
import type { AllocationOutcome, CheckReport, RuleCheck } from "./allocation-outcome";
import { bookFacts, type Requirements } from "./check/book-facts";
import { checkBalances } from "./check/check-balances";
import { checkLines } from "./check/check-lines";
import { checkLimits } from "./check/check-limits";
import { checkMovementRules } from "./check/check-movement-rules";
import { checkMoves } from "./check/check-moves";
import { declaredMisses } from "./check/declared-misses";

/**
 * Checks an outcome against the tables, rule by rule, from the quantities as written.
 *
 * It knows nothing of the problem or the model: eligibility, haircuts, slabs, limits and costs are worked out again from the rows by
 * code of their own, so that a fault in one of them shows.
 *
 * @param requirements requirement by agreement id, >= 0 in its own currency
 * @returns one line for each rule; nothing may be written unless all passed
 */
export const checkAllocation = (book: Book, requirements: Requirements, outcome: AllocationOutcome): CheckReport => {
  const facts = bookFacts(book, requirements);
  const declared = declaredMisses(outcome);
  const checks: RuleCheck[] = [
    ...checkLines(facts, outcome),
    ...checkBalances(facts, outcome),
    ...checkMoves(facts, outcome),
    ...checkLimits(facts, outcome, declared),
    ...checkMovementRules(facts, outcome, declared),
    // Last: by now every check has said which declarations it has seen.
    declared.result(),
  ];
  return { passed: checks.every((check) => check.passed), checks };
};
