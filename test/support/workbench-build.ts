import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { WorkbenchFolders } from "../../src/workbench/server/workbench-server";

const root = path.resolve(__dirname, "..", "..");

/** Where `node scripts/build-workbench.mjs` leaves what the workbench serves. */
export const builtFolders: WorkbenchFolders = {
  addIn: path.join(root, "dist"),
  page: path.join(root, ".cache", "workbench", "page"),
  officeJs: path.join(root, "node_modules", "@microsoft", "office-js", "dist"),
};

/** Builds what is missing or stale, in a process of its own: jest's globals are not those that esbuild wants. */
export async function buildWorkbench(): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(root, "scripts", "build-workbench.mjs")], { cwd: root });
}
