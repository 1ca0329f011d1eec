import { DomainError } from "../basics/domain-error";
import type { RegulationRow } from "./regulation-table";
import { regulationTable } from "./regulation-tables";

/** Rows of the table of supervisory factors. */
export const saccrClasses = [
  "interestRate",
  "fx",
  "creditSingleName",
  "creditIndex",
  "equitySingleName",
  "equityIndex",
  "commodity",
  "crypto",
] as const;
export type SaccrClass = (typeof saccrClasses)[number];

/** Supervisory parameters of one class and subclass. */
export interface SaccrParameters extends RegulationRow {
  readonly assetClass: SaccrClass;
  readonly subClass: string;
  readonly supervisoryFactor: number;
  readonly correlation: number | null;
  readonly optionVolatility: number;
  /** Commodities: energy, metals, agricultural or other. */
  readonly hedgingSet?: string;
}

const keyOf = (text: string): string => text.toLowerCase().replace(/[\s_\-./]/g, "");

const classAliases: Readonly<Record<string, SaccrClass>> = {
  ir: "interestRate",
  rates: "interestRate",
  interestrates: "interestRate",
  foreignexchange: "fx",
  credit: "creditSingleName",
  creditsinglenames: "creditSingleName",
  creditindices: "creditIndex",
  equity: "equitySingleName",
  equityindices: "equityIndex",
  equitysinglenames: "equitySingleName",
  commodities: "commodity",
  cryptoasset: "crypto",
};

/** What a trade says about its class, before it is matched with the table. */
export interface SaccrClassText {
  readonly assetClass: string;
  readonly subClass?: string;
  readonly hedgingSet?: string;
  /** `trades row 3`, for messages. */
  readonly at: string;
}

const table = (): readonly SaccrParameters[] => regulationTable<SaccrParameters>("sa_ccr_parameters").rows;

const refuse = (at: string, message: string): DomainError => new DomainError("badInput", `${at}: ${message}`.slice(0, 120));

/**
 * Finds the supervisory parameters of a trade.
 *
 * `credit` is an index where the subclass is IG or SG, `equity` needs the subclass `index` or `single name`; a rating may carry + or -.
 *
 * @throws DomainError badInput naming the row, the table and the key
 * @source Basel Framework CRE52.72, Table 2
 */
export const saccrParameters = (text: SaccrClassText): SaccrParameters => {
  const assetClass = readClass(text);
  if (assetClass === "commodity") return commodityParameters(text);
  const subKey = subClassOf(assetClass, text);
  const found = table().find((row) => row.assetClass === assetClass && keyOf(row.subClass) === subKey);
  if (found === undefined)
    throw refuse(text.at, `sa_ccr_parameters has no ${assetClass} with subClass "${text.subClass ?? ""}". Use ${choicesOf(assetClass)}.`);
  return found;
};

const readClass = (text: SaccrClassText): SaccrClass => {
  const key = keyOf(text.assetClass);
  const sub = keyOf(text.subClass ?? "");
  if (key === "credit" && ["ig", "sg", "index"].includes(sub)) return "creditIndex";
  if (key === "equity") {
    if (sub === "index") return "equityIndex";
    if (["singlename", "single", "stock"].includes(sub)) return "equitySingleName";
    throw refuse(text.at, "assetClass equity is open. Write equity single name or equity index.");
  }
  const found = saccrClasses.find((name) => name.toLowerCase() === key) ?? classAliases[key];
  if (found === undefined)
    throw refuse(text.at, `assetClass "${text.assetClass}" is unknown. Use interestRate, fx, credit, equity index, commodity.`);
  return found;
};

const subClassOf = (assetClass: SaccrClass, text: SaccrClassText): string => {
  if (assetClass === "creditSingleName") return keyOf((text.subClass ?? "").replace(/[+\-]+$/, ""));
  return assetClass === "creditIndex" ? keyOf(text.subClass ?? "") : "";
};

const choicesOf = (assetClass: SaccrClass): string =>
  table()
    .filter((row) => row.assetClass === assetClass)
    .map((row) => row.subClass)
    .join(", ");

/** The bucket may stand in subClass (Oil/Gas), in hedgingSet (Metals), or as the start of subClass (Metals/Silver). */
const commodityParameters = (text: SaccrClassText): SaccrParameters => {
  const buckets = table().filter((row) => row.assetClass === "commodity");
  const sub = keyOf(text.subClass ?? "");
  const set = keyOf(text.hedgingSet ?? "");
  const named = (key: string): SaccrParameters | undefined => buckets.find((row) => keyOf(row.subClass) === key);
  const found =
    named(sub) ??
    named(keyOf((text.subClass ?? "").split("/")[0] ?? "")) ??
    named(set) ??
    (set === "energy" && sub !== "" ? named("oilgas") : undefined);
  if (found === undefined) throw refuse(text.at, `commodity needs a subClass: electricity, oil/gas, metals, agricultural or other.`);
  return found;
};
