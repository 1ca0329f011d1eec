import { createExcelHost, type ExcelHost } from "../excel-host/excel-host";
import { attachWindowExternal } from "../excel-host/window-external";
import type { FrameHostGiver } from "./frame-host-giver";
import type { Grid } from "./create-grid";
import type { PaneFrame } from "./pane-frame";

/** The add-in at work on one workbook. */
export interface AddInSession {
  readonly host: ExcelHost;
  /** Settles when the add-in's functions and ribbon actions can be called. */
  readonly ready: Promise<void>;
  readonly dispose: () => void;
}

/** What the runtime of the add-in says when it can be called; the library sends both by itself. */
const SIGNS_OF_LIFE = ["_SetOsfControlContainerReadyForCustomFunctions", "NotifyActionHandlerReady"] as const;

/** Messages of this kind are short; the values of a report are not looked through. */
const LONGEST_SIGN = 4000;

const PATIENCE_MS = 60_000;

/** Follows Office.addin.showAsTaskpane and hide, which the host accepts and the page carries out. */
function followVisibility(text: string, pane: PaneFrame): void {
  const state = /"Name":"SetAppRuntimeState".*?"Arguments":\["(\w+)"\]/.exec(text)?.[1];
  if (state === "Visible") pane.show();
  if (state === "Background") pane.hide();
}

/** Passes messages on and settles when every sign of life was among them. */
function listenFor(host: ExcelHost, pane: PaneFrame): { heard: ExcelHost; alive: Promise<void> } {
  const missing = new Set<string>(SIGNS_OF_LIFE);
  let settle: () => void = () => undefined;
  const alive = new Promise<void>((resolve, reject) => {
    settle = resolve;
    setTimeout(() => reject(new Error(`The add-in has not started within ${PATIENCE_MS / 1000} s; look at the browser's console`)), PATIENCE_MS);
  });
  const heard: ExcelHost = {
    ...host,
    process: async (body, flags) => {
      const answer = await host.process(body, flags);
      const text = JSON.stringify(body).slice(0, LONGEST_SIGN);
      followVisibility(text, pane);
      if (missing.size > 0) {
        for (const sign of SIGNS_OF_LIFE) if (text.includes(sign)) missing.delete(sign);
        if (missing.size === 0) settle();
      }
      return answer;
    },
  };
  return { heard, alive };
}

/**
 * Starts the add-in on the workbook that the grid holds.
 *
 * @param functionsJson the metadata of the custom functions, as the build wrote it
 * @param isDark whether Office's theme is dark at present
 */
export function startAddIn(grid: Grid, pane: PaneFrame, functionsJson: unknown, isDark: () => boolean): AddInSession {
  const host = createExcelHost(grid.api);
  host.registerFunctions(functionsJson, "COLL");
  const { heard, alive } = listenFor(host, pane);
  const giver: FrameHostGiver = {
    giveOfficeHost: (frameWindow) => attachWindowExternal(frameWindow as Window & typeof globalThis, heard, { isDark }),
  };
  Object.assign(window, giver);
  const loaded = pane.load();
  return { host, ready: Promise.all([loaded, alive]).then(() => undefined), dispose: host.dispose };
}
