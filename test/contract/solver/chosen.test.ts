import { createNodeSolver } from "../../../src/adapters/solvers/node-solver";
import { describeSolver } from "./solver-contract";

describeSolver("the choice of engines", createNodeSolver);
