import { inParallel } from "../../../../src/core/basics/in-parallel";

/** Tasks that end when the test says so. */
function createTasks() {
  const begun: number[] = [];
  const ends: ((result: string) => void)[] = [];
  const fails: ((error: Error) => void)[] = [];
  const task = (item: number): Promise<string> =>
    new Promise((resolve, reject) => {
      begun.push(item);
      ends[item] = resolve;
      fails[item] = reject;
    });
  return { begun, ends, fails, task };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("inParallel", () => {
  it("keeps the order of the items, whichever task ends first, and no more than the width at a time", async () => {
    const { begun, ends, task } = createTasks();
    const all = inParallel([0, 1, 2], 2, task);
    expect(begun).toEqual([0, 1]);
    ends[1]!("b");
    await turn();
    expect(begun).toEqual([0, 1, 2]);
    ends[2]!("c");
    await turn();
    ends[0]!("a");
    expect(await all).toEqual(["a", "b", "c"]);
  });

  it("does one after the other with a width of 1", async () => {
    const { begun, ends, task } = createTasks();
    const all = inParallel([0, 1], 1, task);
    await turn();
    expect(begun).toEqual([0]);
    ends[0]!("a");
    await turn();
    expect(begun).toEqual([0, 1]);
    ends[1]!("b");
    expect(await all).toEqual(["a", "b"]);
  });

  it("rejects with the first failure, after what had begun is over, and begins no more", async () => {
    const { begun, ends, fails, task } = createTasks();
    let isOver = false;
    const all = inParallel([0, 1, 2], 2, task).finally(() => (isOver = true));
    all.catch(() => undefined);
    fails[1]!(new Error("no"));
    await turn();
    expect(isOver).toBe(false);
    ends[0]!("a");
    await expect(all).rejects.toThrow("no");
    expect(begun).toEqual([0, 1]);
  });

  it("has nothing to do for no items", async () => {
    expect(await inParallel([], 3, () => Promise.resolve(1))).toEqual([]);
  });
});
