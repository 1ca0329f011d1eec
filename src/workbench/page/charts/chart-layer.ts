import { createElement, useSyncExternalStore, type ReactElement } from "react";
import type { ChartRecord } from "../../excel-host/chart-records";
import type { ExcelHost } from "../../excel-host/excel-host";
import { parseBlock } from "../../excel-host/address";
import { openWorkbook, type Grid } from "../create-grid";
import { pictureOf } from "./chart-cells";
import { chartSvg } from "./chart-svg";

const COMPONENT = "collateral-workbench-chart";
const PIXELS_PER_POINT = 4 / 3;
const REDRAW_DELAY_MS = 150;

/** Pictures by chart, which the floating elements show. */
interface Pictures {
  readonly get: (id: string) => string;
  readonly set: (id: string, svg: string) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

function createPictures(): Pictures {
  const byId = new Map<string, string>();
  const listeners = new Set<() => void>();
  return {
    get: (id) => byId.get(id) ?? "",
    set: (id, svg) => {
      if (byId.get(id) === svg) return;
      byId.set(id, svg);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function chartComponent(pictures: Pictures): (props: { data?: { chart?: string } }) => ReactElement {
  return function ChartOnSheet({ data }) {
    const svg = useSyncExternalStore(pictures.subscribe, () => pictures.get(data?.chart ?? ""));
    return createElement("div", { className: "chart-on-sheet", dangerouslySetInnerHTML: { __html: svg } });
  };
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Worksheet = ReturnType<ReturnType<typeof openWorkbook>["getSheets"]>[number];

/** Adds up the cells before a corner; the grid's own rectangles depend on the scroll position. */
function placeOf(record: ChartRecord, sheet: Worksheet): Place {
  const start = record.position && parseBlock(record.position.startCell);
  const end = record.position && parseBlock(record.position.endCell);
  if (!start || !end) {
    const points = (value: number): number => Math.round(value * PIXELS_PER_POINT);
    return { left: points(record.left), top: points(record.top), width: points(record.width), height: points(record.height) };
  }
  const span = (from: number, to: number, size: (index: number) => number): number =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => size(from + index)).reduce((sum, one) => sum + one, 0);
  const columns = (index: number): number => sheet.getColumnWidth(index);
  const rows = (index: number): number => sheet.getRowHeight(index);
  return {
    left: span(0, start.startColumn, columns),
    top: span(0, start.startRow, rows),
    width: span(start.startColumn, end.endColumn + 1, columns),
    height: span(start.startRow, end.endRow + 1, rows),
  };
}

interface Shown {
  readonly place: string;
  readonly dispose: () => void;
}

/** Draws the charts that the add-in adds, above the cells, and keeps them up to date. */
export function createChartLayer(grid: Grid, host: ExcelHost): { dispose: () => void } {
  const pictures = createPictures();
  const shown = new Map<string, Shown>();
  grid.api.registerComponent(COMPONENT, chartComponent(pictures), { framework: "react" });
  const injector = grid.univer.__getInjector();

  const draw = (record: ChartRecord): void => {
    const sheet = openWorkbook(grid.api).getSheetBySheetId(record.sheetId);
    if (!sheet) return;
    const place = placeOf(record, sheet);
    pictures.set(record.id, chartSvg(pictureOf(record, grid.api, injector), place.width, place.height));
    const key = JSON.stringify(place);
    if (shown.get(record.id)?.place === key) return;
    shown.get(record.id)?.dispose();
    const { rowHeader, columnHeader } = sheet.getSheet().getConfig();
    // The grid counts positions from the corner of its headers.
    const [left, top] = [place.left + rowHeader.width, place.top + columnHeader.height];
    const { width, height } = place;
    const added = sheet.addFloatDomToPosition(
      {
        componentKey: COMPONENT,
        data: { chart: record.id },
        allowTransform: false,
        initPosition: { startX: left, endX: left + width, startY: top, endY: top + height },
      },
      `${record.id}-${Date.now()}`,
    );
    if (added) shown.set(record.id, { place: key, dispose: added.dispose });
  };

  const redraw = (): void => {
    const records = host.charts().list();
    for (const [id, one] of shown) {
      if (records.some((record) => record.id === id)) continue;
      one.dispose();
      shown.delete(id);
    }
    for (const record of records) {
      try {
        draw(record);
      } catch (error) {
        // A chart whose cells are gone must not stop the others, nor the grid.
        console.warn(`The chart ${record.name} cannot be drawn`, error);
      }
    }
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const redrawSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(redraw, REDRAW_DELAY_MS);
  };
  const stopListening = host.charts().onChange(redrawSoon);
  // A workbook that was saved with charts has them from the start.
  redrawSoon();
  const commands = grid.api.onCommandExecuted(({ id }) => {
    if (shown.size > 0 && /set-range-values|worksheet-(row|col)|remove-sheet/.test(id)) redrawSoon();
  });
  return {
    dispose: () => {
      clearTimeout(timer);
      stopListening();
      commands.dispose();
      for (const one of shown.values()) one.dispose();
    },
  };
}
