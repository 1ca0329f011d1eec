import { DomainError } from "../basics/domain-error";
import type { AgreementRow, MarginApproach } from "../collateral/book";
import { marginMethodOf, requirementOf, type Requirement, type RequirementInputs } from "./requirement";
import { leaf } from "./requirement-inputs";

/** How the independent amount of a VM agreement and the requirement of its IM agreement combine. */
export interface CombinedMargin {
  /** Independent amount that stays in the VM agreement. */
  readonly independentAmount: number;
  /** Amount of the IM agreement. */
  readonly initialMargin: number;
}

/**
 * Combines an independent amount with regulatory initial margin.
 *
 * distinct: both in full; allocated: initial margin counts towards the independent amount; greaterOf: the larger of both, all of it as initial margin.
 *
 * @source FINOS CDM MarginApproachEnum (Distinct, Allocated, GreaterOf)
 */
export const combineMargin = (approach: MarginApproach, independentAmount: number, initialMargin: number): CombinedMargin => {
  switch (approach) {
    case "distinct":
      return { independentAmount, initialMargin };
    case "allocated":
      return { independentAmount: Math.max(0, independentAmount - initialMargin), initialMargin };
    case "greaterOf":
      return { independentAmount: 0, initialMargin: Math.max(independentAmount, initialMargin) };
  }
};

/** The VM and IM rows of one CSA, linked by csaId. */
interface LinkedPair {
  readonly vm: AgreementRow;
  readonly im: AgreementRow;
  readonly approach: MarginApproach;
}

const linkedPairs = (agreements: readonly AgreementRow[]): ReadonlyMap<string, LinkedPair> => {
  const pairs = new Map<string, LinkedPair>();
  for (const im of agreements) {
    if (im.csaId === undefined || im.marginType !== "IM") continue;
    const vm = agreements.find((row) => row.csaId === im.csaId && row.marginType === "VM");
    const approach = im.marginApproach ?? vm?.marginApproach;
    if (vm === undefined || approach === undefined || approach === "distinct") continue;
    if (vm.marginApproach !== undefined && im.marginApproach !== undefined && vm.marginApproach !== im.marginApproach) {
      throw new DomainError("badInput", `Agreements ${vm.agreementId} and ${im.agreementId} name different marginApproach. Use one.`);
    }
    if (vm.currency !== im.currency) {
      throw new DomainError("badInput", `Agreements ${vm.agreementId} and ${im.agreementId} need one currency for marginApproach ${approach}.`);
    }
    pairs.set(im.agreementId, { vm, im, approach });
  }
  return pairs;
};

/** Tells whether the requirement of a row is combined with that of the other row of its CSA, so that neither is what its own cells say. */
export const isCombined = ({ agreementId }: AgreementRow, agreements: readonly AgreementRow[]): boolean =>
  [...linkedPairs(agreements).values()].some(({ vm, im }) => vm.agreementId === agreementId || im.agreementId === agreementId);

/**
 * Calculates an agreement's requirement with the margin approach of its CSA: the independent amount of the VM row and the initial margin of the IM row
 * that share a csaId are combined before either is computed. Without a link, or under `distinct`, it is the agreement's own requirement.
 *
 * @param agreements all rows, in which the linked one is found
 * @param inputsOf inputs of any of the rows
 * @throws DomainError badInput naming agreement and column
 */
export const requirementWithApproach = (
  agreement: AgreementRow,
  agreements: readonly AgreementRow[],
  inputsOf: (agreement: AgreementRow) => RequirementInputs,
): Requirement => {
  const pair = [...linkedPairs(agreements).values()].find(
    ({ vm, im }) => vm.agreementId === agreement.agreementId || im.agreementId === agreement.agreementId,
  );
  if (pair === undefined) return requirementOf(agreement, inputsOf(agreement));
  const initial = requirementOf(pair.im, inputsOf(pair.im));
  const combined = combineMargin(pair.approach, pair.vm.independentAmount ?? 0, initial.requirement);
  const note = `marginApproach ${pair.approach}: independentAmount ${pair.vm.independentAmount ?? 0} of ${pair.vm.agreementId}, initial margin ${initial.requirement}`;
  const answer =
    agreement.agreementId === pair.vm.agreementId
      ? requirementOf({ ...agreement, independentAmount: combined.independentAmount }, inputsOf(agreement))
      : pair.approach === "greaterOf"
        ? atLeast(pair.im, combined.initialMargin, pair.vm.independentAmount ?? 0, inputsOf(pair.im))
        : initial;
  return {
    requirement: answer.requirement,
    explanation: { ...answer.explanation, from: [...answer.explanation.from, leaf("margin approach", pair.approach, "", note)] },
  };
};

/**
 * The initial margin agreement that holds the independent amount as well. Where a call is made, the larger amount is what the call is about: minimum
 * transfer amount and rounding count after it.
 */
const atLeast = (im: AgreementRow, combined: number, independentAmount: number, inputs: RequirementInputs): Requirement => {
  const method = marginMethodOf(im);
  if (method === "csa" || method === "schedule") return requirementOf(im, { ...inputs, leastAmount: independentAmount });
  const own = requirementOf(im, inputs);
  return { requirement: combined, explanation: { ...own.explanation, value: combined } };
};
