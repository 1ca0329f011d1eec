import { tableKinds } from "../core/tables/column-catalogue";
import type { MappedColumn, TableMapping } from "../core/tables/mapping/table-mapping";
import type { WorkbookPort } from "./ports";

/** What a person has chosen for this workbook; kept in its settings, so that it travels with the file and nowhere else. */
export interface WorkbookChoices {
  /** Suffix of the set of tables. */
  readonly set?: string;
  readonly mappings: readonly TableMapping[];
  /** Pins that the pane has written, as JSON of their cells: only these does it take back. */
  readonly pins: readonly string[];
}

const key = "CollateralOptimizer.choices";
const nothing: WorkbookChoices = { mappings: [], pins: [] };

/** Reads the choices; a setting that is missing or spoilt gives none. */
export const readChoices = async (workbook: WorkbookPort): Promise<WorkbookChoices> => {
  const text = await workbook.readSetting(key);
  if (text === undefined) return nothing;
  try {
    const found = JSON.parse(text) as Record<string, unknown>;
    return {
      mappings: asList(found["mappings"]).filter(isMapping),
      pins: asList(found["pins"]).filter((pin): pin is string => typeof pin === "string"),
      ...(typeof found["set"] === "string" ? { set: found["set"] } : {}),
    };
  } catch {
    return nothing;
  }
};

/** Changes some of the choices. */
export const writeChoices = async (workbook: WorkbookPort, change: (before: WorkbookChoices) => WorkbookChoices): Promise<void> => {
  const before = await readChoices(workbook);
  const after = change(before);
  if (JSON.stringify(after) !== JSON.stringify(before)) await workbook.writeSetting(key, JSON.stringify(after));
};

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

const isMapping = (value: unknown): value is TableMapping => {
  const { table, sheet, kind, columns } = (value ?? {}) as Partial<Record<keyof TableMapping, unknown>>;
  return (
    typeof sheet === "string" &&
    (table === undefined || typeof table === "string") &&
    tableKinds.some((known) => known === kind) &&
    Array.isArray(columns) &&
    columns.every(isColumn)
  );
};

const isColumn = (value: unknown): value is MappedColumn => {
  const { header, column, unit, decimalSign } = (value ?? {}) as Partial<Record<keyof MappedColumn, unknown>>;
  return (
    typeof header === "string" &&
    typeof column === "string" &&
    (unit === undefined || unit === "decimal" || unit === "percent") &&
    (decimalSign === undefined || decimalSign === "." || decimalSign === ",")
  );
};
