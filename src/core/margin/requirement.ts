import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import type { AgreementRow, MarginMethod, PositionRow } from "../collateral/book";
import { calculateMarginCall } from "./margin-call";
import { historyRequirement } from "./requirement-from-history";
import { gridRequirement, saccrRequirement, scheduleRequirement, slabMargins } from "./requirement-from-positions";
import { leaf, savedByNetting, type Requirement, type RequirementInputs } from "./requirement-inputs";

export type { Requirement, RequirementInputs } from "./requirement-inputs";

/** Names the method of an agreement: the one written, else what its filled columns say. @throws DomainError badInput */
export const marginMethodOf = (agreement: AgreementRow): MarginMethod => {
  if (agreement.marginMethod !== undefined) return agreement.marginMethod;
  if (agreement.requirement !== undefined) return "given";
  if (agreement.exposure !== undefined) return "csa";
  if (agreement.initialMargin !== undefined || agreement.maintenanceMargin !== undefined) return "venue";
  throw new DomainError("badInput", `Agreement ${agreement.agreementId}: requirement is blank. Fill it or name a marginMethod.`);
};

/**
 * Turns an agreement's terms and positions into the amount that must be covered.
 *
 * @param agreement the row of tblAgreements
 * @param inputs what is held and what the method needs
 * @returns requirement >= 0 in the agreement's currency with its explanation
 * @throws DomainError badInput naming the agreement and the column that is missing
 */
export const requirementOf = (agreement: AgreementRow, inputs: RequirementInputs): Requirement => {
  const method = marginMethodOf(agreement);
  switch (method) {
    case "given":
      return givenRequirement(agreement);
    case "csa":
      return csaRequirement(agreement, inputs);
    case "venue":
      return venueRequirement(agreement, inputs);
    case "schedule":
      return scheduleRequirement(agreement, inputs);
    case "saccr":
      return saccrRequirement(agreement, inputs);
    case "grid":
      return gridRequirement(agreement, inputs);
    case "var":
    case "es":
      return historyRequirement(agreement, inputs, method);
  }
};

const givenRequirement = (agreement: AgreementRow): Requirement => {
  const requirement = needed(agreement, "requirement", agreement.requirement);
  if (requirement < 0)
    throw new DomainError("badInput", `Agreement ${agreement.agreementId}: requirement ${requirement} is below 0. Give it as >= 0.`);
  return { requirement, explanation: leaf("requirement", requirement, agreement.currency, "given in the agreements table") };
};

const needed = (agreement: AgreementRow, column: string, value: number | undefined): number => {
  if (value === undefined || !Number.isFinite(value)) {
    throw new DomainError("badInput", `Agreement ${agreement.agreementId}: ${column} is blank. Fill it or change marginMethod.`);
  }
  return value;
};

const own = (agreement: AgreementRow, positions: readonly PositionRow[]): readonly PositionRow[] =>
  positions.filter((position) => position.agreementId === agreement.agreementId);

/** Exposure > 0 is their claim on us, market value > 0 is owed to us, hence the sign. */
const exposureOf = (agreement: AgreementRow, positions: readonly PositionRow[]): Explanation => {
  if (agreement.exposure !== undefined) return leaf("exposure", agreement.exposure, agreement.currency, "given in the agreements table");
  const rows = own(agreement, positions).filter((position) => position.marketValue !== undefined);
  if (rows.length === 0) {
    throw new DomainError("badInput", `Agreement ${agreement.agreementId}: exposure is blank and no position has a marketValue.`);
  }
  const total = rows.reduce((sum, position) => sum + (position.marketValue ?? 0), 0);
  return {
    name: "exposure",
    value: total === 0 ? 0 : -total,
    unit: agreement.currency,
    note: "-sum of the positions' marketValue",
    from: [
      ...rows.map((position) => leaf(position.instrument, position.marketValue ?? 0, agreement.currency)),
      ...nettedExposure(agreement, rows, total),
    ],
  };
};

/** What netting takes off the exposure: the claims of the positions one by one, less the claim on all of them. */
const nettedExposure = (agreement: AgreementRow, rows: readonly PositionRow[], total: number): readonly Explanation[] => {
  if (rows.length < 2) return [];
  const alone = rows.reduce((sum, position) => sum + Math.max(0, -(position.marketValue ?? 0)), 0);
  return [leaf(savedByNetting, alone - Math.max(0, -total), agreement.currency, `claims on the positions one by one ${alone}`)];
};

/** R = held + rounded delivery, or held - rounded return, or held where the difference is below the minimum transfer amount. */
const csaRequirement = (agreement: AgreementRow, inputs: RequirementInputs): Requirement => {
  const exposure = exposureOf(agreement, inputs.positions);
  const held = inputs.heldValue;
  const call = calculateMarginCall({
    exposure: Number(exposure.value),
    heldValue: held,
    threshold: agreement.threshold ?? 0,
    minimumTransferAmount: agreement.minimumTransferAmount ?? 0,
    independentAmount: agreement.independentAmount ?? 0,
    theirIndependentAmount: agreement.theirIndependentAmount ?? 0,
    rounding: agreement.roundingDelivery ?? 0,
    roundingReturn: agreement.roundingReturn ?? 0,
    ...(agreement.theirMinimumTransferAmount === undefined ? {} : { theirMinimumTransferAmount: agreement.theirMinimumTransferAmount }),
    leastAmount: inputs.leastAmount ?? 0,
    isTwoWay: false,
  });
  const requirement = Math.max(0, held + call.amount);
  return {
    requirement,
    explanation: {
      name: "requirement",
      value: requirement,
      unit: agreement.currency,
      note: "held value + rounded delivery, or - rounded return, or held value below the minimum transfer amount",
      from: [leaf("held value", held, agreement.currency, "after haircut"), exposure, { ...call.explanation, unit: agreement.currency }],
    },
  };
};

/** R = max(initialMargin, bufferMultiple * maintenanceMargin) - unrealisedProfit; a profit counts only where the venue says so. */
const venueRequirement = (agreement: AgreementRow, inputs: RequirementInputs): Requirement => {
  const unit = agreement.currency;
  const isGiven = agreement.initialMargin !== undefined || agreement.maintenanceMargin !== undefined;
  const computed = isGiven ? undefined : slabMargins(agreement, inputs);
  const initial = computed?.initial ?? leaf("initialMargin", agreement.initialMargin ?? 0, unit);
  const maintenance = computed?.maintenance ?? leaf("maintenanceMargin", agreement.maintenanceMargin ?? 0, unit);
  const multiple = agreement.bufferMultiple ?? 1;
  const buffered = multiple * Number(maintenance.value);
  const profit = agreement.unrealisedProfit ?? computed?.profit ?? 0;
  const countedProfit = profit > 0 && agreement.profitCounts !== true ? 0 : profit;
  const requirement = Math.max(0, Math.max(Number(initial.value), buffered) - countedProfit);
  const isBuffered = buffered > Number(initial.value);
  const saved = (isBuffered ? maintenance : initial).from.find((part) => part.name === savedByNetting);
  return {
    requirement,
    explanation: {
      name: "requirement",
      value: requirement,
      unit,
      note: "max(initialMargin, bufferMultiple * maintenanceMargin) - unrealisedProfit",
      from: [
        initial,
        { ...leaf("buffered maintenance margin", buffered, unit), from: [maintenance, leaf("bufferMultiple", multiple, "times")] },
        leaf(
          "unrealisedProfit",
          countedProfit,
          unit,
          countedProfit === profit ? "a loss raises the requirement" : `a profit of ${profit} does not count here`,
        ),
        ...(saved === undefined ? [] : [{ ...saved, value: Number(saved.value) * (isBuffered ? multiple : 1) }]),
      ],
    },
  };
};
