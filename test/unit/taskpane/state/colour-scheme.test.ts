import { chooseScheme, isDarkColour } from "../../../../src/taskpane/state/colour-scheme";

describe("chooseScheme", () => {
  it("puts the user's switch first, then Office, then the system", () => {
    expect(chooseScheme("light", { bodyBackgroundColor: "#000000" }, true)).toBe("light");
    expect(chooseScheme("auto", { bodyBackgroundColor: "#262626" }, false)).toBe("dark");
    expect(chooseScheme("auto", { bodyBackgroundColor: "#F3F3F3" }, true)).toBe("light");
    expect(chooseScheme("auto", { isDarkTheme: true, bodyBackgroundColor: "#ffffff" }, false)).toBe("dark");
    // Excel on the web has no theme to offer.
    expect(chooseScheme("auto", undefined, true)).toBe("dark");
    expect(chooseScheme("auto", {}, false)).toBe("light");
  });

  it("does not guess from what is not a colour", () => {
    expect([isDarkColour("Window"), isDarkColour(undefined), isDarkColour("#262626ff"), isDarkColour("ffffff")]).toEqual([
      undefined,
      undefined,
      true,
      false,
    ]);
  });
});
