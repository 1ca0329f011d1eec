import type { LinearModel } from "../../core/lp/linear-model";
import type { SolveLimits, SolveOptions, SolveProgress, SolveResult } from "../../core/lp/solver";

/** What the page says to a solver worker. */
export type ToWorker =
  | { readonly kind: "warm"; readonly wasmUrl: string | undefined }
  | {
      readonly kind: "solve";
      readonly id: number;
      readonly model: LinearModel;
      readonly limits: SolveLimits | undefined;
      readonly start: SolveOptions["start"];
    }
  | { readonly kind: "stop"; readonly id: number };

/** What a solver worker says to the page. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly id: number; readonly progress: SolveProgress }
  | { readonly kind: "result"; readonly id: number; readonly result: SolveResult };

/** A worker as the page sees it. */
export interface WorkerPort {
  post(message: ToWorker): void;
  /** @param onFailure the worker could not be loaded or broke down */
  listen(onMessage: (message: FromWorker) => void, onFailure: (reason: string) => void): void;
  terminate(): void;
}
