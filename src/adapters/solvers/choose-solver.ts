import { isOfAnotherKind } from "./engine-kinds";
import { checkDual, isDualCertificate } from "../../core/lp/check-dual";
import { checkPrimal, isPrimalFeasible } from "../../core/lp/check-primal";
import { resultWithoutPoint } from "../../core/lp/solve-result";
import type { LinearModel } from "../../core/lp/linear-model";
import type { SolveOptions, SolveResult, Solver } from "../../core/lp/solver";
import { createPace, type Pace } from "./pace";

const NAME = "choice of engine";
const CHECK = "check of the answer";

/**
 * Combines engines into one solver that tries them in order and believes only what it has checked.
 *
 * An engine that cannot take the model, fails, or whose answer does not pass the primal and dual checks is passed
 * over and the next one asked; `reason` of the result tells why, in the order in which it happened.
 *
 * Where an answer `unlike` that of an engine is wanted, engines of its kind are left out (`engine-kinds.ts`).
 *
 * @param engines in the order of preference; each is asked only within its capabilities
 */
export function createSolver(engines: readonly Solver[]): Solver {
  return {
    name: NAME,
    capabilities: {
      duals: engines.some((engine) => engine.capabilities.duals),
      integers: engines.some((engine) => engine.capabilities.integers),
      needsWebAssembly: engines.every((engine) => engine.capabilities.needsWebAssembly),
      interruptible: engines.every((engine) => engine.capabilities.interruptible),
      basis: engines.some((engine) => engine.capabilities.basis),
      maxColumns: Math.max(0, ...engines.map((engine) => engine.capabilities.maxColumns)),
      precision: Math.min(1, ...engines.map((engine) => engine.capabilities.precision)),
      get parallel() {
        return Math.max(1, ...engines.map((engine) => engine.capabilities.parallel ?? 1));
      },
    },
    solve: async (model, options = {}) => {
      const notes: string[] = [];
      const pace = createPace(options);
      let fallback: SolveResult | undefined;
      const asked = options.unlike === undefined ? engines : engines.filter(({ name }) => isOfAnotherKind(name, options.unlike!));
      for (const engine of asked) {
        const refusal = refuse(engine, model) ?? refuseSearch(engine, model, fallback);
        if (refusal) {
          notes.push(`${engine.name} passed over: ${refusal}`);
          continue;
        }
        await pace.pause(NAME);
        // Engines that were passed over have used their share of the time.
        const result = await solveSafely(engine, model, pace.leave(options));
        const doubt = await findDoubt(model, result, pace);
        if (doubt) {
          if (result.terminationStatus === "notSupported") {
            // An engine without a reason had nothing to offer and wants no mention.
            if (result.rawStatus !== "") notes.push(`${engine.name} passed over: ${result.rawStatus}`);
            continue;
          }
          notes.push(`${engine.name} not believed: ${doubt}`);
          fallback ??= result;
          if (options.stop?.requested) break;
          continue;
        }
        notes.push(result.reason ?? `${engine.name}: ${describe(model)}`);
        return { ...result, seconds: pace.seconds(), reason: notes.join("; ") };
      }
      return { ...(fallback ?? noEngine()), seconds: pace.seconds(), reason: notes.join("; ") };
    },
  };
}

function noEngine(): SolveResult {
  return resultWithoutPoint("notSupported", { solver: NAME, seconds: 0, iterations: 0, rawStatus: "no engine takes it" });
}

async function solveSafely(engine: Solver, model: LinearModel, options: SolveOptions): Promise<SolveResult> {
  try {
    return await engine.solve(model, options);
  } catch (error) {
    const rawStatus = error instanceof Error ? error.message : String(error);
    return resultWithoutPoint("otherError", { solver: engine.name, seconds: 0, iterations: 0, rawStatus });
  }
}

function refuse({ capabilities }: Solver, model: LinearModel): string | undefined {
  if (model.integer && !capabilities.integers) return "no whole numbers";
  if (model.columnCount > capabilities.maxColumns) return `more than ${capabilities.maxColumns} columns`;
  if (capabilities.needsWebAssembly && typeof WebAssembly === "undefined") return "no WebAssembly here";
  return undefined;
}

/** A search that cannot be interrupted is not worth its time where an engine before it has left a point. */
function refuseSearch({ capabilities }: Solver, model: LinearModel, earlier: SolveResult | undefined): string | undefined {
  const hasPoint = earlier !== undefined && earlier.primal.length > 0;
  return model.integer && hasPoint && !capabilities.interruptible ? "its search cannot be interrupted, and there is a point" : undefined;
}

/** Says why an answer is not to be believed; undefined for one that stands. */
async function findDoubt(model: LinearModel, result: SolveResult, pace: Pace): Promise<string | undefined> {
  const status = result.terminationStatus;
  if (status === "notSupported" || status === "otherError" || status === "numericalError") {
    return `${status} (${result.rawStatus})`;
  }
  if (status !== "optimal") return undefined;
  await pace.pause(CHECK);
  const primal = checkPrimal(model, result.primal);
  if (!isPrimalFeasible(primal)) return `row ${primal.worstRow} is violated by ${primal.rowViolation}`;
  if (result.dualStatus !== "feasiblePoint" || model.integer) return undefined;
  await pace.pause(CHECK);
  const dual = checkDual(model, result);
  return isDualCertificate(dual, 1e-6) ? undefined : `its duals leave a gap of ${dual.gap}`;
}

function describe(model: LinearModel): string {
  const kind = model.integer ? "mixed-integer" : "linear";
  return `${kind}, ${model.columnCount} columns, ${model.rowCount} rows`;
}
