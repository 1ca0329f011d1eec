import { build } from "esbuild";

/** Bundles the add-in's solver worker for Node. @param around code before and after it, in the same file */
export async function bundleWorker(outfile: string, around: { readonly before: string; readonly after: string }): Promise<void> {
  await build({
    entryPoints: ["src/adapters/solvers/solver.worker.ts"],
    bundle: true,
    platform: "node",
    format: "cjs",
    packages: "external",
    banner: { js: around.before },
    footer: { js: around.after },
    outfile,
    logLevel: "error",
  });
}
