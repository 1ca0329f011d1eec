import { AT_UPPER } from "../network/network";
import { ABOVE, BELOW, INSIDE } from "./row-penalties";
import type { SideRun } from "./side-run";

/** Share of the largest amount in a row up to which being over its bound is rounding; less than any certificate asks for. */
const ROUNDING = 1e-11;
/** Times that a run may be helped in this way, at least and for each row: rows that truly contradict each other would ask for ever. */
const MOST = { least: 20, perRow: 4 };

/**
 * Counts totals that are over their bounds by rounding as inside.
 *
 * A row kept from an earlier question ("no worse than the least shortfall") holds its total exactly at the bound, and the last place
 * of a sum decides on which side. At the price of breaking a row for good that would look like a row that cannot be kept.
 *
 * @returns whether there was any
 */
export function forgiveNoise(run: SideRun): boolean {
  const { side, working, place } = run;
  if (run.forgiven >= MOST.least + MOST.perRow * side.sideCount) return false;
  let sizes: Float64Array | undefined;
  let found = false;
  working.extras.forEach((extra, k) => {
    const r = -1 - extra;
    if (r < 0 || (place[r] !== ABOVE && place[r] !== BELOW)) return;
    const bound = place[r] === ABOVE ? side.upper[r]! : side.lower[r]!;
    const excess = Math.abs(working.values[k]! - bound);
    if (excess > ROUNDING * Math.max(Math.abs(bound), (sizes ??= largestTerms(run))[r]!)) return;
    place[r] = INSIDE;
    found = true;
  });
  if (found) run.forgiven++;
  return found;
}

/** Largest amount that any arc adds to each total. */
function largestTerms({ side: { network, sideCount, sideStarts, sideRows, sideValues }, forest, working, state }: SideRun): Float64Array {
  const largest = new Float64Array(sideCount);
  const note = (arc: number, flow: number): void => {
    if (arc < 0 || arc >= network.realArcCount) return;
    for (let k = sideStarts[arc]!; k < sideStarts[arc + 1]!; k++) {
      largest[sideRows[k]!] = Math.max(largest[sideRows[k]!]!, Math.abs(sideValues[k]! * flow));
    }
  };
  for (let e = 0; e < network.realArcCount; e++) if (state[e] === AT_UPPER) note(e, network.capacity[e]!);
  for (let n = 0; n < network.nodeCount; n++) note(forest.arc[n]!, forest.flow[n]!);
  working.extras.forEach((arc, k) => note(arc, working.values[k]!));
  return largest;
}
