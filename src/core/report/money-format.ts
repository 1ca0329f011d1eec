import type { AllocationOutcome } from "../optimization/allocation-outcome";
import { decimalsIn } from "../optimization/repair-numbers";

/** Excel number format of money: two decimals, as many more as there are where the base currency is a coin. Negative amounts are red. */
export const moneyFormat = ({ baseCent }: Pick<AllocationOutcome, "baseCent">): string => {
  const more = "#".repeat(extraDecimals(baseCent));
  return `#,##0.00${more};[Red]-#,##0.00${more};0.00`;
};

/** The same for columns that do not only hold money. */
export const plainFormat = ({ baseCent }: Pick<AllocationOutcome, "baseCent">): string => `#,##0.00${"#".repeat(extraDecimals(baseCent))}`;

const extraDecimals = (cent = 0.01): number => decimalsIn(1, cent) - 2;

/**
 * Decimals to which formulas round differences of money in a currency: a hundredth of a coin is no trifle.
 *
 * @param rate base currency per unit
 */
export const roundedTo = (rate: number, { baseCent = 0.01 }: Pick<AllocationOutcome, "baseCent">): number => (rate > 1e4 * baseCent ? 8 : 2);
