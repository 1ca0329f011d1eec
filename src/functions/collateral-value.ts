import { isBlank } from "../core/basics/cell-value";
import { DomainError } from "../core/basics/domain-error";
import { adjustedExposure, maturityMismatchShare, nettingExposure } from "../core/collateral/adjusted-exposure";
import { collateralValue as valueOf, valueRatio, type HaircutParts } from "../core/collateral/collateral-value";
import { collateralRecognition, regulatoryValueRatio } from "../core/regulation/collateral-recognition";
import { readNettedCurrencies, readNettedSecurities } from "../core/tables/arguments/netting-argument";
import { readTiers, unitOfTiers, tieredValue as tieredValueOf } from "../core/collateral/tiered-value";
import {
  isInColumn,
  isOmitted,
  mapRows,
  readNumberCell,
  toArgumentMatrix,
  whereIs,
  type ArgumentCell,
  type NumberRule,
} from "../core/tables/argument-columns";
import { choiceOption, numberOption, parseFunctionOptions, type FunctionOptions } from "../core/tables/function-options";
import { answerExcel } from "./excel-error";

const haircutRule = (name: string): NumberRule => ({ name, isHaircut: true, refusesZeroInColumn: true });
const priceRule: NumberRule = { name: "Price", minimum: 0, refusesZeroInColumn: true };
const quantityRule: NumberRule = { name: "Quantity" };
const zeroChoices = ["allowed", "refused"] as const;

/**
 * Value of collateral after haircut: quantity * price * max(0, 1 - haircut - fxHaircut - additional). A negative quantity is a debt and counts in full.
 * @customfunction COLLATERALVALUE
 * @param quantity Units; negative for a debt. A cell or a column.
 * @param price Price of one unit. A cell or a column.
 * @param haircut Haircut as a decimal, such as 0.08; none where no haircut applies. A cell or a column.
 * @param [fxHaircut] Haircut for a currency mismatch, as a decimal; none where there is none. A cell or a column.
 * @param [options] additional=0.01; fx=additive or product; fxRate=1.08; zero=allowed (a typed 0 in a column is meant); output=table; sco60Class=2a and underlyingHaircut= (regulatory value beside it in the table)
 * @returns {any[][]} Value in the currency of the price times fxRate, one per row where columns are given.
 * @helpurl https://localhost:3000/help/collateralvalue.html
 */
export function collateralValue(quantity: any[][], price: any[][], haircut: any[][], fxHaircut?: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["additional", "fx", "fxRate", "zero", "output", "sco60Class", "underlyingHaircut"]);
    const additional = numberOption(read, "additional", 0);
    if (!(additional >= 0 && additional <= 1))
      throw new DomainError("badInput", `Option additional=${additional} must be between 0 and 1, such as 0.01.`);
    const fxRate = numberOption(read, "fxRate", 1);
    if (!(fxRate > 0)) throw new DomainError("badInput", `Option fxRate=${fxRate} must be above 0.`);
    const form = choiceOption(read, "fx", ["additive", "product"] as const, "additive");
    const zeroAllowed = choiceOption(read, "zero", zeroChoices, "refused") === "allowed";
    const hasFxHaircut = !isOmitted(fxHaircut);
    let explain: () => readonly (readonly unknown[])[] = () => [];
    const rows = mapRows(["quantity", "price", "haircut", "fxHaircut"], [quantity, price, haircut, fxHaircut], (cells) => {
      const [quantityAt, priceAt, haircutAt, fxAt] = cells as [ArgumentCell, ArgumentCell, ArgumentCell, ArgumentCell];
      const units = readNumberCell(quantityAt, quantityRule);
      const unitPrice = readNumberCell(priceAt, priceRule, zeroAllowed);
      const parts = {
        haircut: readNumberCell(haircutAt, haircutRule("Haircut"), zeroAllowed),
        fxHaircut: hasFxHaircut ? readNumberCell(fxAt, haircutRule("FX haircut"), zeroAllowed) : 0,
        additional,
        form,
      };
      explain = () => valueTable(units * unitPrice * fxRate, parts, read);
      return valueOf(units, unitPrice, parts, fxRate);
    });
    if (choiceOption(read, "output", ["value", "table"] as const, "value") === "value") return rows;
    if (rows.length > 1 || (rows[0]?.length ?? 0) > 1) throw new DomainError("badInput", "output=table explains one value. Give single cells.");
    return explain();
  });
}

/** What the holding counts for under the terms given and, where its SCO60 class is named, for regulatory capital. */
const valueTable = (marketValue: number, parts: HaircutParts, options: FunctionOptions): readonly (readonly unknown[])[] => {
  const ratio = marketValue < 0 ? 1 : valueRatio(parts);
  const rows: (readonly unknown[])[] = [
    ["what", "value", "note"],
    ["collateral value", marketValue * ratio, marketValue < 0 ? "a debt counts in full" : "market value * value ratio"],
    ["market value", marketValue, "quantity * price * fxRate"],
    ["value ratio", ratio, parts.form === "product" ? "(1 - haircut - additional) * (1 - fxHaircut)" : "1 - haircut - fxHaircut - additional"],
    ["haircut", parts.haircut, ""],
    ["currency haircut", parts.fxHaircut ?? 0, ""],
    ["additional haircut", parts.additional ?? 0, ""],
  ];
  const group = options.get("sco60Class");
  if (group === undefined) return rows;
  const recognition = collateralRecognition(group);
  const underlying = options.has("underlyingHaircut") ? 1 - numberOption(options, "underlyingHaircut", 0) : undefined;
  const regulatory = regulatoryValueRatio(recognition, underlying);
  return [
    ...rows,
    ["regulatory value ratio", regulatory ?? "underlying's", recognition.note],
    [
      "regulatory value",
      regulatory === undefined ? "add underlyingHaircut=" : Math.max(0, marketValue) * regulatory,
      "what counts for bank capital, beside what the venue counts",
    ],
  ];
};

/**
 * Value of a balance under a venue's slabs: each slab counts at its own ratio, what lies beyond the last bounded slab counts 0, a debt counts in full.
 * @customfunction TIEREDVALUE
 * @param quantity Units; negative for a debt. A cell or a column.
 * @param price Price of one unit. A cell or a column.
 * @param tiers Two columns: upTo (cumulative upper bound, the last may be blank) and ratio (value counted, a decimal). A header row may stand above.
 * @param [options] unit=coin or value (bounds in units, or in the currency of the price); mode=marginal or cliff (whole balance at the last slab's ratio)
 * @returns {any[][]} Value in the currency of the price, one per row where columns are given.
 * @helpurl https://localhost:3000/help/tieredvalue.html
 */
export function tieredValue(quantity: any[][], price: any[][], tiers: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["unit", "mode", "zero"]);
    const matrix = toArgumentMatrix(tiers as any);
    const slabs = readTiers(matrix);
    const written = unitOfTiers(matrix);
    const unit = choiceOption(read, "unit", ["coin", "value"] as const, written ?? "coin");
    if (written !== undefined && written !== unit)
      throw new DomainError("badInput", `Option unit=${unit} contradicts the column unit of tiers (${written}). Leave one out.`);
    const mode = choiceOption(read, "mode", ["marginal", "cliff"] as const, "marginal");
    const zeroAllowed = choiceOption(read, "zero", zeroChoices, "refused") === "allowed";
    return mapRows(["quantity", "price"], [quantity, price], (cells) => {
      const [quantityAt, priceAt] = cells as [ArgumentCell, ArgumentCell];
      return tieredValueOf(readNumberCell(quantityAt, quantityRule), readNumberCell(priceAt, priceRule, zeroAllowed), slabs, unit, mode);
    });
  });
}

/**
 * Exposure after collateral: max(0, exposure * (1 + exposureHaircut) - collateral * (1 - collateralHaircut - fxHaircut)).
 * @customfunction ADJUSTEDEXPOSURE
 * @param exposure Value of what is owed or lent. A cell or a column.
 * @param collateral Value of the collateral received. A cell or a column.
 * @param exposureHaircut Haircut of what is lent, as a decimal; none for cash.
 * @param collateralHaircut Haircut of the collateral, as a decimal; none for cash.
 * @param [fxHaircut] Haircut for a currency mismatch, as a decimal; none where there is none.
 * @returns {any[][]} Exposure E*, never below 0.
 * @helpurl https://localhost:3000/help/adjustedexposure.html
 */
export function adjustedExposureOf(
  exposure: any[][],
  collateral: any[][],
  exposureHaircut: any[][],
  collateralHaircut: any[][],
  fxHaircut?: any[][],
): any[][] {
  return answerExcel(() => {
    const hasFxHaircut = !isOmitted(fxHaircut);
    const names = ["exposure", "collateral", "exposureHaircut", "collateralHaircut", "fxHaircut"];
    return mapRows(names, [exposure, collateral, exposureHaircut, collateralHaircut, fxHaircut], (cells) => {
      const [exposureAt, collateralAt, heAt, hcAt, fxAt] = cells as [ArgumentCell, ArgumentCell, ArgumentCell, ArgumentCell, ArgumentCell];
      return adjustedExposure(
        readNumberCell(exposureAt, { name: "Exposure", minimum: 0 }),
        readNumberCell(collateralAt, { name: "Collateral", minimum: 0 }),
        readNumberCell(heAt, haircutRule("Exposure haircut")),
        readNumberCell(hcAt, haircutRule("Collateral haircut")),
        hasFxHaircut ? readNumberCell(fxAt, haircutRule("FX haircut")) : 0,
      );
    });
  });
}

/**
 * Exposure of a netting set of repo-style transactions: net value + 0.4 * net + 0.6 * gross / sqrt(N) + currency add-on (CRE22.62).
 * @customfunction NETTINGEXPOSURE
 * @param securities Table with the columns security, value (above 0 = lent or posted, below 0 = received) and haircut; kind = cash for cash. Without a header: value, haircut.
 * @param [fxPositions] Table with the columns currency, netPosition and haircut (default 0.08): net positions in other currencies than that of settlement.
 * @param [options] fxHaircut=0.08; output=table
 * @returns {any[][]} Exposure E*, never below 0.
 * @helpurl https://localhost:3000/help/nettingexposure.html
 */
export function nettingExposureOf(securities: any[][], fxPositions?: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["fxHaircut", "output"]);
    const fxHaircut = numberOption(read, "fxHaircut", 0.08);
    if (!(fxHaircut >= 0 && fxHaircut <= 1))
      throw new DomainError("badInput", `Option fxHaircut=${fxHaircut} must be between 0 and 1, such as 0.08.`);
    const rows = readNettedSecurities(securities as any);
    const currencies = isOmitted(fxPositions) ? [] : readNettedCurrencies(fxPositions as any, fxHaircut);
    const answer = nettingExposure(rows, currencies);
    if (choiceOption(read, "output", ["value", "table"] as const, "value") === "value") return [[answer.exposure]];
    return [
      ["what", "value", "note"],
      ["exposure", answer.exposure, "max(0, net value + 0.4 * net + 0.6 * gross / sqrt(N) + currency add-on)"],
      ["net value", answer.netValue, "sum of values lent less received"],
      ["net exposure", answer.netExposure, "|sum of value * haircut|"],
      ["gross exposure", answer.grossExposure, "sum of |value| * haircut"],
      ["issues N", answer.issues, "without those below a tenth of the largest"],
      ["currency add-on", answer.fxAddOn, "sum of |net position| * haircut"],
    ];
  });
}

/**
 * Share of protection that counts when it ends before the exposure: (t - 0.25) / (T - 0.25), T at most 5 years (CRE22.97).
 * @customfunction MATURITYMISMATCH
 * @param residualYears Residual maturity of the protection in years. A cell or a column.
 * @param exposureYears Residual maturity of the exposure in years. A cell or a column.
 * @returns {any[][]} Share as a decimal from 0 to 1: 1 without a mismatch, 0 where the protection ends within three months.
 * @helpurl https://localhost:3000/help/maturitymismatch.html
 */
export function maturityMismatch(residualYears: any[][], exposureYears: any[][]): any[][] {
  return answerExcel(() =>
    mapRows(["residualYears", "exposureYears"], [residualYears, exposureYears], (cells) => {
      const [residualAt, exposureAt] = cells as [ArgumentCell, ArgumentCell];
      // Protection that has run out counts 0; in a column a 0 may be a blank.
      const years = (at: ArgumentCell, name: string, isExclusive: boolean): number => {
        if (isBlank(at.cell)) throw new DomainError("badInput", `${name}${whereIs(at)} is blank. Give years.`);
        return readNumberCell(at, { name, minimum: 0, isExclusive: isExclusive || isInColumn(at) });
      };
      return maturityMismatchShare(years(residualAt, "residualYears", false), years(exposureAt, "exposureYears", true));
    }),
  );
}
