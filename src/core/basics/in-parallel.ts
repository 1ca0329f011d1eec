/**
 * Runs a task for each item, at most so many at a time, each begun in the order of the items.
 *
 * With a width of 1 one is done before the next begins. The first failure rejects, after what had begun is over; no more are begun then.
 *
 * @param width largest number of tasks at the same time, at least 1
 * @returns the results in the order of the items, whatever finished first
 */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  width: number,
  task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const failures: unknown[] = [];
  // One iterator for all: each item goes to whoever is free first.
  const rest = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of rest) {
      if (failures.length > 0) return;
      await task(item, index).then(
        (result) => (results[index] = result),
        (error: unknown) => failures.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(width, items.length)) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
};
