import type { Block } from "./address";

/** What a sheet on a screen can do besides; a grid without a screen cannot. */
export interface SheetOnScreen {
  readonly getVisibleRange?: () => Block | null;
  readonly scrollToCell?: (row: number, column: number) => unknown;
}

/** Scrolls as Excel does: only where the cell is not seen whole, and with some of its neighbours. */
export const bringIntoView = (sheet: SheetOnScreen, block: Block): void => {
  if (typeof requestAnimationFrame !== "function") return;
  // A sheet that has just come to the front knows only after it was drawn what can be seen of it.
  requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(sheet, block)));
};

const scrollTo = (sheet: SheetOnScreen, { startRow, startColumn }: Block): void => {
  const seen = sheet.getVisibleRange?.();
  if (!seen) return;
  // The last row and column on the screen are cut off as a rule.
  const hasRow = startRow >= seen.startRow && startRow < seen.endRow;
  const hasColumn = startColumn >= seen.startColumn && startColumn < seen.endColumn - 1;
  if (hasRow && hasColumn) return;
  sheet.scrollToCell?.(hasRow ? seen.startRow : Math.max(0, startRow - 5), hasColumn ? seen.startColumn : Math.max(0, startColumn - 3));
};
