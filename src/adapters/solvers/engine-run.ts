import type { LinearModel } from "../../core/lp/linear-model";
import { resultWithoutPoint, solveTrivialModel, type SolveRecord } from "../../core/lp/solve-result";
import type { SolveOptions, SolveResult } from "../../core/lp/solver";
import { createPace, type EarlyEnd, type Pace } from "./pace";

/** A solve of one of our own engines: its clock, and how its results are signed. */
export interface EngineRun {
  readonly pace: Pace;
  readonly options: SolveOptions;
  record(rawStatus: string, iterations?: number): SolveRecord;
  /** The result of an engine that does not take the model. */
  refuse(words: string): SolveResult;
  /** The result of a solve that was ended early. */
  endEarly(end: EarlyEnd, iterations?: number): SolveResult;
}

/** Starts a solve of an engine. @param startedAt see `createPace` */
export function beginRun(solver: string, options: SolveOptions, startedAt?: number): EngineRun {
  const pace = createPace(options, startedAt);
  const record: EngineRun["record"] = (rawStatus, iterations = 0) => ({ solver, seconds: pace.seconds(), iterations, rawStatus });
  return {
    pace,
    options,
    record,
    refuse: (words) => resultWithoutPoint("notSupported", record(words)),
    endEarly: (end, iterations) => resultWithoutPoint(end, record(end, iterations)),
  };
}

/** Answers a model without rows or columns, and refuses one with whole numbers: what all of our linear engines begin with. */
export function answerAtOnce(model: LinearModel, { record, refuse }: EngineRun): SolveResult | undefined {
  return model.integer ? refuse("it has whole numbers") : solveTrivialModel(model, record("").solver);
}
