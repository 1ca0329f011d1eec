import { parseBlock } from "./address";
import { invalidArgument } from "./host-error";

/** Checks a sheet's name as Excel does: 1 to 31 characters, none of []:*?/\, no apostrophe at either end, not "History". */
export const assertSheetName = (name: unknown): string => {
  const valid =
    typeof name === "string" &&
    name.length > 0 &&
    name.length <= 31 &&
    !/[[\]:*?/\\]/.test(name) &&
    !/^'|'$/.test(name) &&
    name.toLowerCase() !== "history";
  if (!valid) throw invalidArgument(`${JSON.stringify(name)} is no name for a worksheet: 1 to 31 characters, none of []:*?/\\`);
  return name;
};

/** Checks the name of a table or a defined name: a letter or _ first, then letters, digits, . and _, and not an address. */
export const assertName = (name: unknown): string => {
  const valid =
    typeof name === "string" &&
    name.length <= 255 &&
    /^[\p{L}_\\][\p{L}\p{N}._\\]*$/u.test(name) &&
    parseBlock(name) === undefined &&
    !/^(r|c|r\d*c\d*)$/i.test(name);
  if (!valid) throw invalidArgument(`${JSON.stringify(name)} is no valid name: a letter or _ first, no spaces, not a cell address`);
  return name;
};
