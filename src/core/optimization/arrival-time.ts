import type { AgreementRow, AssetRow, EligibilityRow, Settings, TransferRow } from "../collateral/book";
import { utcMilliseconds } from "./effective-date";
import { normalName, sameName } from "./name-match";

const hour = 3_600_000;

/** Why a new delivery cannot reach an agreement in time; undefined where it can. */
export type LatenessOf = (asset: AssetRow, agreement: AgreementRow, rule: EligibilityRow) => string | undefined;

/**
 * Prepares the check of transfer time against deadline. Without `asOf` no date rule is applied.
 *
 * The time is that of the eligibility rule, else of the transfer route (from the asset's location to the agreement or its
 * counterparty), else of the asset; unbonding comes on top, and a route whose cutoff has passed leaves at midnight UTC.
 */
export const latenessLookup = (transfers: readonly TransferRow[], settings: Settings): LatenessOf => {
  const now = utcMilliseconds(settings.asOf);
  return (asset, agreement, rule) => {
    if (now === undefined) return undefined;
    const deadline = utcMilliseconds(agreement.deadline);
    const lockedUntil = utcMilliseconds(asset.lockedUntil);
    if (lockedUntil !== undefined && lockedUntil > now && (deadline === undefined || lockedUntil > deadline)) {
      return `locked until ${asset.lockedUntil}`;
    }
    if (deadline === undefined) return undefined;
    const route = routeOf(transfers, asset, agreement);
    const waits = route === undefined ? 0 : cutoffWait(route, now);
    const settle = (rule.settleHours ?? route?.settleHours ?? asset.settleHours ?? 0) * hour;
    const start = Math.max(now, lockedUntil ?? now);
    const arrival = start + waits + settle + (asset.unbondHours ?? 0) * hour;
    return arrival > deadline
      ? `arrives ${new Date(Math.ceil(arrival / 60_000) * 60_000).toISOString().slice(0, 16)}Z, after the deadline ${agreement.deadline}`
      : undefined;
  };
};

/** Finds the transfer route of a pair: to the agreement before to its counterparty, a named location before `*`. */
export const routeOf = (transfers: readonly TransferRow[], asset: AssetRow, agreement: AgreementRow): TransferRow | undefined => {
  const starts = (row: TransferRow): boolean => normalName(row.from) === normalName(asset.location) || row.from.trim() === "*";
  const to = (name: string | undefined): TransferRow | undefined => {
    const rows = transfers.filter((row) => starts(row) && sameName(row.to, name));
    return rows.find((row) => row.from.trim() !== "*") ?? rows[0];
  };
  return to(agreement.agreementId) ?? to(agreement.counterparty) ?? to("*");
};

const cutoffWait = (route: TransferRow, now: number): number => {
  const time = /(\d{1,2}):(\d{2})/.exec(route.cutoff ?? "");
  if (time === null) return 0;
  const day = 24 * hour;
  const ofDay = now % day;
  const cutoff = Number(time[1]) * hour + Number(time[2]) * 60_000;
  return ofDay > cutoff ? day - ofDay : 0;
};
