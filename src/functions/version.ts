import { answerExcel } from "./excel-error";

/** Same as in package.json; a test compares the two. */
const VERSION = "0.1.0";

/**
 * Tells which version of the add-in is computing. Point the argument at any cell to refresh it with that cell.
 * @customfunction VERSION Version
 * @param {any} [trigger] Any value or cell; only makes Excel recalculate. May be left out.
 * @returns {any[][]} Product name and version.
 * @helpurl https://localhost:3000/help/version.html
 */
export function version(trigger?: any): any[][] {
  void trigger;
  return answerExcel(() => [[`Collateral Optimizer ${VERSION}`]]);
}
