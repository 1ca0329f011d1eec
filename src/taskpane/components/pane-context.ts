import { createContext, useContext } from "react";
import { numberText, type NumberText } from "../state/number-text";
import type { ColourChoice } from "../state/stored-choices";
import type { ExchangeCommands, ExchangeState } from "../state/exchange-state";
import { noPaste } from "../state/exchange-state";
import type { PaneState } from "../state/pane-state";
import { openingRisk, type RiskCommands, type RiskState } from "../state/risk-state";
import type { PaneCommands } from "../state/use-pane";

/** What every panel may use. */
export interface PaneContextValue {
  readonly state: PaneState;
  readonly commands: PaneCommands;
  readonly text: NumberText;
  readonly risk: RiskState & { readonly commands: RiskCommands };
  readonly exchange: ExchangeState & { readonly commands: ExchangeCommands };
  readonly version: string;
  readonly colours: { readonly choice: ColourChoice; readonly choose: (choice: ColourChoice) => void };
}

const nothing = (): void => undefined;
const later = (): Promise<void> => Promise.resolve();

export const PaneContext = createContext<PaneContextValue>({
  state: {
    tab: "Data",
    data: { phase: "unknown" },
    sample: "idle",
    request: "none",
    isRestoring: false,
    isWriting: false,
    drafts: {},
    welcome: "due",
    focusRequest: 0,
  },
  commands: {
    chooseTab: nothing,
    goToTab: nothing,
    closeWelcome: nothing,
    reopenWelcome: nothing,
    checkData: later,
    trySample: nothing,
    insertSample: later,
    declineSample: nothing,
    run: nothing,
    stop: nothing,
    cancel: nothing,
    goTo: later,
    restorePrevious: later,
    closeNotice: nothing,
    openMapping: nothing,
    draftMapping: nothing,
    closeMapping: nothing,
    saveMapping: later,
    forgetMapping: later,
    addPin: later,
    undoPin: later,
  },
  text: numberText("en-US"),
  risk: { ...openingRisk, commands: { choose: nothing, analyse: nothing, insert: later } },
  exchange: { paste: noPaste, phase: "editing", said: 0, commands: { edit: nothing, setEndsMissing: later, compare: later, accept: later } },
  version: "",
  colours: { choice: "auto", choose: nothing },
});

/** The pane's state, commands and writers, for a component inside it. */
export const usePaneContext = (): PaneContextValue => useContext(PaneContext);
