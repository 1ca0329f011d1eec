import type { ModelBuilder } from "../../lp/model-builder";
import { addMiss, type AllocationIndex } from "../allocation-index";
import type { AllocationProblem } from "../problem-shape";

/**
 * Adds pins that are rows: those on several inventory lines, and those that give way. The others are bounds of their columns.
 *
 *   lower <= sum (keep + deliver) + missed <= upper
 */
export const addPinRows = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem): void => {
  problem.pins.forEach((pin, number) => {
    const yields = problem.yielding.has(pin.name);
    const first = pin.pairs[0];
    if (first === undefined || (!pin.isJoint && !yields)) return;
    const unit = problem.supplies[problem.pairs[first]!.supply]!.unitValue / index.scale;
    const link = (row: number): void => {
      for (const p of pin.pairs) {
        if (index.keep[p]! >= 0) builder.addEntry(row, index.keep[p]!, 1);
        builder.addEntry(row, index.deliver[p]!, 1);
      }
    };
    const rows: number[] = [];
    if (pin.lower > 0) {
      const row = builder.addRow({ lower: pin.lower * unit });
      link(row);
      rows.push(row);
      if (yields) addMiss(builder, index, [row], 1, pin.name, 1);
    }
    if (pin.isJoint && Number.isFinite(pin.upper)) {
      const row = builder.addRow({ upper: pin.upper * unit });
      link(row);
      rows.push(row);
    }
    index.rules.push({ kind: "pin", name: pin.name, rows, of: number });
  });
};

/** Adds the most that a transfer route carries in a day, in units of each asset. */
export const addRouteRows = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem): void => {
  problem.routes.forEach((route, number) => {
    const unit = problem.supplies[problem.pairs[route.pairs[0]!]!.supply]!.unitValue / index.scale;
    const row = builder.addRow({ upper: route.maxUnits * unit });
    for (const p of route.pairs) builder.addEntry(row, index.deliver[p]!, 1);
    index.rules.push({ kind: "route", name: route.name, rows: [row], of: number });
  });
};
