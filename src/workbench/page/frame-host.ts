/**
 * Runs inside the task pane's frame, before Office.js: asks the workbench around it for the host of `window.external`.
 *
 * Opened by itself, outside the workbench, the page has no host and Office.js says so.
 */
import type { FrameHostGiver } from "./frame-host-giver";

const outside = window.parent as Window & Partial<FrameHostGiver>;
if (outside !== window) outside.giveOfficeHost?.(window);

export {};
