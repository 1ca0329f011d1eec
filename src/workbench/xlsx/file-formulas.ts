import { localNames, renameWords } from "./formula-words";

const CUSTOM_PREFIX = "_xldudf_";
const NEWER_PREFIX = "_xlfn.";
const SHEET_PREFIX = "_xlfn._xlws.";
const PARAMETER_PREFIX = "_xlpm.";

/**
 * Functions that files mark as newer than the format, so that old versions keep them.
 *
 * @source MS-XLSX 2.2.2.1 (formulas, future functions)
 */
const NEWER_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "ACOT ACOTH AGGREGATE ARABIC ARRAYTOTEXT BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV BYCOL BYROW " +
    "CEILING.MATH CHISQ.DIST CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT CHISQ.TEST CHOOSECOLS CHOOSEROWS CONCAT CONFIDENCE.NORM " +
    "CONFIDENCE.T COVARIANCE.P COVARIANCE.S CSC DAYS DECIMAL DROP ERF.PRECISE ERFC.PRECISE EXPAND EXPON.DIST F.DIST " +
    "F.DIST.RT F.INV F.INV.RT F.TEST FLOOR.MATH FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST GAMMA.INV GAMMALN.PRECISE " +
    "GAUSS HSTACK IFNA IFS ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS " +
    "MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION " +
    "PERCENTILE.EXC PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI POISSON.DIST QUARTILE.EXC " +
    "QUARTILE.INC RANDARRAY RANK.AVG RANK.EQ REDUCE RRI SCAN SEQUENCE SHEET SHEETS SKEW.P SORTBY STDEV.P STDEV.S SWITCH " +
    "T.DIST T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR " +
    "UNICODE UNIQUE VALUETOTEXT VAR.P VAR.S VSTACK WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST"
  ).split(" "),
);

const SHEET_FUNCTIONS: ReadonlySet<string> = new Set(["FILTER", "SORT"]);

/** The names of the add-in's functions as typed, such as COLL.HAIRCUT.SCALE. */
export type CustomFunctionNames = readonly string[];

/** Writes a custom function as Excel does in files: dots become underscores, so only a list of names leads back. */
function storedName(name: string): string {
  return CUSTOM_PREFIX + name.toUpperCase().replaceAll(".", "_");
}

/**
 * Translates a formula of a file to the formula as typed.
 *
 * @param formula without "="
 * @returns the formula without "="
 */
export function typedFormula(formula: string, customFunctions: CustomFunctionNames): string {
  const byStoredName = new Map(customFunctions.map((name) => [storedName(name), name]));
  return renameWords(formula, (name) => {
    const custom = byStoredName.get(name.toUpperCase().replace(/^_XLDUDF_/, CUSTOM_PREFIX));
    return (
      custom ??
      name
        .replace(/^_xlfn\.(?:_xlws\.)?/i, "")
        .replace(/^_xlws\./i, "")
        .replace(/^_xlpm\./i, "")
    );
  });
}

/**
 * Translates a typed formula to the form that Excel stores.
 *
 * @param formula without "="
 * @returns the formula without "="
 */
export function storedFormula(formula: string, customFunctions: CustomFunctionNames): string {
  const custom = new Set(customFunctions.map((name) => name.toUpperCase()));
  const locals = localNames(formula);
  return renameWords(formula, (name, isCall) => {
    const upper = name.toUpperCase();
    if (locals.has(name.toLowerCase())) return PARAMETER_PREFIX + name;
    if (!isCall) return name;
    if (custom.has(upper)) return storedName(upper);
    if (SHEET_FUNCTIONS.has(upper)) return SHEET_PREFIX + upper;
    return NEWER_FUNCTIONS.has(upper) ? NEWER_PREFIX + upper : name;
  });
}
