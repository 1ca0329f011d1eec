import { createJavascriptLpSolver } from "../../../src/adapters/solvers/javascript-lp-solver";
import { describeSolver } from "./solver-contract";

describeSolver("javascript-lp-solver", createJavascriptLpSolver);
