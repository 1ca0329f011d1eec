import { tableKinds, type TableKind } from "../core/tables/column-catalogue";
import type { MappedColumn } from "../core/tables/mapping/table-mapping";
import type { WorkbookPort } from "./ports";

/** What has been said of one column and is not saved yet. */
export interface DraftedColumn extends MappedColumn {
  /** It was proposed and nobody has looked at it yet. */
  readonly isUnsure: boolean;
  /** It was said whether the numbers are haircuts or valuation percentages. */
  readonly isMeaningSaid: boolean;
}

/** A mapping that is begun: answers of a person that must not be lost with the pane. */
export interface TableDraft {
  /** What the mapping goes by. */
  readonly key: string;
  /** "" = not said yet. */
  readonly kind: TableKind | "";
  readonly columns: readonly DraftedColumn[];
}

const setting = "CollateralOptimizer.drafts";

/** Writes of one workbook wait for each other: each click is one, and a later one must not be undone by an earlier one. */
const waiting = new WeakMap<WorkbookPort, Promise<void>>();

/** Reads the drafts, after what is being written; a setting that is missing or spoilt gives none. */
export const readDrafts = async (workbook: WorkbookPort): Promise<readonly TableDraft[]> => {
  await waiting.get(workbook);
  return readKept(workbook);
};

const readKept = async (workbook: WorkbookPort): Promise<readonly TableDraft[]> => {
  try {
    const found: unknown = JSON.parse((await workbook.readSetting(setting)) ?? "[]");
    return Array.isArray(found) ? (found as readonly unknown[]).filter(isDraft) : [];
  } catch {
    return [];
  }
};

/**
 * Keeps a draft in the workbook's settings, beside its cells.
 *
 * @param draft undefined = it was saved or thrown away
 */
export const keepDraft = (workbook: WorkbookPort, key: string, draft: TableDraft | undefined): Promise<void> => {
  const write = async (): Promise<void> => {
    const before = await readKept(workbook);
    const after = [...before.filter((other) => other.key !== key), ...(draft === undefined ? [] : [draft])];
    if (JSON.stringify(after) !== JSON.stringify(before)) await workbook.writeSetting(setting, JSON.stringify(after));
  };
  const done = (waiting.get(workbook) ?? Promise.resolve()).then(write);
  waiting.set(
    workbook,
    done.catch(() => undefined),
  );
  return done;
};

const isDraft = (value: unknown): value is TableDraft => {
  const { key, kind, columns } = (value ?? {}) as Partial<Record<keyof TableDraft, unknown>>;
  return (
    typeof key === "string" &&
    (kind === "" || tableKinds.some((known) => known === kind)) &&
    Array.isArray(columns) &&
    (columns as readonly unknown[]).every(isColumn)
  );
};

const isColumn = (value: unknown): boolean => {
  const { header, column, unit, decimalSign, isUnsure, isMeaningSaid } = (value ?? {}) as Partial<Record<keyof DraftedColumn, unknown>>;
  return (
    typeof header === "string" &&
    typeof column === "string" &&
    typeof isUnsure === "boolean" &&
    typeof isMeaningSaid === "boolean" &&
    [undefined, "decimal", "percent"].some((known) => known === unit) &&
    [undefined, ".", ","].some((known) => known === decimalSign)
  );
};
