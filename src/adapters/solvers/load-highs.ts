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
        loading = undefined;
        throw error;
      });
      return loading;
    },
    forget: () => {
      loading = undefined;
    },
  };
}

async function loadHighs(wasmUrl: string | undefined): Promise<Highs> {
  if (typeof WebAssembly === "undefined") throw new Error("WebAssembly is not available here");
  const { default: highsLoader } = await import("highs");
  return highsLoader(wasmUrl === undefined ? {} : { locateFile: () => wasmUrl });
}
