/** One button of the strip above the grid. */
export interface RibbonButton {
  readonly label: string;
  /** Path data of a 20 x 20 outline icon. */
  readonly icon: string;
  readonly hint: string;
  readonly run: () => void | Promise<void>;
  /** True for what works only once the add-in has loaded. */
  readonly needsAddIn: boolean;
}

/** Buttons that belong together, with the group's caption below them. */
export interface RibbonGroup {
  readonly caption: string;
  readonly buttons: readonly RibbonButton[];
}

function svgIcon(path: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const outline = document.createElementNS("http://www.w3.org/2000/svg", "path");
  outline.setAttribute("d", path);
  svg.append(outline);
  return svg;
}

function buttonElement(button: RibbonButton, tell: (message: string) => void): HTMLButtonElement {
  const node = document.createElement("button");
  node.type = "button";
  node.title = button.hint;
  node.disabled = button.needsAddIn;
  node.append(svgIcon(button.icon), document.createTextNode(button.label));
  node.addEventListener("click", () => {
    Promise.resolve()
      .then(() => button.run())
      .catch((error: unknown) => tell(error instanceof Error ? error.message : String(error)));
  });
  return node;
}

/**
 * Draws the strip.
 *
 * @returns a function that enables the buttons which had to wait for the add-in
 */
export function createRibbon(groups: readonly RibbonGroup[], tell: (message: string) => void): () => void {
  const strip = document.getElementById("ribbon") as HTMLElement;
  const waiting: HTMLButtonElement[] = [];
  for (const group of groups) {
    const box = document.createElement("div");
    box.className = "ribbon-group";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", group.caption);
    const row = document.createElement("div");
    row.className = "ribbon-buttons";
    for (const button of group.buttons) {
      const node = buttonElement(button, tell);
      if (button.needsAddIn) waiting.push(node);
      row.append(node);
    }
    const caption = document.createElement("div");
    caption.className = "ribbon-caption";
    caption.textContent = group.caption;
    box.append(row, caption);
    strip.append(box);
  }
  return () => {
    for (const node of waiting) node.disabled = false;
  };
}

/** Icons of ours, drawn for this strip. */
export const RIBBON_ICONS = {
  openPane: "M3 4h14v12H3zM12 4v12M14 7.5h1.2M14 10h1.2",
  runAnalysis: "M6 4.2v11.6L15.5 10z",
  insertSample: "M3.5 3.5h13v13h-13zM3.5 8h13M8 8v8.5M12.3 10.2v4.4M10.1 12.4h4.4",
  showHelp: "M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4M7.9 8.1a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.4M10 13.7v.3",
  openWorkbook: "M2.8 15.5v-11h4.6l1.6 2h7v2M2.8 15.5l2.3-7h12.4l-2.3 7z",
  saveWorkbook: "M3.5 3.5h10.4l2.6 2.6v10.4h-13zM6.5 3.5v4.2h6V3.5M6 16.5v-5.3h8v5.3",
} as const;
