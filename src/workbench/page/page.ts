/** The workbench page: grid, strip, formula bar and the task pane, wired to the Excel host. */
import { ILayoutService } from "@univerjs/preset-sheets-core";
import { readWorkbookFile } from "../xlsx/read-workbook-file";
import { writeWorkbookFile } from "../xlsx/write-workbook-file";
import { createFormulaBar } from "./formula-bar";
import { createOutsideApi } from "./outside-api";
import "./page.css";
import { createPaneFrame } from "./pane-frame";
import { createRibbon, RIBBON_ICONS, type RibbonButton } from "./ribbon";
import { createFileChooser, downloadWorkbook, type ChosenFile } from "./workbook-files";
import { openSession, type WorkbookSession } from "./workbook-session";

const NAMESPACE = "COLL";

const messageElement = document.getElementById("message") as HTMLElement;

function tell(message: string, isProblem = false): void {
  messageElement.textContent = message;
  messageElement.title = message;
  messageElement.classList.toggle("is-problem", isProblem);
}

function tellProblem(error: unknown): void {
  tell(error instanceof Error ? error.message : String(error), true);
}

async function loadFunctions(): Promise<{ functions: readonly { name: string }[] }> {
  const response = await fetch("/functions.json");
  if (!response.ok) throw new Error("The add-in is not built: functions.json is missing. Run npm run build");
  return (await response.json()) as { functions: readonly { name: string }[] };
}

const darkColours = window.matchMedia("(prefers-color-scheme: dark)");
const container = document.getElementById("grid") as HTMLElement;
const fileName = document.getElementById("file-name") as HTMLElement;
const pane = createPaneFrame();
const functionsLoaded = loadFunctions();

/** The canvas draws with what is loaded and does not draw again when a font arrives. */
const WORKBOOK_FONTS = ["Calibri", "Aptos", "Aptos Narrow", "Segoe UI"].flatMap((name) => [`12px "${name}"`, `bold 12px "${name}"`]);
const fontsLoaded = Promise.allSettled(WORKBOOK_FONTS.map((font) => document.fonts.load(font)));

let session: WorkbookSession | undefined;
const openedSession = (): WorkbookSession => {
  if (!session) throw new Error("The workbench is still starting");
  return session;
};

async function openWorkbookSession(chosen: ChosenFile | null): Promise<void> {
  const functionsJson = await functionsLoaded;
  await fontsLoaded;
  const names = functionsJson.functions.map((one) => `${NAMESPACE}.${one.name.toUpperCase()}`);
  // Read first: a file that is no workbook must leave the open one untouched.
  const file = chosen && (await readWorkbookFile(chosen.bytes, names));
  const name = chosen?.name ?? "Book1.xlsx";
  session?.dispose();
  session = await openSession({ container, pane, functionsJson, isDark: () => darkColours.matches }, file, name);
  fileName.textContent = name;
  formulaBar.follow(session.grid);
  await session.ready;
  await session.addIn.host.calculated().catch(() => undefined);
}

const focusGrid = (): void => {
  (document.activeElement as HTMLElement | null)?.blur();
  openedSession().grid.univer.__getInjector().get(ILayoutService).focus();
};
const formulaBar = createFormulaBar({ grid: () => openedSession().grid, focusGrid, tell: (message) => tell(message, true) });

darkColours.addEventListener("change", (event) => session?.grid.api.toggleDarkMode(event.matches));

let ready: Promise<void> = Promise.resolve();
const chooseFile = createFileChooser((chosen) => {
  tell("Opening the workbook ...");
  const opening = chosen.then(async (file) => {
    await openWorkbookSession(file);
    tell(`Opened ${file.name}`);
  });
  // A file that cannot be read leaves the workbook that is open, so what waits for it goes on.
  ready = opening.catch(tellProblem);
});

async function saveWorkbook(): Promise<void> {
  tell("Saving the workbook ...");
  await ready;
  const opened = openedSession();
  await opened.addIn.host.calculated().catch(() => undefined);
  const names = (await functionsLoaded).functions.map((one) => `${NAMESPACE}.${one.name.toUpperCase()}`);
  const saved = (fileName.textContent || "Book1.xlsx").replace(/\.xls[xm]?$/i, "") + ".xlsx";
  downloadWorkbook(await writeWorkbookFile(opened.toFile(), names), saved);
  tell(`Saved ${saved}`);
}

function actionButton(label: string, icon: string, hint: string, actionId: string): RibbonButton {
  return {
    label,
    icon,
    hint,
    needsAddIn: true,
    run: () => {
      pane.show();
      openedSession().addIn.host.invokeAction(actionId);
    },
  };
}

const enableAddInButtons = createRibbon(
  [
    {
      caption: "Collateral Optimizer",
      buttons: [
        actionButton("Open pane", RIBBON_ICONS.openPane, "Show the task pane of Collateral Optimizer", "openPane"),
        actionButton("Run analysis", RIBBON_ICONS.runAnalysis, "Optimize the allocation with the tables of this workbook", "runAnalysis"),
        actionButton("Insert sample", RIBBON_ICONS.insertSample, "Insert an illustrative book of assets, agreements and prices", "insertSample"),
        actionButton("Show help", RIBBON_ICONS.showHelp, "Show the help of Collateral Optimizer", "showHelp"),
      ],
    },
    {
      caption: "Workbook",
      buttons: [
        { label: "Open workbook", icon: RIBBON_ICONS.openWorkbook, hint: "Open an .xlsx file from this computer", needsAddIn: true, run: chooseFile },
        { label: "Save workbook", icon: RIBBON_ICONS.saveWorkbook, hint: "Save as an .xlsx file (Ctrl+S)", needsAddIn: true, run: saveWorkbook },
      ],
    },
  ],
  (message) => tell(message, true),
);

window.addEventListener(
  "keydown",
  (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    saveWorkbook().catch(tellProblem);
  },
  true,
);

ready = openWorkbookSession(null);
ready.then(() => {
  enableAddInButtons();
  tell("Ready");
}, tellProblem);

const workbench = createOutsideApi(
  () => ready,
  () => {
    const { grid, addIn } = openedSession();
    return { api: grid.api, injector: grid.univer.__getInjector(), calculated: addIn.host.calculated, cellError: addIn.host.cellError };
  },
);
Object.assign(window, { workbench });
