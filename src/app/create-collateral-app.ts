import { choicesOf } from "../core/tables/column-catalogue";
import { mappingKey, ownSet } from "../core/tables/mapping/table-mapping";
import { recogniseName } from "../core/tables/recognise-tables";
import { analyseRisk } from "./analyse-risk";
import { acceptTiers, previewTiers } from "./exchange-rules";
import type { AppChange, CollateralApp, InsertedSample } from "./collateral-app";
import { keepRuns } from "./keep-runs";
import { forgetMapping, saveMapping } from "./map-tables";
import { keepDraft, readDrafts } from "./mapping-drafts";
import type { OptimizePorts } from "./optimize";
import { addPin, undoPin } from "./pin-allocation";
import type { WorkbookPort } from "./ports";
import { readBook } from "./read-book";
import { sampleBook } from "./sample/sample-book";
import { writeChoices } from "./workbook-choices";

const insertSample = async (workbook: WorkbookPort): Promise<InsertedSample> => {
  const { suffix, sheets } = await workbook.insertTables(sampleBook().map((table) => ({ ...table, choices: choicesOf(table.kind) })));
  const reason = suffix === "" ? " with sample tables." : `; their names end in ${suffix} because the first names are taken.`;
  return { sheets, suffix, message: `Inserted ${sheets.length} sheets${reason}` };
};

/**
 * Makes the use cases on their ports. One run at a time: a second call of `run` answers with the run under way.
 *
 * @param ports workbook, machine, solver, and the version shown to the user
 */
export const createCollateralApp = (ports: OptimizePorts): CollateralApp => {
  const { workbook, machine } = ports;
  const listeners = new Set<(change: AppChange) => void>();
  const tell = (change: AppChange): void => listeners.forEach((listener) => listener(change));
  let chosenSet: string | undefined;
  const runs = keepRuns(ports, tell, () => chosenSet);
  /** Does something to the workbook's data and says so to everybody. */
  const changing = async (sentence: Promise<string>): Promise<string> => {
    const said = await sentence;
    tell("data");
    return said;
  };

  return {
    ...runs,
    version: ports.version,
    checkData: async (set) => {
      // A choice travels with the workbook: whoever opens it next works on the same set.
      if (set !== undefined && set !== chosenSet) await writeChoices(workbook, (before) => ({ ...before, set }));
      chosenSet = set ?? chosenSet;
      const { status, cells } = await readBook(workbook, machine.now(), chosenSet);
      const drafts = await readDrafts(workbook);
      return { ...status, inputHash: await machine.hash(cells), ...(drafts.length === 0 ? {} : { drafts }) };
    },
    insertSample: async () => {
      const inserted = await insertSample(workbook);
      tell("data");
      return inserted;
    },
    goTo: (sheet, address) => workbook.select(sheet, address),
    analyseRisk: (choice) => analyseRisk(workbook, choice, chosenSet),
    insertFormula: async (formula) => `Inserted the formula in ${await workbook.insertFormula(formula)}.`,
    previewTiers: (paste) => previewTiers(workbook, machine, paste, chosenSet),
    acceptTiers: (paste) => changing(acceptTiers(workbook, machine, paste, chosenSet)),
    saveMapping: async (mapping) => {
      const said = await saveMapping(workbook, mapping);
      await keepDraft(workbook, mappingKey(mapping), undefined);
      const { status } = await readBook(workbook, machine.now(), chosenSet);
      // Beside the sample, mapped tables are a set of their own: who has just mapped one wants to see that set.
      if (status.sets.includes(ownSet) && recogniseName(mapping.table) === undefined) {
        chosenSet = ownSet;
        await writeChoices(workbook, (before) => ({ ...before, set: ownSet }));
      }
      tell("data");
      return said;
    },
    forgetMapping: (key) => changing(forgetMapping(workbook, key)),
    keepDraft: (key, draft) => keepDraft(workbook, key, draft),
    addPin: (request) => changing(addPin(workbook, machine.now(), request, chosenSet)),
    undoPin: (pin) => changing(undoPin(workbook, machine.now(), pin, chosenSet)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
