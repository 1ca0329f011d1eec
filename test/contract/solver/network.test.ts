import { createNetworkSolver } from "../../../src/adapters/solvers/network-solver";
import { describeSolver } from "./solver-contract";

describeSolver("the network simplex", createNetworkSolver, { networksOnly: true });
