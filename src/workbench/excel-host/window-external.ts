import type { ExcelHost } from "./excel-host";
import { eventType, workbookTarget } from "./event-hub";
import { pushCategory, type PushEntry } from "./wire";

/** Choices for the add-in's window. */
export interface WindowExternalOptions {
  readonly locale?: string;
  readonly sets?: Readonly<Record<string, string | number>>;
  /** 1 = shared runtime, 2 = custom functions. */
  readonly flags?: number;
  /** Asked whenever the add-in asks for the theme; light when there is none. */
  readonly isDark?: () => boolean;
}

type Callback = (answer: unknown) => void;
type Handler = (id: number, entries: unknown) => void;

const EXECUTE_RICH_API = 93;
const ACTION_COMPLETED = 94;

/** Events by which the host speaks to the library: its messages, the selection (workbook.onSelectionChanged), ribbon commands. */
const RICH_API_MESSAGE = 33;
const SELECTION_CHANGED = 2;
const APP_COMMAND = 39;
const knownEvents = [RICH_API_MESSAGE, SELECTION_CHANGED, APP_COMMAND];

/** Office's error number for an operation that the host does not support. */
const NOT_SUPPORTED = 5000;

/** Arrays as the win32 host hands them out; the library reads them by toArray and getItem. */
const safeArray = (values: unknown[]): unknown =>
  Object.assign(values, {
    toArray: () => values,
    dimensions: () => 1,
    ubound: () => values.length - 1,
    lbound: () => 0,
    getItem: (index: number) => values[index],
  });

/**
 * Defines window.external in the add-in's window, which is how Office.js finds Excel on Windows. To be called before
 * office.js loads, in the window itself or, for an iframe of the same origin, by its parent.
 */
export const attachWindowExternal = (target: Window & typeof globalThis, host: ExcelHost, options: WindowExternalOptions = {}): void => {
  const locale = options.locale ?? host.locale;
  const handlers = new Map<number, Handler>();
  let detach: (() => void) | undefined;
  const deliver = (entry: PushEntry) =>
    target.queueMicrotask(() => {
      const message = safeArray([entry.category, entry.type, entry.target, entry.message, "", false]);
      handlers.get(RICH_API_MESSAGE)?.(RICH_API_MESSAGE, safeArray([message]));
      const isSelection = entry.category === pushCategory.event && entry.type === eventType.worksheetSelectionChanged;
      if (isSelection && entry.target === workbookTarget) handlers.get(SELECTION_CHANGED)?.(SELECTION_CHANGED, safeArray([]));
    });
  const listen = () => {
    detach ??= host.onPush(deliver);
  };
  const execute = (id: number, params: unknown, callback: Callback): void => {
    if (id === ACTION_COMPLETED) return callback(safeArray([0]));
    // Calls of the old document interface (setSelectedDataAsync ...) must not look as if they had been carried out.
    if (id !== EXECUTE_RICH_API) return callback(safeArray([NOT_SUPPORTED]));
    const request = (params as readonly (readonly unknown[])[])[0] ?? [];
    const body = JSON.parse(String(request[4])) as unknown;
    void host
      .process(body, Number(request[6] ?? 0))
      .then((answer) => callback(safeArray([0, safeArray([answer.status, null, JSON.stringify(answer.body)])])));
  };
  Object.defineProperty(target, "external", {
    configurable: true,
    value: {
      GetHostInfo: () => `Excel|Win32|16.01|${locale}|workbench||disableLogging|${options.flags ?? 3}`,
      GetContext: () => ({
        ...appContext(locale, { ...host.sets, ...options.sets }),
        GetOfficeThemeInfo: () => officeTheme(options.isDark?.() ?? false),
      }),
      GetLoggingAllowed: () => false,
      RegisterEvent: (id: number, _target: string, handler: Handler, callback: Callback) => {
        if (!knownEvents.includes(id)) return callback(NOT_SUPPORTED);
        handlers.set(id, handler);
        listen();
        callback(0);
      },
      UnregisterEvent: (id: number, _target: string, callback: Callback) => {
        handlers.delete(id);
        callback(0);
      },
      Execute: execute,
    },
  });
  // A reloaded or closed add-in must hear nothing any more.
  target.addEventListener("pagehide", () => {
    handlers.clear();
    detach?.();
    detach = undefined;
  });
};

/** Colours as numbers, which the library turns into CSS: those of Office's light and black themes. */
const officeTheme = (isDark: boolean): string =>
  JSON.stringify(
    isDark
      ? { bodyBackgroundColor: 0x1f1f1f, bodyForegroundColor: 0xffffff, controlBackgroundColor: 0x292929, controlForegroundColor: 0xffffff }
      : { bodyBackgroundColor: 0xffffff, bodyForegroundColor: 0x242424, controlBackgroundColor: 0xf5f5f5, controlForegroundColor: 0x242424 },
  );

/** What the library asks about the document; the settings are those of the old Office.context.document.settings. */
const appContext = (locale: string, sets: Readonly<Record<string, string | number>>): object => {
  const settings = new Map<string, string>();
  return {
    GetActivationMode: () => 2,
    GetAppCapabilities: () => 1,
    GetAppDataLocale: () => locale,
    GetAppType: () => 1,
    GetAppUILocale: () => locale,
    GetAppVersionMajor: () => 16,
    GetAppVersionMinor: () => 1,
    GetControlIntegrationLevel: () => 1,
    GetDocUrl: () => "C:\\Workbench\\Book1.xlsx",
    GetHostFullVersion: () => "16.0.17000.20000",
    GetInitialDisplayMode: () => 2,
    GetSettings: () => ({
      Read: (keys: string[], values: string[]) => {
        for (const [key, value] of settings) {
          keys.push(key);
          values.push(value);
        }
      },
      Write: (keys: readonly string[], values: readonly string[]) => {
        settings.clear();
        keys.forEach((key, index) => settings.set(key, values[index] ?? ""));
      },
    }),
    GetSolutionRef: () => "collateral-optimizer",
    GetSolutionToken: () => "",
    GetSupportedMatrix: () => JSON.stringify(sets),
  };
};
