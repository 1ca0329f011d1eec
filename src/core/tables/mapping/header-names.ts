import type { CellValue } from "../../basics/cell-value";

/** Names of a header row by which its columns are told apart: a repeated header gets its number, a blank one stays blank. */
export const headerNames = (headers: readonly CellValue[]): readonly string[] => {
  const seen = new Map<string, number>();
  return headers.map((header) => {
    const name = String(header ?? "").trim();
    if (name === "") return "";
    const count = (seen.get(name.toLowerCase()) ?? 0) + 1;
    seen.set(name.toLowerCase(), count);
    return count === 1 ? name : `${name} (${count})`;
  });
};
