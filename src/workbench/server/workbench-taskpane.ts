/** Where the workbench serves the pinned Office.js package. */
export const OFFICE_JS_PATH = "/office-js/";

/** The script that gives the pane its host; it runs before Office.js looks for one. */
export const FRAME_HOST_PATH = "/workbench/frame-host.js";

const OFFICE_SCRIPT = /<script\b[^>]*?\bsrc=(["']?)(https:\/\/appsforoffice\.microsoft\.com\/[^"'\s>]*\/(office(?:\.debug)?\.js))\1[^>]*>/i;

/**
 * Adapts the production taskpane.html to the workbench, in two places only: the address of Office.js, which points at the
 * pinned package, and one script of the same origin before it that takes `window.external` from `window.parent`.
 *
 * @throws Error when the page loads no Office.js from Microsoft's address: it would run without a host, silently
 */
export function workbenchTaskpane(productionHtml: string): string {
  const found = OFFICE_SCRIPT.exec(productionHtml);
  const address = found?.[2];
  const file = found?.[3];
  if (!found || !address || !file) {
    throw new Error("taskpane.html has no script from https://appsforoffice.microsoft.com; build it again with npm run build");
  }
  const tag = found[0].replace(address, `${OFFICE_JS_PATH}${file}`);
  const before = productionHtml.slice(0, found.index);
  const after = productionHtml.slice(found.index + found[0].length);
  return `${before}<script src="${FRAME_HOST_PATH}"></script>${tag}${after}`;
}
