/**
 * Runs jest as its own command does. Where something keeps the process open once the report is written, names it and ends: a leak must
 * neither hold up the test command for ever nor stay hidden, as it would with jest's --forceExit.
 */
import { run } from "jest";

/** How long what is ending by itself may take, milliseconds. */
const PATIENCE = 20_000;

await run();
setTimeout(() => {
  const counts = new Map();
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const open = [...counts].map(([name, count]) => `${count} ${name}`).join(", ");
  console.error(`LEFT OPEN by the tests, ended after ${PATIENCE / 1000} s: ${open || "nothing that has a name, so most likely a worker thread"}.`);
  // With the code that jest has set for its results.
  process.exit();
}, PATIENCE).unref();
