import { createHash } from "node:crypto";
import type { MachinePort } from "../../src/app/ports";

/** A machine for tests of the app: its clock stands still, and runs are numbered from RUN1. */
export function createDeskMachine(): MachinePort {
  let runs = 0;
  return {
    now: () => "2026-11-22T16:00:00.000Z",
    hash: (text) => Promise.resolve(createHash("sha256").update(text).digest("hex")),
    newRunId: () => `RUN${(runs += 1)}`,
  };
}
