/** The narrowest task pane that Excel allows; the default is set in the style sheet. */
const NARROWEST = 320;
const WIDEST = 800;
const STEP = 16;

/** The task pane's place on the page. */
export interface PaneFrame {
  readonly frame: HTMLIFrameElement;
  readonly show: () => void;
  readonly hide: () => void;
  readonly isShown: () => boolean;
  /** Loads the add-in; its runtime lives until the page is left, also while the pane is hidden. */
  readonly load: () => Promise<void>;
}

function element<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

function makeResizable(splitter: HTMLElement, pane: HTMLElement, work: HTMLElement): void {
  const resize = (width: number): void => {
    const rounded = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
    pane.style.width = `${rounded}px`;
    splitter.setAttribute("aria-valuenow", String(rounded));
  };
  splitter.setAttribute("aria-valuemin", String(NARROWEST));
  splitter.setAttribute("aria-valuemax", String(WIDEST));
  splitter.setAttribute("aria-valuenow", "350");
  splitter.addEventListener("pointerdown", (event) => {
    splitter.setPointerCapture(event.pointerId);
    // The frame would swallow the pointer as soon as it crosses the pane's edge.
    work.classList.add("is-resizing");
  });
  splitter.addEventListener("pointermove", (event) => {
    if (splitter.hasPointerCapture(event.pointerId)) resize(work.getBoundingClientRect().right - event.clientX);
  });
  const stop = (): void => work.classList.remove("is-resizing");
  splitter.addEventListener("pointerup", stop);
  splitter.addEventListener("pointercancel", stop);
  splitter.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(pane.getBoundingClientRect().width + step);
  });
}

/** Wires the pane's frame, its close button and the splitter. */
export function createPaneFrame(): PaneFrame {
  const frame = element<HTMLIFrameElement>("pane-frame");
  const pane = element("pane");
  const splitter = element("splitter");
  const setShown = (shown: boolean): void => {
    pane.hidden = !shown;
    splitter.hidden = !shown;
  };
  makeResizable(splitter, pane, element("work"));
  element("close-pane").addEventListener("click", () => setShown(false));
  return {
    frame,
    show: () => setShown(true),
    hide: () => setShown(false),
    isShown: () => !pane.hidden,
    load: () =>
      new Promise((resolve) => {
        frame.addEventListener("load", () => resolve(), { once: true });
        frame.src = "/taskpane.html";
      }),
  };
}
