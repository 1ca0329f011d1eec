import type { LinearModel } from "../../core/lp/linear-model";
import { orderByKey } from "../../core/lp/network/order-by-key";
import { expandPrimal, restrictColumns, type RestrictedModel } from "../../core/lp/restrict-columns";
import { splitSideRowsInSteps, type SideRowSplit } from "../../core/lp/side-rows";
import { resultWithoutPoint, solveTrivialModel } from "../../core/lp/solve-result";
import type { Basis, SolveOptions, SolveResult, Solver } from "../../core/lp/solver";
import { createPace, type Pace } from "./pace";

/** Below this many columns the general engine is as fast on the whole model. */
const SMALLEST_MODEL = 4000;
const MOST_ROUNDS = 60;
const PHASE = "column generation";
/** Reduced costs within this share of their terms are zero. */
const NOISE = 1e-12;

/**
 * Creates the engine for networks with a few side rows, from the network engine and a general one.
 *
 * The network without the side rows is solved first. Its prices choose the columns of a small master with all rows,
 * which the general engine solves; then all columns are priced with the master's duals and those that would improve
 * it join, until none does. The answer is optimal for the whole model, with duals for all rows.
 *
 * @param smallestModel columns below which it leaves the model to the general engine
 * @source P. C. Gilmore, R. E. Gomory, A linear programming approach to the cutting stock problem, 1961
 */
export function createColumnGenerationSolver(network: Solver, general: Solver, smallestModel = SMALLEST_MODEL): Solver {
  const name = `column generation (${network.name}, ${general.name})`;
  const refuse = (rawStatus: string): SolveResult => resultWithoutPoint("notSupported", { solver: name, seconds: 0, iterations: 0, rawStatus });
  return {
    name,
    capabilities: { ...general.capabilities, integers: false, maxColumns: Infinity },
    solve: async (model, options = {}) => {
      if (model.integer) return refuse("it has whole numbers");
      if (options.start?.basis) return refuse("there is a basis to start from");
      if (model.columnCount < smallestModel) return refuse("small enough to be solved whole");
      const startedAt = performance.now();
      const trivial = solveTrivialModel(model, name);
      if (trivial) return trivial;
      const pace = createPace(options, startedAt);
      const split = await pace.follow(splitSideRowsInSteps(model), PHASE);
      if (typeof split === "string") return resultWithoutPoint(split, { solver: name, seconds: pace.seconds(), iterations: 0, rawStatus: split });
      if (!split) return refuse("not a network with a few side rows");
      const relaxed = await network.solve(split.network, options);
      if (relaxed.terminationStatus === "infeasible" || relaxed.terminationStatus === "unbounded") {
        return refuse(`the network alone is ${relaxed.terminationStatus}`);
      }
      if (relaxed.terminationStatus !== "optimal") return relaxed;
      const result = await generate({ model, split, general, options, pace, name }, relaxed);
      return { ...result, solver: name, seconds: pace.seconds() };
    },
  };
}

interface Task {
  readonly model: LinearModel;
  readonly split: SideRowSplit;
  readonly general: Solver;
  readonly options: SolveOptions;
  readonly pace: Pace;
  readonly name: string;
}

async function generate(task: Task, relaxed: SolveResult): Promise<SolveResult> {
  const { model, split, general, options, pace } = task;
  const fixed = model.columnLower.map((lower, c) => (Number.isFinite(lower) ? lower : relaxed.primal[c]!));
  const chosen = chooseFirstColumns(model, relaxed);
  let penalty = firstPenalties(model, split.sideRows);
  let basis = extendBasis(model, split, relaxed.basis);
  let iterations = relaxed.iterations;
  let escalated = false;
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const columns = listChosen(chosen);
    const master = restrictColumns(model, columns, fixed, split.sideRows, penalty);
    const start = basis ? { basis: restrictBasis(master, basis) } : undefined;
    await pace.pause(PHASE);
    const { start: _, ...rest } = options;
    const result = await general.solve(master.model, { ...pace.leave(rest), ...(start ? { start } : {}) });
    iterations += result.iterations;
    await pace.pause(PHASE);
    if (result.terminationStatus !== "optimal") return { ...withoutVectors(result), iterations };
    const { worse, reducedCosts } = priceColumns(model, result.dual, chosen);
    if (worse.length > 0) {
      worse.forEach((c) => (chosen[c] = 1));
      basis = expandBasis(model, master, result.basis);
      continue;
    }
    if (!isBent(master, result.primal)) {
      const primal = expandPrimal(master, result.primal, fixed);
      let objective = model.objectiveOffset;
      for (let c = 0; c < primal.length; c++) objective += model.objective[c]! * primal[c]!;
      const rawStatus = `optimal after ${round} rounds; ${columns.length} of ${model.columnCount} columns, ${split.sideRows.length} side rows`;
      const full = expandBasis(model, master, result.basis);
      return { ...result, ...(full ? { basis: full } : {}), objective, bound: objective, primal, reducedCosts, iterations, rawStatus };
    }
    // Dear enough now that only a model in which nothing fits would still bend a row; that is for the general engine to say.
    if (escalated) break;
    escalated = true;
    penalty = penalty.map((cost) => cost * 1000);
    basis = expandBasis(model, master, result.basis);
  }
  return resultWithoutPoint("notSupported", { solver: task.name, seconds: 0, iterations, rawStatus: "the side rows cannot be kept" });
}

/** A master that stopped early has nothing to say in the whole model's columns. */
function withoutVectors(result: SolveResult): SolveResult {
  const { solver, seconds, iterations, rawStatus, terminationStatus } = result;
  const status = terminationStatus === "infeasible" || terminationStatus === "unbounded" ? "notSupported" : terminationStatus;
  return resultWithoutPoint(status, { solver, seconds, iterations, rawStatus });
}

/** Takes what the network uses, what must not be left out, and the columns with the least reduced costs besides. */
function chooseFirstColumns(model: LinearModel, relaxed: SolveResult): Uint8Array {
  const chosen = new Uint8Array(model.columnCount);
  const others = new Uint32Array(model.columnCount);
  const keys = new Float32Array(model.columnCount);
  let count = 0;
  for (let c = 0; c < model.columnCount; c++) {
    const isAtLower = relaxed.primal[c] === model.columnLower[c] && relaxed.basis?.columns[c] !== 1;
    if (!isAtLower) chosen[c] = 1;
    else {
      others[count] = c;
      keys[count++] = relaxed.reducedCosts[c]!;
    }
  }
  const near = orderByKey(others.subarray(0, count), keys.subarray(0, count)).subarray(0, 2 * model.rowCount);
  for (const c of near) chosen[c] = 1;
  return chosen;
}

function listChosen(chosen: Uint8Array): Int32Array {
  const columns: number[] = [];
  for (let c = 0; c < chosen.length; c++) if (chosen[c]) columns.push(c);
  return Int32Array.from(columns);
}

/** Prices every column left out; returns those that improve, at most twice as many as there are rows. */
function priceColumns(model: LinearModel, dual: Float64Array, chosen: Uint8Array): { worse: Uint32Array; reducedCosts: Float64Array } {
  const reducedCosts = new Float64Array(model.columnCount);
  const found = new Uint32Array(model.columnCount);
  const keys = new Float32Array(model.columnCount);
  let count = 0;
  for (let c = 0; c < model.columnCount; c++) {
    let reduced = model.objective[c]!;
    let size = Math.abs(reduced);
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const price = model.values[k]! * dual[model.indices[k]!]!;
      reduced -= price;
      size += Math.abs(price);
    }
    reducedCosts[c] = reduced;
    if (chosen[c] || reduced >= -NOISE * size || model.columnUpper[c] === model.columnLower[c]) continue;
    found[count] = c;
    keys[count++] = reduced;
  }
  const worse = orderByKey(found.subarray(0, count), keys.subarray(0, count)).subarray(0, 2 * model.rowCount);
  return { worse, reducedCosts };
}

/** Price of breaking a side row: well above what any column that is in it costs per unit. */
function firstPenalties(model: LinearModel, sideRows: Int32Array): Float64Array {
  let dearest = 0;
  const smallest = new Float64Array(model.rowCount).fill(Infinity);
  for (let c = 0; c < model.columnCount; c++) {
    dearest = Math.max(dearest, Math.abs(model.objective[c]!));
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      smallest[model.indices[k]!] = Math.min(smallest[model.indices[k]!]!, Math.abs(model.values[k]!));
    }
  }
  return Float64Array.from(sideRows, (r) => (10 * (dearest || 1)) / (Number.isFinite(smallest[r]!) ? smallest[r]! : 1));
}

function isBent({ model, columns }: RestrictedModel, primal: Float64Array): boolean {
  let largest = 0;
  for (const bound of model.rowUpper) if (Number.isFinite(bound)) largest = Math.max(largest, Math.abs(bound));
  for (let k = columns.length; k < primal.length; k++) if (primal[k]! > 1e-12 * Math.max(largest, 1e-9)) return true;
  return false;
}

/** The network's basis in the whole model: its rows as they are, the side rows basic. */
function extendBasis(model: LinearModel, split: SideRowSplit, basis: Basis | undefined): Basis | undefined {
  if (!basis) return undefined;
  const rows = new Int32Array(model.rowCount).fill(1);
  split.networkRows.forEach((row, k) => (rows[row] = basis.rows[k]!));
  return { columns: basis.columns, rows };
}

function restrictBasis({ model, columns }: RestrictedModel, basis: Basis): Basis {
  const restricted = new Int32Array(model.columnCount);
  columns.forEach((c, place) => (restricted[place] = basis.columns[c]!));
  return { columns: restricted, rows: basis.rows };
}

function expandBasis(model: LinearModel, master: RestrictedModel, basis: Basis | undefined): Basis | undefined {
  if (!basis) return undefined;
  const columns = new Int32Array(model.columnCount);
  master.columns.forEach((c, place) => (columns[c] = basis.columns[place]!));
  return { columns, rows: basis.rows };
}
