import { createHighsSolver } from "../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../src/adapters/solvers/load-highs";
import { describeSolver } from "./solver-contract";

describeSolver("HiGHS", () => createHighsSolver(createHighsLoader()));
