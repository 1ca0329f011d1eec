import type { LinearModel } from "../../core/lp/linear-model";
import type { SolveLimits, SolveOptions, SolveProgress, SolveResult } from "../../core/lp/solver";

/** What the page says to a solver worker. */
export type ToWorker =
  /** The first message: where the WebAssembly is. */
  | { readonly kind: "begin"; readonly wasmUrl: string | undefined }
  /** Take one step of warming up. The page asks for each, so that a worker never keeps itself busy. */
  | { readonly kind: "warm" }
  | {
      readonly kind: "solve";
      readonly id: number;
      readonly model: LinearModel;
      readonly limits: SolveLimits | undefined;
      readonly start: SolveOptions["start"];
      readonly unlike?: SolveOptions["unlike"] | undefined;
    }
  | { readonly kind: "stop"; readonly id: number };

/** What a solver worker says to the page. */
export type FromWorker =
  /** It has begun, or taken a step of warming up; a worker with no steps left is warm. */
  | { readonly kind: "ready"; readonly stepsLeft: number }
  | { readonly kind: "progress"; readonly id: number; readonly progress: SolveProgress }
  | { readonly kind: "result"; readonly id: number; readonly result: SolveResult };

/** A worker as the page sees it. */
export interface WorkerPort {
  post(message: ToWorker): void;
  /** @param onFailure the worker could not be loaded or broke down */
  listen(onMessage: (message: FromWorker) => void, onFailure: (reason: string) => void): void;
  terminate(): void;
}
