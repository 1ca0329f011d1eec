/** A stretch of a formula: a name (of a function, sheet, table or range) or anything between names. */
interface FormulaWord {
  readonly text: string;
  readonly isName: boolean;
}

// Text in quotes, quoted sheet names and column names in brackets are passed over whole.
const STRETCH = /"(?:[^"]|"")*"|'(?:[^']|'')*'|\[(?:[^[\]]|\[[^[\]]*\])*\]|[\p{L}_\\][\p{L}\p{N}_.\\]*|[^"'[\p{L}_\\]+|./gsu;
const NAME = /^[\p{L}_\\]/u;

function wordsOf(formula: string): FormulaWord[] {
  return (formula.match(STRETCH) ?? []).map((text) => ({ text, isName: NAME.test(text) }));
}

/**
 * Rewrites names in a formula and leaves text, quoted sheet names and bracketed column names alone.
 *
 * @param rename gets the name and whether an opening parenthesis follows
 */
export function renameWords(formula: string, rename: (name: string, isCall: boolean) => string): string {
  const words = wordsOf(formula);
  return words.map((word, index) => (word.isName ? rename(word.text, /^\s*\(/.test(words[index + 1]?.text ?? "")) : word.text)).join("");
}

/** Splits the arguments of the call that opens at a position; null when it never closes. */
function callArguments(words: readonly FormulaWord[], open: number): string[] | null {
  const parts: string[] = [""];
  let depth = 0;
  for (const word of words.slice(open)) {
    const pieces = word.isName || /^["'[]/.test(word.text) ? [word.text] : [...word.text];
    for (const piece of pieces) {
      if (piece === "(" || piece === "{") {
        depth += 1;
        if (depth === 1) continue;
      } else if (piece === ")" || piece === "}") {
        depth -= 1;
        if (depth === 0) return parts;
      } else if (piece === "," && depth === 1) {
        parts.push("");
        continue;
      }
      parts[parts.length - 1] += piece;
    }
  }
  return null;
}

/** Finds the names that LET and LAMBDA introduce, in lower case. */
export function localNames(formula: string): ReadonlySet<string> {
  const words = wordsOf(formula);
  const found = new Set<string>();
  words.forEach((word, index) => {
    const callee = word.text.toUpperCase();
    if (!word.isName || (callee !== "LET" && callee !== "LAMBDA")) return;
    const parts = callArguments(words, index + 1) ?? [];
    parts.slice(0, -1).forEach((part, place) => {
      const isIntroduced = callee === "LAMBDA" || place % 2 === 0;
      const name = part.trim().toLowerCase();
      if (isIntroduced && /^[\p{L}_\\][\p{L}\p{N}_.\\]*$/u.test(name)) found.add(name);
    });
  });
  return found;
}

const LETTERS_BASE = 26;

function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((number, letter) => number * LETTERS_BASE + letter.charCodeAt(0) - 64, 0);
}

function lettersOf(number: number): string {
  let letters = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / LETTERS_BASE))
    letters = String.fromCharCode(65 + ((rest - 1) % LETTERS_BASE)) + letters;
  return letters;
}

const REFERENCE = /(?<![\p{L}\p{N}_.$])(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\p{L}\p{N}_.(])/gu;
const QUOTED = /("(?:[^"]|"")*"|'(?:[^']|'')*'|\[(?:[^[\]]|\[[^[\]]*\])*\])/s;

/** Moves the relative references of a formula, as copying it that many rows down and columns right does. */
export function shiftReferences(formula: string, rows: number, columns: number): string {
  return formula
    .split(QUOTED)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      return part.replace(REFERENCE, (_whole: string, fixedColumn: string, letters: string, fixedRow: string, digits: string) => {
        const column = columnNumber(letters) + (fixedColumn ? 0 : columns);
        const row = Number(digits) + (fixedRow ? 0 : rows);
        return column < 1 || row < 1 ? "#REF!" : `${fixedColumn}${lettersOf(column)}${fixedRow}${row}`;
      });
    })
    .join("");
}
