import type { AgreementRow, Book, EligibilityRow, TierRow } from "../collateral/book";
import type { AllocationLine } from "../optimization/allocation-outcome";
import type { InputReferences } from "./input-references";

/** Cells of the Allocation row that the formula reads, such as `B7`. */
export interface LineCells {
  readonly assetId: string;
  readonly location: string;
  readonly account: string;
  readonly quantity: string;
  /** Units of all lines of the same asset at the same agreement, as a formula. */
  readonly poolQuantity: string;
}

const quoted = (value: string): string => `"${value.replace(/"/g, '""')}"`;

/**
 * Builds the native formula that values one allocation line again from the *input* tables:
 * quantity x price x FX x (1 - haircut), each looked up, so that changing an input shows a difference.
 *
 * @returns a formula without the leading =, or undefined where the inputs cannot be referenced
 */
export const recomputedValue = (line: AllocationLine, cells: LineCells, book: Book, refs: InputReferences): string | undefined => {
  const rule = book.eligibility.find((candidate) => candidate.origin.row === line.eligibilityRow);
  const agreement = book.agreements.find((candidate) => candidate.agreementId === line.agreementId);
  if (rule === undefined || agreement === undefined) return undefined;
  const price = rule.priceAtVenue !== undefined ? lookUpRule(rule, "priceAtVenue", refs) : lookUpPrice(line, cells, book, refs);
  if (price === undefined) return undefined;
  const fx = fxFactor(line.priceCurrency, agreement, book, refs);
  const value = rule.tierTable === undefined ? flatValue(line, cells, rule, book, refs) : tieredUnits({ rule, line, cells, book, refs });
  return value === undefined ? undefined : `${value}*${price}${fx}`;
};

/** Texts that SUMIFS compares as they are: no blank, no pattern, and nothing that reads as a number (912828E10 does) or as a date (MAR1). */
export const isPlainText = (text: string): boolean =>
  /^[A-Za-z0-9][^*?~]*$/.test(text) && Number.isNaN(Number(text)) && !/^\d+[-/ .:%]|^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(text);

/**
 * The line's price, from its row of the assets table. SUMIFS looks at no other row, so that one asset's missing price shows only in its own
 * lines; where a name is a pattern, a number or blank to SUMIFS, SUMPRODUCT compares it as it is.
 */
const lookUpPrice = (line: AllocationLine, cells: LineCells, book: Book, refs: InputReferences): string | undefined => {
  const price = refs.column("assets", "price");
  const id = refs.column("assets", "assetId");
  if (price === undefined || id === undefined) return undefined;
  const keys = [{ column: id, cell: cells.assetId, text: line.assetId }];
  const isAlone = book.assets.filter((asset) => asset.assetId.toLowerCase() === line.assetId.toLowerCase()).length === 1;
  for (const name of isAlone ? [] : (["location", "account"] as const)) {
    const column = refs.column("assets", name);
    if (column !== undefined) keys.push({ column, cell: cells[name], text: line[name] });
  }
  if (keys.every(({ text }) => isPlainText(text)) && !price.startsWith("("))
    return `SUMIFS(${[price, ...keys.flatMap(({ column, cell }) => [column, `"="&${cell}`])].join(",")})`;
  return `SUMPRODUCT(${keys.map(({ column, cell }) => `(${column}=${cell})`).join("*")}*1,${price})`;
};

const selectorColumns = [
  "agreementId",
  "assetId",
  "assetClass",
  "currency",
  "issuer",
  "issuerType",
  "issuerCountry",
  "ratingFrom",
  "ratingTo",
  "marginType",
  "tierTable",
] as const;

/** Rows of tblEligibility with exactly the selectors of this rule; several equal rows are averaged, which is the same number. */
const ruleMask = (rule: EligibilityRow, refs: InputReferences): string =>
  selectorColumns
    .flatMap((column) => {
      const reference = refs.column("eligibility", column);
      return reference === undefined ? [] : [`(${reference}=${quoted(rule[column] ?? "")})`];
    })
    .join("*");

const lookUpRule = (rule: EligibilityRow, column: string, refs: InputReferences): string | undefined => {
  const reference = refs.column("eligibility", column);
  if (reference === undefined) return undefined;
  const mask = ruleMask(rule, refs);
  const needsRow =
    rule.maturityFromYears !== undefined || rule.maturityToYears !== undefined || rule.validFrom !== undefined || rule.validTo !== undefined;
  // Rules that differ only by maturity or date cannot be told apart by words: point at the row itself.
  if (needsRow || mask === "") return refs.cell("eligibility", column, rule.origin.row);
  return `(SUMPRODUCT(${mask}*1,${reference})/SUMPRODUCT(${mask}*1))`;
};

/** Value ratio as a formula: (1 - haircut - fxHaircut - additionalHaircut), never below 0. */
const flatValue = (line: AllocationLine, cells: LineCells, rule: EligibilityRow, book: Book, refs: InputReferences): string | undefined => {
  const base = baseRatio(rule, refs);
  if (base === undefined) return undefined;
  const isProduct = book.settings.fxHaircutForm === "product";
  const fx = (line.fxHaircut ?? 0) > 0 ? lookUpRule(rule, "fxHaircut", refs) : undefined;
  const additional = additionalOf(rule, line, book, refs);
  const subtract = (fx === undefined || isProduct ? "" : `-${fx}`) + (additional === undefined ? "" : `-${additional}`);
  return `${cells.quantity}*MAX(0,${base}${subtract})${fx !== undefined && isProduct ? `*(1-${fx})` : ""}`;
};

/** The rule's additional haircut and the add-on for the counterparty, as `a-b` would take them off one after the other. */
const additionalOf = (rule: EligibilityRow, line: AllocationLine, book: Book, refs: InputReferences): string | undefined => {
  const own = rule.additionalHaircut === undefined ? undefined : lookUpRule(rule, "additionalHaircut", refs);
  const agreement = book.agreements.find((candidate) => candidate.agreementId === line.agreementId);
  if (agreement?.haircutAddOn === undefined || agreement.haircutAddOn === 0) return own;
  const at = agreement.haircutAddOnAt ?? { table: "agreements" as const, row: agreement.origin.row };
  const cell = refs.cell(at.table, "haircutAddOn", at.row);
  return [own, cell ?? String(agreement.haircutAddOn)].filter((part) => part !== undefined).join("-");
};

const baseRatio = (rule: EligibilityRow, refs: InputReferences): string | undefined => {
  const isHeldIn = (column: string): boolean => refs.column("eligibility", column) !== undefined;
  const source = rule as EligibilityRow & { readonly valuationPercentage?: number; readonly marginPercentage?: number };
  if (source.valuationPercentage !== undefined && isHeldIn("valuationPercentage")) return lookUpRule(rule, "valuationPercentage", refs);
  if (source.marginPercentage !== undefined && isHeldIn("marginPercentage")) return `1/${lookUpRule(rule, "marginPercentage", refs) ?? "1"}`;
  const haircut = lookUpRule(rule, "haircut", refs);
  return haircut === undefined ? undefined : `1-${haircut}`;
};

const fxFactor = (priceCurrency: string, agreement: AgreementRow, book: Book, refs: InputReferences): string => {
  if (priceCurrency === agreement.currency) return "";
  const from = rateFormula(priceCurrency, book, refs);
  const to = rateFormula(agreement.currency, book, refs);
  return `${from === undefined ? "" : `*${from}`}${to === undefined ? "" : `/${to}`}`;
};

/** Rate of a currency as a formula; undefined for the base currency, which is 1. */
const rateFormula = (currency: string, book: Book, refs: InputReferences): string | undefined => {
  const code = refs.column("fx", "currency");
  const value = refs.column("fx", "rate");
  if (currency === book.settings.baseCurrency || code === undefined || value === undefined) return undefined;
  if (isPlainText(currency) && !value.startsWith("(")) return `SUMIFS(${value},${code},${quoted(`=${currency}`)})`;
  return `SUMPRODUCT((${code}=${quoted(currency)})*1,${value})`;
};

/** Inputs of the slab formula. */
interface SlabSource {
  readonly rule: EligibilityRow;
  readonly line: AllocationLine;
  readonly cells: LineCells;
  readonly book: Book;
  readonly refs: InputReferences;
}

/**
 * Effective units after marginal slabs, each bound and ratio read from tblTiers. The venue values the whole balance of an asset, so the
 * units of all lines of the asset at the agreement go through the slabs together and the line takes its share.
 */
const tieredUnits = (source: SlabSource): string | undefined => {
  const { rule, line, cells, book } = source;
  const same = (a: string, b: string | undefined): boolean => a.toLowerCase() === b?.toLowerCase();
  const ofTable = book.tiers.filter((tier) => same(tier.tierTable, rule.tierTable));
  const ofAsset = ofTable.filter((tier) => same(tier.assetId, line.assetId));
  const slabs = [...(ofAsset.length > 0 ? ofAsset : ofTable.filter((tier) => tier.assetId === "*"))].sort((a, b) => a.upTo - b.upTo);
  const hasDebt = book.holdings.some(
    (holding) => holding.quantity < 0 && same(holding.agreementId, line.agreementId) && same(holding.assetId, line.assetId),
  );
  if (slabs.length === 0 || hasDebt || slabs[0]?.tierMode !== "marginal" || book.settings.fxHaircutForm === "product") return undefined;
  const parts = slabs.map((slab, index) => slabPart(slab, slabs[index - 1], source));
  if (parts.some((part) => part === undefined)) return undefined;
  return `(${parts.join("+")})*${cells.quantity}/${cells.poolQuantity}`;
};

const slabPart = (slab: TierRow, below: TierRow | undefined, source: SlabSource): string | undefined => {
  const { rule, line, cells, refs } = source;
  const ratio = refs.cell("tiers", "ratio", slab.origin.row);
  const upper = boundFormula(slab, source);
  const lower = below === undefined ? undefined : boundFormula(below, source);
  if (ratio === undefined || upper === undefined) return undefined;
  const fx = (line.fxHaircut ?? 0) > 0 ? lookUpRule(rule, "fxHaircut", refs) : undefined;
  const additional = additionalOf(rule, line, source.book, refs);
  const net =
    fx === undefined && additional === undefined
      ? ratio
      : `MAX(0,${ratio}${fx === undefined ? "" : `-${fx}`}${additional === undefined ? "" : `-${additional}`})`;
  const top = slab.upTo === Infinity ? cells.poolQuantity : `MIN(${cells.poolQuantity},${upper})`;
  return lower === undefined ? `${top}*${net}` : `MAX(0,${top}-${lower})*${net}`;
};

/** A bound in units: as it stands for coins, divided by the price of a unit for bounds in value. */
const boundFormula = (slab: TierRow, { line, cells, book, refs }: SlabSource): string | undefined => {
  const bound = refs.cell("tiers", "upTo", slab.origin.row);
  if (bound === undefined || slab.tierUnit === "coin") return bound;
  const price = lookUpPrice(line, cells, book, refs);
  if (price === undefined) return undefined;
  const currency = slab.tierCurrency?.toUpperCase() ?? line.priceCurrency;
  if (currency === line.priceCurrency) return `${bound}/${price}`;
  const from = rateFormula(currency, book, refs);
  const to = rateFormula(line.priceCurrency, book, refs);
  return `${bound}${from === undefined ? "" : `*${from}`}/(${price}${to === undefined ? "" : `*${to}`})`;
};
