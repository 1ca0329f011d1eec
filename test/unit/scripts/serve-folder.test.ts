import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

interface ServeFolder {
  headersOf(relative: string): Record<string, string>;
  fileFor(folder: string, url: string): { relative: string } | undefined;
}
const { headersOf, fileFor } = jest.requireActual<ServeFolder>("../../../scripts/build/serve-folder.cjs");

describe("the server for a real Excel", () => {
  it("lets Office read the functions from another origin and caches only what has a hash", () => {
    expect(headersOf("functions.json")).toMatchObject({ "Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache" });
    expect(headersOf("taskpane.html")).not.toHaveProperty("Access-Control-Allow-Origin");
    expect(headersOf("taskpane.99b91e66dcb4.js")["Cache-Control"]).toContain("immutable");
    expect(headersOf("assets/icon-32.png")["Cache-Control"]).toBe("public, max-age=3600");
    expect(headersOf("highs.50382d705ba8.wasm")["Content-Type"]).toBe("application/wasm");
  });

  it("never sets X-Frame-Options, which would keep Excel on the web from showing the pane", () => {
    expect(Object.keys(headersOf("taskpane.html")).map((name) => name.toLowerCase())).not.toContain("x-frame-options");
  });

  it("serves files of its folder only", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "serve-"));
    try {
      mkdirSync(path.join(folder, "dist", "help"), { recursive: true });
      writeFileSync(path.join(folder, "secret.txt"), "no");
      writeFileSync(path.join(folder, "dist", "functions.js"), "1");
      const dist = path.join(folder, "dist");
      expect(fileFor(dist, "/functions.js?abc")).toMatchObject({ relative: "functions.js" });
      for (const url of ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//etc/passwd", "/help", "/%", "/none.js"]) {
        expect(fileFor(dist, url)).toBeUndefined();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
