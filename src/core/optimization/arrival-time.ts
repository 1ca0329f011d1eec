import type { AgreementRow, AssetRow, EligibilityRow, Settings, TransferRow } from "../collateral/book";
import { utcMilliseconds } from "./effective-date";
import { normalName, sameName } from "./name-match";

const hour = 3_600_000;
const day = 24 * hour;

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
    const start = Math.max(now, lockedUntil ?? now);
    const arrival = start + waits + underWay(asset, rule, route);
    return arrival > deadline
      ? `arrives ${new Date(Math.ceil(arrival / 60_000) * 60_000).toISOString().slice(0, 16)}Z, after the deadline ${agreement.deadline}`
      : undefined;
  };
};

/** Milliseconds from leaving to arriving, unbonding included. */
const underWay = (asset: AssetRow, rule: EligibilityRow, route: TransferRow | undefined): number =>
  ((rule.settleHours ?? route?.settleHours ?? asset.settleHours ?? 0) + (asset.unbondHours ?? 0)) * hour;

/** The last moment at which a new delivery may leave, ISO UTC; undefined where nothing has to be in time. */
export type LatestStartOf = (asset: AssetRow, agreement: AgreementRow, rule: EligibilityRow) => string | undefined;

/** Prepares the last moments of departure: the deadline less the time under way, and never after the cutoff of the route on that day. */
export const latestStartLookup =
  (transfers: readonly TransferRow[], settings: Settings): LatestStartOf =>
  (asset, agreement, rule) => {
    const deadline = utcMilliseconds(agreement.deadline);
    if (deadline === undefined || utcMilliseconds(settings.asOf) === undefined) return undefined;
    const route = routeOf(transfers, asset, agreement);
    const leaves = deadline - underWay(asset, rule, route);
    const cutoff = route && cutoffOf(route);
    const midnight = Math.floor(leaves / day) * day;
    return new Date(cutoff === undefined ? leaves : Math.min(leaves, midnight + cutoff)).toISOString();
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

/** Milliseconds after midnight UTC. */
const cutoffOf = (route: TransferRow): number | undefined => {
  const time = /(\d{1,2}):(\d{2})/.exec(route.cutoff ?? "");
  return time === null ? undefined : Number(time[1]) * hour + Number(time[2]) * 60_000;
};

const cutoffWait = (route: TransferRow, now: number): number => {
  const cutoff = cutoffOf(route);
  const ofDay = now % day;
  return cutoff !== undefined && ofDay > cutoff ? day - ofDay : 0;
};
