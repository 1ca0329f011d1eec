import type { Repair, TableEdit } from "./allocation-outcome";
import { supplyName } from "./build-allocation-model";
import { normalName } from "./name-match";
import type { RefusedPair, Supply } from "./problem-shape";
import { withColumn } from "./relaxed-model";
import { percent, safely, units } from "./repair-numbers";
import { covered, edit, leastWith } from "./repair-model";
import { askAbout, type ShortfallQuestion } from "./shortfall-question";
import { withEdits } from "./table-edits";
import { canTry } from "./try-repair";
import { withYielding } from "./yielding-rules";

/** Most assets for which "make it eligible" is worked out, and as many for which "accept it later" is. */
const mostAssets = 12;

/** "Make ... eligible": for assets that are free but refused, at the best haircut that they have elsewhere. */
export const eligibilityRepairs = async (question: ShortfallQuestion): Promise<Repair[]> => {
  const { problem, demand } = question;
  const { agreementId } = problem.demands[demand]!;
  const repairs: Repair[] = [];
  const late = problem.pairs
    .filter((pair) => pair.isShut === true)
    .map((pair): RefusedPair => ({ supply: pair.supply, demand: pair.demand, reason: pair.boundReasons[0] ?? "", isLate: true }));
  const largest = (pairs: readonly RefusedPair[]): { readonly pair: RefusedPair; readonly supply: Supply }[] =>
    pairs
      .filter((pair) => pair.demand === demand)
      .map((pair) => ({ pair, supply: problem.supplies[pair.supply]! }))
      .filter(({ supply }) => supply.available > 0)
      .sort((a, b) => b.supply.available * b.supply.unitValue - a.supply.available * a.supply.unitValue)
      .slice(0, mostAssets);
  const refused = problem.refused.filter((pair) => !/wrong-way|own paper|tblEligibility rows/.test(pair.reason));
  const candidates = [...largest(late), ...largest(refused)];
  for (const { pair, supply } of candidates) {
    if (question.engine.isOver()) break;
    const ratio = bestRatio(question, supply.row.assetId);
    const edits = editsOf(question, pair, ratio);
    const needed = edits === undefined || !canTry(question) ? await inModel(question, pair, ratio) : await inTables(question, pair, edits);
    if (needed === undefined) continue;
    const amount = `${units(safely(needed / supply.unitValue, supply.step, "up"))} ${supplyName(supply)}`;
    const change = pair.isLate
      ? `accept a later settlement of ${amount} at ${agreementId} (${pair.reason})`
      : `make ${amount} eligible at ${agreementId} (at a haircut of ${percent(1 - ratio)}; now: ${pair.reason})`;
    repairs.push({
      rule: pair.isLate ? `deadline of ${agreementId}` : `eligibility of ${supply.row.assetId} at ${agreementId}`,
      change,
      size: needed,
      agreementId,
      ...(edits === undefined ? {} : { edits }),
    });
  }
  return repairs;
};

const bestRatio = ({ problem }: ShortfallQuestion, assetId: string): number => {
  const ratios = problem.pairs
    .filter((other) => normalName(problem.supplies[other.supply]!.row.assetId) === normalName(assetId))
    .map((other) => Math.min(1, other.valueRatio));
  return ratios.length > 0 ? Math.max(...ratios) : 1;
};

/** Cells that would make it eligible; undefined where an exclusion, a lock or a table without rows stands against it. */
const editsOf = ({ problem }: ShortfallQuestion, pair: RefusedPair, ratio: number): readonly TableEdit[] | undefined => {
  const demand = problem.demands[pair.demand]!;
  const arrival = /^arrives (\S+),/.exec(pair.reason)?.[1];
  if (arrival !== undefined) return [edit("tblAgreements", demand.row.origin.row, "deadline", arrival)];
  if (pair.reason !== "no eligibility rule") return undefined;
  const haircut = Number((1 - ratio).toPrecision(12));
  const cells: readonly (readonly [string, string | number])[] = [
    ["agreementId", demand.agreementId],
    ["assetId", problem.supplies[pair.supply]!.row.assetId],
    ["haircut", haircut],
  ];
  return cells.map(([column, value]) => edit("tblEligibility", 0, column, value));
};

/** Base currency of the asset that would cure, from the model with one more column: limits on the asset are not in it. */
const inModel = async (question: ShortfallQuestion, pair: RefusedPair, ratio: number): Promise<number | undefined> => {
  const { index } = question.model;
  const entries: [number, number][] = [
    [index.inventoryRow[pair.supply]!, 1],
    [index.coverageRow[pair.demand]!, ratio],
  ];
  const least = await leastWith(question, withColumn(covered(question), entries));
  return least === undefined ? undefined : least * index.scale;
};

/** The same from the tables with the change, every rule in force. */
const inTables = async (question: ShortfallQuestion, refused: RefusedPair, edits: readonly TableEdit[]): Promise<number | undefined> => {
  const { source, yielding } = question.problem;
  const changed = source.rebuild(withEdits(source.book, edits));
  if (changed === undefined) return undefined;
  const asked = askAbout(withYielding(changed, yielding), question.target, question.left, question.engine);
  const p = changed.pairs.findIndex((pair) => pair.supply === refused.supply && pair.demand === refused.demand);
  if (asked === undefined || p < 0) return undefined;
  const least = await asked.least(covered(asked), asked.model.index.deliver[p]!);
  return Number.isFinite(least) && least > 0 ? least * asked.model.index.scale : undefined;
};
