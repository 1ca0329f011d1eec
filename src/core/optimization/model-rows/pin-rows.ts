import type { ModelBuilder } from "../../lp/model-builder";
import type { AllocationIndex } from "../allocation-index";
import type { AllocationProblem } from "../problem-shape";

/** Adds pins on an asset held in several inventory lines: bounds on their sum. Pins on one line are bounds of its columns. */
export const addPinRows = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem): void => {
  problem.pins.forEach((pin, number) => {
    const unit = problem.supplies[problem.pairs[pin.pairs[0]!]!.supply]!.unitValue / index.scale;
    const row = builder.addRow({ lower: pin.lower * unit, upper: pin.upper * unit });
    for (const p of pin.pairs) {
      if (index.keep[p]! >= 0) builder.addEntry(row, index.keep[p]!, 1);
      builder.addEntry(row, index.deliver[p]!, 1);
    }
    index.rules.push({ kind: "pin", name: pin.name, rows: [row], of: number });
  });
};

/** Adds the most that a transfer route carries in a day, in units of each asset. */
export const addRouteRows = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem): void => {
  for (const route of problem.routes) {
    const unit = problem.supplies[problem.pairs[route.pairs[0]!]!.supply]!.unitValue / index.scale;
    const row = builder.addRow({ upper: route.maxUnits * unit });
    for (const p of route.pairs) builder.addEntry(row, index.deliver[p]!, 1);
    index.rules.push({ kind: "timing", name: route.name, rows: [row], of: -1 });
  }
};
