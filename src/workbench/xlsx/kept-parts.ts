import { cloneChart, type Chart, type Sheet, type SheetChart, type WorkbookProperties, type WriteSheet } from "hucre";
import type { KeptParts } from "./workbook-file";

/** Parts of a sheet that hucre reads and writes alike. */
const SAME_BOTH_WAYS = [
  "dataValidations",
  "conditionalRules",
  "autoFilter",
  "images",
  "protection",
  "pageSetup",
  "headerFooter",
  "rowBreaks",
  "colBreaks",
  "outlineProperties",
  "sparklines",
  "textBoxes",
  "backgroundImage",
  "veryHidden",
] as const;

type Part = Pick<WriteSheet, (typeof SAME_BOTH_WAYS)[number]> & { charts?: SheetChart[]; comments?: ReadonlyMap<string, object> };

function writtenChart(chart: Chart): SheetChart[] {
  if (!chart.anchor) return [];
  try {
    return [cloneChart(chart, { anchor: chart.anchor })];
  } catch {
    // A kind that the writer does not have (surface, stock ...): it is lost, which the message after saving cannot know.
    return [];
  }
}

/** Keeps what a sheet has beyond cells, tables and names, for the next save. */
export function keepParts(sheet: Sheet): KeptParts {
  const kept: Part = {};
  for (const key of SAME_BOTH_WAYS) {
    if (sheet[key] !== undefined) Object.assign(kept, { [key]: sheet[key] });
  }
  const charts = (sheet.charts ?? []).flatMap(writtenChart);
  if (charts.length > 0) kept.charts = charts;
  const notes = [...(sheet.cells ?? [])].flatMap(([key, cell]) => {
    const part = { ...(cell.comment ? { comment: cell.comment } : {}), ...(cell.hyperlink ? { hyperlink: cell.hyperlink } : {}) };
    return Object.keys(part).length > 0 ? [[key, part] as const] : [];
  });
  if (notes.length > 0) kept.comments = new Map(notes);
  return kept as unknown as KeptParts;
}

/** Hands back what `keepParts` kept. */
export function keptPartsOf(kept: KeptParts | undefined): Part {
  return (kept as Part | undefined) ?? {};
}

/** What tells one chart from another in a file. */
export interface ChartIdentity {
  readonly title: string;
  /** Address of the first series' values. */
  readonly values: string;
}

function plainAddress(address: string): string {
  return address.replace(/[$']/g, "").toLowerCase();
}

/** Leaves out charts that the workbench draws itself and will write anew. */
export function withoutCharts(kept: KeptParts | undefined, own: readonly ChartIdentity[]): KeptParts | undefined {
  if (!kept || own.length === 0) return kept;
  const part = keptPartsOf(kept);
  const others = (part.charts ?? []).filter(
    (chart) => !own.some((one) => one.title === (chart.title ?? "") && plainAddress(one.values) === plainAddress(chart.series[0]?.values ?? "")),
  );
  return { ...part, charts: others } as unknown as KeptParts;
}

/** Keeps the properties of a workbook: title, author and what else its user entered. */
export function keepProperties(properties: WorkbookProperties): KeptParts {
  return properties as unknown as KeptParts;
}

/** Hands back what `keepProperties` kept. */
export function keptPropertiesOf(kept: KeptParts | undefined): WorkbookProperties {
  return (kept as WorkbookProperties | undefined) ?? {};
}
