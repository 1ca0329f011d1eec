import type { RiskChoice, RiskScreen } from "../../app/risk-screen";

/** What came of the latest formula to be inserted. */
export interface Inserted {
  readonly isDone: boolean;
  readonly text: string;
}

/** The Risk tab: what is chosen, what is known, what is under way. */
export interface RiskState {
  readonly choice: RiskChoice & { readonly confidence: number };
  readonly isComputing: boolean;
  /** Kept while the next one is computed, so that the tab does not flicker. */
  readonly screen?: RiskScreen;
  /** Why the workbook could not be asked. */
  readonly failure?: string;
  readonly inserted?: Inserted;
}

export interface RiskCommands {
  readonly choose: (choice: RiskChoice) => void;
  readonly analyse: () => void;
  readonly insert: (formula: string) => Promise<void>;
}

export type RiskAction =
  | { readonly type: "chosen"; readonly choice: RiskChoice }
  | { readonly type: "started" }
  | { readonly type: "analysed"; readonly screen: RiskScreen }
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "inserted"; readonly isDone: boolean; readonly text: string };

/** Before the tab has been opened. */
export const openingRisk: RiskState = { choice: { confidence: 0.99 }, isComputing: false };

const without = (state: RiskState, ...names: readonly ("failure" | "inserted")[]): RiskState => {
  const copy: { -readonly [K in keyof RiskState]: RiskState[K] } = { ...state };
  for (const name of names) delete copy[name];
  return copy;
};

/** Answers what the Risk tab looks like after an action; pure. */
export const reduceRisk = (state: RiskState, action: RiskAction): RiskState => {
  switch (action.type) {
    case "chosen":
      return { ...without(state, "inserted"), choice: { ...state.choice, ...action.choice } };
    case "started":
      return { ...without(state, "failure"), isComputing: true };
    case "analysed":
      return { ...without(state, "failure"), isComputing: false, screen: action.screen };
    case "failed":
      return { ...state, isComputing: false, failure: action.message };
    case "inserted":
      return { ...state, inserted: { isDone: action.isDone, text: action.text } };
  }
};
