import type { LinearModel } from "../lp/linear-model";
import { resultWithoutPoint } from "../lp/solve-result";
import type { SolveOptions, SolveProgress, SolveResult, Solver } from "../lp/solver";
import type { AllocationIndex } from "./allocation-index";
import { lotsByPair } from "./lot-columns";
import { checkedPoint, isCheaper, searchKeepingBest, withPoint, type CheckedPoint } from "./keep-incumbent";
import { columnsNear, withColumns } from "./search-near";
import type { StartingPoint } from "./starting-points";

/** Models with more integers than this are first cut down to the pairs that the linear relaxation likes. */
const largestWholeSearch = 1500;

/** Branches of a search near a known answer: a count, so that it ends with the same answer everywhere. */
const mostNearbyNodes = 2_000;

/** Solves a model with integers within a time: relaxation first, then the guess, then the search. */
export interface IntegerRun {
  readonly result: SolveResult;
  /** True where the search left out pairs: its own bound is then none, only the relaxation's. */
  readonly isRestricted: boolean;
  readonly seconds: number;
  readonly iterations: number;
}

/** What a search may take, and who watches it. */
export interface IntegerLimits {
  /** Stop and progress for an engine, shown against what is known of the objective. */
  readonly watch: (known: { readonly objective?: number; readonly bound?: number }) => Pick<SolveOptions, "stop" | "onProgress">;
  /** True when the person has stopped or the time of the run is up. */
  readonly isOver: () => boolean;
  /** Seconds for this search; undefined without a limit. */
  readonly seconds: number | undefined;
  /** Seconds that what an answer needs may take, beyond those of the search; undefined without a limit. */
  readonly secondsForAnswer: number | undefined;
  readonly nodes: number | undefined;
  readonly relativeGap: number | undefined;
  /** Points of earlier stages and of answers without a search; those that hold every row count. */
  readonly points?: readonly StartingPoint[];
  /** Where to search, and a bound: then the relaxation is not asked for. */
  readonly nearby?: { readonly near: SolveResult; readonly bound: number };
  /** False for points that hold the rows but are no answer of the book: they are not shown. */
  readonly isShown?: (point: CheckedPoint) => boolean;
}

/** What a relaxation or a guess may still take after the person has stopped, seconds. */
const lastSeconds = 0.5;

/**
 * Solves a mixed-integer model: a good answer early, and an honest bound.
 *
 * The linear relaxation bounds the cost from below. A large search keeps only pairs that the relaxation uses and those whose reduced
 * cost is next best. A guess near the relaxation is where the search starts, and the answer when it finds nothing better in its time.
 * Once the run is over only the relaxation and a guess are asked for, both within half a second.
 */
export const solveWithIntegers = async (model: LinearModel, index: AllocationIndex, solver: Solver, limits: IntegerLimits): Promise<IntegerRun> => {
  const { integer, ...relaxedModel } = model;
  const bounded = { limits: { timeSeconds: lastSeconds } };
  const most = limits.secondsForAnswer === undefined ? {} : { limits: { timeSeconds: Math.max(lastSeconds, limits.secondsForAnswer) } };
  const start = bestStart(model, limits.points ?? []);
  const isFirstShown = start !== undefined && (limits.isShown?.(start.point) ?? true);
  const first = isFirstShown ? { objective: start.point.objective } : {};
  if (start !== undefined && limits.nearby !== undefined) return searchNearby(model, index, solver, limits, start, limits.nearby);
  let relaxed = await solver.solve(relaxedModel, limits.isOver() ? bounded : { ...asLinear(limits.watch(first)), ...most });
  let { seconds, iterations } = relaxed;
  if (relaxed.primal.length === 0 && start === undefined && relaxed.terminationStatus === "interrupted") {
    relaxed = await solver.solve(relaxedModel, bounded);
    seconds += relaxed.seconds;
  }
  if (relaxed.primal.length === 0 || isWhole(integer, relaxed.primal)) return { result: relaxed, isRestricted: false, seconds, iterations };
  const bound = boundBy(relaxed);
  const show = (known: { readonly objective?: number; readonly bound?: number }): void =>
    limits.watch(known).onProgress?.({ phase: "search", seconds, ...known });
  show({ ...first, bound });
  const secondsLeft = (): number => Math.max(0.1, (limits.seconds ?? Infinity) - seconds);
  const guessed = await guess(model, index, relaxed.primal, solver, limits, start, secondsLeft);
  seconds += guessed.seconds;
  iterations += guessed.iterations;
  const isShown = guessed.point !== undefined && (limits.isShown?.(guessed.point) ?? true);
  const known = { bound, ...(isShown ? { objective: guessed.point.objective } : {}) };
  show(known);
  const count = integer?.reduce((sum, flag) => sum + flag, 0) ?? 0;
  const isRestricted = count > largestWholeSearch && relaxed.reducedCosts.length > 0;
  const found =
    limits.isOver() && guessed.point !== undefined
      ? resultWithoutPoint("interrupted", { solver: relaxed.solver, seconds: 0, iterations: 0, rawStatus: "no time left to search" })
      : await searchKeepingBest(
          solver,
          isRestricted ? restrict(model, index, relaxed, guessed.point?.primal) : model,
          {
            ...limits.watch(known),
            limits: {
              ...(limits.seconds === undefined ? {} : { timeSeconds: Math.max(guessed.point === undefined ? 2 * lastSeconds : 0, secondsLeft()) }),
              ...(limits.nodes === undefined ? {} : { nodes: limits.nodes }),
              relativeGap: limits.relativeGap ?? 1e-6,
            },
            ...(guessed.point === undefined ? {} : { start: { primal: guessed.point.primal } }),
          },
          limits.isShown,
          !isRestricted,
        );
  seconds += found.seconds;
  iterations += found.iterations;
  const best = bestOf(found, guessed.point, relaxed, isRestricted);
  const reason = [
    ...(best.result.reason === undefined ? [] : [best.result.reason]),
    ...(guessed.name === undefined ? [] : [`search started from ${guessed.name}`]),
  ];
  return { ...best, ...(reason.length === 0 ? {} : { result: { ...best.result, reason: reason.join("; ") } }), seconds, iterations };
};

/** Searches the pairs near the points that are known, from the best of them, under a bound that is known too. */
const searchNearby = async (
  model: LinearModel,
  index: AllocationIndex,
  solver: Solver,
  limits: IntegerLimits,
  start: KnownStart,
  { near, bound }: NonNullable<IntegerLimits["nearby"]>,
): Promise<IntegerRun> => {
  const known = { bound, ...((limits.isShown?.(start.point) ?? true) ? { objective: start.point.objective } : {}) };
  limits.watch(known).onProgress?.({ phase: "search", seconds: 0, ...known });
  const reason = `search started from ${start.name}`;
  const from = { ...asResult(start.point), bound: Math.min(bound, start.point.objective), reason };
  const none = { seconds: 0, iterations: 0, isRestricted: true };
  if (limits.isOver()) return { ...none, result: { ...from, terminationStatus: "interrupted" } };
  const columns = columnsNear(model, index, [...(limits.points ?? []).map(({ primal }) => primal)], near);
  const options = {
    ...limits.watch(known),
    limits: {
      ...(limits.seconds === undefined ? {} : { timeSeconds: limits.seconds }),
      nodes: limits.nodes ?? mostNearbyNodes,
      relativeGap: limits.relativeGap ?? 1e-6,
    },
    start: { primal: start.point.primal },
  };
  const found = await searchKeepingBest(withColumns(solver, columns), model, options, limits.isShown, false);
  const { seconds, iterations, terminationStatus } = found;
  const isBetter = isUsable(found) && !isCheaper(start.point.objective, found.objective);
  const best = isBetter ? { ...found, bound: Math.min(bound, found.objective), reason: `${found.reason ?? found.solver}; ${reason}` } : from;
  // What is best nearby is not proved best.
  const status = terminationStatus === "optimal" || terminationStatus === "infeasible" ? "otherError" : terminationStatus;
  return { result: { ...best, terminationStatus: status }, isRestricted: true, seconds, iterations };
};

const bestOf = (
  found: SolveResult,
  guessed: SolveResult | undefined,
  relaxed: SolveResult,
  isRestricted: boolean,
): Pick<IntegerRun, "result" | "isRestricted"> => {
  const isBetter = isUsable(found) && (guessed === undefined || found.objective <= guessed.objective + 1e-9 * Math.abs(guessed.objective));
  if (isBetter) return { result: withBound(found, relaxed, isRestricted), isRestricted };
  if (guessed === undefined) return { result: found, isRestricted };
  // The search did not get as far as the guess: the guess is the answer, and the clock or the restriction its reason.
  const terminationStatus = found.terminationStatus === "infeasible" || isUsable(found) ? "otherError" : found.terminationStatus;
  return { result: withBound({ ...withPoint(found, guessed), terminationStatus }, relaxed, true), isRestricted: true };
};

/** A point that may be used: the engine stands by it, or its own strict check was the only objection. */
export const isUsable = (result: SolveResult): boolean =>
  result.primal.length > 0 && (result.primalStatus === "feasiblePoint" || result.terminationStatus === "numericalError");

const isWhole = (integer: Uint8Array | undefined, primal: Float64Array): boolean =>
  integer === undefined || integer.every((flag, c) => flag !== 1 || Math.abs(primal[c]! - Math.round(primal[c]!)) <= 1e-7);

/** A relaxation that was not solved to its end bounds nothing. */
const boundBy = ({ terminationStatus, objective }: SolveResult): number =>
  terminationStatus === "optimal" || terminationStatus === "numericalError" ? objective : -Infinity;

const withBound = (found: SolveResult, relaxed: SolveResult, onlyRelaxed: boolean): SolveResult => {
  const bound = onlyRelaxed || !Number.isFinite(found.bound) ? boundBy(relaxed) : Math.max(found.bound, boundBy(relaxed));
  return { ...found, bound: Math.min(bound, found.objective) };
};

/** Closes deliveries that neither the relaxation nor the start uses, except half as many again with the best reduced costs. */
const restrict = (model: LinearModel, index: AllocationIndex, relaxed: SolveResult, start: Float64Array | undefined): LinearModel => {
  const pairs = [...index.deliver.keys()];
  const isUsed = (p: number): boolean => relaxed.primal[index.deliver[p]!]! > 1e-9 || (start?.[index.deliver[p]!] ?? 0) > 1e-9;
  const used = pairs.filter(isUsed);
  const unused = pairs.filter((p) => !isUsed(p) && model.columnLower[index.deliver[p]!]! <= 0);
  const price = (p: number): number =>
    relaxed.reducedCosts[index.deliver[p]!]! + (index.delivers[p]! < 0 ? 0 : Math.max(0, relaxed.reducedCosts[index.delivers[p]!]!));
  unused.sort((a, b) => price(a) - price(b) || a - b);
  const closed = unused.slice(Math.max(100, Math.ceil(used.length / 2)));
  const columnUpper = Float64Array.from(model.columnUpper);
  for (const p of closed) {
    columnUpper[index.deliver[p]!] = 0;
    if (index.delivers[p]! >= 0) columnUpper[index.delivers[p]!] = 0;
  }
  return { ...model, columnUpper };
};

interface Guess {
  readonly point: SolveResult | undefined;
  /** Words for the Run log: what the point is. */
  readonly name: string | undefined;
  readonly seconds: number;
  readonly iterations: number;
}

/** Settles lots and movements near the relaxation and solves what is left: a point that holds every rule, if one of the tries does. */
const guess = async (
  model: LinearModel,
  index: AllocationIndex,
  primal: Float64Array,
  solver: Solver,
  limits: IntegerLimits,
  start: KnownStart | undefined,
  secondsLeft: () => number,
): Promise<Guess> => {
  let best = start === undefined ? undefined : asResult(start.point);
  let name = start?.name;
  let [seconds, iterations] = [0, 0];
  for (const lots of ["up", "down", "none"] as const) {
    if (best !== undefined && limits.isOver()) break;
    if (lots === "down" && index.lotCounts.length === 0) continue;
    // Moving nothing is the last resort: it holds wherever nothing must move, and is better than no answer.
    if (lots === "none" && best !== undefined) break;
    // Without any point there is nothing to write: then a guess may take its time.
    const timeSeconds = limits.isOver() ? lastSeconds * (best === undefined ? 2 : 1) : Math.min(3, Math.max(2 * lastSeconds, secondsLeft()));
    const { stop } = limits.isOver() ? {} : limits.watch({});
    const settled = settle(model, index, primal, lots);
    const result = await searchKeepingBest(solver, settled, { ...(stop === undefined ? {} : { stop }), limits: { timeSeconds } });
    seconds += result.seconds;
    iterations += result.iterations;
    if (!isUsable(result) || (best !== undefined && result.objective >= best.objective)) continue;
    best = result;
    name = lots === "none" ? "no movement at all" : "the relaxation, rounded";
  }
  return { point: best, name, seconds, iterations };
};

/** A point that is known before the search, and what it is. */
interface KnownStart {
  readonly name: string;
  readonly point: CheckedPoint;
}

/** The cheapest of the known points that is one of this model: rows may have been added since. */
const bestStart = (model: LinearModel, points: readonly StartingPoint[]): KnownStart | undefined => {
  let best: KnownStart | undefined;
  for (const { name, primal } of points) {
    const point = checkedPoint(model, primal);
    if (point !== undefined && (best === undefined || isCheaper(point.objective, best.point.objective))) best = { name, point };
  }
  return best;
};

/** A known point as an answer. */
const asResult = (point: CheckedPoint): SolveResult => {
  const record = { solver: "earlier stage", seconds: 0, iterations: 0, rawStatus: "the point of an earlier stage" };
  return withPoint(resultWithoutPoint("otherError", record), point);
};

/** Stop and progress for a linear program: what it has on its way is no answer, so its objective is not shown. */
export const asLinear = ({ onProgress, ...watch }: Pick<SolveOptions, "stop" | "onProgress">): Pick<SolveOptions, "stop" | "onProgress"> => ({
  ...watch,
  ...(onProgress === undefined ? {} : { onProgress: ({ objective: _, gap: __, ...progress }: SolveProgress) => onProgress(progress) }),
});

/**
 * Fixes movements (begun ones made, the largest first within the caps), then lots (up or down) so that they fit the movements: none where
 * nothing is delivered, at least the smallest piece where something is. Other integers stay open.
 */
const settle = (model: LinearModel, index: AllocationIndex, primal: Float64Array, lots: "up" | "down" | "none"): LinearModel => {
  const columnLower = Float64Array.from(model.columnLower);
  const columnUpper = Float64Array.from(model.columnUpper);
  const integer = Uint8Array.from(model.integer ?? []);
  const fix = (column: number, value: number): void => {
    columnLower[column] = columnUpper[column] = Math.min(model.columnUpper[column]!, Math.max(model.columnLower[column]!, value));
    integer[column] = 0;
  };
  const lotOf = lotsByPair(model, index);
  const space = spaceByRow(model, index);
  const room = new Map(index.rules.filter((rule) => rule.kind === "cap").map((rule) => [rule.rows[0]!, model.rowUpper[rule.rows[0]!]!]));
  const isDelivery = new Map([...index.delivers].flatMap((column, p) => (column >= 0 ? [[column, p] as const] : [])));
  const movements = [...index.delivers, ...index.recalls].filter((column) => column >= 0);
  movements.sort((a, b) => primal[b]! - primal[a]! || a - b);
  for (const column of movements) {
    const p = isDelivery.get(column);
    const lot = p === undefined ? undefined : lotOf.get(p);
    const most = lot === undefined ? 0 : Math.floor(roomFor(model, space, index.deliver[p!]!) / lot.size + 1e-9);
    const count = lot === undefined ? undefined : countWithin(model, column, lot.size, primal[lot.column]!, lots, most);
    const rows = capRows(model, column, room);
    const isMade = lots !== "none" && primal[column]! > 1e-9 && count !== 0 && rows.every((row) => room.get(row)! >= 1);
    if (isMade) rows.forEach((row) => room.set(row, room.get(row)! - 1));
    fix(column, isMade ? 1 : 0);
    // What is held today need not be whole lots: its count stays open.
    if (lot === undefined || index.keep[p!]! >= 0) continue;
    fix(lot.column, isMade ? count! : 0);
    if (isMade) takeRoom(model, space, index.deliver[p!]!, count! * lot.size);
  }
  for (const [p, lot] of lotOf) {
    if (index.delivers[p]! >= 0) continue;
    if (lots === "none" && index.keep[p]! >= 0) continue;
    fix(lot.column, lots === "none" ? 0 : lots === "up" ? Math.ceil(primal[lot.column]! - 1e-6) : Math.floor(primal[lot.column]! + 1e-6));
  }
  const { integer: _, ...continuous } = model;
  return { ...continuous, columnLower, columnUpper, ...(integer.includes(1) ? { integer } : {}) };
};

/** What fits into each inventory and coverage row beside today's balances; a coverage row takes its excess too. */
const spaceByRow = (model: LinearModel, index: AllocationIndex): Map<number, number> => {
  const space = new Map<number, number>();
  for (const row of index.inventoryRow) if (row >= 0) space.set(row, model.rowUpper[row]!);
  index.coverageRow.forEach((row, d) => {
    if (row >= 0) space.set(row, model.rowUpper[row]! + model.columnUpper[index.excess[d]!]!);
  });
  for (const column of index.keep) if (column >= 0) takeRoom(model, space, column, model.columnUpper[column]!);
  return space;
};

const takeRoom = (model: LinearModel, space: Map<number, number>, column: number, money: number): void => {
  for (let k = model.starts[column]!; k < model.starts[column + 1]!; k++) {
    const left = space.get(model.indices[k]!);
    if (left !== undefined) space.set(model.indices[k]!, left - money * model.values[k]!);
  }
};

/** Most money that a delivery may still take. */
const roomFor = (model: LinearModel, space: ReadonlyMap<number, number>, column: number): number => {
  let room = Infinity;
  for (let k = model.starts[column]!; k < model.starts[column + 1]!; k++) {
    const left = space.get(model.indices[k]!);
    if (left !== undefined && model.values[k]! > 0) room = Math.min(room, left / model.values[k]!);
  }
  return room;
};

/** Lots near a relaxed count that the movement's rows allow (smallest piece, largest use); 0 where none fits. */
const countWithin = (model: LinearModel, delivers: number, size: number, relaxed: number, lots: "up" | "down" | "none", room: number): number => {
  let [least, most] = [1, room];
  for (let k = model.starts[delivers]!; k < model.starts[delivers + 1]!; k++) {
    const row = model.indices[k]!;
    const money = -model.values[k]!;
    if (money <= 0) continue;
    if (model.rowLower[row] === 0) least = Math.max(least, Math.ceil(money / size - 1e-9));
    else if (model.rowUpper[row] === 0) most = Math.min(most, Math.floor(money / size + 1e-9));
  }
  const near = lots === "up" ? Math.ceil(relaxed - 1e-6) : Math.floor(relaxed + 1e-6);
  return least > most ? 0 : Math.min(most, Math.max(least, near));
};

const capRows = (model: LinearModel, column: number, room: ReadonlyMap<number, number>): number[] => {
  const rows: number[] = [];
  for (let k = model.starts[column]!; k < model.starts[column + 1]!; k++) if (room.has(model.indices[k]!)) rows.push(model.indices[k]!);
  return rows;
};
