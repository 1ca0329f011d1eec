import { reportSecondOpinion } from "../core/report/second-opinion-report";
import type { OptimizePorts, WrittenAnswer } from "./optimize";
import { askSecondEngine, type SecondOpinion } from "./second-opinion";

/** Cross-checks written answers with a second engine, one at a time, and gives way to whatever is more urgent. */
export interface CrossCheck {
  /** Resolves to the opinion once it is in the log; undefined where a run came between. Never rejects. */
  readonly ask: (answer: WrittenAnswer) => Promise<SecondOpinion | undefined>;
  /** Ends a check under way; resolves when nothing of it is being written any more. */
  readonly giveWay: () => Promise<void>;
}

const statusOf = { agrees: "OK", differs: "CHECK", none: "Note" } as const;

/** Creates the cross-check on the run's own ports. */
export const createCrossCheck = ({ workbook, machine, solver }: OptimizePorts): CrossCheck => {
  let stop = { requested: false };
  let writing: Promise<void> = Promise.resolve();

  const log = async (answer: WrittenAnswer, { engine = "", verdict, text }: SecondOpinion): Promise<void> => {
    const { runId, inputHash } = answer;
    const row = { runId, at: machine.now(), inputHash, engine, status: statusOf[verdict], text };
    await workbook.appendLog(reportSecondOpinion(answer.log, row));
  };
  return {
    ask: async (answer) => {
      const mine = (stop = { requested: false });
      const { question } = answer;
      const opinion = "verdict" in question ? question : await askSecondEngine(solver, question, mine);
      if (mine.requested) return undefined;
      // The pane says it all the same where the sheet cannot be written, as while a cell is being edited.
      writing = log(answer, opinion).catch(() => undefined);
      await writing;
      return opinion;
    },
    giveWay: () => {
      stop.requested = true;
      return writing;
    },
  };
};
