/**
 * `npm start`: the workbench at http://localhost:3000, without Excel, a certificate or any other host.
 *
 * PORT chooses another port. BROWSER=none or CI=true opens no browser. Ctrl+C stops.
 */
import { spawn } from "node:child_process";
import { buildWhatIsStale, folders, loadServer } from "./build-workbench.mjs";

const text = process.env.PORT ?? "";
const port = text === "" ? 3000 : Number(text);

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Opens the default browser where there is a screen to show it on; a failure to do so is no failure of the workbench. */
function openBrowser(address) {
  const { BROWSER, CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (BROWSER === "none" || (CI && CI !== "false" && CI !== "0")) return;
  const hasScreen = process.platform === "darwin" || process.platform === "win32" || DISPLAY || WAYLAND_DISPLAY;
  if (!hasScreen) return;
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", address]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", address]
        : [BROWSER || "xdg-open", address];
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

if (!Number.isInteger(port) || port < 0 || port > 65535)
  fail(`PORT is "${text}", which is no port number. Use a number from 1 to 65535, such as PORT=3001 npm start`);

let running;
try {
  await buildWhatIsStale();
  const { startWorkbenchServer } = await loadServer();
  running = await startWorkbenchServer(folders, port);
} catch (error) {
  if (error.code === "EADDRINUSE") {
    const other = port === 65535 ? 3000 : port + 1;
    const windows = process.platform === "win32" ? `   (PowerShell: $env:PORT=${other}; npm start)` : "";
    fail(`Port ${port} is taken by another program. Stop that program, or use another port: PORT=${other} npm start${windows}`);
  }
  if (error.code === "EACCES") fail(`This user may not listen on port ${port}. Use another port: PORT=3001 npm start`);
  fail(error.message);
}

console.log(`Collateral Optimizer is ready at ${running.address}   (Ctrl+C stops)`);
openBrowser(running.address);

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await running.close();
    process.exit(0);
  });
}
