import { CellAlertManagerService } from "@univerjs/preset-sheets-core";
import type { ExcelHost } from "../excel-host/excel-host";
import type { Grid } from "./create-grid";

/**
 * Puts the message behind a custom function's error on the card that the grid shows over such a cell, as Excel's does.
 *
 * The card is announced before it is drawn, so its text can still be chosen then.
 */
export function createHoverMessage(grid: Grid, host: ExcelHost): { dispose: () => void } {
  const alerts = grid.univer.__getInjector().get(CellAlertManagerService);
  const shown = alerts.currentAlert$.subscribe((entries) => {
    for (const [, { alert }] of entries) {
      const message = host.cellError(alert.location.subUnitId, alert.location.row, alert.location.col);
      if (message) alert.message = message;
    }
  });
  return { dispose: () => shown.unsubscribe() };
}
