import type { Explanation } from "../basics/explanation";

/**
 * Lays an explanation out as rows for `output=table`: what, value, unit, note; parts are indented below what they make up.
 *
 * @returns header row and one row per part
 */
export const explanationRows = (explanation: Explanation): readonly (readonly (string | number)[])[] => {
  const rows: (readonly (string | number)[])[] = [["what", "value", "unit", "note"]];
  const add = (part: Explanation, depth: number): void => {
    rows.push([`${"  ".repeat(depth)}${part.name}`, part.value, part.unit, part.note ?? ""]);
    part.from.forEach((child) => add(child, depth + 1));
  };
  add(explanation, 0);
  return rows;
};
