import { findFunctions, helpPage, toFunctionList } from "../../../../src/taskpane/panels/help/function-list";

describe("toFunctionList", () => {
  it("reads functions.json, sorted, and leaves out what is not a function", () => {
    const json = {
      functions: [{ id: "VERSION", name: "VERSION" }, null, { name: "X" }, { id: "HAIRCUT.SCALE", name: "HAIRCUT.SCALE", description: "Scales." }],
    };
    expect(toFunctionList(json)).toEqual([
      { id: "HAIRCUT.SCALE", name: "HAIRCUT.SCALE", description: "Scales." },
      { id: "VERSION", name: "VERSION", description: "" },
    ]);
    expect(toFunctionList("<html>")).toEqual([]);
  });
});

describe("helpPage", () => {
  it("is relative, in lower case, with dashes", () => {
    expect(helpPage("HAIRCUT.SCALE")).toBe("help/haircut-scale.html");
  });
});

describe("findFunctions", () => {
  const list = toFunctionList({
    functions: [
      { id: "HAIRCUT", description: "Supervisory haircut" },
      { id: "VALUEATRISK", description: "Value at Risk" },
    ],
  });
  it("wants every word, in name or description", () => {
    expect(findFunctions(list, "coll.hair").map((entry) => entry.id)).toEqual(["HAIRCUT"]);
    expect(findFunctions(list, "risk value").map((entry) => entry.id)).toEqual(["VALUEATRISK"]);
    expect(findFunctions(list, "  ")).toHaveLength(2);
    expect(findFunctions(list, "nothing")).toHaveLength(0);
  });
});
