import { DomainError } from "../basics/domain-error";
import type { RegulationRow } from "./regulation-table";
import { regulationTable } from "./regulation-tables";

interface ScheduleRow extends RegulationRow {
  readonly assetClass: string;
  readonly maturityFromYears: number | null;
  readonly maturityToYears: number | null;
  readonly rate: number;
}

const keyOf = (text: string): string => text.toLowerCase().replace(/[\s_\-./]/g, "");

const aliases: Readonly<Record<string, string>> = {
  ir: "interestrate",
  rates: "interestrate",
  interestrates: "interestrate",
  foreignexchange: "fx",
  creditsinglename: "credit",
  creditindex: "credit",
  equitysinglename: "equity",
  equityindex: "equity",
  commodities: "commodity",
  xccy: "crosscurrencyswap",
  crosscurrency: "crosscurrencyswap",
  crypto: "other",
  cryptoasset: "other",
};

/** A rate of the schedule and what must be said about it. */
export interface ScheduleRate {
  readonly rate: number;
  readonly note?: string;
}

/**
 * Finds the rate of gross notional of a class and maturity in the initial margin schedule.
 *
 * A crypto derivative falls in the class `other`, which is our reading of the table, and the note says so.
 *
 * @param at `trades row 3`, for messages
 * @throws DomainError badInput naming the row, the table and the key
 */
export const scheduleRate = (assetClass: string, maturityYears: number | undefined, at: string): ScheduleRate => {
  const key = aliases[keyOf(assetClass)] ?? keyOf(assetClass);
  const rows = regulationTable<ScheduleRow>("umr_im_schedule").rows.filter((row) => row.assetClass.toLowerCase() === key);
  if (rows.length === 0) {
    throw new DomainError(
      "badInput",
      `${at}: umr_im_schedule has no class "${assetClass}". Use interestRate, fx, credit, equity, commodity, other.`.slice(0, 120),
    );
  }
  const isBanded = rows.some((row) => row.maturityFromYears !== null || row.maturityToYears !== null);
  if (isBanded && maturityYears === undefined) throw new DomainError("badInput", `${at}: maturityYears is blank. ${assetClass} needs it.`);
  const years = maturityYears ?? 0;
  const row = rows.find(
    (found) =>
      (found.maturityFromYears === null || years > found.maturityFromYears) && (found.maturityToYears === null || years <= found.maturityToYears),
  );
  if (row === undefined) throw new DomainError("badInput", `${at}: umr_im_schedule has no row for ${assetClass}, ${years} years.`);
  return keyOf(assetClass).startsWith("crypto") ? { rate: row.rate, note: "crypto counted as other (our reading)" } : { rate: row.rate };
};
