import type { ExcelHost } from "../excel-host/excel-host";
import type { Grid } from "./create-grid";

const OFFSET = 14;

/** Shows the message behind a custom function's error while the pointer is over its cell, as Excel's card does. */
export function createHoverMessage(grid: Grid, host: ExcelHost): { dispose: () => void } {
  const card = document.getElementById("hover-message") as HTMLElement;
  const area = document.getElementById("grid") as HTMLElement;
  let pointer = { x: 0, y: 0 };
  const follow = (event: PointerEvent): void => {
    pointer = { x: event.clientX, y: event.clientY };
  };
  const hide = (): void => {
    card.hidden = true;
  };
  area.addEventListener("pointermove", follow, true);
  area.addEventListener("pointerleave", hide);
  area.addEventListener("wheel", hide, { passive: true });
  const hover = grid.api.addEvent(grid.api.Event.CellHover, ({ worksheet, row, column }) => {
    const message = host.cellError(worksheet.getSheetName(), row, column);
    card.hidden = !message;
    if (!message) return;
    card.textContent = message;
    card.style.left = `${Math.min(pointer.x + OFFSET, window.innerWidth - card.offsetWidth - OFFSET)}px`;
    card.style.top = `${Math.min(pointer.y + OFFSET, window.innerHeight - card.offsetHeight - OFFSET)}px`;
  });
  return {
    dispose: () => {
      hide();
      hover.dispose();
      area.removeEventListener("pointermove", follow, true);
      area.removeEventListener("pointerleave", hide);
      area.removeEventListener("wheel", hide);
    },
  };
}
