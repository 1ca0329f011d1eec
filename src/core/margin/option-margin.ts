import type { FactStatus, RegulationRow } from "../regulation/regulation-table";
import { regulationTable } from "../regulation/regulation-tables";

interface OptionMarginRow extends RegulationRow {
  readonly item: "baseRate" | "floorRate" | "maintenanceRate";
  readonly value: number;
}

/** Margin of one short option as a share of the underlying, and how well the rates are known. */
export interface OptionMargin {
  readonly initial: number;
  readonly maintenance: number;
  readonly status: FactStatus;
}

/**
 * Calculates the standard margin of one short option, as a share of the underlying's price (in coin).
 *
 * call: IM = max(0.15 - OTM/U, 0.1) + mark, MM = 0.075 + mark; put: MM = max(0.075, 0.075 mark) + mark, IM = max(the call's IM, MM).
 *
 * @param mark option price as a share of the underlying's
 * @source Deribit standard margin of options, table deribit_option_margin (secondary)
 */
export const shortOptionMargin = (optionType: "call" | "put", underlyingPrice: number, strike: number, mark: number): OptionMargin => {
  const rows = regulationTable<OptionMarginRow>("deribit_option_margin").rows;
  const rate = (item: OptionMarginRow["item"]): number => rows.find((row) => row.item === item)?.value ?? Number.NaN;
  const outOfTheMoney = Math.max(0, optionType === "call" ? strike - underlyingPrice : underlyingPrice - strike) / underlyingPrice;
  const initial = Math.max(rate("baseRate") - outOfTheMoney, rate("floorRate")) + mark;
  if (optionType === "call") return { initial, maintenance: rate("maintenanceRate") + mark, status: "secondary" };
  const maintenance = Math.max(rate("maintenanceRate"), rate("maintenanceRate") * mark) + mark;
  return { initial: Math.max(initial, maintenance), maintenance, status: "secondary" };
};
