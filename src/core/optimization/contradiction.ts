import { DomainError } from "../basics/domain-error";
import type { Solver } from "../lp/solver";
import type { NamedRule } from "./allocation-index";
import { buildAllocationModel } from "./build-allocation-model";
import type { AllocationProblem } from "./problem-shape";
import { withoutRules } from "./relaxed-model";
import { withinTime, type RunTime } from "./run-clock";

/**
 * Names the fixed rules that cannot all hold, whatever is covered: pins, locks, hard and minimum limits, the buffer, caps.
 *
 * @returns an error to throw, with the names of an irreducible set
 */
export const contradictionOf = async (problem: AllocationProblem, engine: Solver, time: RunTime): Promise<DomainError> => {
  const solver = withinTime(engine, time, "words");
  const model = buildAllocationModel(problem, { withSwitches: true });
  const { integer, ...linear } = model.builder.build();
  const built = model.index.hasBindingIntegers && integer !== undefined ? { ...linear, integer } : linear;
  const asked = { ...built, objective: new Float64Array(built.columnCount) };
  const isInfeasible = async (off: ReadonlySet<NamedRule>): Promise<boolean> =>
    (await solver.solve(withoutRules(asked, off))).terminationStatus === "infeasible";
  // Coverage is elastic: it never contradicts anything. What is tried first is named last: a lock is a fact, a cap a choice.
  const rules = model.index.rules.filter((rule) => rule.kind !== "coverage").sort((a, b) => keptLast(a) - keptLast(b));
  const off = new Set<NamedRule>();
  const filter = async (block: readonly NamedRule[]): Promise<NamedRule[]> => {
    if (block.length === 0) return [];
    if (await isInfeasible(new Set([...off, ...block]))) {
      block.forEach((rule) => off.add(rule));
      return [];
    }
    if (block.length === 1) return [...block];
    const middle = Math.ceil(block.length / 2);
    const first = await filter(block.slice(0, middle));
    return [...first, ...(await filter(block.slice(middle)))];
  };
  const found = (await filter(rules)).map((rule) => rule.name);
  // A question that was cut short looks like "not infeasible": what is left then may have nothing to do with it.
  const names = solver.wasCut() ? [] : found;
  const message = solver.wasCut()
    ? "The fixed rules contradict each other; which ones was not found in time. Check pins, locks and minimum limits, or allow more time."
    : names.length === 0
      ? "The fixed rules contradict each other: check pins, locks and minimum limits."
      : `These rules cannot all hold: ${names.join("; ")}. Change one.`;
  return new DomainError("infeasible", message.length <= 240 ? message : `${message.slice(0, 237)}...`, { rules: names });
};

/** The order of the filter: caps are let go before locks. */
const keptLast = ({ kind }: NamedRule): number => (kind === "cap" ? 0 : kind === "timing" ? 2 : 1);
