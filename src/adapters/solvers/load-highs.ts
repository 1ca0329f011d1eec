import type { Highs } from "highs";

/** Loads HiGHS once and keeps it; `forget` drops an instance that has broken down so that the next call loads afresh. */
export interface HighsLoader {
  load(): Promise<Highs>;
  forget(): void;
}

/**
 * Creates a loader of the HiGHS WebAssembly module; nothing is fetched before the first `load`.
 *
 * @param wasmUrl address of highs.wasm where the bundler has moved it; Node finds it beside the package
 */
export function createHighsLoader(wasmUrl?: string): HighsLoader {
  let loading: Promise<Highs> | undefined;
  return {
    load: () => {
      loading ??= loadHighs(wasmUrl).catch((error: unknown) => {
        const blocked = describeBlock(error);
        // A network failure may pass; a security policy will not, and asking again would fetch 3.5 MB each time.
        if (blocked === undefined) loading = undefined;
        throw new Error(blocked ?? (error instanceof Error ? error.message : String(error)));
      });
      return loading;
    },
    forget: () => {
      loading = undefined;
    },
  };
}

async function loadHighs(wasmUrl: string | undefined): Promise<Highs> {
  const { default: highsLoader } = await import("highs");
  return highsLoader(wasmUrl === undefined ? {} : { locateFile: () => wasmUrl });
}

/** Says in one line that this page may not run WebAssembly at all; undefined for any other failure. */
function describeBlock(error: unknown): string | undefined {
  const text = String(error);
  if (typeof WebAssembly === "undefined") return "WebAssembly is not available here";
  return /CompileError|Content Security Policy/.test(text) ? "WebAssembly is blocked by the content security policy" : undefined;
}
