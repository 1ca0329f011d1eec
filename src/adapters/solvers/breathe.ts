/** How long an engine may compute before waiting messages have their turn, milliseconds. */
const LONGEST = 40;

/**
 * Starts the clock of a computation in an event loop that others wait for.
 *
 * @returns a function to await between two pieces of work: it lets waiting messages and timers have their turn if the last one was long ago
 */
export function createBreath(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LONGEST) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
