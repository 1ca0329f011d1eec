/** What stands before the cents. */
export type DecimalSign = "." | ",";

const shape = /^([-+]?)((?:\d[\d.,'’\s\u00a0\u202f]*)|(?:[.,]\d+))\s*(%?)$/;

/**
 * Reads a number that stands as text, such as `1.234,56`, `1,234.56`, `1'234.56` or `8 %`.
 *
 * @param sign the decimal sign; the other one only groups thousands, and must then group three digits
 * @returns the number as written and whether a percent sign follows; undefined where the text is no such number
 */
export const readNumberText = (text: string, sign: DecimalSign): { readonly value: number; readonly isPercent: boolean } | undefined => {
  const found = shape.exec(text.trim());
  if (found === null) return undefined;
  const [, minus = "", digits = "", percent = ""] = found;
  const [whole = "", fraction, ...more] = digits.replace(/[\s\u00a0\u202f'’]/g, "").split(sign);
  const other = sign === "." ? "," : ".";
  const groups = whole.split(other);
  if (more.length > 0 || fraction?.includes(other) === true) return undefined;
  if (groups.length > 1 && (groups[0] === "" || (groups[0]?.length ?? 0) > 3 || groups.slice(1).some((group) => group.length !== 3)))
    return undefined;
  const value = Number(`${minus}${groups.join("") || "0"}.${fraction === undefined || fraction === "" ? "0" : fraction}`);
  return Number.isFinite(value) ? { value, isPercent: percent !== "" } : undefined;
};

/**
 * Tells the decimal sign of number texts where they leave no doubt: only one sign reads all of them, and it matters.
 *
 * @returns undefined where no text is a number; "unclear" where both signs read them differently
 */
export const decimalSignOf = (texts: readonly string[]): DecimalSign | "unclear" | undefined => {
  const read = texts
    .map((text) => ({ point: readNumberText(text, "."), comma: readNumberText(text, ",") }))
    .filter(({ point, comma }) => point !== undefined || comma !== undefined);
  if (read.length === 0) return undefined;
  const onlyPoint = read.some(({ comma }) => comma === undefined);
  const onlyComma = read.some(({ point }) => point === undefined);
  if (onlyPoint !== onlyComma) return onlyPoint ? "." : ",";
  if (onlyPoint) return "unclear";
  return read.every(({ point, comma }) => point?.value === comma?.value) ? "." : "unclear";
};
