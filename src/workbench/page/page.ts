/** The workbench page: grid, strip, formula bar and the task pane, wired to the Excel host. */
import { ILayoutService } from "@univerjs/preset-sheets-core";
import "./page.css";
import { createFormulaBar } from "./formula-bar";
import { createGrid } from "./create-grid";
import { createPaneFrame } from "./pane-frame";
import { createRibbon, RIBBON_ICONS } from "./ribbon";

const messageElement = document.getElementById("message") as HTMLElement;

function tell(message: string, isProblem = false): void {
  messageElement.textContent = message;
  messageElement.title = message;
  messageElement.classList.toggle("is-problem", isProblem);
}

const darkColours = window.matchMedia("(prefers-color-scheme: dark)");
const grid = createGrid(document.getElementById("grid") as HTMLElement, darkColours.matches);
darkColours.addEventListener("change", (event) => grid.api.toggleDarkMode(event.matches));

const focusGrid = (): void => {
  (document.activeElement as HTMLElement | null)?.blur();
  grid.univer.__getInjector().get(ILayoutService).focus();
};
createFormulaBar({ grid, focusGrid, tell: (message) => tell(message, true) });
const pane = createPaneFrame();
createRibbon([
  { caption: "Collateral Optimizer", buttons: [
    { label: "Open pane", icon: RIBBON_ICONS.openPane, hint: "Show the task pane", needsAddIn: true, run: pane.show },
    { label: "Run analysis", icon: RIBBON_ICONS.runAnalysis, hint: "x", needsAddIn: true, run: pane.show },
    { label: "Insert sample", icon: RIBBON_ICONS.insertSample, hint: "x", needsAddIn: true, run: pane.show },
    { label: "Show help", icon: RIBBON_ICONS.showHelp, hint: "x", needsAddIn: true, run: pane.show },
  ] },
  { caption: "Workbook", buttons: [
    { label: "Open workbook", icon: RIBBON_ICONS.openWorkbook, hint: "x", needsAddIn: false, run: pane.show },
    { label: "Save workbook", icon: RIBBON_ICONS.saveWorkbook, hint: "x", needsAddIn: false, run: pane.show },
  ] },
], (m) => tell(m, true))();
Object.assign(window, { spikeApi: grid.api });
