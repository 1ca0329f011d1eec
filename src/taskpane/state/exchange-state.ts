import type { TierPaste, TierPreview } from "../../app/exchange-rules";

/** The exchange-rules form: nothing is written before `accept`, and what is accepted is what was compared. */
export interface ExchangeState {
  readonly paste: TierPaste;
  readonly phase: "editing" | "comparing" | "accepting";
  /** The difference to look at; gone as soon as something in the form changes. */
  readonly preview?: TierPreview;
  readonly problem?: ExchangeProblem;
  /** How an acceptance ended well. */
  readonly done?: string;
  /** Counts up with every sentence that should take the focus. */
  readonly said: number;
}

export type PasteField = "text" | "tierTable" | "validFrom" | "source";

/** What is wrong, and with which field where that is known. */
export interface ExchangeProblem {
  readonly text: string;
  readonly field?: PasteField;
}

export interface ExchangeCommands {
  readonly edit: (change: Partial<TierPaste>) => void;
  readonly compare: () => Promise<void>;
  /** Says whether assets that are not in the paste end with it, and shows the difference again. */
  readonly setEndsMissing: (endsMissing: boolean) => Promise<void>;
  readonly accept: () => Promise<void>;
}

export type ExchangeAction =
  | { readonly type: "edited"; readonly change: Partial<TierPaste> }
  | { readonly type: "comparing" }
  /** The question below the difference was answered: the difference stays in sight until the next one is there. */
  | { readonly type: "asked"; readonly endsMissing: boolean }
  /** `isQuiet` = the focus stays where it is. */
  | { readonly type: "compared"; readonly preview: TierPreview; readonly isQuiet?: boolean }
  | { readonly type: "accepting" }
  | { readonly type: "accepted"; readonly text: string }
  | { readonly type: "failed"; readonly problem: ExchangeProblem };

export const noPaste: TierPaste = { text: "", tierTable: "", validFrom: "", source: "" };

export const openingExchange: ExchangeState = { paste: noPaste, phase: "editing", said: 0 };

const without = (state: ExchangeState, ...names: readonly ("preview" | "problem" | "done")[]): ExchangeState => {
  const copy: { -readonly [K in keyof ExchangeState]: ExchangeState[K] } = { ...state };
  for (const name of names) delete copy[name];
  return copy;
};

/** Whether a paste is the venue's whole list is said of one text and one table only: another one is judged anew. */
const editPaste = (paste: TierPaste, change: Partial<TierPaste>): TierPaste => {
  const { endsMissing, ...rest } = { ...paste, ...change };
  const isOther = change.text !== undefined || change.tierTable !== undefined;
  return endsMissing === undefined || isOther ? rest : { ...rest, endsMissing };
};

/** Finds what the form lacks before the workbook is asked. */
export const findGap = (paste: TierPaste): ExchangeProblem | undefined => {
  if (paste.text.trim() === "") return { field: "text", text: "Nothing was pasted. Paste the venue's tier JSON or a table with headers." };
  if (paste.tierTable.trim() === "") return { field: "tierTable", text: "Name the tier table that the rows belong to, such as BYBIT-UTA." };
  return undefined;
};

/** Answers what the form looks like after an action; pure. */
export const reduceExchange = (state: ExchangeState, action: ExchangeAction): ExchangeState => {
  switch (action.type) {
    case "edited":
      return { ...without(state, "preview", "problem", "done"), phase: "editing", paste: editPaste(state.paste, action.change) };
    case "comparing":
      return { ...without(state, "preview", "problem", "done"), phase: "comparing" };
    case "asked":
      return { ...without(state, "problem", "done"), phase: "comparing", paste: editPaste(state.paste, { endsMissing: action.endsMissing }) };
    case "compared":
      return { ...state, phase: "editing", preview: action.preview, said: state.said + (action.isQuiet === true ? 0 : 1) };
    case "accepting":
      return { ...without(state, "problem"), phase: "accepting" };
    case "accepted":
      // The rest of the form stays: the next paste of a day often is of the same venue.
      return {
        ...without(state, "preview", "problem"),
        phase: "editing",
        paste: editPaste(state.paste, { text: "" }),
        done: action.text,
        said: state.said + 1,
      };
    case "failed":
      return { ...state, phase: "editing", problem: action.problem, said: state.said + 1 };
  }
};
