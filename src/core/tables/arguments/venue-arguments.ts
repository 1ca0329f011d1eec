import { DomainError } from "../../basics/domain-error";
import type { ContractType } from "../../collateral/book";
import { readTiers } from "../../collateral/tiered-value";
import type { BalanceSlabs, VenueBalance } from "../../margin/venue-equity";
import type { VenuePosition } from "../../margin/venue-margin";
import type { VenueSlab } from "../../margin/venue-slabs";
import type { RangeArgument } from "../argument-columns";
import { readArgumentTable, type ArgumentColumn, type ArgumentRow } from "../argument-table";

const positive = { minimum: 0, isExclusive: true } as const;

const positionColumns: readonly ArgumentColumn[] = [
  { name: "agreementId", kind: "text", aliases: ["agreement"] },
  { name: "instrument", kind: "text" },
  { name: "contractType", kind: "choice", required: true, choices: ["spot", "linear", "inverse", "quanto", "option"] },
  { name: "underlying", kind: "text", required: true },
  { name: "quantity", kind: "number", required: true },
  { name: "entryPrice", kind: "number", ...positive },
  { name: "markPrice", kind: "number", required: true, refusesZero: true, ...positive, aliases: ["price"] },
  { name: "underlyingPrice", kind: "number", ...positive, aliases: ["indexPrice"] },
  { name: "multiplier", kind: "number", ...positive },
  { name: "settlementCurrency", kind: "text" },
  { name: "strike", kind: "number", ...positive },
  { name: "expiry", kind: "date" },
  { name: "optionType", kind: "choice", choices: ["call", "put"] },
  { name: "volatility", kind: "number", ...positive },
  { name: "leverage", kind: "number", ...positive },
  { name: "marginMode", kind: "choice", choices: ["cross", "isolated"] },
  { name: "isolatedMargin", kind: "number", minimum: 0 },
  { name: "openOrderQuantity", kind: "number" },
];

const optional = <K extends string, V>(key: K, value: V | undefined): Record<K, V> | Record<string, never> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, V>);

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/**
 * Reads the positions table of one venue account.
 *
 * @param agreementId rows to take; undefined = all, and then they must belong to one agreement
 * @param needsEntry whether profits are computed, so that entryPrice must be filled
 * @throws DomainError badInput with row and column
 */
export const readVenuePositions = (argument: RangeArgument, agreementId: string | undefined, needsEntry: boolean): readonly VenuePosition[] => {
  const rows = ofAgreement(readArgumentTable(argument, "positions", positionColumns), agreementId);
  return rows.map((row) => {
    const contractType = row.neededText("contractType") as ContractType;
    const markPrice = row.neededNumber("markPrice");
    const isFuture = contractType !== "option" && contractType !== "spot";
    return {
      instrument: row.text("instrument") ?? `row ${row.row}`,
      contractType,
      underlying: row.neededText("underlying"),
      quantity: row.neededNumber("quantity"),
      entryPrice: needsEntry && isFuture ? row.neededNumber("entryPrice") : (row.number("entryPrice") ?? markPrice),
      markPrice,
      multiplier: row.number("multiplier") ?? 1,
      marginMode: row.text("marginMode") === "isolated" ? "isolated" : "cross",
      openOrderQuantity: row.number("openOrderQuantity") ?? 0,
      ...optional("underlyingPrice", row.number("underlyingPrice")),
      ...optional("settlementCurrency", row.text("settlementCurrency")),
      ...optional("strike", row.number("strike")),
      ...optional("expiry", row.has("expiry") ? isoTime(row.neededNumber("expiry")) : undefined),
      ...optional("optionType", row.text("optionType") as "call" | "put" | undefined),
      ...optional("volatility", row.number("volatility")),
      ...optional("leverage", row.number("leverage")),
      ...optional("isolatedMargin", row.number("isolatedMargin")),
      at: row.at,
    };
  });
};

const ofAgreement = (rows: readonly ArgumentRow[], agreementId: string | undefined): readonly ArgumentRow[] => {
  if (agreementId !== undefined) {
    const own = rows.filter((row) => row.text("agreementId") === agreementId);
    if (own.length === 0) throw new DomainError("badInput", `positions has no row of agreement ${agreementId}.`);
    return own;
  }
  const ids = new Set(rows.map((row) => row.text("agreementId") ?? ""));
  if (ids.size > 1)
    throw new DomainError("badInput", `positions hold ${ids.size} agreements. Add the option agreementId=${[...ids].find((id) => id !== "") ?? ""}.`);
  return rows;
};

const ruleColumns: readonly ArgumentColumn[] = [
  { name: "underlying", kind: "text", required: true },
  { name: "from", kind: "number", minimum: 0, aliases: ["above"] },
  { name: "upTo", kind: "number", ...positive },
  { name: "unit", kind: "choice", required: true, choices: ["coin", "value", "USD", "USDT", "USDC", "quote", "notional"] },
  { name: "imRate", kind: "number", minimum: 0, maximum: 1 },
  { name: "mmRate", kind: "number", minimum: 0, maximum: 1 },
  { name: "deduction", kind: "number", minimum: 0 },
  { name: "baseRate", kind: "number", minimum: 0, maximum: 1 },
  { name: "stepPerUnit", kind: "number", minimum: 0 },
  { name: "validFrom", kind: "date" },
];

/** Reads the rules table of venue margin. @throws DomainError badInput with row and column */
export const readVenueRules = (argument: RangeArgument): readonly VenueSlab[] =>
  readArgumentTable(argument, "rules", ruleColumns).map((row) => ({
    underlying: row.neededText("underlying"),
    ...optional("from", row.number("from")),
    upTo: row.number("upTo") ?? Infinity,
    unit: row.neededText("unit") === "coin" ? "coin" : "value",
    initialRate: row.number("imRate") ?? row.number("baseRate") ?? Number.NaN,
    maintenanceRate: row.number("mmRate") ?? Number.NaN,
    stepPerUnit: row.number("stepPerUnit") ?? 0,
    ...optional("deduction", publishedDeduction(row)),
    ...optional("validFrom", row.has("validFrom") ? isoTime(row.neededNumber("validFrom")) : undefined),
    at: row.at,
  }));

/** A blank deduction may arrive as 0; on the first slab both mean none, on a later slab 0 is never published, so it is computed. */
const publishedDeduction = (row: ArgumentRow): number | undefined => {
  const deduction = row.number("deduction");
  return deduction === 0 ? undefined : deduction;
};

const balanceColumns: readonly ArgumentColumn[] = [
  { name: "asset", kind: "text", required: true, aliases: ["assetId", "currency"] },
  { name: "quantity", kind: "number", required: true, aliases: ["balance"] },
  { name: "price", kind: "number", required: true, refusesZero: true, ...positive },
  { name: "ratio", kind: "number", minimum: 0, maximum: 1, aliases: ["collateralRatio", "valueRatio"] },
  { name: "tierTable", kind: "text" },
];

/** Reads the balances of a venue account. @throws DomainError badInput with row and column */
export const readVenueBalances = (argument: RangeArgument): readonly VenueBalance[] =>
  readArgumentTable(argument, "balances", balanceColumns).map((row) => {
    const quantity = row.neededNumber("quantity");
    const ratio = row.number("ratio");
    const written = row.text("tierTable");
    if (ratio !== undefined && written !== undefined) throw new DomainError("badInput", `${row.at}: ratio and tierTable are both filled. Keep one.`);
    const slabs = written === undefined ? undefined : readInlineSlabs(written, row.at);
    if (ratio === undefined && slabs === undefined && quantity > 0)
      throw new DomainError("badInput", `${row.at}: ratio is blank. Write 1 where the asset counts in full.`);
    return { asset: row.neededText("asset"), quantity, price: row.neededNumber("price"), ratio: ratio ?? 1, ...optional("slabs", slabs) };
  });

/**
 * Reads slabs written in one cell: `10:0.98, 20:0.95, :0` up to 10 coins at 0.98, to 20 at 0.95, the rest at 0; `value` before them for bounds in
 * the currency of the price.
 */
const readInlineSlabs = (text: string, at: string): BalanceSlabs => {
  const unit = /^value\b/i.test(text) ? "value" : "coin";
  const parts = text
    .replace(/^(value|coin)\b\s*[:,;]?/i, "")
    .split(/[,;]/)
    .map((part) => part.trim().split(":"));
  if (parts.some((part) => part.length !== 2)) {
    throw new DomainError("badInput", `${at}: tierTable "${text.slice(0, 20)}" is a name. In cells write its slabs: 10:0.98, 20:0.95, :0`);
  }
  const number = (word: string | undefined): string | number | null => {
    const cell = (word ?? "").trim();
    if (cell === "" || cell === "*") return null;
    return Number.isFinite(Number(cell)) ? Number(cell) : cell;
  };
  try {
    return { text: text.trim(), unit, tiers: readTiers(parts.map(([upTo, ratio]) => [number(upTo), number(ratio)])) };
  } catch (error) {
    if (error instanceof DomainError)
      throw new DomainError(error.code, `${at}: ${error.message.replace("Tiers row", "tierTable slab")}`.slice(0, 120));
    throw error;
  }
};
