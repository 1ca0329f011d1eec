/** Waits for what must happen sooner or later, however slow the machine is; jest's own limit ends a test in which it never does. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
