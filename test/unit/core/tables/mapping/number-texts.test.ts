import { decimalSignOf, readNumberText } from "../../../../../src/core/tables/mapping/number-texts";

describe("numbers that stand as text", () => {
  it.each([
    ["1.234,56", ",", 1234.56, false],
    ["1,234.56", ".", 1234.56, false],
    ["1'234.56", ".", 1234.56, false],
    ["1 234,5", ",", 1234.5, false],
    ["-12", ".", -12, false],
    ["8 %", ".", 8, true],
    ["0,5%", ",", 0.5, true],
    [".5", ".", 0.5, false],
    ["1.234", ",", 1234, false],
    ["1.234", ".", 1.234, false],
    ["12.345.678", ",", 12345678, false],
  ] as const)("reads %s with the decimal sign %s as %d", (text, sign, value, isPercent) => {
    expect(readNumberText(text, sign)).toEqual({ value, isPercent });
  });

  it.each([
    ["1.234,56", "."],
    ["1,23,456.7", "."],
    ["1,2345", "."],
    ["12a", "."],
    ["", "."],
    ["1.2.3", "."],
    ["USD 5", "."],
  ] as const)("does not take %s for a number with the decimal sign %s", (text, sign) => {
    expect(readNumberText(text, sign)).toBeUndefined();
  });

  it.each([
    [["1.234,56", "7,00"], ","],
    [["1,234.56", "1,234"], "."],
    [["12", "7"], "."],
    [["1.234", "2.500"], "unclear"],
    [["1,5.2"], undefined],
    [["1.234,5", "1,234.5"], "unclear"],
    [["SOL", ""], undefined],
  ] as const)("tells from %j the decimal sign %s", (texts, sign) => {
    expect(decimalSignOf(texts)).toBe(sign);
  });
});
