import { setParent, setRoot, updatePotentials, type Forest } from "./forest";
import type { Network } from "./network";

/** A root column that delivers less than this is taken as delivering nothing: its cycle has (almost) no gain. */
const SMALLEST_DELIVERY = 1e-9;

/**
 * Computes the numbers of every arc of a forest and all potentials anew, from the network's present coefficients and costs.
 *
 * Which node hangs where is exact, only the numbers gather rounding from pivot to pivot; and they change with the costs. Flows are
 * not touched.
 *
 * @returns false where a root column delivers (almost) nothing: such a forest has to be built anew
 */
export function refreshForest(network: Network, forest: Forest): boolean {
  const { nodeCount } = network;
  const { parent, arc } = forest;
  for (let n = 0; n < nodeCount; n++) if (parent[n]! >= 0) setParent(network, forest, n, parent[n]!, arc[n]!);
  for (let n = 0; n < nodeCount; n++) {
    if (parent[n]! >= 0) continue;
    setRoot(network, forest, n, arc[n]!);
    if (!deliversSomething(forest, n)) return false;
    updatePotentials(forest, n);
  }
  return true;
}

/** Tells whether a root's column delivers enough to balance its tree. */
export function deliversSomething({ factor }: Forest, root: number): boolean {
  return Math.abs(factor[root]!) <= 1 / SMALLEST_DELIVERY;
}
