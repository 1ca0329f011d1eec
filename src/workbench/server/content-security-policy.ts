/**
 * Writes the policy that every file of the add-in is served with, workers included.
 *
 * It is the same one as the meta tag of the production page, so the workbench shows what a strict host would refuse.
 * @param allowWebAssembly without it the browser refuses to compile WebAssembly, and the add-in must solve in JavaScript
 * @param allowWorkers without it the browser starts no worker, and the add-in must solve in its page
 */
export function addInPolicy(allowWebAssembly: boolean, allowWorkers = true): string {
  const wasm = allowWebAssembly ? " 'wasm-unsafe-eval'" : "";
  return [
    "default-src 'none'",
    `script-src 'self' https://appsforoffice.microsoft.com${wasm}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    `worker-src ${allowWorkers ? "'self'" : "'none'"}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Writes the policy of the workbench's own page: the grid needs inline styles and pictures from memory, and the pane a frame. */
export function workbenchPolicy(): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
