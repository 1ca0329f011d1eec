import type { Issue, Parsed } from "../basics/issue";
import type { FxRow, Settings } from "../collateral/book";
import { readCell, type ReadValue } from "./read-cell";
import type { ColumnRule } from "./column-catalogue";
import type { ReadRow, ReadTable } from "./read-table";

const settingRules: readonly ColumnRule[] = [
  { name: "baseCurrency", kind: "text", unit: "currency code" },
  { name: "asOf", kind: "date", unit: "UTC" },
  { name: "dayCount", kind: "number", unit: "360 or 365", minimum: 360, maximum: 366 },
  { name: "horizonDays", kind: "number", unit: "days", minimum: 0, isExclusive: true },
  { name: "quantityBasis", kind: "choice", choices: ["owned", "free"], unit: "" },
  { name: "liquidityBuffer", kind: "number", unit: "base currency", minimum: 0 },
  { name: "maxMovements", kind: "number", unit: "count", minimum: 0 },
  { name: "maxMovementsPerLocation", kind: "number", unit: "count", minimum: 0 },
  { name: "sameDayReuse", kind: "yesNo", unit: "" },
  { name: "ownGroup", kind: "text", unit: "" },
  { name: "fxHaircutForm", kind: "choice", choices: ["additive", "product"], unit: "" },
  { name: "timeLimitSeconds", kind: "number", unit: "seconds", minimum: 0, isExclusive: true, maximum: 600 },
  { name: "movementAllowance", kind: "number", unit: "base currency", minimum: 0 },
  { name: "confirmHaircuts", kind: "yesNo", unit: "yes = the haircut column really holds haircuts" },
  { name: "confirmUnits", kind: "yesNo", unit: "yes = rates and limits above 1 are really above 100 %" },
];

/** What applies where tblSettings is silent. */
export const defaultSettings: Settings = {
  baseCurrency: "USD",
  dayCount: 365,
  horizonDays: 30,
  quantityBasis: "owned",
  sameDayReuse: false,
  fxHaircutForm: "additive",
  timeLimitSeconds: 10,
};

/**
 * Parses tblSettings (KEY, VALUE).
 *
 * @param table the settings table, if there is one
 * @param fx rates; without a baseCurrency setting the currency whose rate is 1 is the base
 * @returns settings with defaults filled in; unknown keys and bad values are issues
 */
export const parseSettings = (table: ReadTable | undefined, fx: readonly FxRow[]): Parsed<Settings> => {
  const issues: Issue[] = [];
  const found = new Map<string, ReadValue>();
  for (const row of table?.rows ?? []) readSetting(row, found, issues);
  const base = found.get("baseCurrency") ?? fx.find((rate) => rate.rate === 1)?.currency ?? defaultSettings.baseCurrency;
  const settings = { ...defaultSettings, ...Object.fromEntries(found), baseCurrency: String(base).toUpperCase() } as Settings;
  return { value: settings, issues };
};

const readSetting = (row: ReadRow, found: Map<string, ReadValue>, issues: Issue[]): void => {
  const key = String(row.values.get("key"));
  const rule = settingRules.find((candidate) => candidate.name.toLowerCase() === key.toLowerCase());
  if (rule === undefined) {
    issues.push(
      row.issue("key", {
        code: "unknown-setting",
        message: `Setting ${key} is unknown.`,
        fix: `Use ${settingRules.map((known) => known.name).join(", ")}.`,
      }),
    );
    return;
  }
  if (found.has(rule.name)) {
    issues.push(row.issue("key", { code: "repeated-setting", message: `Setting ${key} stands twice.`, fix: "Delete one of the rows." }));
    return;
  }
  const raw = row.values.get("value");
  const asNumber =
    typeof raw === "string" && rule.kind !== "text" && rule.kind !== "choice" && raw.trim() !== "" && Number.isFinite(Number(raw))
      ? Number(raw)
      : raw;
  const read = readCell(rule, asNumber as string | number | boolean | undefined);
  if (read.problem !== undefined) issues.push(row.issue("value", { ...read.problem }));
  else if (read.value !== undefined) found.set(rule.name, read.value);
};
