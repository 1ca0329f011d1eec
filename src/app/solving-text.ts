import type { Settings } from "../core/collateral/book";
import type { SolveProgress } from "../core/lp/solver";
import type { SearchView } from "./collateral-app";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Small costs, such as those in a coin, keep three digits. */
const perDay = (value: number): string => (value === 0 || Math.abs(value) >= 0.5 ? whole.format(value) : String(Number(value.toPrecision(3))));

/** What is settled before the cost; of the cost itself the figures speak. */
const stageWords: Readonly<Record<string, string>> = {
  cover: ", what can be covered",
  minimums: ", which minimums can be met",
  "soft limits": ", which soft limits can be kept",
};

/**
 * Says how far a solve is: `Solving: best 12,431 USD/day with moves, gap 0.8 %, 6 s of 10 s`. Objectives are over the cost horizon and hold
 * what the movements cost; the result shows the two apart.
 */
export const solvingText = (progress: SolveProgress, settings: Settings): string => {
  const best =
    progress.objective === undefined || !Number.isFinite(progress.objective)
      ? ""
      : ` best ${perDay(progress.objective / settings.horizonDays)} ${settings.baseCurrency}/day with moves,`;
  const gap = progress.gap === undefined || !Number.isFinite(progress.gap) ? "" : ` gap ${(progress.gap * 100).toFixed(1)} %,`;
  return `Solving${stageWords[progress.phase] ?? ""}:${best}${gap} ${progress.seconds.toFixed(0)} s of ${settings.timeLimitSeconds} s`;
};

const isKnown = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

/** Takes the figures of a search out of its progress: per day, and only those that are known. */
export const searchOf = ({ objective, bound, gap }: SolveProgress, settings: Settings): SearchView => ({
  currency: settings.baseCurrency,
  limitSeconds: settings.timeLimitSeconds,
  ...(isKnown(objective) ? { bestPerDay: objective / settings.horizonDays } : {}),
  ...(isKnown(bound) && isKnown(objective) ? { boundPerDay: bound / settings.horizonDays } : {}),
  ...(isKnown(gap) && isKnown(objective) ? { gap } : {}),
});
