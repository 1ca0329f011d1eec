import { createExcelWorkbook } from "../adapters/excel/excel-workbook";
import { createBrowserSolver } from "../adapters/solvers/browser-solver";
import type { CollateralApp } from "../app/collateral-app";
import { createCollateralApp } from "../app/create-collateral-app";
import { browserMachine } from "./browser-machine";
import { version } from "./version";
import { whenIdle } from "./when-idle";

let app: CollateralApp | undefined;

/** The one app of this runtime: pane, ribbon and functions share it. Wires the adapters into the ports on first use. */
export const getApp = (): CollateralApp => {
  if (app === undefined) {
    const solver = createBrowserSolver();
    app = createCollateralApp({ workbook: createExcelWorkbook(), machine: browserMachine, solver, version });
    // Whoever opens the pane will press Run: by then the engines have been loaded and compiled.
    whenIdle(solver.warm);
  }
  return app;
};
