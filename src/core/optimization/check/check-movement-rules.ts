import type { AllocationOutcome, Movement, RuleCheck } from "../allocation-outcome";
import type { AgreementRow, AssetRow, PinRow } from "../../collateral/book";
import { asUtc, lockedToday, postedToday, same, stepWorth, type BookFacts } from "./book-facts";
import { reusableUnits, whereabouts } from "./check-balances";
import { costRows } from "./check-lines";
import type { DeclaredMisses } from "./declared-misses";
import { lineTerms } from "./line-terms";
import { moneyTolerance, startTally } from "./rule-tally";

/** Checks what binds movements: pins, deadlines and locks, caps on their number, smallest pieces, no re-posting, the liquidity buffer. */
export const checkMovementRules = (facts: BookFacts, outcome: AllocationOutcome, declared: DeclaredMisses): RuleCheck[] => [
  checkPins(facts, outcome, declared),
  checkArrival(facts, outcome),
  checkCounts(facts, outcome),
  checkPieces(facts, outcome),
  checkReposting(facts, outcome),
  checkBuffer(facts, outcome, declared),
];

const postedOf = (outcome: AllocationOutcome, agreementId: string, fits: (key: string) => boolean): number =>
  outcome.lines.filter((line) => same(line.agreementId, agreementId) && fits(line.inventoryKey)).reduce((sum, line) => sum + line.quantity, 0);

/** A pin may be missed from below only where the outcome declares it; more than it allows is never posted. */
const checkPins = (facts: BookFacts, outcome: AllocationOutcome, declared: DeclaredMisses): RuleCheck => {
  const tally = startTally("Pins", "units");
  for (const pin of facts.book.pins) {
    const isEverywhere = pin.agreementId.trim() === "*";
    for (const agreement of facts.book.agreements.filter((row) => isEverywhere || same(row.agreementId, pin.agreementId))) {
      const named = facts.book.assets.filter(
        (asset) =>
          same(asset.assetId, pin.assetId) && (pin.location === undefined || pin.location.trim() === "" || same(pin.location, asset.location)),
      );
      const eligible = named.filter((asset) => lineTerms(facts, asset, agreement).isEligible);
      // Where it may not be posted at all, a pin for every agreement asks nothing.
      if (named.length === 0 || (eligible.length === 0 && isEverywhere)) continue;
      const { over, under, needed, reached, tolerance } = pinViolation(facts, outcome, pin, agreement, eligible.length > 0 ? eligible : named);
      const seen = { kind: "pin", row: pin.origin.row, scope: agreement.agreementId, group: pin.assetId, needed, reached } as const;
      const isMissed = (pin.action === "pin" || pin.action === "atLeast") && under > 0;
      const isAdmitted = isMissed && declared.admits({ ...seen, worth: 1, unit: pin.assetId }, tolerance);
      const most = pin.action === "atLeast" ? 0 : over;
      tally.note(Math.max(most, isMissed && !isAdmitted ? under : 0), tolerance, `tblPins row ${pin.origin.row}`);
    }
  }
  return tally.result();
};

const pinViolation = (
  facts: BookFacts,
  outcome: AllocationOutcome,
  pin: PinRow,
  agreement: AgreementRow,
  lines: readonly AssetRow[],
): { over: number; under: number; needed: number; reached: number; tolerance: number } => {
  const keys = new Set(lines.map((asset) => asset.key));
  const reached = postedOf(outcome, agreement.agreementId, (key) => keys.has(key));
  const today = lines.reduce((sum, asset) => sum + postedToday(facts, asset, agreement.agreementId), 0);
  const locked = lines.reduce((sum, asset) => sum + lockedToday(facts, asset, agreement.agreementId), 0);
  const needed = pin.quantity ?? (pin.action === "forbid" ? 0 : today);
  const price = lines[0] === undefined ? 1 : lines[0].price * facts.rate(lines[0].priceCurrency);
  const tolerance = Math.max(1e-9 * Math.max(1, needed), facts.cent / Math.max(price, 1e-12));
  return { over: reached - Math.max(needed, locked), under: needed - reached, needed, reached, tolerance };
};

/** New deliveries must arrive by the deadline and must not be locked; what is locked there must stay. */
const checkArrival = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck => {
  const tally = startTally("Deadlines and locks", "movements");
  const { asOf } = facts.book.settings;
  for (const movement of outcome.movements) {
    const asset = facts.assetByKey.get(movement.inventoryKey);
    const agreement = facts.agreementById.get(movement.agreementId);
    if (asset === undefined || agreement === undefined) continue;
    const where = `${movement.action} ${movement.assetId} at ${movement.agreementId}`;
    if (movement.action === "Return") {
      const free = postedToday(facts, asset, agreement.agreementId) - lockedToday(facts, asset, agreement.agreementId);
      tally.note(movement.quantity - free > 1e-9 * Math.max(1, free) ? 1 : 0, 0, where);
    } else {
      tally.note(asOf !== undefined && isLate(facts, asset, agreement, Date.parse(asUtc(asOf))) ? 1 : 0, 0, where);
    }
  }
  return tally.result();
};

const isLate = (facts: BookFacts, asset: AssetRow, agreement: AgreementRow, now: number): boolean => {
  const deadline = agreement.deadline === undefined ? Infinity : Date.parse(asUtc(agreement.deadline));
  const unlock = asset.lockedUntil === undefined ? now : Math.max(now, Date.parse(asUtc(asset.lockedUntil)));
  if (unlock > now && (deadline === Infinity || unlock > deadline)) return true;
  const terms = lineTerms(facts, asset, agreement);
  const routes = facts.book.transfers.filter((row) => same(row.from, asset.location) || row.from.trim() === "*");
  const exactFirst = [...routes].sort((a, b) => Number(a.from.trim() === "*") - Number(b.from.trim() === "*"));
  const route = [agreement.agreementId, agreement.counterparty ?? "", "*"]
    .map((name) => exactFirst.find((row) => name !== "" && same(row.to, name)))
    .find((row) => row !== undefined);
  const hours = ((terms.isEligible ? terms.rule.settleHours : undefined) ?? route?.settleHours ?? asset.settleHours ?? 0) + (asset.unbondHours ?? 0);
  const cutoff = /(\d{1,2}):(\d{2})/.exec(route?.cutoff ?? "");
  const minutes = cutoff === null ? Infinity : Number(cutoff[1]) * 60 + Number(cutoff[2]);
  const ofDay = (now / 60_000) % 1440;
  const wait = ofDay > minutes ? (1440 - ofDay) * 60_000 : 0;
  return unlock + wait + hours * 3_600_000 > deadline;
};

const checkCounts = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck => {
  const tally = startTally("Movement caps", "movements");
  const { maxMovements, maxMovementsPerLocation } = facts.book.settings;
  // Recalls of what is not eligible any more cannot be avoided and never break a cap by themselves.
  const isForced = (movement: Movement): boolean => {
    const asset = facts.assetByKey.get(movement.inventoryKey);
    const agreement = facts.agreementById.get(movement.agreementId);
    return movement.action === "Return" && asset !== undefined && agreement !== undefined && !lineTerms(facts, asset, agreement).isEligible;
  };
  const note = (limit: number, movements: readonly Movement[], where: string): void => {
    const forced = movements.filter(isForced).length;
    tally.note(movements.length - Math.max(limit, forced), 0, where);
  };
  if (maxMovements !== undefined) note(maxMovements, outcome.movements, "whole book");
  for (const agreement of facts.book.agreements) {
    if (agreement.maxMovements !== undefined)
      note(
        agreement.maxMovements,
        outcome.movements.filter((movement) => movement.agreementId === agreement.agreementId),
        agreement.agreementId,
      );
  }
  if (maxMovementsPerLocation !== undefined) {
    for (const location of new Set(outcome.movements.map((movement) => movement.location)))
      note(
        maxMovementsPerLocation,
        outcome.movements.filter((movement) => movement.location === location),
        location,
      );
  }
  return tally.result();
};

const checkPieces = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck => {
  const tally = startTally("Smallest pieces", "base currency");
  for (const movement of outcome.movements.filter((candidate) => candidate.action === "Delivery")) {
    const asset = facts.assetByKey.get(movement.inventoryKey);
    const agreement = facts.agreementById.get(movement.agreementId);
    if (asset === undefined || agreement === undefined) continue;
    const piece = costRows(facts, asset, agreement).find((row) => row.minimumPiece !== undefined)?.minimumPiece;
    if (piece !== undefined)
      tally.note(
        piece - movement.quantity * asset.price * facts.rate(asset.priceCurrency),
        moneyTolerance(piece, facts.cent) + stepWorth(facts, asset),
        `${movement.assetId} at ${movement.agreementId}`,
      );
  }
  return tally.result();
};

/** What comes back in this run is not there yet to be delivered elsewhere: deliveries fit into what was free before. */
const checkReposting = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck => {
  const tally = startTally("No re-posting of recalls", "units");
  if (facts.book.settings.sameDayReuse) return tally.result();
  for (const asset of facts.book.assets) {
    const delivered = outcome.movements
      .filter((movement) => movement.inventoryKey === asset.key && movement.action === "Delivery")
      .reduce((sum, movement) => sum + movement.quantity, 0);
    const out = facts.book.agreements.reduce((sum, agreement) => sum + postedToday(facts, asset, agreement.agreementId), 0);
    if (delivered === 0 || out === 0) continue;
    const { owned, away, back } = whereabouts(facts, asset);
    tally.note(
      delivered - Math.max(0, owned - away - out - Math.max(asset.reserved ?? 0, back) + reusableUnits(facts, asset)),
      Math.max(1e-9 * owned, (0.1 * facts.cent) / Math.max(1e-12, asset.price * facts.rate(asset.priceCurrency))),
      asset.key,
    );
  }
  return tally.result();
};

/** Unposted HQLA after haircut, level 2 at most two thirds of level 1, level 2B at most 15/85 of the rest; less only where declared. */
const checkBuffer = (facts: BookFacts, outcome: AllocationOutcome, declared: DeclaredMisses): RuleCheck => {
  const tally = startTally("Liquidity buffer", "base currency");
  const wanted = facts.book.settings.liquidityBuffer ?? 0;
  if (wanted <= 0) return tally.result();
  const free = { "1": 0, "2A": 0, "2B": 0 };
  const haircut = { "1": 0, "2A": 0.15, "2B": 0.5 };
  for (const asset of facts.book.assets) {
    const level = (asset.hqlaClass ?? "").toUpperCase().replace(/LEVEL|L|\s/g, "") as keyof typeof free;
    if (!(level in free)) continue;
    const used = outcome.lines.filter((line) => line.inventoryKey === asset.key).reduce((sum, line) => sum + line.quantity, 0);
    const { owned, away, stuck } = whereabouts(facts, asset);
    free[level] += (owned - away - stuck - used) * asset.price * facts.rate(asset.priceCurrency) * (1 - haircut[level]);
  }
  const one = Math.max(0, free["1"]);
  const twoA = Math.min(Math.max(0, free["2A"]), (2 / 3) * one);
  const twoB = Math.min(Math.max(0, free["2B"]), (15 / 85) * (one + twoA), (2 / 3) * one - twoA);
  const reached = one + twoA + Math.max(0, twoB);
  const tolerance = outcome.lines.reduce(
    (sum, line) => {
      const asset = facts.assetByKey.get(line.inventoryKey);
      return sum + 2 * facts.cent + (asset === undefined ? 0 : stepWorth(facts, asset));
    },
    moneyTolerance(wanted, facts.cent),
  );
  const seen = { kind: "buffer", row: 0, scope: "", group: "", needed: wanted, reached, worth: 1, unit: facts.book.settings.baseCurrency } as const;
  tally.note(reached < wanted && declared.admits(seen, tolerance) ? 0 : wanted - reached, tolerance, "unposted HQLA");
  return tally.result();
};
