import { isBlank, isErrorCell, showCell, type CellMatrix, type CellValue } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";

/** One slab: up to this cumulative bound the balance counts at this ratio. */
export interface Tier {
  /** Infinity for the last slab without an end. */
  readonly upTo: number;
  readonly ratio: number;
}

/** marginal: each slab at its own ratio, as tax brackets; cliff: the whole balance at the ratio of the slab that it ends in. */
export type TierMode = "marginal" | "cliff";

/**
 * Calculates what of a size counts under slabs; what lies beyond the last bounded slab counts 0.
 *
 * @param size balance in the unit of the bounds, >= 0
 * @param tiers sorted slabs
 * @returns counted size, in the same unit
 */
export const tieredSize = (size: number, tiers: readonly Tier[], mode: TierMode = "marginal"): number => {
  if (mode === "cliff") return size * (tiers.find((tier) => size <= tier.upTo)?.ratio ?? 0);
  let counted = 0;
  let lower = 0;
  for (const tier of tiers) {
    if (size <= lower) break;
    counted += (Math.min(size, tier.upTo) - lower) * tier.ratio;
    lower = tier.upTo;
  }
  return counted;
};

/**
 * Calculates the tiered value of a balance in the price's currency; a debt counts in full.
 *
 * @param unit whether the bounds are in coins or in the price's currency
 */
export const tieredValue = (
  quantity: number,
  price: number,
  tiers: readonly Tier[],
  unit: "coin" | "value" = "coin",
  mode: TierMode = "marginal",
): number => {
  if (quantity < 0) return quantity * price;
  return unit === "coin" ? tieredSize(quantity, tiers, mode) * price : tieredSize(quantity * price, tiers, mode);
};

/**
 * Reads slabs from a range (upTo, ratio), with or without a header row; a column `from` is checked against the bounds.
 *
 * Only the last upTo may be blank (no end). Bounds must rise, ratios must not.
 *
 * @throws DomainError badInput with the row named
 */
export const readTiers = (matrix: CellMatrix): readonly Tier[] => {
  const { rows, upToAt, ratioAt, fromAt } = layoutOf(matrix);
  unitOfTiers(matrix);
  // Blank rows below the last slab arrive as blanks or zeros; a last slab without an end and with ratio 0 counts nothing either way.
  let count = rows.length;
  while (count > 0 && (rows[count - 1] ?? []).every((cell) => isBlank(cell) || cell === 0)) count -= 1;
  if (count === 0) throw new DomainError("badInput", "Tiers are empty. Give rows of upTo and ratio.");
  const tiers: Tier[] = [];
  for (let index = 0; index < count; index += 1) {
    const cells = rows[index] ?? [];
    const tier = readTier(cells[upToAt], cells[ratioAt], index + 1, index === count - 1);
    checkOrder(tier, tiers[index - 1], index + 1);
    if (fromAt !== undefined) checkFrom(cells[fromAt], tiers[index - 1]?.upTo ?? 0, index + 1);
    tiers.push(tier);
  }
  return tiers;
};

/**
 * Reads the unit that a column `unit` of a slab table names: coin, or value for a currency.
 *
 * @returns undefined where there is no such column, or it is blank
 * @throws DomainError badInput where rows differ, with the row named
 */
export const unitOfTiers = (matrix: CellMatrix): "coin" | "value" | undefined => {
  const at = headersOf(matrix).indexOf("unit");
  if (at < 0) return undefined;
  let found: "coin" | "value" | undefined;
  matrix.slice(1).forEach((cells, index) => {
    const cell = cells[at];
    if (isBlank(cell) || cell === 0) return;
    const unit = /^(coins?|units?|quantity)$/i.test(String(cell).trim()) ? "coin" : "value";
    if (found !== undefined && unit !== found)
      throw new DomainError("badInput", `Tiers row ${index + 1}: unit ${showCell(cell)} differs from the rows above. Use one unit.`.slice(0, 120));
    found = unit;
  });
  return found;
};

interface TierLayout {
  readonly rows: CellMatrix;
  readonly upToAt: number;
  readonly ratioAt: number;
  readonly fromAt?: number;
}

const headersOf = (matrix: CellMatrix): readonly string[] =>
  (matrix[0] ?? []).map((cell) =>
    typeof cell === "string"
      ? cell
          .replace(/[([{].*$/, "")
          .toLowerCase()
          .replace(/[\s_\-]/g, "")
      : "",
  );

const layoutOf = (matrix: CellMatrix): TierLayout => {
  const names = headersOf(matrix);
  const upToAt = names.findIndex((name) => ["upto", "to", "max"].includes(name));
  const ratioAt = names.findIndex((name) => ["ratio", "valueratio", "collateralratio"].includes(name));
  const fromAt = names.findIndex((name) => ["from", "above", "min"].includes(name));
  if (upToAt >= 0 && ratioAt >= 0) return { rows: matrix.slice(1), upToAt, ratioAt, ...(fromAt < 0 ? {} : { fromAt }) };
  if (names.some((name) => name !== "" && !/^[-+\d.%]/.test(name) && name !== "none" && !isErrorCell(name))) {
    throw new DomainError("badInput", "Tiers need the headers upTo and ratio, or two columns without a header.");
  }
  if ((matrix[0]?.length ?? 0) !== 2) throw new DomainError("badInput", `Tiers have ${matrix[0]?.length ?? 0} columns. Give two: upTo and ratio.`);
  return { rows: matrix, upToAt: 0, ratioAt: 1 };
};

const readTier = (upTo: CellValue, ratio: CellValue, row: number, isLast: boolean): Tier => {
  for (const [name, cell] of [
    ["upTo", upTo],
    ["ratio", ratio],
  ] as const) {
    if (isErrorCell(cell)) throw new DomainError("badInput", `Tiers row ${row}: ${name} is ${showCell(cell)}. Fix that cell.`);
  }
  const isOpen = isBlank(upTo) || upTo === 0;
  if (isOpen && !isLast) throw new DomainError("badInput", `Tiers row ${row}: upTo is blank or 0. Only the last upTo may be blank.`);
  if (!isOpen && (typeof upTo !== "number" || !(upTo > 0))) {
    throw new DomainError("badInput", `Tiers row ${row}: upTo is ${showCell(upTo)}. Write a number above 0.`);
  }
  if (isBlank(ratio)) throw new DomainError("badInput", `Tiers row ${row}: ratio is blank. Write a decimal such as 0.95.`);
  if (typeof ratio !== "number" || !Number.isFinite(ratio) || ratio < 0) {
    throw new DomainError("badInput", `Tiers row ${row}: ratio is ${showCell(ratio)}. Write a decimal such as 0.95.`);
  }
  if (ratio > 1) {
    const fix = ratio <= 100 ? `Write ${Number((ratio / 100).toPrecision(6))} or ${ratio}%.` : "Write a decimal.";
    throw new DomainError("badInput", `Tiers row ${row}: ratio ${ratio} is above 1. ${fix}`);
  }
  return { upTo: isOpen ? Infinity : Number(upTo), ratio };
};

const checkOrder = (tier: Tier, previous: Tier | undefined, row: number): void => {
  if (previous === undefined) return;
  if (tier.upTo === previous.upTo)
    throw new DomainError("badInput", `Tiers row ${row}: upTo ${tier.upTo} repeats row ${row - 1}. The slabs overlap.`);
  if (tier.upTo < previous.upTo) {
    throw new DomainError("badInput", `Tiers row ${row}: upTo ${tier.upTo} is below ${previous.upTo} of row ${row - 1}. Sort by upTo.`);
  }
  if (tier.ratio > previous.ratio) {
    throw new DomainError("badInput", `Tiers row ${row}: ratio ${tier.ratio} rises above ${previous.ratio} of row ${row - 1}. Ratios must fall.`);
  }
};

const checkFrom = (from: CellValue, expected: number, row: number): void => {
  const value = isBlank(from) ? 0 : from;
  if (typeof value !== "number") throw new DomainError("badInput", `Tiers row ${row}: from is ${showCell(from)}. Write a number.`);
  if (value > expected) throw new DomainError("badInput", `Tiers row ${row}: gap between ${expected} and ${value}. Let the slabs meet.`);
  if (value < expected) throw new DomainError("badInput", `Tiers row ${row}: from ${value} overlaps the slab that ends at ${expected}.`);
};
