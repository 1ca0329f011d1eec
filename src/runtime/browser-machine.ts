import type { MachinePort } from "../app/ports";

/** The machine's clock, hash and randomness, as core may not have them. */
export const browserMachine: MachinePort = {
  now: () => new Date().toISOString(),
  hash: async (text) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  },
  newRunId: () => {
    const [first = 0] = crypto.getRandomValues(new Uint32Array(1));
    return first.toString(36).toUpperCase().padStart(7, "0");
  },
};
