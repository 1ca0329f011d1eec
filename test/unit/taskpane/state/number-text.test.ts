import { numberText } from "../../../../src/taskpane/state/number-text";

describe("numberText", () => {
  const english = numberText("en-US", "UTC");
  const german = numberText("de-DE", "Europe/Berlin");

  it("writes money as precisely as it matters", () => {
    expect([0, 1234.4, 999.996, 12.3, -4.5, 0.00123456].map(english.money)).toEqual(["0.00", "1,234", "1,000", "12.30", "-4.50", "0.001235"]);
  });

  it("writes quantities without empty decimals", () => {
    expect([4_200_000, 12.345678, 0.1 + 0.2, 1234.567].map(english.quantity)).toEqual(["4,200,000", "12.345678", "0.3", "1,234.57"]);
  });

  it("writes the rest of an amount in the precision of the amount", () => {
    expect([english.rest(279.2, 4_079_500), english.rest(0.000761, 7_500_000), english.rest(0.0004, 45), english.rest(0, 45)]).toEqual([
      "279.20",
      "",
      "0.0004",
      "",
    ]);
  });

  it("follows the display language", () => {
    expect(german.money(1234567)).toBe("1.234.567");
    expect(german.quantity(7.1)).toBe("7,1");
  });

  it("never writes a small share as none", () => {
    expect([0, 0.0004, 0.0006, 0.184].map(english.share)).toEqual(["0%", "<0.1%", "0.1%", "18.4%"]);
  });

  it("writes a zero without a sign", () => {
    expect(english.money(-0)).toBe("0.00");
  });

  it("takes a language that Intl refuses as English", () => {
    expect(numberText("not a language", "UTC").money(1234)).toBe("1,234");
  });

  it("shows UTC, and the local time beside it where that differs", () => {
    expect(english.time("2026-11-22T09:41:07Z")).toBe("Nov 22, 2026, 09:41 UTC");
    expect(german.time("2026-11-22T09:41:07Z")).toBe("22. Nov. 2026, 09:41 UTC (10:41 here)");
    expect(english.time("soon")).toBe("soon");
  });
});
