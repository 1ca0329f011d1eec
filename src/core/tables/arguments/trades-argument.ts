import { DomainError } from "../../basics/domain-error";
import type { SaccrNettingSet } from "../../margin/saccr-exposure";
import type { SaccrTradeText } from "../../margin/saccr-trade";
import type { ScheduleTrade } from "../../margin/schedule-margin";
import type { RangeArgument } from "../argument-columns";
import { readArgumentTable, type ArgumentColumn, type ArgumentRow } from "../argument-table";

const tradeColumns: readonly ArgumentColumn[] = [
  { name: "tradeId", kind: "text", aliases: ["trade"] },
  { name: "nettingSet", kind: "text", required: true },
  { name: "assetClass", kind: "text", required: true },
  { name: "notional", kind: "number", required: true, minimum: 0, isExclusive: true },
  { name: "direction", kind: "number" },
  { name: "marketValue", kind: "number", required: true, aliases: ["mtm", "pv"] },
  { name: "currency", kind: "text" },
  { name: "hedgingSet", kind: "text", aliases: ["referenceEntity", "entity", "underlying"] },
  { name: "subClass", kind: "text", aliases: ["rating"] },
  { name: "startYears", kind: "number", minimum: 0 },
  { name: "endYears", kind: "number", minimum: 0, isExclusive: true },
  { name: "maturityYears", kind: "number", minimum: 0, isExclusive: true },
  { name: "optionType", kind: "choice", choices: ["call", "put"] },
  { name: "strike", kind: "number", minimum: 0, isExclusive: true },
  { name: "underlyingPrice", kind: "number", minimum: 0, isExclusive: true },
  { name: "optionExpiryYears", kind: "number", minimum: 0, isExclusive: true },
  { name: "attachment", kind: "number", minimum: 0, maximum: 1 },
  { name: "detachment", kind: "number", minimum: 0, maximum: 1, isExclusive: true },
];

const optional = <K extends string, V>(key: K, value: V | undefined): Record<K, V> | Record<string, never> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, V>);

const directionOf = (row: ArgumentRow): 1 | -1 => {
  const direction = row.neededNumber("direction");
  if (direction !== 1 && direction !== -1)
    throw new DomainError("badInput", `${row.at}: direction is ${direction}. Write 1 (long, bought) or -1 (short, sold).`);
  return direction;
};

/** Reads the trades table for SA-CCR; the class is matched with the supervisory table later. @throws DomainError badInput with row and column */
export const readSaccrTrades = (argument: RangeArgument): readonly SaccrTradeText[] =>
  readArgumentTable(argument, "trades", tradeColumns).map((row) => {
    const detachment = row.number("detachment");
    const attachment = row.number("attachment") ?? 0;
    if (detachment === undefined ? attachment > 0 : attachment >= detachment) {
      const shown = detachment === undefined ? "blank" : String(detachment);
      throw new DomainError("badInput", `${row.at}: detachment is ${shown}. It must be above attachment ${attachment}.`);
    }
    return {
      tradeId: row.text("tradeId") ?? `row ${row.row}`,
      nettingSet: row.neededText("nettingSet"),
      assetClass: row.neededText("assetClass"),
      notional: row.neededNumber("notional"),
      direction: directionOf(row),
      marketValue: row.neededNumber("marketValue"),
      ...optional("currency", row.text("currency")?.toUpperCase()),
      ...optional("hedgingSet", row.text("hedgingSet")),
      ...optional("subClass", row.text("subClass")),
      ...optional("startYears", row.number("startYears")),
      ...optional("endYears", row.number("endYears")),
      ...optional("maturityYears", row.number("maturityYears")),
      ...optional("optionType", row.text("optionType") as "call" | "put" | undefined),
      ...optional("strike", row.number("strike")),
      ...optional("underlyingPrice", row.number("underlyingPrice")),
      ...optional("optionExpiryYears", row.number("optionExpiryYears")),
      // A blank attachment may arrive as 0: only a detachment makes a tranche.
      ...(detachment === undefined ? {} : { attachment, detachment }),
      at: row.at,
    };
  });

/** Reads the trades table for the initial margin schedule; the direction is not needed. @throws DomainError badInput with row and column */
export const readScheduleTrades = (argument: RangeArgument): readonly ScheduleTrade[] =>
  readArgumentTable(argument, "trades", tradeColumns).map((row) => ({
    tradeId: row.text("tradeId") ?? `row ${row.row}`,
    nettingSet: row.neededText("nettingSet"),
    assetClass: row.neededText("assetClass"),
    notional: row.neededNumber("notional"),
    marketValue: row.neededNumber("marketValue"),
    ...optional("maturityYears", row.number("maturityYears") ?? row.number("endYears")),
    at: row.at,
  }));

const nettingSetColumns: readonly ArgumentColumn[] = [
  { name: "nettingSet", kind: "text", required: true },
  { name: "collateral", kind: "number" },
  { name: "isMargined", kind: "yesNo", aliases: ["margined"] },
  { name: "threshold", kind: "number", minimum: 0 },
  { name: "minimumTransferAmount", kind: "number", minimum: 0, aliases: ["mta"] },
  { name: "nica", kind: "number" },
  { name: "mporDays", kind: "number", minimum: 0, isExclusive: true, aliases: ["marginPeriodDays", "mpor"] },
  { name: "marginAgreement", kind: "text", aliases: ["marginAgreementId"] },
];

/** Reads the nettingSets table. @throws DomainError badInput with row and column, or naming a set that stands twice */
export const readNettingSets = (argument: RangeArgument): readonly SaccrNettingSet[] => {
  const seen = new Set<string>();
  return readArgumentTable(argument, "nettingSets", nettingSetColumns).map((row) => {
    const nettingSet = row.neededText("nettingSet");
    if (seen.has(nettingSet)) throw new DomainError("badInput", `${row.at}: netting set ${nettingSet} stands twice. Keep one row.`);
    seen.add(nettingSet);
    return {
      nettingSet,
      collateral: row.number("collateral") ?? 0,
      isMargined: row.number("isMargined") === 1,
      threshold: row.number("threshold") ?? 0,
      minimumTransferAmount: row.number("minimumTransferAmount") ?? 0,
      nica: row.number("nica") ?? 0,
      marginPeriodDays: row.number("mporDays") ?? 10,
      ...optional("marginAgreement", row.text("marginAgreement")),
    };
  });
};
