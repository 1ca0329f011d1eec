import { DomainError } from "../basics/domain-error";
import { notchOf, parseRating, type CreditRating } from "./credit-rating";
import type { RegulationRow, RegulationTable } from "./regulation-table";
import { regulationTables, versionInForce } from "./regulation-tables";

/** Classes of collateral that the schedules know. */
export const haircutClasses = [
  "sovereign",
  "otherIssuer",
  "securitisation",
  "mainIndexEquity",
  "otherEquity",
  "gold",
  "cash",
  "fund",
  "crypto",
  "postedIneligible",
] as const;
export type HaircutClass = (typeof haircutClasses)[number];

/** Names by which users choose a schedule. */
export const haircutSchedules = ["basel3", "basel2", "us-umr", "haircut-floors"] as const;
export type HaircutSchedule = (typeof haircutSchedules)[number];

/** A row of a haircut table. */
export interface HaircutRow extends RegulationRow {
  readonly assetClass: HaircutClass | "fxMismatch";
  /** Best and worst rating of the band; without them every rating matches. */
  readonly ratingFrom?: string;
  readonly ratingTo?: string;
  readonly shortTermRatings?: readonly string[];
  readonly unratedBank?: boolean;
  readonly unrated?: boolean;
  readonly floatingRate?: boolean;
  /** Exclusive; null = from 0. */
  readonly maturityFromYears: number | null;
  /** Inclusive; null = no end. */
  readonly maturityToYears: number | null;
  readonly haircut: number | null;
  readonly eligibility: "eligible" | "notEligible" | "lookThrough";
  readonly reason?: string;
}

/** A haircut table with the period that its numbers are for. */
export interface HaircutTable extends RegulationTable<HaircutRow> {
  readonly schedule: HaircutSchedule;
  readonly holdingDays: number | null;
  readonly isScalable: boolean;
}

const keyOf = (text: string): string => text.toLowerCase().replace(/[\s_\-./]/g, "");

const all = regulationTables.filter((table) => table.family === "haircuts") as unknown as readonly HaircutTable[];

/** Finds the versions of a schedule by its name or by the id of one of its files. @throws DomainError badInput */
export const haircutTables = (schedule: string): readonly HaircutTable[] => {
  const wanted = keyOf(schedule);
  const byId = all.filter((table) => keyOf(table.id) === wanted);
  const found = byId.length > 0 ? byId : all.filter((table) => keyOf(table.schedule) === wanted);
  if (found.length === 0) throw new DomainError("badInput", `Schedule "${schedule.slice(0, 30)}" is unknown. Use ${haircutSchedules.join(", ")}.`);
  return found;
};

const classAliases: Readonly<Record<string, HaircutClass>> = {
  government: "sovereign",
  corporate: "otherIssuer",
  otherissuers: "otherIssuer",
  securitization: "securitisation",
  cryptoasset: "crypto",
  mainindexequities: "mainIndexEquity",
  otherequities: "otherEquity",
  otherlistedequity: "otherEquity",
};

/** Reads an asset class without regard to case, spaces or underscores. @throws DomainError badInput with the classes */
export const parseHaircutClass = (text: string): HaircutClass => {
  const key = keyOf(text);
  const found = haircutClasses.find((name) => name.toLowerCase() === key) ?? classAliases[key];
  if (found === undefined) {
    throw new DomainError("badInput", `Unknown asset class. Use ${haircutClasses.slice(0, 9).join(", ")}.`);
  }
  return found;
};

/** What a haircut is looked up by. */
export interface HaircutKey {
  readonly assetClass: HaircutClass;
  readonly residualMaturityYears?: number;
  readonly rating?: string;
  readonly isFloatingRate?: boolean;
}

/** A row that was found, and the table that it is in. */
export interface FoundHaircut {
  readonly table: HaircutTable;
  readonly row: HaircutRow;
  readonly haircut: number;
}

/**
 * Looks a supervisory haircut up; there is no default bucket.
 *
 * @param schedule name or file id
 * @param key class, residual maturity in years and rating, as far as the schedule asks for them
 * @param asOf ISO date; undefined = latest version
 * @throws DomainError badInput where a needed key is missing, notEligible with the reason, notFound with table and key
 */
export const lookUpHaircut = (schedule: string, key: HaircutKey, asOf?: string): FoundHaircut => {
  const table = versionInForce(haircutTables(schedule), asOf);
  const ofClass = table.rows.filter((row) => row.assetClass === key.assetClass);
  if (ofClass.length === 0) throw missing(table, key);
  const rated = matchRating(table, ofClass, key);
  const matches = matchMaturity(table, rated, key);
  const row = matches[0];
  if (row === undefined) throw missing(table, key);
  if (matches.length > 1) throw new DomainError("internal", `${table.id} has two rows for ${showKey(key)}.`);
  if (row.eligibility === "lookThrough")
    throw new DomainError("notFound", `${table.schedule} ${key.assetClass}: ${row.reason ?? "look through"}.`.slice(0, 120));
  if (row.eligibility === "notEligible" || row.haircut === null) {
    throw new DomainError(
      "notEligible",
      `Not eligible under ${table.schedule}: ${key.assetClass}, ${row.reason ?? "no haircut given"}.`.slice(0, 120),
    );
  }
  return { table, row, haircut: row.haircut };
};

/** Finds the haircut that a schedule adds for a currency mismatch. @throws DomainError notFound */
export const lookUpFxHaircut = (table: HaircutTable): number => {
  const haircut = table.rows.find((row) => row.assetClass === "fxMismatch")?.haircut;
  if (haircut === undefined || haircut === null) {
    throw new DomainError("notFound", `${table.id} has no row for a currency mismatch. Leave fxMismatch out.`);
  }
  return haircut;
};

const matchRating = (table: HaircutTable, rows: readonly HaircutRow[], key: HaircutKey): readonly HaircutRow[] => {
  if (!rows.some((row) => row.ratingFrom !== undefined)) return rows;
  if (key.rating === undefined) {
    throw new DomainError("badInput", `Rating is needed for ${key.assetClass} under ${table.schedule}. Give one, such as AA- or unrated.`);
  }
  const rating = parseRating(key.rating);
  const found = rows.filter((row) => isInBand(row, rating));
  if (found.length === 0) throw missing(table, key);
  return found;
};

const isInBand = (row: HaircutRow, rating: CreditRating): boolean => {
  switch (rating.kind) {
    case "unrated":
      return row.unrated === true;
    case "unratedBank":
      return row.unratedBank === true;
    case "shortTerm":
      return row.shortTermRatings?.includes(rating.name) === true;
    case "longTerm":
      return (
        row.ratingFrom !== undefined && row.ratingTo !== undefined && notchOf(row.ratingFrom) <= rating.notch && rating.notch <= notchOf(row.ratingTo)
      );
  }
};

const matchMaturity = (table: HaircutTable, rows: readonly HaircutRow[], key: HaircutKey): readonly HaircutRow[] => {
  const floating = rows.filter((row) => row.floatingRate === true);
  if (key.isFloatingRate === true && floating.length > 0) return floating;
  const fixed = rows.filter((row) => row.floatingRate !== true);
  if (!fixed.some((row) => row.maturityFromYears !== null || row.maturityToYears !== null)) return fixed;
  const years = key.residualMaturityYears;
  if (years === undefined) {
    throw new DomainError("badInput", `Residual maturity is needed for ${key.assetClass} under ${table.schedule}. Give it in years.`);
  }
  return fixed.filter(
    (row) => (row.maturityFromYears === null || years > row.maturityFromYears) && (row.maturityToYears === null || years <= row.maturityToYears),
  );
};

const showKey = (key: HaircutKey): string =>
  [
    key.assetClass,
    ...(key.residualMaturityYears === undefined ? [] : [`${key.residualMaturityYears} years`]),
    ...(key.rating === undefined ? [] : [`rating ${key.rating}`]),
  ].join(", ");

const missing = (table: HaircutTable, key: HaircutKey): DomainError =>
  new DomainError("notFound", `${table.id} has no row for ${showKey(key)}. Choose another schedule.`.slice(0, 120));
