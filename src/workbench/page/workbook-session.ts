import { completeGrid, gridSnapshot, sheetId } from "../xlsx/file-to-grid";
import { workbookOfGrid } from "../xlsx/grid-to-file";
import type { WorkbookFile } from "../xlsx/workbook-file";
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
  /** Settles when the add-in runs and all cells are entered. */
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

/**
 * Opens a workbook.
 *
 * @param file null starts with an empty one
 */
export function openSession(parts: SessionParts, file: WorkbookFile | null, name: string): WorkbookSession {
  const grid = createGrid(parts.container, parts.isDark(), file ? gridSnapshot(file, name) : EMPTY_WORKBOOK);
  let addIn: AddInSession | undefined;
  const start = (): AddInSession => (addIn ??= startAddIn(grid, parts.pane, parts.functionsJson, parts.isDark));
  const filled = file ? completeGrid(grid.api, file, () => void start()) : Promise.resolve();
  const session = start();
  const charts = createChartLayer(grid, session.host);
  const hover = createHoverMessage(grid, session.host);
  return {
    grid,
    addIn: session,
    ready: Promise.all([filled, session.ready]).then(() => undefined),
    toFile: () =>
      workbookOfGrid(grid.api, grid.univer.__getInjector(), {
        charts: (id) => session.host.charts().list().filter((chart) => chart.sheetId === id).map(fileChart),
        kept: (id) => file?.sheets.find((_, index) => sheetId(index) === id)?.kept,
      }),
    dispose: () => {
      hover.dispose();
      charts.dispose();
      session.dispose();
      grid.univer.dispose();
      parts.container.replaceChildren();
    },
  };
}
