import { readChoices, writeChoices } from "../../../../src/taskpane/state/stored-choices";

const memory = (initial: Record<string, string> = {}): (() => Storage) => {
  const map = new Map(Object.entries(initial));
  const storage = { getItem: (key: string) => map.get(key) ?? null, setItem: (key: string, value: string) => void map.set(key, value) };
  return () => storage as unknown as Storage;
};

describe("stored choices", () => {
  it("are kept one by one", () => {
    const storage = memory();
    writeChoices({ isWelcomed: true }, storage);
    writeChoices({ colours: "dark" }, storage);
    expect(readChoices(storage)).toEqual({ isWelcomed: true, colours: "dark" });
  });

  it("fall back to the defaults where the store is spoilt or blocked", () => {
    const defaults = { isWelcomed: false, colours: "auto" };
    expect(readChoices(memory({ "collateral-optimizer.pane": "{" }))).toEqual(defaults);
    expect(readChoices(memory({ "collateral-optimizer.pane": '{"colours":"pink"}' }))).toEqual(defaults);
    const blocked = (): Storage => {
      throw new Error("blocked");
    };
    expect(readChoices(blocked)).toEqual(defaults);
    expect(() => writeChoices({ isWelcomed: true }, blocked)).not.toThrow();
  });
});
