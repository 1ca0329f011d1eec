/**
 * Excel for tests: the real, unmodified Office.js library on the workbench's host over a headless Univer workbook.
 *
 * A test file that uses it starts with the docblock
 *
 *     /** @jest-environment jsdom *\/
 *
 * Office.js is loaded once per test file, so requirement sets and locale are those of the first call of startExcel; every
 * call gives a fresh workbook with one sheet, Sheet1. Call dispose() afterwards. Code under test finds Office, Excel,
 * OfficeExtension and CustomFunctions as globals, as in Excel.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers";
import { TextDecoder, TextEncoder } from "node:util";
import type { IWorkbookData } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import type { ExcelHost, ExcelHostOptions } from "../../src/workbench/excel-host/excel-host";
import type { RangeReading } from "../../src/workbench/excel-host/range-reading";
import type { PushEntry } from "../../src/workbench/excel-host/wire";

/** Choices for a test's Excel, beside those of the host. */
export interface StartExcelOptions extends ExcelHostOptions {
  /** Contents of functions.json; the test associates the functions with CustomFunctions.associate. */
  readonly functionsJson?: unknown;
  /** The workbook to open instead of a blank one. */
  readonly workbook?: Partial<IWorkbookData>;
}

/** What a test holds of its Excel. */
export interface TestExcel {
  readonly Office: typeof Office;
  readonly Excel: typeof Excel;
  readonly OfficeExtension: typeof OfficeExtension;
  readonly CustomFunctions: typeof CustomFunctions;
  readonly host: ExcelHost;
  readonly univerAPI: FUniver;
  /** Excel.run. */
  readonly run: <T>(batch: (context: Excel.RequestContext) => Promise<T>) => Promise<T>;
  /** Types a value or a formula, or a rectangle of them, as the user would: enter("Sheet1!A1", "=COLL.X(1)"). */
  readonly enter: (address: string, rows: unknown) => void;
  /** Waits until formulas are calculated and custom functions have answered. */
  readonly calculated: () => Promise<void>;
  readonly read: (address: string) => RangeReading;
  readonly values: (address: string) => RangeReading["values"];
  readonly text: (address: string) => RangeReading["text"];
  /** The message of the custom-function error in one cell, "" when there is none. */
  readonly error: (address: string) => string;
  readonly dispose: () => void;
}

const root = join(__dirname, "..", "..");
const officeFolder = join(root, "node_modules", "@microsoft", "office-js", "dist");

type HostModules = {
  readonly createExcelHost: typeof import("../../src/workbench/excel-host/excel-host").createExcelHost;
  readonly attachWindowExternal: typeof import("../../src/workbench/excel-host/window-external").attachWindowExternal;
};

interface UniverBundle {
  readonly core: typeof import("@univerjs/core");
  readonly facade: typeof import("@univerjs/core/facade");
  readonly engineFormula: typeof import("@univerjs/engine-formula");
  readonly sheets: typeof import("@univerjs/sheets");
  readonly sheetsFormula: typeof import("@univerjs/sheets-formula");
  readonly sheetsNumfmt: typeof import("@univerjs/sheets-numfmt");
  readonly sheetsTable: typeof import("@univerjs/sheets-table");
}

/** Univer yields through a MessageChannel, which jsdom lacks and whose Node version would keep jest from ending. */
class TaskChannel {
  readonly port1: { onmessage: ((event: { data: unknown }) => void) | null; close: () => void } = { onmessage: null, close: () => undefined };
  readonly port2 = { postMessage: (data: unknown) => void setImmediate(() => this.port1.onmessage?.({ data })), close: () => undefined };
}

/** Loads Univer from its one-file bundle, and the host on top of it. */
const loadHost = (): HostModules & { readonly univer: UniverBundle } => {
  const missing = { TextEncoder, TextDecoder, MessageChannel: TaskChannel };
  for (const [name, value] of Object.entries(missing)) if (!(name in globalThis)) Object.assign(globalThis, { [name]: value });
  // The script sees for itself whether there is anything to do.
  execFileSync(process.execPath, [join(root, "scripts", "build-univer-headless.mjs")], { stdio: "inherit" });
  const univer = jest.requireActual<UniverBundle>(join(root, ".cache", "univer-headless.cjs"));
  jest.doMock("@univerjs/core", () => univer.core);
  jest.doMock("@univerjs/preset-sheets-core", () => ({ ...univer.sheets, ...univer.sheetsFormula, ...univer.engineFormula }));
  jest.doMock("@univerjs/preset-sheets-table", () => univer.sheetsTable);
  return {
    univer,
    ...jest.requireActual<Pick<HostModules, "createExcelHost">>("../../src/workbench/excel-host/excel-host"),
    ...jest.requireActual<Pick<HostModules, "attachWindowExternal">>("../../src/workbench/excel-host/window-external"),
  };
};

/** Opens a workbook with the plugins that need no browser. */
const openWorkbook = ({ core, facade, ...plugins }: UniverBundle, workbook: Partial<IWorkbookData>): { api: FUniver; close: () => void } => {
  const univer = new core.Univer({ locale: core.LocaleType.EN_US, locales: { [core.LocaleType.EN_US]: {} }, logLevel: core.LogLevel.ERROR });
  univer.registerPlugin(plugins.engineFormula.UniverFormulaEnginePlugin);
  univer.registerPlugin(plugins.sheets.UniverSheetsPlugin);
  univer.registerPlugin(plugins.sheetsFormula.UniverSheetsFormulaPlugin);
  univer.registerPlugin(plugins.sheetsNumfmt.UniverSheetsNumfmtPlugin);
  univer.registerPlugin(plugins.sheetsTable.UniverSheetsTablePlugin);
  const api = facade.FUniver.newAPI(univer);
  api.createWorkbook({
    id: "book",
    name: "Book1",
    sheetOrder: ["s1"],
    sheets: { s1: { id: "s1", name: "Sheet1", rowCount: 1000, columnCount: 26 } },
    ...workbook,
  });
  return { api, close: () => univer.dispose() };
};

/** A host that stands before the present one, so that Office.js can outlive a workbook. */
let current: ExcelHost | undefined;
let loaded: ReturnType<typeof loadHost> | undefined;
let booted: Promise<void> | undefined;
const pushListeners = new Set<(entry: PushEntry) => void>();

const present = (): ExcelHost => {
  if (!current) throw new Error("no Excel has been started, or it was disposed of");
  return current;
};

const serviceReady = {
  Actions: [{ Id: 1, ActionType: 3, Name: "_SetOsfControlContainerReadyForCustomFunctions", ObjectPathId: 1, ArgumentInfo: { Arguments: [] } }],
  ObjectPaths: { "1": { Id: 1, ObjectPathType: 2, Name: "Microsoft.ExcelServices.CustomFunctions" } },
};

const inThisRealm = (script: string): unknown => (0, eval)(script);

/** Loads office.debug.js, which asks window.external for the host and then for the script of the win32 host. */
const bootOffice = async (attach: HostModules["attachWindowExternal"]): Promise<void> => {
  const front: ExcelHost = {
    ...present(),
    process: (body, flags) => (current ? current.process(body, flags) : Promise.resolve({ status: 200, body: { Results: [] } })),
    onPush: (listener) => {
      pushListeners.add(listener);
      return () => void pushListeners.delete(listener);
    },
  };
  attach(window as Window & typeof globalThis, front);
  // Office.js is a classic script and must run in the realm of the test: with a foreign realm dates in settings are lost.
  const evaluate = (file: string) => inThisRealm(readFileSync(join(officeFolder, file), "utf8"));
  const tag = document.createElement("script");
  Object.defineProperty(tag, "src", { value: "https://localhost/office/office.debug.js" });
  document.head.appendChild(tag);
  const append = document.head.appendChild.bind(document.head);
  document.head.appendChild = <T extends Node>(child: T): T => {
    const script = child as unknown as HTMLScriptElement;
    if (script.tagName !== "SCRIPT") return append(child);
    setTimeout(() => {
      const file = new URL(script.src).pathname.replace("/office/", "");
      if (existsSync(join(officeFolder, file))) evaluate(file);
      script.onload?.(new Event("load"));
    }, 0);
    return child;
  };
  evaluate("office.debug.js");
  await Office.onReady();
  // Off in the library as published, although its gates are there: with it a call beyond the advertised sets throws ApiNotFound.
  (OfficeExtension as unknown as { CommonUtility: { _doApiNotSupportedCheck: boolean } }).CommonUtility._doApiNotSupportedCheck = true;
};

/** Starts Excel with a fresh workbook; see the head of this file. */
export const startExcel = async (options: StartExcelOptions = {}): Promise<TestExcel> => {
  loaded ??= loadHost();
  const { api, close } = openWorkbook(loaded.univer, options.workbook ?? {});
  const host = loaded.createExcelHost(api, options);
  current = host;
  const detach = host.onPush((entry) => [...pushListeners].forEach((listener) => listener(entry)));
  if (booted) {
    await booted;
    await host.process(serviceReady, 0);
  } else {
    booted = bootOffice(loaded.attachWindowExternal);
    await booted;
  }
  if (options.functionsJson !== undefined) host.registerFunctions(options.functionsJson);
  return {
    Office,
    Excel,
    OfficeExtension,
    CustomFunctions,
    host,
    univerAPI: api,
    run: (batch) => Excel.run(batch),
    enter: host.enter,
    calculated: host.calculated,
    read: host.read,
    values: (address) => host.read(address).values,
    text: (address) => host.read(address).text,
    error: (address) => host.read(address).errors[0]?.[0] ?? "",
    dispose: () => {
      detach();
      host.dispose();
      close();
      if (current === host) current = undefined;
    },
  };
};
