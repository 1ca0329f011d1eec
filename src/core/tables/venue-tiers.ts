import { DomainError } from "../basics/domain-error";

/** One slab as a venue publishes it. */
export interface VenueSlab {
  readonly assetId: string;
  readonly unit: "coin" | "value";
  /** Lower bound as published; undefined where the shape has none. */
  readonly from?: number;
  /** Cumulative upper bound; Infinity for the last. */
  readonly upTo: number;
  /** Value ratio, decimal. */
  readonly ratio: number;
}

/** What was pasted, and how it was understood. */
export interface VenueTiers {
  /** The shape that was recognised, such as `Bybit collateral ratios`. */
  readonly shape: string;
  readonly slabs: readonly VenueSlab[];
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * Parses a venue's published collateral tiers as pasted text: the JSON of Bybit, Binance cross margin, Binance Portfolio Margin Pro, OKX
 * or KuCoin, or a table (tab, semicolon or comma separated) with the headers asset, ratio or haircut, and optionally upTo, from and unit.
 *
 * @throws DomainError badInput when no shape fits or a number cannot be read; gaps, overlaps and rising ratios are named with their rows
 * @source field names: public API references of the venues
 */
export const parseVenueTiers = (text: string): VenueTiers => {
  const trimmed = text.trim();
  if (trimmed === "") throw new DomainError("badInput", "Nothing was pasted. Paste the venue's tier JSON or a table with headers.");
  const parsed = /^[[{]/.test(trimmed) ? fromJson(trimmed) : fromTable(trimmed);
  if (parsed.slabs.length === 0) throw new DomainError("badInput", "No tiers were found in what was pasted. Check that it is the whole answer.");
  checkSlabs(parsed.slabs);
  return parsed;
};

const fromJson = (text: string): VenueTiers => {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    throw new DomainError("badInput", "The pasted text is not complete JSON. Copy the whole answer, from the first to the last bracket.");
  }
  const list = listOf(json);
  const first = list[0];
  if (isRecord(first)) {
    if ("collateralRatioList" in first) return { shape: "Bybit collateral ratios", slabs: list.flatMap(bybit) };
    if ("collaterals" in first) return { shape: "Binance cross margin", slabs: list.flatMap(binanceCross) };
    if ("collateralInfo" in first) return { shape: "Binance Portfolio Margin Pro", slabs: list.flatMap(binancePro) };
    if ("usdtLevels" in first) return { shape: "KuCoin discount rates", slabs: list.flatMap(kucoin) };
    if ("details" in first || "discountInfo" in first) return { shape: "OKX discount rates", slabs: list.flatMap(okx) };
    const flat = list.flatMap(flatRatio);
    if (flat.length > 0) return { shape: "one ratio for each asset", slabs: flat };
  }
  throw new DomainError("badInput", "The JSON has none of the known shapes (Bybit, Binance, OKX, KuCoin). Paste a table instead.");
};

/** The list of assets, wherever the envelope hides it. */
const listOf = (json: Json): readonly Json[] => {
  if (Array.isArray(json)) return json as readonly Json[];
  if (!isRecord(json)) return [];
  for (const key of ["result", "data", "list"] as const) {
    const inner = json[key];
    if (inner !== undefined && inner !== null) return listOf(inner);
  }
  return [json];
};

const isRecord = (json: Json | undefined): json is { readonly [key: string]: Json | undefined } =>
  typeof json === "object" && json !== null && !Array.isArray(json);

const records = (json: Json | undefined): readonly { readonly [key: string]: Json | undefined }[] =>
  Array.isArray(json) ? (json as readonly Json[]).filter(isRecord) : [];

const numberOf = (json: Json | undefined, what: string): number => {
  const value = typeof json === "string" && json.trim() !== "" ? Number(json) : json;
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new DomainError("badInput", `${what} ${JSON.stringify(json) ?? "is missing"} is not a number.`);
  return value;
};

/** An open end: blank, null, absent, or the venue's word for infinity. */
const boundOf = (json: Json | undefined, what: string): number =>
  json === undefined || json === null || json === "-1" || (typeof json === "string" && /^\+?(|inf|infinity|∞)$/i.test(json.trim()))
    ? Infinity
    : numberOf(json, what);

const bybit = (entry: Json): readonly VenueSlab[] => {
  if (!isRecord(entry)) return [];
  const assetId = String(entry["currency"] ?? "");
  return records(entry["collateralRatioList"]).map((slab) => ({
    assetId,
    unit: "coin" as const,
    from: numberOf(slab["minQty"], `${assetId} minQty`),
    upTo: boundOf(slab["maxQty"], `${assetId} maxQty`),
    ratio: numberOf(slab["collateralRatio"], `${assetId} collateralRatio`),
  }));
};

const binanceCross = (entry: Json): readonly VenueSlab[] => {
  if (!isRecord(entry)) return [];
  const names = Array.isArray(entry["assetNames"]) ? (entry["assetNames"] as readonly Json[]).map(String) : [];
  return names.flatMap((assetId) =>
    records(entry["collaterals"]).map((slab) => ({
      assetId,
      unit: "value" as const,
      from: numberOf(slab["minUsdValue"], `${assetId} minUsdValue`),
      upTo: boundOf(slab["maxUsdValue"], `${assetId} maxUsdValue`),
      ratio: numberOf(slab["discountRate"], `${assetId} discountRate`),
    })),
  );
};

const binancePro = (entry: Json): readonly VenueSlab[] => {
  if (!isRecord(entry)) return [];
  const assetId = String(entry["asset"] ?? "");
  return records(entry["collateralInfo"]).map((slab) => ({
    assetId,
    unit: "value" as const,
    from: numberOf(slab["tierFloor"], `${assetId} tierFloor`),
    upTo: boundOf(slab["tierCap"], `${assetId} tierCap`),
    ratio: numberOf(slab["collateralRate"], `${assetId} collateralRate`),
  }));
};

const kucoin = (entry: Json): readonly VenueSlab[] => {
  if (!isRecord(entry)) return [];
  const assetId = String(entry["currency"] ?? "");
  return records(entry["usdtLevels"]).map((slab) => ({
    assetId,
    unit: "value" as const,
    from: numberOf(slab["left"], `${assetId} left`),
    upTo: boundOf(slab["right"], `${assetId} right`),
    ratio: numberOf(slab["discountRate"], `${assetId} discountRate`),
  }));
};

/** Bybit collateral info and Binance portfolio margin publish a single ratio for each asset. */
const flatRatio = (entry: Json): readonly VenueSlab[] => {
  if (!isRecord(entry)) return [];
  const asset = entry["currency"] ?? entry["asset"] ?? entry["ccy"];
  const ratio = entry["collateralRatio"] ?? entry["collateralRate"];
  if (typeof asset !== "string" || ratio === undefined || ratio === null) return [];
  return [{ assetId: asset, unit: "coin", from: 0, upTo: Infinity, ratio: numberOf(ratio, `${asset} ratio`) }];
};

const okx = (entry: Json): readonly VenueSlab[] => {
  if (!isRecord(entry)) return [];
  const assetId = String(entry["ccy"] ?? "");
  const coins = records(entry["details"]);
  const slabs = coins.length > 0 ? coins : records(entry["discountInfo"]);
  return slabs.map((slab) => ({
    assetId,
    // `details` bounds are amounts of the coin; `discountInfo` bounds are US dollars.
    unit: coins.length > 0 ? ("coin" as const) : ("value" as const),
    from: numberOf(slab["minAmt"], `${assetId} minAmt`),
    upTo: boundOf(slab["maxAmt"], `${assetId} maxAmt`),
    ratio: numberOf(slab["discountRate"], `${assetId} discountRate`),
  }));
};

const fromTable = (text: string): VenueTiers => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const separator = lines[0]?.includes("\t") === true ? "\t" : lines[0]?.includes(";") === true ? ";" : ",";
  const cells = lines.map((line) => line.split(separator).map((cell) => cell.trim()));
  const headers = (cells[0] ?? []).map((header) => header.toLowerCase().replace(/[\s_]/g, ""));
  const at = (...names: readonly string[]): number => headers.findIndex((header) => names.includes(header));
  const columns = {
    asset: at("asset", "assetid", "currency", "ccy", "coin"),
    upTo: at("upto", "to", "max"),
    ratio: at("ratio", "collateralratio", "collateralrate", "discountrate", "valueratio"),
    haircut: at("haircut"),
    from: at("from", "min"),
    unit: at("unit", "tierunit"),
  };
  if (columns.asset < 0 || columns.ratio < 0 === columns.haircut < 0) {
    throw new DomainError("badInput", "The table needs the headers asset, upTo and either ratio or haircut (from and unit are optional).");
  }
  const slabs = cells.slice(1).map((row, index): VenueSlab => {
    const where = `Row ${index + 1}`;
    const name = columns.haircut < 0 ? "ratio" : "haircut";
    const shareText = row[columns[name]] ?? "";
    const share = shareText.endsWith("%") ? numberOf(shareText.slice(0, -1), `${where} ${name}`) / 100 : numberOf(shareText, `${where} ${name}`);
    if (share > 1)
      throw new DomainError("badInput", `${where}: ${name} ${share} is above 1. Write ${share} % or ${share / 100}.`, { row: index + 1 });
    // 1 - 0.03 carries rounding noise that no venue publishes.
    const ratio = name === "ratio" ? share : Number((1 - share).toPrecision(12));
    return {
      assetId: row[columns.asset] ?? "",
      unit: columns.unit >= 0 && /value|usd/i.test(row[columns.unit] ?? "") ? "value" : "coin",
      ...(columns.from >= 0 ? { from: numberOf(row[columns.from], `${where} from`) } : {}),
      upTo: columns.upTo < 0 ? Infinity : boundOf(row[columns.upTo], `${where} upTo`),
      ratio,
    };
  });
  return { shape: "pasted table", slabs };
};

/** Refuses gaps, overlaps, rising ratios and percentages that are not decimals, with the rows named. @throws DomainError badInput */
const checkSlabs = (slabs: readonly VenueSlab[]): void => {
  const last = new Map<string, { readonly slab: VenueSlab; readonly index: number }>();
  slabs.forEach((slab, index) => {
    const row = `Row ${index + 1} (${slab.assetId || "no asset"})`;
    const key = slab.assetId.toUpperCase();
    const previous = last.get(key);
    const before = previous?.slab;
    last.set(key, { slab, index });
    const fail = (message: string): never => {
      throw new DomainError("badInput", `${row}: ${message}`.slice(0, 120), { row: index + 1 });
    };
    if (slab.assetId === "") fail("the asset is blank.");
    if (slab.upTo <= 0) fail(`upTo ${slab.upTo} is not above 0.`);
    if (slab.ratio < 0 || slab.ratio > 1) fail(`ratio ${slab.ratio} is not between 0 and 1. Write 95 % as 0.95.`);
    if (before === undefined && slab.from !== undefined && slab.from !== 0) fail(`the first tier begins at ${slab.from}, not at 0.`);
    if (before === undefined || previous === undefined) return;
    if (previous.index !== index - 1) fail(`the asset stands already in row ${previous.index + 1}. Keep its tiers together, and only once.`);
    if (before.unit !== slab.unit) fail("the unit changes between coin and value.");
    if (slab.from !== undefined && slab.from > before.upTo) fail(`there is a gap between ${before.upTo} and ${slab.from}.`);
    if (slab.from !== undefined && slab.from < before.upTo) fail(`it overlaps the tier before, which ends at ${before.upTo}.`);
    if (slab.upTo <= before.upTo) fail(`upTo ${slab.upTo} is not above ${before.upTo}.`);
    if (slab.ratio > before.ratio) fail(`the ratio rises from ${before.ratio} to ${slab.ratio}.`);
  });
};
