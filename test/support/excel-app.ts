import { createExcelWorkbook } from "../../src/adapters/excel/excel-workbook";
import type { CollateralApp } from "../../src/app/collateral-app";
import { createCollateralApp } from "../../src/app/create-collateral-app";
import { createDeskMachine } from "./desk-machine";
import { createTimelessSolver } from "./timeless-solver";

const machine = createDeskMachine();

/** The app on the Excel that startExcel has started, as after closing and opening the pane: it knows only what the workbook holds. */
export const openExcelApp = (): CollateralApp =>
  createCollateralApp({ workbook: createExcelWorkbook(), machine, solver: createTimelessSolver(), version: "0.1.0" });
