import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { CollateralApp } from "../../app/collateral-app";
import type { RiskChoice } from "../../app/risk-screen";
import { messageOf } from "./message-of";
import { openingRisk, reduceRisk, type RiskCommands, type RiskState } from "./risk-state";

/**
 * Keeps the Risk tab's numbers: computed when the tab is opened, when a choice changes, and when tables were inserted meanwhile.
 *
 * One computation at a time; of the choices made during one only the last is computed, however fast the arrow keys went.
 */
export const useRisk = (app: CollateralApp, isShown: boolean): RiskState & { readonly commands: RiskCommands } => {
  const [state, dispatch] = useReducer(reduceRisk, openingRisk);
  const choice = useRef(state.choice);
  const isBusy = useRef(false);
  const isAskedAgain = useRef(false);

  const analyse = useCallback(async () => {
    isAskedAgain.current = true;
    if (isBusy.current) return;
    isBusy.current = true;
    dispatch({ type: "started" });
    let last: Parameters<typeof dispatch>[0] | undefined;
    while (isAskedAgain.current) {
      isAskedAgain.current = false;
      try {
        last = { type: "analysed", screen: await app.analyseRisk(choice.current) };
      } catch (error) {
        last = { type: "failed", message: `The prices could not be read: ${messageOf(error)}` };
      }
    }
    isBusy.current = false;
    if (last) dispatch(last);
  }, [app]);

  useEffect(() => {
    if (!isShown) return undefined;
    // Prices may have been typed since the last look.
    void analyse();
    return app.subscribe((change) => {
      if (change === "data") void analyse();
    });
  }, [app, isShown, analyse]);

  const commands = useMemo<RiskCommands>(
    () => ({
      choose: (next: RiskChoice) => {
        choice.current = { ...choice.current, ...next };
        dispatch({ type: "chosen", choice: next });
        void analyse();
      },
      analyse: () => void analyse(),
      insert: async (formula) => {
        try {
          dispatch({ type: "inserted", isDone: true, text: await app.insertFormula(formula) });
        } catch (error) {
          dispatch({ type: "inserted", isDone: false, text: messageOf(error) });
        }
      },
    }),
    [app, analyse],
  );
  return useMemo(() => ({ ...state, commands }), [state, commands]);
};
