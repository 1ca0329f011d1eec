import type { SourceTable } from "../../app/map-tables";
import type { TableDraft } from "../../app/mapping-drafts";
import { columnCatalogue, type TableKind } from "../../core/tables/column-catalogue";
import { questionsOf, type ColumnProfile, type ColumnQuestion } from "../../core/tables/mapping/column-profile";
import type { DecimalSign } from "../../core/tables/mapping/number-texts";
import { besides, proposeColumns, proposeKind } from "../../core/tables/mapping/propose-mapping";
import type { MappedColumn, TableMapping } from "../../core/tables/mapping/table-mapping";

/** What has been said of one column so far. */
export interface ColumnDraft {
  readonly profile: ColumnProfile;
  /** Column of ours; "" = not used. */
  readonly column: string;
  /** Proposed from a part of a word only, or by nothing: to be looked at. */
  readonly isUnsure: boolean;
  readonly unit?: "decimal" | "percent";
  /** True once it was said whether the numbers are haircuts or valuation percentages. */
  readonly isMeaningSaid: boolean;
  readonly decimalSign?: DecimalSign;
}

/** The form: what a table holds, and its columns. */
export interface MappingDraft {
  readonly kind: TableKind | "";
  readonly columns: readonly ColumnDraft[];
}

/** Something that the form still lacks, and at which header. */
export interface MappingGap {
  readonly text: string;
  readonly header?: string;
}

const blank = (profile: ColumnProfile): ColumnDraft => ({ profile, column: "", isUnsure: false, isMeaningSaid: false });

const signOf = ({ decimalSign }: ColumnProfile): { readonly decimalSign?: DecimalSign } =>
  decimalSign === undefined || decimalSign === "unclear" ? {} : { decimalSign };

const proposed = (kind: TableKind | "", source: SourceTable): readonly ColumnDraft[] => {
  const columns = source.columns.filter(({ header }) => header !== "");
  if (kind === "") return columns.map(blank);
  const proposals = proposeColumns(kind, columns);
  return columns.map((profile, at) => ({
    ...blank(profile),
    column: proposals[at]?.column ?? "",
    isUnsure: proposals[at]?.confidence === "check" && proposals[at].column !== "",
    ...signOf(profile),
  }));
};

/** The form as it opens: with what was remembered, else with what the headers propose; answers are never guessed. */
export const openDraft = (source: SourceTable): MappingDraft => {
  const { mapping } = source;
  if (mapping === undefined) {
    const kind = source.kind ?? proposeKind(source.columns) ?? "";
    return { kind, columns: proposed(kind, source) };
  }
  const known = new Map(mapping.columns.map((column) => [column.header.toLowerCase(), column]));
  return {
    kind: mapping.kind,
    columns: source.columns
      .filter(({ header }) => header !== "")
      .map((profile): ColumnDraft => {
        const column = known.get(profile.header.toLowerCase());
        if (column === undefined) return blank(profile);
        const { unit, decimalSign } = column;
        return {
          ...blank(profile),
          column: column.column,
          isMeaningSaid: true,
          ...(unit === undefined ? {} : { unit }),
          ...(decimalSign === undefined ? signOf(profile) : { decimalSign }),
        };
      }),
  };
};

/** What was said so far, over the cells as they are now; undefined where the headers are others than those it was said of. */
export const resumeDraft = (source: SourceTable, draft: MappingDraft | undefined): MappingDraft | undefined => {
  const columns = source.columns.filter(({ header }) => header !== "");
  if (draft === undefined || columns.length !== draft.columns.length) return undefined;
  const said = new Map(draft.columns.map((column) => [column.profile.header, column]));
  const resumed = columns.flatMap((profile) => {
    const column = said.get(profile.header);
    return column === undefined ? [] : [{ ...column, profile }];
  });
  return resumed.length === columns.length ? { kind: draft.kind, columns: resumed } : undefined;
};

/** What was said so far as the workbook keeps it: answers and headers, no values. */
export const toTableDraft = (key: string, { kind, columns }: MappingDraft): TableDraft => ({
  key,
  kind,
  columns: columns.map(({ profile, column, isUnsure, isMeaningSaid, unit, decimalSign }) => ({
    header: profile.header,
    column,
    isUnsure,
    isMeaningSaid,
    ...(unit === undefined ? {} : { unit }),
    ...(decimalSign === undefined ? {} : { decimalSign }),
  })),
});

/** The drafts that a workbook has kept, over its tables as they are now; what was said of other headers is left out. */
export const draftsOf = (sources: readonly SourceTable[], kept: readonly TableDraft[]): Readonly<Record<string, MappingDraft>> =>
  Object.fromEntries(
    kept.flatMap(({ key, kind, columns }) => {
      const source = sources.find((candidate) => candidate.key === key);
      if (source === undefined) return [];
      const said = columns.map(({ header, ...rest }): ColumnDraft => ({ ...rest, profile: { ...noProfile, header } }));
      const draft = resumeDraft(source, { kind, columns: said });
      return draft === undefined ? [] : [[key, draft] as const];
    }),
  );

const noProfile: ColumnProfile = { header: "", samples: [], filled: 0, numbers: 0, percentTexts: 0, numberTexts: 0 };

/** Tells whether a column has something to look at or to answer. */
export const isToCheck = (kind: TableKind | "", column: ColumnDraft): boolean => column.isUnsure || openQuestions(kind, column).length > 0;

/** Chooses what the table holds; proposals are made anew. */
export const withKind = (source: SourceTable, kind: TableKind | ""): MappingDraft => ({ kind, columns: proposed(kind, source) });

/** Changes what was said of one column; a column of ours stands for one header only. */
export const withColumn = (draft: MappingDraft, header: string, change: Partial<Omit<ColumnDraft, "profile">>): MappingDraft => ({
  ...draft,
  columns: draft.columns.map((column) => {
    if (column.profile.header === header) return { ...column, isUnsure: false, ...change };
    return change.column !== undefined && change.column !== "" && column.column === change.column ? { ...column, column: "" } : column;
  }),
});

/** What is still to be answered about a column. */
export const openQuestions = (
  kind: TableKind | "",
  { column, profile, unit, isMeaningSaid, decimalSign }: ColumnDraft,
): readonly ColumnQuestion[] => {
  if (kind === "") return [];
  const isAnswered = { unit: unit !== undefined, meaning: isMeaningSaid, decimalSign: decimalSign !== undefined };
  return questionsOf(kind, column, profile).filter((question) => !isAnswered[question]);
};

/** Columns of ours that the table must give and that nothing is mapped to; one of several is named with "or". */
export const missingColumns = ({ kind, columns }: MappingDraft): readonly string[] => {
  if (kind === "") return [];
  const there = new Set(columns.map(({ column }) => column));
  const needed = columnCatalogue[kind].filter((rule) => (rule.required === true || rule.present === true) && !there.has(rule.name));
  const oneOf = besides[kind];
  const lacksOne = oneOf !== undefined && !oneOf.some((name) => there.has(name));
  return [...needed.map(({ name }) => name), ...(lacksOne ? [oneOf.join(" or ")] : [])];
};

const asks: Readonly<Record<ColumnQuestion, string>> = {
  meaning: "say whether it holds haircuts or valuation percentages",
  unit: "say what its numbers mean",
  decimalSign: "say which sign stands before the decimals",
};

/** Finds the first thing that the form lacks before it can be saved. */
export const findMappingGap = (draft: MappingDraft): MappingGap | undefined => {
  if (draft.kind === "") return { text: "Choose what the table holds." };
  for (const column of draft.columns) {
    const question = openQuestions(draft.kind, column)[0];
    if (question !== undefined) return { text: `${column.profile.header}: ${asks[question]}.`, header: column.profile.header };
  }
  const missing = missingColumns(draft);
  return missing.length === 0 ? undefined : { text: `Choose the ${missing.length === 1 ? "column" : "columns"} for ${missing.join(", ")}.` };
};

/** The draft as what the workbook remembers. */
export const toMapping = (source: SourceTable, draft: MappingDraft & { readonly kind: TableKind }): TableMapping => ({
  ...(source.name === undefined ? {} : { table: source.name }),
  sheet: source.sheet,
  kind: draft.kind,
  columns: draft.columns.map(({ profile, column, unit, decimalSign }): MappedColumn => {
    const asked = column === "" ? [] : questionsOf(draft.kind, column, profile);
    return {
      header: profile.header,
      column,
      ...(unit !== undefined && asked.includes("unit") ? { unit } : {}),
      ...(decimalSign !== undefined && column !== "" ? { decimalSign } : {}),
    };
  }),
});
