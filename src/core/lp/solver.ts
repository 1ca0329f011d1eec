import type { LinearModel } from "./linear-model";

/** Why an engine stopped (MathOptInterface: termination status). */
export type TerminationStatus =
  | "optimal"
  | "infeasible"
  | "unbounded"
  | "timeLimit"
  | "nodeLimit"
  | "iterationLimit"
  | "interrupted"
  | "numericalError"
  | "notSupported"
  | "otherError";

/** What the primal or dual vector of a result means (MathOptInterface: result status). */
export type ResultStatus = "noSolution" | "feasiblePoint" | "infeasiblePoint" | "infeasibilityCertificate";

/** How a run went so far; `bound` and `gap` only where the engine knows them. */
export interface SolveProgress {
  readonly phase: string;
  readonly seconds: number;
  readonly objective?: number;
  readonly bound?: number;
  /** Relative gap, decimal. */
  readonly gap?: number;
  readonly iterations?: number;
  /** Best feasible point so far, only when a mixed-integer run has just improved it; shape (columnCount). */
  readonly incumbent?: Float64Array;
}

/** A request to stop, polled by engines. Ours, because core knows no AbortSignal. */
export interface StopSignal {
  readonly requested: boolean;
}

export interface SolveLimits {
  readonly timeSeconds?: number;
  readonly nodes?: number;
  /** Relative MIP gap at which to stop, decimal; default 1e-6. */
  readonly relativeGap?: number;
}

/** Basis status of columns and rows, HiGHS coding: 0 at lower, 1 basic, 2 at upper, 3 free at zero, 4 nonbasic. */
export interface Basis {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  /**
   * d(objective)/d(right-hand side) of each row at this basis, from engines that begin better with them; shape (rowCount).
   * They travel with the basis, so that an answer never depends on what an engine has solved before.
   */
  readonly prices?: Float64Array;
}

export interface SolveOptions {
  readonly stop?: StopSignal;
  readonly onProgress?: (progress: SolveProgress) => void;
  readonly limits?: SolveLimits;
  readonly start?: { readonly basis?: Basis; readonly primal?: Float64Array };
  /** Name of the engine that has answered already: a choice of engines asks only those of another kind. Single engines do not look at it. */
  readonly unlike?: string;
}

/**
 * The answer of an engine, in the model's own units and order.
 *
 * Vectors are empty where the status says `noSolution`. `dual[r]` is d(objective)/d(right-hand side of r) and
 * `reducedCosts[c]` = objective[c] - sum_r A[r,c] dual[r], both for minimisation. "Infeasible" and "stopped" are
 * answers, not exceptions.
 */
export interface SolveResult {
  readonly terminationStatus: TerminationStatus;
  readonly primalStatus: ResultStatus;
  readonly dualStatus: ResultStatus;
  readonly objective: number;
  /** Best proved lower bound; equals objective for an optimal LP, -Infinity where unknown. */
  readonly bound: number;
  readonly primal: Float64Array;
  readonly dual: Float64Array;
  readonly reducedCosts: Float64Array;
  readonly basis?: Basis;
  /** Engine name and version, such as `highs 1.15.3`. */
  readonly solver: string;
  readonly seconds: number;
  readonly iterations: number;
  /** The engine's own words, for the log. */
  readonly rawStatus: string;
  /** Why this engine answered, and which ones were passed over or failed before it; written by the choice of engine. */
  readonly reason?: string;
  /** Rows and columns that cannot hold together, where an infeasible answer names them. */
  readonly conflict?: { readonly rows: Int32Array; readonly columns: Int32Array };
}

/** What an engine can do; the contract suite tests each engine on exactly this. */
export interface SolverCapabilities {
  readonly duals: boolean;
  readonly integers: boolean;
  readonly needsWebAssembly: boolean;
  /** Whether a solve under way looks at `stop` and the time limit, so that it ends soon and keeps the best point found. */
  readonly interruptible: boolean;
  readonly basis: boolean;
  /** Largest sensible number of columns; Infinity where there is none. */
  readonly maxColumns: number;
  /** Relative precision of the objective on a well-scaled model. */
  readonly precision: number;
  /** Solves at the same time from which there is something to gain; default 1. */
  readonly parallel?: number;
}

/** The port that every engine implements. */
export interface Solver {
  readonly name: string;
  readonly capabilities: SolverCapabilities;
  solve(model: LinearModel, options?: SolveOptions): Promise<SolveResult>;
}
