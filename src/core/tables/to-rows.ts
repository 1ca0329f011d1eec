import type { Issue } from "../basics/issue";
import type {
  AgreementRow,
  AssetRow,
  CounterpartyRow,
  EligibilityRow,
  GradeRow,
  HoldingRow,
  LimitRow,
  RowOrigin,
  TierRow,
  TransferRow,
  VenueRuleRow,
} from "../collateral/book";
import type { ReadRow } from "./read-table";

const text = (row: ReadRow, column: string): string | undefined => row.values.get(column) as string | undefined;
const number = (row: ReadRow, column: string): number | undefined => row.values.get(column) as number | undefined;

/** Turns a row as read into the typed row that has the columns' own names. The reader has checked kinds and required columns. */
export const toRow = <T extends { readonly origin: RowOrigin }>(row: ReadRow): T =>
  ({ origin: row.origin, ...Object.fromEntries(row.values) }) as unknown as T;

/** An inventory line; location and account default to "", currencies to the base currency and to priceCurrency. */
export const toAssetRow = (row: ReadRow, baseCurrency: string, issues: Issue[]): AssetRow => {
  const assetId = text(row, "assetId") ?? "";
  const location = text(row, "location") ?? "";
  const account = text(row, "account") ?? "";
  const priceCurrency = (text(row, "priceCurrency") ?? baseCurrency).toUpperCase();
  return {
    ...toRow<AssetRow>(row),
    ...yieldsOf(row, issues),
    key: `${assetId}|${location}|${account}`,
    location,
    account,
    priceCurrency,
    denominationCurrency: (text(row, "denominationCurrency") ?? priceCurrency).toUpperCase(),
  };
};

/**
 * What staking and repo do to the carry: both are what the asset would earn if it were not posted, and staking may be kept. They join
 * fundingRate and yieldWhilePosted, of which the costs table may override either.
 */
const yieldsOf = (row: ReadRow, issues: Issue[]): Pick<AssetRow, "fundingRate" | "yieldWhilePosted"> => {
  const [staking, repo] = [number(row, "stakingYield"), number(row, "repoRate")];
  if (staking === undefined && repo === undefined) return {};
  const isKept = row.values.get("keepsStaking") === true;
  if (isKept && (number(row, "unbondHours") ?? 0) > 0 && (staking ?? 0) > 0) {
    issues.push(
      row.issue("keepsStaking", {
        code: "unbonded-yield",
        message: `${text(row, "assetId")}: keepsStaking is yes, but unbondHours is above 0: what is unbonded earns no staking yield.`,
        fix: "Type no, or clear unbondHours where the staked asset itself is posted.",
      }),
    );
  }
  return {
    fundingRate: (number(row, "fundingRate") ?? 0) + (staking ?? 0) + (repo ?? 0),
    yieldWhilePosted: (number(row, "yieldWhilePosted") ?? 0) + (isKept ? (staking ?? 0) : 0),
  };
};

/** An agreement. A requirement, or the method that computes it, must be there: a blank is never a requirement of 0. */
export const toAgreementRow = (row: ReadRow, issues: Issue[]): AgreementRow | undefined => {
  const method = text(row, "marginMethod");
  const isComputed = ["exposure", "initialMargin", "maintenanceMargin"].some((column) => row.values.has(column));
  if ((method === "given" || (method === undefined && !isComputed)) && number(row, "requirement") === undefined) {
    issues.push(
      row.issue("requirement", {
        code: "blank-requirement",
        message: `${text(row, "agreementId")}: requirement is blank.`,
        fix: "Type the amount to cover (0 if nothing is called), or set marginMethod and its inputs.",
      }),
    );
    return undefined;
  }
  return {
    ...toRow<AgreementRow>(row),
    currency: (text(row, "currency") ?? "").toUpperCase(),
    fxHaircutCurrencies: ((row.values.get("fxHaircutCurrencies") as readonly string[] | undefined) ?? []).map((code) => code.toUpperCase()),
  };
};

const selectors = ["assetId", "assetClass", "currency", "issuer", "issuerType", "issuerCountry"] as const;

/** An eligibility rule; a blank haircut is an error, because it would value the asset in full. */
export const toEligibilityRow = (row: ReadRow, issues: Issue[]): EligibilityRow | undefined => {
  const isIncluded = (row.values.get("isIncluded") as boolean | undefined) ?? true;
  const name = [text(row, "agreementId"), ...selectors.map((selector) => text(row, selector))].filter((part) => part !== undefined).join(", ");
  const hasSelector = [...selectors, "ratingFrom", "ratingTo", "maturityFromYears", "maturityToYears"].some((selector) => row.values.has(selector));
  if (!hasSelector) {
    issues.push(
      row.issue("agreementId", {
        code: "no-selector",
        message: `${name}: the rule names no asset, class, currency or issuer.`,
        fix: "Fill assetId or assetClass (or another selector).",
      }),
    );
    return undefined;
  }
  const given = (["haircut", "valuationPercentage", "marginPercentage", "tierTable"] as const).filter((column) => row.values.has(column));
  if (isIncluded && given.length === 0) {
    issues.push(
      row.issue("haircut", {
        code: "blank-haircut",
        message: `${name}: haircut is blank.`,
        fix: "Type the haircut as a decimal; type 0 or none if no haircut applies.",
      }),
    );
    return undefined;
  }
  if (isIncluded && given.length > 1) {
    issues.push(
      row.issue(given[1] ?? "haircut", {
        code: "two-haircuts",
        message: `${name}: ${given.join(" and ")} are both given.`,
        fix: "Keep one of them and clear the other.",
      }),
    );
    return undefined;
  }
  const haircut = haircutOf(row);
  const { haircut: _raw, ...rest } = toRow<EligibilityRow>(row);
  return {
    ...rest,
    ...(text(row, "currency") === undefined ? {} : { currency: (text(row, "currency") ?? "").toUpperCase() }),
    isIncluded,
    ...(haircut === undefined ? {} : { haircut }),
  };
};

const haircutOf = (row: ReadRow): number | undefined => {
  const valuation = number(row, "valuationPercentage");
  const margin = number(row, "marginPercentage");
  if (valuation !== undefined) return 1 - valuation;
  // A margin percentage of 1.08 asks for 108 of collateral per 100, so the value ratio is 1 / 1.08, not 0.92.
  if (margin !== undefined) return 1 - 1 / margin;
  return number(row, "haircut");
};

const basisWords: Readonly<Record<string, string>> = { requirement: "required", posted: "posted", issue: "outstanding" };

/** Shares from which on a limit would bind nothing: 40 stands for 40 %. Several days' volume may be meant. */
export const largestShare: Readonly<Record<string, number>> = { requirement: 3, posted: 1, issue: 1 };

const isPercentage = (row: ReadRow): boolean => (number(row, "limit") ?? 0) > (largestShare[text(row, "limitBasis") ?? ""] ?? Infinity);

/** A concentration limit; direction max, hard, and the scope's and group's EACH where they are blank and that is the only sense. */
export const toLimitRow = (row: ReadRow, issues: Issue[]): LimitRow | undefined => {
  const limitType = text(row, "limitType") ?? "total";
  const scope = text(row, "scope") ?? "book";
  const scopeId = text(row, "scopeId") ?? (scope === "book" ? "ALL" : undefined);
  const group = text(row, "group") ?? (limitType === "total" ? "" : undefined);
  if (scopeId === undefined) {
    issues.push(
      row.issue("scopeId", {
        code: "blank-scope",
        message: `scopeId of the ${scope} limit is blank.`,
        fix: `Type an id, EACH (one limit for each ${scope}) or ALL (summed).`,
      }),
    );
    return undefined;
  }
  if (group === undefined) {
    issues.push(
      row.issue("group", {
        code: "blank-group",
        message: `group of the ${limitType} limit is blank.`,
        fix: `Type a name, or EACH for one limit for each ${limitType}.`,
      }),
    );
    return undefined;
  }
  if (isPercentage(row)) {
    const limit = number(row, "limit") ?? 0;
    issues.push(
      row.issue("limit", {
        code: "limit-above-one",
        message: `${limitType} limit: ${limit} of what is ${basisWords[text(row, "limitBasis") ?? ""] ?? "counted"} is ${Number((limit * 100).toPrecision(12))} %.`,
        fix: `If you mean ${limit} %, type ${Number((limit / 100).toPrecision(15))} or ${limit}%. A limit that never binds is better deleted.`,
      }),
    );
    return undefined;
  }
  return {
    ...toRow<LimitRow>(row),
    scopeId,
    group,
    direction: (text(row, "direction") ?? "max") as LimitRow["direction"],
    hardOrSoft: (text(row, "hardOrSoft") ?? "hard") as LimitRow["hardOrSoft"],
  };
};

/** A slab of a tier table; a blank upTo is the open end. */
export const toTierRow = (row: ReadRow): TierRow => ({
  ...toRow<TierRow>(row),
  tierMode: (text(row, "tierMode") ?? "marginal") as TierRow["tierMode"],
  upTo: number(row, "upTo") ?? Infinity,
});

/** A transfer route; a cutoff typed as a time arrives as a part of a day, 0.75 for 18:00. */
export const toTransferRow = (row: ReadRow, issues: Issue[]): TransferRow | undefined => {
  const { cutoff, ...route } = toRow<TransferRow>(row);
  if (cutoff === undefined) return route;
  const time = timeOfDay(cutoff);
  if (time !== undefined) return { ...route, cutoff: time };
  issues.push(
    row.issue("cutoff", { code: "not-a-time", message: `cutoff "${cutoff}" is not a time of day.`, fix: "Type a time such as 16:00 (UTC)." }),
  );
  return undefined;
};

/** `16:00`, `4:00 PM` or Excel's part of a day as `HH:MM`. */
const timeOfDay = (cell: string): string | undefined => {
  const part = Number(cell);
  const [, hours = "", minutes = "", half = ""] = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap]m)?\s*(?:Z|UTC)?$/i.exec(cell.trim()) ?? [];
  const isHalf = half !== "" && Number(hours) >= 1 && Number(hours) <= 12;
  const typed = Number(isHalf ? Number(hours) % 12 : hours) * 60 + Number(minutes) + (/^p/i.test(half) ? 720 : 0);
  const whole = part >= 0 && part < 1 ? Math.round(part * 1440) % 1440 : hours === "" || Number(minutes) > 59 ? Infinity : typed;
  const pad = (value: number): string => String(value).padStart(2, "0");
  return whole < 1440 ? `${pad(Math.floor(whole / 60))}:${pad(whole % 60)}` : undefined;
};

/** A holding: posted and settled unless the row says otherwise. */
export const toHoldingRow = (row: ReadRow): HoldingRow => ({
  ...toRow<HoldingRow>(row),
  location: text(row, "location") ?? "",
  account: text(row, "account") ?? "",
  direction: (text(row, "direction") ?? "posted") as HoldingRow["direction"],
  status: (text(row, "status") ?? "settled") as HoldingRow["status"],
});

/** A counterparty; the columns that are not ours are what a scorecard may read. */
export const toCounterpartyRow = (row: ReadRow): CounterpartyRow => ({ ...toRow<CounterpartyRow>(row), attributes: row.cells ?? new Map() });

/** A grade; a blank upTo is 1, the end of the scale. */
export const toGradeRow = (row: ReadRow): GradeRow => ({ ...toRow<GradeRow>(row), upTo: number(row, "upTo") ?? 1 });

/** A slab of venue margin rules; a blank upTo is the open end. */
export const toVenueRuleRow = (row: ReadRow): VenueRuleRow => ({ ...toRow<VenueRuleRow>(row), upTo: number(row, "upTo") ?? Infinity });
