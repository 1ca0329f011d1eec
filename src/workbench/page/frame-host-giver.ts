/** What the page offers to the script in the pane's frame. */
export interface FrameHostGiver {
  /** Defines `window.external` in the frame, so that Office.js finds a host there. */
  giveOfficeHost: (frameWindow: Window) => void;
}
