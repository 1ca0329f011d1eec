import type { AllocationLine, AllocationOutcome, RuleCheck } from "../allocation-outcome";
import type { AgreementRow, AssetRow, CostRow } from "../../collateral/book";
import { same, type BookFacts } from "./book-facts";
import { lineTerms, type LineTerms } from "./line-terms";
import { moneyTolerance, startTally } from "./rule-tally";
import { slabValueOf, unitsOwed } from "./slab-value";

/** Checks every line by itself: eligible, right haircut, right value, right cost, whole lots, above zero. */
export const checkLines = (facts: BookFacts, outcome: AllocationOutcome): RuleCheck[] => {
  const eligible = startTally("Eligibility", "lines");
  const haircut = startTally("Haircut", "money");
  const value = startTally("Market value", "money");
  const cost = startTally("Cost", "base currency per day");
  const lots = startTally("Lots", "units");
  const sign = startTally("Quantities at least 0", "units");
  const seen = new Set<string>();
  for (const line of outcome.lines) {
    const where = `${line.assetId} at ${line.agreementId}`;
    const asset = facts.assetByKey.get(line.inventoryKey);
    const agreement = facts.agreementById.get(line.agreementId);
    const key = `${line.inventoryKey}\n${line.agreementId}`;
    sign.note(line.quantity > 0 && Number.isFinite(line.quantity) && !seen.has(key) ? 0 : Math.max(1, -line.quantity), 0, where);
    seen.add(key);
    if (asset === undefined || agreement === undefined || asset.assetId !== line.assetId) {
      eligible.note(1, 0, `${where}: not in the tables`);
      continue;
    }
    const terms = lineTerms(facts, asset, agreement);
    eligible.note(terms.isEligible ? 0 : 1, 0, terms.isEligible ? where : `${where}: ${terms.reason}`);
    const base = line.quantity * asset.price * facts.rate(asset.priceCurrency);
    const market = base / facts.rate(agreement.currency);
    const tolerance = moneyTolerance(market, facts.cent, facts.rate(agreement.currency));
    value.note(Math.abs(line.marketValue - market), tolerance, where);
    if (terms.isEligible) haircut.note(haircutError(facts, outcome, line, asset, agreement, terms, market), tolerance, where);
    const carry = carryOf(facts, asset, agreement);
    const perDay = (base * carry) / facts.book.settings.dayCount;
    cost.note(
      Math.max(Math.abs(line.costPerDay - perDay), Math.abs(line.carryRate - carry) * Math.abs(base)),
      moneyTolerance(base, facts.cent),
      where,
    );
    if (asset.lotSize !== undefined) lots.note(lotError(line, asset.lotSize), asset.lotSize * 1e-6, where);
  }
  const total = outcome.lines.reduce((sum, line) => sum + line.costPerDay, 0);
  cost.note(Math.abs(total - outcome.costPerDay), moneyTolerance(total, facts.cent), "total cost");
  return [eligible, haircut, value, cost, lots, sign].map((tally) => tally.result());
};

/** Whole lots, or exactly what is there today. */
const lotError = (line: AllocationLine, lot: number): number => {
  if (line.quantity === line.quantityToday) return 0;
  return Math.abs(line.quantity - Math.round(line.quantity / lot) * lot);
};

const haircutError = (
  facts: BookFacts,
  outcome: AllocationOutcome,
  line: AllocationLine,
  asset: AssetRow,
  agreement: AgreementRow,
  terms: LineTerms & { isEligible: true },
  market: number,
): number => {
  const written = Math.abs(line.collateralValue - line.marketValue * (1 - line.haircut));
  const owed = unitsOwed(facts, asset.assetId, agreement.agreementId);
  if (terms.ratio !== undefined && owed === 0) return Math.max(written, Math.abs(line.collateralValue - market * terms.ratio));
  const sisters = outcome.lines.filter((other) => other.agreementId === line.agreementId && same(other.assetId, line.assetId));
  const units = sisters.reduce((sum, other) => sum + other.quantity, 0);
  const expected = (slabValueOf(facts, asset, agreement, terms, units, owed) * line.quantity) / units;
  return Math.max(written, Math.abs(line.collateralValue - expected));
};

/** Carry from the tables: a cost row of the pair, of the asset, of the agreement, of everything; then the asset's own columns. */
export const carryOf = (facts: BookFacts, asset: AssetRow, agreement: AgreementRow): number => {
  const find = (column: "fundingRate" | "custodyRate" | "yieldWhilePosted" | "interestRate"): number | undefined =>
    costRows(facts, asset, agreement).find((row) => row[column] !== undefined)?.[column];
  const isCash = asset.assetClass !== undefined && same(asset.assetClass, "cash");
  const funding = find("fundingRate") ?? asset.fundingRate ?? 0;
  const kept = find("yieldWhilePosted") ?? asset.yieldWhilePosted ?? 0;
  const interest = find("interestRate") ?? (isCash ? (agreement.interestRate ?? 0) : 0);
  return funding + (find("custodyRate") ?? 0) - kept - interest;
};

/** Cost rows that speak of a pair, the most specific first. */
export const costRows = (facts: BookFacts, asset: AssetRow, agreement: AgreementRow): readonly CostRow[] => {
  const wanted = [
    [asset.assetId, agreement.agreementId],
    [asset.assetId, "*"],
    ["*", agreement.agreementId],
    ["*", "*"],
  ] as const;
  return wanted.flatMap(([assetId, agreementId]) => facts.costRow.get(`${assetId.trim().toLowerCase()}|${agreementId.trim().toLowerCase()}`) ?? []);
};
