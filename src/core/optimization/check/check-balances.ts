import type { AllocationOutcome, RuleCheck } from "../allocation-outcome";
import type { AgreementRow, AssetRow } from "../../collateral/book";
import { lockedToday, postedToday, same, stepWorth, type BookFacts } from "./book-facts";
import { costRows } from "./check-lines";
import { lineTerms } from "./line-terms";
import { moneyTolerance, startTally } from "./rule-tally";
import { slabValueOf, unitsOwed } from "./slab-value";

/** Checks sums: what is used of each inventory line, what each agreement gets, and that nothing is posted without need. */
export const checkBalances = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck[] => [
  checkInventory(facts, outcome),
  ...checkCoverage(facts, outcome),
];

const checkInventory = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck => {
  const tally = startTally("Inventory and reserve", "units");
  const usedOf = new Map<string, number>();
  for (const line of outcome.lines) usedOf.set(line.inventoryKey, (usedOf.get(line.inventoryKey) ?? 0) + line.quantity);
  for (const asset of facts.book.assets) {
    const used = usedOf.get(asset.key) ?? 0;
    const line = outcome.inventory.find((candidate) => candidate.inventoryKey === asset.key);
    const room = postable(facts, asset);
    const tolerance = Math.max(
      1e-9 * Math.max(1, asset.quantity),
      (0.1 * facts.cent) / Math.max(1e-12, asset.price * facts.rate(asset.priceCurrency)),
    );
    tally.note(used - room, tolerance, asset.key);
    tally.note(line === undefined ? Infinity : Math.abs(line.used - used), tolerance, `${asset.key} as written`);
  }
  return tally.result();
};

/** Units of a line that may be posted: owned less the reserve and what is away, plus re-use rights; what is locked stays in any case. */
const postable = (facts: BookFacts, asset: AssetRow): number => {
  const { owned, away, back, stuck, fixed } = whereabouts(facts, asset);
  return Math.max(fixed, Math.max(0, Math.max(0, owned - away - Math.max(asset.reserved ?? 0, back)) + reusableUnits(facts, asset) - stuck));
};

/** Received units of a line that may be posted on. */
export const reusableUnits = (facts: BookFacts, asset: AssetRow): number => {
  const { agreements, holdings } = facts.book;
  return holdings
    .filter(
      (row) => row.direction === "received" && row.quantity > 0 && row.status === "settled" && row.reusable !== false && facts.lineOf(row) === asset,
    )
    .reduce((sum, row) => {
      const agreement = agreements.find((candidate) => same(candidate.agreementId, row.agreementId));
      return sum + (agreement === undefined || agreement.isSegregated === true ? 0 : row.quantity * (agreement.reuseShare ?? 0));
    }, 0);
};

/** Where the units of a line are: owned; away and counted nowhere; on the way back; locked where not eligible (stuck) or eligible (fixed). */
export const whereabouts = (
  facts: BookFacts,
  asset: AssetRow,
): { readonly owned: number; readonly away: number; readonly back: number; readonly stuck: number; readonly fixed: number } => {
  const { settings, agreements, holdings } = facts.book;
  const posted = holdings.filter((row) => row.direction === "posted" && row.quantity > 0 && facts.lineOf(row) === asset);
  const returning = posted.filter((row) => row.status === "inTransitBack").reduce((sum, row) => sum + row.quantity, 0);
  const counted = agreements.reduce((sum, agreement) => sum + postedToday(facts, asset, agreement.agreementId), 0);
  const notBack = posted.filter((row) => row.status !== "inTransitBack").reduce((sum, row) => sum + row.quantity, 0);
  const owned = settings.quantityBasis === "free" ? asset.quantity + notBack + returning : asset.quantity;
  const locked = agreements
    .map((agreement) => ({ agreement, units: lockedToday(facts, asset, agreement.agreementId) }))
    .filter(({ units }) => units > 0)
    .map(({ agreement, units }) => ({ units, isEligible: lineTerms(facts, asset, agreement).isEligible }));
  const stuck = locked.reduce((sum, entry) => sum + (entry.isEligible ? 0 : entry.units), 0);
  const fixed = locked.reduce((sum, entry) => sum + (entry.isEligible ? entry.units : 0), 0);
  return { owned, away: notBack - counted, back: settings.sameDayReuse ? 0 : returning, stuck, fixed };
};

const checkCoverage = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck[] => {
  const required = startTally("Requirement", "agreement currency");
  const coverage = startTally("Coverage", "agreement currency");
  const overPost = startTally("Over-posting", "agreement currency");
  for (const agreement of facts.book.agreements) {
    const line = outcome.coverage.find((candidate) => candidate.agreementId === agreement.agreementId);
    if (line === undefined) {
      coverage.note(Infinity, 0, `${agreement.agreementId} is missing`);
      continue;
    }
    const wanted = requiredOf(facts, agreement);
    required.note(Math.abs(line.required - wanted), moneyTolerance(wanted, facts.cent, facts.rate(agreement.currency)), agreement.agreementId);
    const posted = outcome.lines
      .filter((candidate) => candidate.agreementId === agreement.agreementId)
      .reduce((sum, candidate) => sum + candidate.collateralValue, 0);
    const tolerance = moneyTolerance(wanted, facts.cent, facts.rate(agreement.currency));
    coverage.note(Math.abs(posted - line.posted), tolerance, `${agreement.agreementId}: posted`);
    const short = Math.max(0, wanted - posted);
    coverage.note(Math.abs(short - line.shortfall), tolerance, `${agreement.agreementId}: shortfall`);
    coverage.note(Math.abs(Math.max(0, posted - wanted) - line.excess), tolerance, `${agreement.agreementId}: excess`);
    // Never shown as covered when it is not.
    coverage.note(line.isCovered && short > tolerance ? short : 0, 0, `${agreement.agreementId}: marked covered`);
    coverage.note(!line.isCovered && short <= tolerance / 2 ? 1 : 0, 0, `${agreement.agreementId}: marked short`);
    overPost.note(
      posted - wanted - overPostAllowed(facts, outcome, agreement, wanted),
      tolerance + roundingOf(facts, outcome, agreement),
      agreement.agreementId,
    );
  }
  return [required, coverage, overPost].map((tally) => tally.result());
};

/** Requirement plus debts in full, in the agreement's currency. */
const requiredOf = (facts: BookFacts, agreement: AgreementRow): number => {
  const terms = Math.max(0, facts.requirements.get(agreement.agreementId)?.requirement ?? agreement.requirement ?? NaN);
  const owed = [
    ...new Set(
      facts.book.holdings
        .filter((row) => row.quantity < 0 && same(row.agreementId, agreement.agreementId))
        .map((row) => row.assetId.trim().toLowerCase()),
    ),
  ];
  return owed.reduce((sum, id) => {
    const asset = facts.book.assets.find((row) => same(row.assetId, id));
    if (asset === undefined) return NaN;
    return sum + (unitsOwed(facts, id, agreement.agreementId) * asset.price * facts.rate(asset.priceCurrency)) / facts.rate(agreement.currency);
  }, terms);
};

/** The stated cap; without one a lot or a smallest piece of an asset used there, or what cannot be recalled. */
const overPostAllowed = (facts: BookFacts, outcome: AllocationOutcome, agreement: AgreementRow, wanted: number): number => {
  const stays = facts.book.assets.reduce(
    (sum, asset) =>
      sum + (lockedToday(facts, asset, agreement.agreementId) * asset.price * facts.rate(asset.priceCurrency)) / facts.rate(agreement.currency),
    0,
  );
  const coarse = facts.book.assets.reduce((most, asset) => {
    const unit = (asset.price * facts.rate(asset.priceCurrency)) / facts.rate(agreement.currency);
    const piece =
      (costRows(facts, asset, agreement).find((row) => row.minimumPiece !== undefined)?.minimumPiece ?? 0) / facts.rate(agreement.currency);
    return Math.max(most, (asset.lotSize ?? 0) * unit, piece);
  }, 0);
  const pinned = outcome.lines
    .filter(
      (line) =>
        line.agreementId === agreement.agreementId &&
        facts.book.pins.some((pin) => same(pin.assetId, line.assetId) && (pin.action === "pin" || pin.action === "atLeast")),
    )
    .reduce((sum, line) => sum + line.collateralValue, 0);
  const cap = agreement.overPostCap === undefined ? coarse : agreement.overPostCap * wanted;
  const today = agreement.overPostCap === undefined && isSticky(facts, agreement) ? valueToday(facts, agreement) - wanted : 0;
  return Math.max(cap, stays + pinned - wanted, today, 0);
};

/** Today's excess may stay where recalling it costs money or counts against a cap. */
const isSticky = (facts: BookFacts, agreement: AgreementRow): boolean => {
  const { settings, agreements, costs } = facts.book;
  if (
    settings.maxMovements !== undefined ||
    settings.maxMovementsPerLocation !== undefined ||
    agreements.some((row) => row.maxMovements !== undefined)
  )
    return true;
  return costs.some(
    (row) => (row.agreementId.trim() === "*" || same(row.agreementId, agreement.agreementId)) && (row.recallRate ?? 0) + (row.recallFixed ?? 0) > 0,
  );
};

const valueToday = (facts: BookFacts, agreement: AgreementRow): number => {
  let value = 0;
  for (const [id, lines] of facts.linesOfAsset) {
    const units = lines.reduce((sum, asset) => sum + postedToday(facts, asset, agreement.agreementId), 0);
    if (units <= 0) continue;
    const terms = lineTerms(facts, lines[0]!, agreement);
    if (terms.isEligible) value += slabValueOf(facts, lines[0]!, agreement, terms, units, unitsOwed(facts, id, agreement.agreementId));
  }
  return value;
};

/** Quantities are written in steps; rounding up may cost one step of each line. */
const roundingOf = (facts: BookFacts, outcome: AllocationOutcome, agreement: AgreementRow): number =>
  outcome.lines.reduce((sum, line) => {
    const asset = line.agreementId === agreement.agreementId ? facts.assetByKey.get(line.inventoryKey) : undefined;
    return asset === undefined ? sum : sum + 2 * facts.cent + stepWorth(facts, asset);
  }, 0) / facts.rate(agreement.currency);
