/**
 * Runs a computation that is written in steps to its end at once, for callers that nobody waits for.
 *
 * Long computations yield between their passes, so that a worker can let messages in; what they yield is for information only.
 */
export function runToEnd<T>(steps: Iterator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
