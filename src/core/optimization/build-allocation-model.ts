import { createModelBuilder, type ModelBuilder } from "../lp/model-builder";
import { addCostedColumn, type AllocationIndex } from "./allocation-index";
import { addBufferRows } from "./model-rows/buffer-rows";
import { addLimitRows } from "./model-rows/limit-rows";
import { addLotRows } from "./model-rows/lot-rows";
import { addMovementRows } from "./model-rows/movement-rows";
import { addPinRows, addRouteRows } from "./model-rows/pin-rows";
import { addPoolRows } from "./model-rows/pool-rows";
import { inventoryRoom, reuseOf } from "./inventory-reuse";
import type { AllocationProblem, Pair, PinRule, Supply } from "./problem-shape";
import { strandedHoldings } from "./stranded-holdings";

/** Up to this many pairs every movement gets its switch, and the search can prove its answer. */
export const largestExactSearch = 400;

/** The builder with all columns and rows of a problem, and what they mean. */
export interface AllocationModel {
  readonly builder: ModelBuilder;
  readonly index: AllocationIndex;
}

/**
 * Builds the model: inventory, coverage with elastic shortfall, over-post bounds, slabs, and the side rules of the book.
 *
 * Values are divided by the largest requirement, costs are in basis points of a year, so that engines see numbers near 1. Without side rows
 * every column has at most two entries: a generalized network.
 *
 * Where movements are the only reason for integers they are left to solveMovements: those with fixed costs alone, and in large books those
 * with caps and smallest pieces too.
 *
 * @param withSwitches gives every movement its switch in any case
 * @param withOpenRules makes switches and counts of lots as wide as inventory alone lets them be, so that limits, pins and other rules can be taken away later
 *
 *   sum_j x_ij <= available_i;   sum_i v_ij x_ij + u_j - o_j = R_j;   x_ij = kept_ij + delivered_ij
 */
export const buildAllocationModel = (problem: AllocationProblem, { withSwitches = false, withOpenRules = false } = {}): AllocationModel => {
  const builder = createModelBuilder();
  const { supplies, demands, pairs, settings } = problem;
  const scale = scaleOf(problem);
  const tau = settings.horizonDays / settings.dayCount;
  const yearsPerUnit = Math.max(tau, 1 / 365);
  const index: AllocationIndex = {
    scale,
    cent: problem.cent,
    costScale: (scale * yearsPerUnit) / 1e4,
    keep: new Int32Array(pairs.length).fill(-1),
    deliver: new Int32Array(pairs.length).fill(-1),
    shortfall: new Int32Array(demands.length),
    excess: new Int32Array(demands.length),
    inventoryRow: new Int32Array(supplies.length),
    coverageRow: new Int32Array(demands.length),
    bufferRows: [],
    sliceColumns: [],
    rules: [],
    breaches: [],
    softLimits: [],
    misses: [],
    costs: [],
    constantCost: 0,
    lotCounts: [],
    hasBindingIntegers: false,
    awaitsMovements: false,
    delivers: new Int32Array(pairs.length).fill(-1),
    recalls: new Int32Array(pairs.length).fill(-1),
  };
  addRows(builder, index, problem);
  const perUnit = 1e4 / yearsPerUnit;
  pairs.forEach((pair, p) => addPairColumns(builder, index, problem, pair, p, tau, perUnit));
  demands.forEach((demand, d) => {
    const row = index.coverageRow[d]!;
    index.shortfall[d] = addCostedColumn(builder, index, 0, 0, demand.required / scale);
    index.excess[d] = addCostedColumn(builder, index, 0, 0, demand.overPostCap / scale);
    builder.addEntry(row, index.shortfall[d]!, 1);
    builder.addEntry(row, index.excess[d]!, -1);
    index.rules.push({
      kind: "overPost",
      name: `no more than required at ${demand.agreementId}`,
      rows: [],
      bounds: [{ column: index.excess[d]!, lower: 0, upper: Infinity }],
      of: d,
    });
  });
  addPoolRows(builder, index, problem);
  addPinRows(builder, index, problem);
  addRouteRows(builder, index, problem);
  addLimitRows(builder, index, problem);
  addBufferRows(builder, index, problem);
  addLotRows(builder, index, problem, withOpenRules);
  // Every integer so far is a slab, a gate or a lot; those of movements bind only with caps or smallest pieces.
  const hasOthers = builder.build().integer !== undefined;
  const bindsMovements = problem.caps.length > 0 || pairs.some((pair) => pair.costs.minimumPiece > 0);
  const isLarge = pairs.length > largestExactSearch && !withSwitches;
  index.hasBindingIntegers = hasOthers || (bindsMovements && !isLarge);
  index.awaitsMovements = !index.hasBindingIntegers && !withSwitches && (bindsMovements || hasFixedCosts(problem));
  if (!index.awaitsMovements) addMovementRows(builder, index, problem, { withOpenRules });
  index.constantCost += forcedRecallCost(problem, perUnit / scale);
  return { builder, index };
};

/**
 * The largest requirement, as far as the whole inventory could ever cover it: one that is out of reach must not blow up the tolerances of
 * all others.
 */
const scaleOf = ({ supplies, demands, cent }: AllocationProblem): number => {
  const inventory = supplies.reduce((sum, supply) => sum + supply.available * supply.unitValue, 0);
  const largest = demands.reduce((most, demand) => Math.max(most, demand.required), 0);
  return Math.max(1e-4 * cent, inventory > 0 ? Math.min(largest, inventory) : largest);
};

const addRows = (builder: ModelBuilder, index: AllocationIndex, { supplies, demands, settings }: AllocationProblem): void => {
  supplies.forEach((supply, s) => {
    index.inventoryRow[s] = builder.addRow({ upper: (inventoryRoom(supply, settings) * supply.unitValue) / index.scale });
    index.rules.push({ kind: "inventory", name: `${supplyName(supply)} inventory`, rows: [index.inventoryRow[s]!], of: s });
  });
  demands.forEach((demand, d) => {
    const amount = demand.required / index.scale;
    index.coverageRow[d] = builder.addRow({ lower: amount, upper: amount });
    index.rules.push({ kind: "coverage", name: `cover ${demand.agreementId}`, rows: [index.coverageRow[d]!], of: d });
  });
};

/** Tells whether a movement costs anything by itself, whatever its size. */
export const hasFixedCosts = (problem: AllocationProblem): boolean =>
  problem.pairs.some((pair) => pair.costs.deliverFixed > 0 || (pair.today > 0 && pair.costs.recallFixed > 0));

/** Names an inventory line: the asset, and where it is if the book says. */
export const supplyName = (supply: Supply): string =>
  [supply.row.assetId, ...[supply.row.location, supply.row.account].filter((part) => part.trim() !== "")].join(" at ");

/** x = kept + delivered: two columns only where something is posted today, because moving it may cost. */
const addPairColumns = (
  builder: ModelBuilder,
  index: AllocationIndex,
  problem: AllocationProblem,
  pair: Pair,
  p: number,
  tau: number,
  perUnit: number,
): void => {
  const unit = problem.supplies[pair.supply]!.unitValue / index.scale;
  const today = pair.today * unit;
  const atLeast = pair.atLeast * unit;
  const atMost = pair.atMost * unit;
  const carry = pair.costs.carryRate * tau * perUnit;
  const supply = problem.supplies[pair.supply]!;
  const reuse = reuseOf(supply, problem.settings);
  const link = (column: number, drawsInventory: boolean): void => {
    if (drawsInventory) builder.addEntry(index.inventoryRow[pair.supply]!, column, 1);
    if (pair.pool < 0) builder.addEntry(index.coverageRow[pair.demand]!, column, pair.valueRatio);
  };
  if (today > 0) {
    const keep = addCostedColumn(builder, index, carry - pair.costs.recallRate * perUnit, Math.min(atLeast, today), Math.min(today, atMost));
    index.constantCost += pair.costs.recallRate * perUnit * today;
    index.keep[p] = keep;
    link(keep, reuse !== "apart");
  }
  const deliver = addCostedColumn(
    builder,
    index,
    carry + pair.costs.deliverRate * perUnit,
    Math.max(0, atLeast - today),
    reuse === "none" ? 0 : Math.max(0, atMost - today),
  );
  index.deliver[p] = deliver;
  link(deliver, true);
  if (pair.boundReasons.length > 0) addBoundRule(index, problem, pair, p, today);
};

/** Pins, locks and late arrivals on one line are bounds of its columns, not rows; where time binds a pair, its pins are rows. */
const addBoundRule = (index: AllocationIndex, problem: AllocationProblem, pair: Pair, p: number, today: number): void => {
  const pins = problem.pins.flatMap((pin, number) => (isBound(problem, pin, p) ? [number] : []));
  const isPin = pair.isShut !== true && pair.boundReasons.some((reason) => reason.includes("tblPins"));
  if (isPin && pins.length === 0) return;
  const { assetId, location } = problem.supplies[pair.supply]!.row;
  const isOneOfSeveral = problem.supplies.filter((supply) => supply.row.assetId === assetId).length > 1;
  const from = (pair.isShut === true || isOneOfSeveral) && location.trim() !== "" ? ` from ${location}` : "";
  const where = `${assetId}${from} at ${problem.demands[pair.demand]!.agreementId}`;
  index.rules.push({
    kind: isPin ? "pin" : "timing",
    name: isPin
      ? pins.map((number) => problem.pins[number]!.name).join("; ")
      : `${where}: ${(pair.isShut === true ? pair.boundReasons.slice(0, 1) : pair.boundReasons).join("; ")}`,
    rows: [],
    bounds: [
      { column: index.deliver[p]!, lower: 0, upper: Infinity },
      ...(index.keep[p]! < 0 ? [] : [{ column: index.keep[p]!, lower: 0, upper: today }]),
    ],
    of: isPin ? pins[0]! : p,
  });
};

/** A pin that gives way still holds its most. */
const isBound = (problem: AllocationProblem, pin: PinRule, p: number): boolean =>
  !pin.isJoint && pin.pairs.includes(p) && (Number.isFinite(pin.upper) || !problem.yielding.has(pin.name));

/** What is posted where it is not eligible goes home whatever is decided. */
const forcedRecallCost = (problem: AllocationProblem, perUnit: number): number =>
  strandedHoldings(problem).reduce((sum, held) => {
    const costs = problem.recallCosts(held.supply, held.demand);
    return sum + (costs.recallRate * held.units * problem.supplies[held.supply]!.unitValue + costs.recallFixed) * perUnit;
  }, 0);
