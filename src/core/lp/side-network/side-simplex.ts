import { computeFlows } from "../network/build-forest";
import type { Forest } from "../network/forest";
import { AT_LOWER, AT_UPPER, viewEights } from "../network/network";
import { createStep } from "../network/pivot";
import { createForestPrices, updateForestPotentials } from "./forest-prices";
import { chooseLowestArc, clearSidePricing, createSidePricing, gainOf, queueArcs } from "./price-side-arcs";
import { ABOVE, BELOW, INSIDE, ON_LOWER, ON_UPPER, slopeAt, widenPenalties, type RowPenalties } from "./row-penalties";
import { sidePivot } from "./side-pivot";
import { forgiveNoise } from "./forgive-noise";
import { COST_TOLERANCE, zoneBeside, type Entering, type SideRun, type SideStatus } from "./side-run";
import type { SideNetwork } from "./side-network";
import { applyInverse, createWorkingBasis, invertAnew } from "./working-basis";

/** Pivots after which everything is computed anew. */
const REBUILD_AFTER = 600;
/** Pivots in which nothing moved before the rule changes to one that cannot cycle. */
const PATIENCE = 300;
/** Degenerate pivots in a row, at least and for each row, after which another engine is to be asked. */
const GIVE_UP = { least: 2000, perRow: 20, most: 20_000 };
/** Tries to pivot after which another engine is to be asked, whatever they do: several times what the hardest books take. */
const MOST_STEPS = { least: 20_000, perRow: 50, perArc: 2 };
/** Factor by which a penalty that an optimum leans on is raised. */
const WIDEN = 16;

/**
 * Prepares the primal simplex for a network with side rows from an optimal forest of the network alone.
 *
 * The basis is a forest, on which everything costs as much as the trees are deep, and a small dense part with one
 * column for each side row. Totals of side rows have convex penalties instead of hard bounds, so that any network answer
 * is a start.
 *
 * @param state of the network's run; belongs to this run from now on
 * @source R. S. Barr, K. Farhangian, J. L. Kennington, Networks with side constraints: an LU factorization update, 1986
 */
export function createSideRun(side: SideNetwork, forest: Forest, state: Uint8Array, penalties: RowPenalties, most: number): SideRun {
  const { sideCount, network } = side;
  const run: SideRun = {
    side,
    penalties,
    most,
    forest,
    state,
    working: createWorkingBasis(sideCount),
    w: new Float64Array(sideCount),
    place: new Uint8Array(sideCount).fill(INSIDE),
    step: createStep(network.nodeCount),
    probe: createStep(network.nodeCount),
    pricing: createSidePricing(network.realArcCount, sideCount),
    prices: createForestPrices(side),
    column: new Float64Array(sideCount),
    z: new Float64Array(sideCount),
    row: new Float64Array(sideCount),
    onPath: new Float64Array(sideCount),
    status: "running",
    pivots: 0,
    steps: 0,
    degenerateRun: 0,
    sinceRebuild: 0,
    confirmations: 0,
    forgiven: 0,
    isFresh: false,
  };
  computeAmounts(run);
  for (let r = 0; r < sideCount; r++) {
    const total = run.working.values[r]!;
    run.place[r] = total > side.upper[r]! ? ABOVE : total < side.lower[r]! ? BELOW : INSIDE;
  }
  computePrices(run);
  return run;
}

/** Makes at most this many pivots and says how things stand; every run ends, as `stalled` where nothing else ends it. */
export function advanceSideRun(run: SideRun, maxPivots: number): SideStatus {
  const { network, sideCount } = run.side;
  const rows = network.nodeCount + sideCount;
  const mostSteps = MOST_STEPS.least + MOST_STEPS.perRow * rows + MOST_STEPS.perArc * network.realArcCount;
  const patience = Math.min(GIVE_UP.most, GIVE_UP.least + GIVE_UP.perRow * rows);
  for (let k = 0; k < maxPivots && run.status === "running"; k++) {
    const isStrict = run.degenerateRun > PATIENCE;
    // Numbers computed from nothing decide whether it is noise that keeps it going.
    const isDue = run.sinceRebuild >= REBUILD_AFTER || (isStrict && run.degenerateRun === PATIENCE + 1 && run.sinceRebuild > 0);
    if (isDue && !rebuild(run)) break;
    const entering = isStrict ? chooseStrictly(run) : choose(run);
    if (!entering) close(run);
    else sidePivot(run, entering, isStrict);
    run.steps++;
    if (run.status === "running" && (run.degenerateRun > patience || run.steps > mostSteps)) run.status = "stalled";
  }
  return run.status;
}

/**
 * Takes the next arc of the queue. Potentials are brought up to date only when the queue is empty: that costs more
 * than the rest of a pivot, and whether an arc still saves something shows when its column is computed.
 */
function choose(run: SideRun): Entering | undefined {
  const { pricing, state, side, forest, prices } = run;
  for (;;) {
    while (pricing.next < pricing.queued) {
      const arc = pricing.queue[pricing.next++]!;
      if (state[arc]! <= AT_UPPER) return { arc, direction: state[arc] === AT_LOWER ? 1 : -1 };
    }
    refresh(run);
    const found = queueArcs(side, forest.potential, prices.w, state, pricing, COST_TOLERANCE);
    const total = chooseTotal(run, found ? gainOf(side, forest.potential, prices.w, state, pricing.queue[0]!) : COST_TOLERANCE);
    if (total || !found) return total;
  }
}

function chooseStrictly(run: SideRun): Entering | undefined {
  const { state, side, forest, w, pricing } = run;
  pricing.queued = 0;
  refresh(run);
  const arc = chooseLowestArc(side, forest.potential, w, state, pricing.isNoise, COST_TOLERANCE);
  return arc < 0 ? chooseTotal(run, COST_TOLERANCE) : { arc, direction: state[arc] === AT_LOWER ? 1 : -1 };
}

/** Brings the potentials up to date after the duals of the side rows have changed. */
function refresh(run: SideRun): void {
  if (run.isFresh) return;
  run.isFresh = true;
  updateForestPotentials(run.side, run.forest, run.prices, run.w);
}

/** Finds the resting total whose move saves more than `least`. */
function chooseTotal({ side, penalties, place, w, pricing }: SideRun, least: number): Entering | undefined {
  let found: Entering | undefined;
  let best = least;
  for (let r = 0; r < place.length; r++) {
    if ((place[r] !== ON_LOWER && place[r] !== ON_UPPER) || pricing.isNoise[side.network.realArcCount + r]) continue;
    const up = -(slopeAt(penalties, r, zoneBeside(side, place, r, 1)) + w[r]!);
    const down = slopeAt(penalties, r, zoneBeside(side, place, r, -1)) + w[r]!;
    const gain = Math.max(up, down);
    if (gain <= best) continue;
    best = gain;
    found = { arc: -1 - r, direction: up > down ? 1 : -1 };
  }
  return found;
}

/**
 * Turns to the question by how much the rows must be broken at least: no costs, and a price of 1 for each unit.
 * When that is more than nothing, w and the potentials are multipliers which prove that nothing fits.
 */
export function seekFeasibility(run: SideRun): void {
  run.side.realCost.fill(0);
  setHardRows(run, 1);
}

/** Returns to the real costs from a point that keeps all rows, which is now left at no price. */
export function returnToCosts(run: SideRun, cost: Float64Array, most: number): void {
  run.side.realCost.set(cost);
  setHardRows(run, most);
}

function setHardRows(run: SideRun, most: number): void {
  const { penalties, pricing } = run;
  penalties.below.fill(-most);
  penalties.inside.fill(0);
  penalties.above.fill(most);
  run.most = most;
  run.status = "running";
  run.degenerateRun = 0;
  run.confirmations = 0;
  run.prices.arc.fill(-1);
  clearSidePricing(pricing);
  rebuild(run);
}

/** Nothing improves: done, once that still holds for numbers computed from nothing and without any penalty's help. */
function close(run: SideRun): void {
  if (run.sinceRebuild > 0 && run.confirmations < 10) {
    run.confirmations++;
    rebuild(run);
    return;
  }
  const changed = widenPenalties(run.penalties, run.place, WIDEN, run.most);
  if (changed === 0) run.status = "optimal";
  else if (changed < 0 && !forgiveNoise(run)) run.status = "broken";
  else {
    run.confirmations = 0;
    run.pricing.isNoise.fill(0);
    computePrices(run);
  }
}

/** Computes the inverse, all amounts and all prices from nothing. */
function rebuild(run: SideRun): boolean {
  run.sinceRebuild = 0;
  run.pricing.isNoise.fill(0);
  if (!invertAnew(run.side, run.forest, run.prices, run.working, run.step)) {
    run.status = "stalled";
    return false;
  }
  computeAmounts(run);
  computePrices(run);
  return true;
}

/** Computes the flows of the forest and the values of the extras from the supplies and what rests at a bound. */
function computeAmounts({ side, forest, state, working, place }: SideRun): void {
  const { network, sideCount, sideStarts, sideRows, sideValues, lower, upper } = side;
  const isBasicTotal = new Uint8Array(sideCount);
  for (const extra of working.extras) if (extra < 0) isBasicTotal[-1 - extra] = 1;
  computeFlows(network, forest, state);
  const missing = new Float64Array(sideCount);
  for (let r = 0; r < sideCount; r++) if (!isBasicTotal[r]) missing[r] = place[r] === ON_LOWER ? lower[r]! : upper[r]!;
  const take = (arc: number, flow: number): void => {
    for (let k = sideStarts[arc]!; k < sideStarts[arc + 1]!; k++) missing[sideRows[k]!]! -= sideValues[k]! * flow;
  };
  const eights = viewEights(state);
  for (let e = 0; e < network.realArcCount; e++) {
    if (e % 8 === 0) while (eights[e >>> 3] === 0) e += 8;
    if (state[e] === AT_UPPER && e < network.realArcCount) take(e, network.capacity[e]!);
  }
  for (let n = 0; n < network.nodeCount; n++) if (forest.arc[n]! < network.realArcCount) take(forest.arc[n]!, forest.flow[n]!);
  applyInverse(working, missing, working.values);
  const supply = network.supply.slice();
  let hasArcs = false;
  working.extras.forEach((arc, k) => {
    if (arc < 0 || network.tail[arc]! >= network.nodeCount) return;
    hasArcs = true;
    supply[network.tail[arc]!]! -= network.tailCoefficient[arc]! * working.values[k]!;
    if (network.head[arc]! < network.nodeCount) supply[network.head[arc]!]! -= network.headCoefficient[arc]! * working.values[k]!;
  });
  if (hasArcs) computeFlows({ ...network, supply }, forest, state);
}

/** Computes the duals of the side rows and then all potentials from the costs of the basic columns. */
function computePrices(run: SideRun): void {
  const { side, forest, working, w, place, penalties } = run;
  const { network, realCost, sideCount } = side;
  w.fill(0);
  updateForestPotentials(side, forest, run.prices, w);
  const { potential } = forest;
  working.extras.forEach((arc, k) => {
    const own =
      arc < 0
        ? slopeAt(penalties, -1 - arc, place[-1 - arc]!)
        : realCost[arc]! -
          network.tailCoefficient[arc]! * potential[network.tail[arc]!]! -
          network.headCoefficient[arc]! * potential[network.head[arc]!]!;
    for (let r = 0; r < sideCount; r++) w[r]! += own * working.inverse[k * sideCount + r]!;
  });
  run.isFresh = false;
  run.pricing.queued = 0;
}
