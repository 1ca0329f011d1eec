/** How long to wait where the browser does not tell when it is idle, and at most where it does, milliseconds. */
const PATIENCE = 1500;

/** Calls back when the page has nothing to do: after its first paint, and not between a click and its answer. */
export const whenIdle = (callback: () => void): void => {
  // Safari's webview has no requestIdleCallback.
  if (typeof requestIdleCallback === "function") requestIdleCallback(callback, { timeout: 2 * PATIENCE });
  else setTimeout(callback, PATIENCE);
};
