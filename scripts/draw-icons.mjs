/**
 * npm run icons: rasterises assets/svg/*.svg to the PNG sizes that the manifest names, with the headless browser.
 * The PNG files are committed; run this only after changing a drawing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { browserArguments, ensureBrowser } from "./find-browser.mjs";

const assets = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "assets");

/** The mark is simplified at small sizes, where three thin bars would blur. */
const drawings = [
  { name: "icon", sizes: [16, 20, 24, 32, 40, 48, 64, 80, 128], fileFor: (size) => (size <= 24 ? "icon-small" : "icon") },
  { name: "run", sizes: [16, 32, 80], fileFor: () => "run" },
  { name: "sample", sizes: [16, 32, 80], fileFor: () => "sample" },
  { name: "help", sizes: [16, 32, 80], fileFor: () => "help" },
];

const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArguments() });
try {
  for (const { name, sizes, fileFor } of drawings) {
    for (const size of sizes) {
      const svg = readFileSync(path.join(assets, "svg", `${fileFor(size)}.svg`), "utf8");
      const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: 1 });
      await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
      writeFileSync(path.join(assets, `${name}-${size}.png`), await page.screenshot({ omitBackground: true }));
      await page.close();
    }
  }
} finally {
  await browser.close();
}
console.log("Icons drawn in assets/.");
