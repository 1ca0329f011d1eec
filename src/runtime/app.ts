import { createExcelWorkbook } from "../adapters/excel/excel-workbook";
import { createBrowserSolver } from "../adapters/solvers/browser-solver";
import type { CollateralApp } from "../app/collateral-app";
import { createCollateralApp } from "../app/create-collateral-app";
import { browserMachine } from "./browser-machine";
import { version } from "./version";

let app: CollateralApp | undefined;

/** The one app of this runtime: pane, ribbon and functions share it. Wires the adapters into the ports on first use. */
export const getApp = (): CollateralApp => {
  app ??= createCollateralApp({ workbook: createExcelWorkbook(), machine: browserMachine, solver: createBrowserSolver(), version });
  return app;
};
