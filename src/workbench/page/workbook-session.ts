import type { DocumentState } from "../excel-host/document-state";
import { choiceListsOf } from "../xlsx/choice-lists";
import { addTablesAndNames, enterFormulas, gridSnapshot, sheetId } from "../xlsx/file-to-grid";
import { workbookOfGrid } from "../xlsx/grid-to-file";
import { withoutCharts, type ChartIdentity } from "../xlsx/kept-parts";
import type { KeptParts, WorkbookFile } from "../xlsx/workbook-file";
import { startAddIn, type AddInSession } from "./add-in-session";
import { createChartLayer } from "./charts/chart-layer";
import { fileChart } from "./chart-files";
import { createGrid, EMPTY_WORKBOOK, type Grid } from "./create-grid";
import { createHoverMessage } from "./hover-message";
import type { PaneFrame } from "./pane-frame";

/** A workbook that is open: its grid, and the add-in at work on it. As in Excel, another workbook has a runtime of its own. */
export interface WorkbookSession {
  readonly grid: Grid;
  readonly addIn: AddInSession;
  /** Settles when the add-in runs. */
  readonly ready: Promise<void>;
  /** Takes the workbook for saving. */
  readonly toFile: () => WorkbookFile;
  readonly dispose: () => void;
}

/** What a session needs of the page. */
export interface SessionParts {
  readonly container: HTMLElement;
  readonly pane: PaneFrame;
  readonly functionsJson: unknown;
  readonly isDark: () => boolean;
}

/** Reads what the workbench noted in a file; a note that something else has spoilt costs marks and charts, not the workbook. */
function savedState(file: WorkbookFile | null): DocumentState | undefined {
  if (!file?.note) return undefined;
  try {
    return JSON.parse(file.note) as DocumentState;
  } catch (error) {
    console.warn("The workbench's note in this file cannot be read", error);
    return undefined;
  }
}

function ownCharts(state: DocumentState | undefined, sheetName: string): ChartIdentity[] {
  const sheet = state?.sheets.find((one) => one.name === sheetName);
  return (sheet?.charts ?? []).map((chart) => ({
    title: String(chart.bag.children.Title?.values.Text ?? ""),
    values: chart.series[0]?.values ?? "",
  }));
}

async function fillGrid(grid: Grid, file: WorkbookFile | null, state: DocumentState | undefined, start: () => AddInSession): Promise<AddInSession> {
  if (!file) return start();
  await addTablesAndNames(grid.api, file);
  const session = start();
  if (state) session.host.restoreDocumentState(state);
  enterFormulas(grid.api, file);
  return session;
}

/**
 * Opens a workbook and starts the add-in on it.
 *
 * @param file null starts with an empty one
 */
export async function openSession(parts: SessionParts, file: WorkbookFile | null, name: string): Promise<WorkbookSession> {
  const grid = createGrid(parts.container, parts.isDark(), file ? gridSnapshot(file, name) : EMPTY_WORKBOOK);
  const state = savedState(file);
  const addIn = await fillGrid(grid, file, state, () => startAddIn(grid, parts.pane, parts.functionsJson, parts.isDark));
  const { host } = addIn;
  const charts = createChartLayer(grid, host);
  const hover = createHoverMessage(grid, host);
  const keptOf = (id: string): KeptParts | undefined => {
    const sheet = file?.sheets.find((_, index) => sheetId(index) === id);
    return sheet && withoutCharts(sheet.kept, ownCharts(state, sheet.name));
  };
  return {
    grid,
    addIn,
    ready: addIn.ready,
    toFile: () => {
      const remembered = host.documentState();
      return {
        ...workbookOfGrid(grid.api, grid.univer.__getInjector(), {
          charts: (id) =>
            host
              .charts()
              .list()
              .filter((chart) => chart.sheetId === id)
              .map(fileChart),
          choiceLists: (sheetName) => choiceListsOf(remembered, sheetName),
          kept: keptOf,
        }),
        note: JSON.stringify(remembered),
        ...(file?.kept ? { kept: file.kept } : {}),
      };
    },
    dispose: () => {
      hover.dispose();
      charts.dispose();
      addIn.dispose();
      grid.univer.dispose();
      parts.container.replaceChildren();
    },
  };
}
