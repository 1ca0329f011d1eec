import { useMemo, useReducer, useRef } from "react";
import type { TierPaste } from "../../app/exchange-rules";
import type { CollateralApp } from "../../app/collateral-app";
import { DomainError } from "../../core/basics/domain-error";
import { findGap, openingExchange, reduceExchange, type ExchangeCommands, type ExchangeProblem, type ExchangeState } from "./exchange-state";
import { messageOf } from "./message-of";

/** A refusal of the time names its field, another refusal is about what was pasted, and the rest is about the workbook. */
const problemOf = (error: unknown): ExchangeProblem => {
  const text = messageOf(error);
  if (!(error instanceof DomainError)) return { text };
  return { text, field: text.startsWith("validFrom ") ? "validFrom" : "text" };
};

/** Connects the exchange-rules form with the app's port. */
export const useExchange = (app: CollateralApp): ExchangeState & { readonly commands: ExchangeCommands } => {
  const [state, dispatch] = useReducer(reduceExchange, openingExchange);
  // An answer to a form that has been edited since is not shown.
  const edits = useRef(0);
  const { paste, phase, preview } = state;
  const commands = useMemo<ExchangeCommands>(() => {
    const compare = async (asked: TierPaste, isQuiet = false): Promise<void> => {
      const edit = edits.current;
      try {
        const answer = await app.previewTiers(asked);
        if (edit === edits.current) dispatch({ type: "compared", preview: answer, isQuiet });
      } catch (error) {
        if (edit !== edits.current) return;
        // A difference that does not fit the answer given since must not be accepted.
        if (isQuiet) dispatch({ type: "edited", change: {} });
        dispatch({ type: "failed", problem: problemOf(error) });
      }
    };
    return {
      edit: (change) => {
        edits.current += 1;
        dispatch({ type: "edited", change });
      },
      compare: async () => {
        if (phase !== "editing") return;
        const gap = findGap(paste);
        if (gap) return dispatch({ type: "failed", problem: gap });
        dispatch({ type: "comparing" });
        await compare(paste);
      },
      setEndsMissing: async (endsMissing) => {
        if (phase !== "editing") return;
        edits.current += 1;
        dispatch({ type: "asked", endsMissing });
        await compare({ ...paste, endsMissing }, true);
      },
      accept: async () => {
        if (phase !== "editing" || !preview) return;
        dispatch({ type: "accepting" });
        try {
          dispatch({ type: "accepted", text: await app.acceptTiers({ ...paste, endsMissing: preview.endsMissing }) });
        } catch (error) {
          dispatch({ type: "failed", problem: { text: `Nothing was added: ${messageOf(error)}` } });
        }
      },
    };
  }, [app, paste, phase, preview]);
  return useMemo(() => ({ ...state, commands }), [state, commands]);
};
