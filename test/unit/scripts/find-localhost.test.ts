import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const { findLocalhost } = jest.requireActual<{ findLocalhost(folder: string): string[] }>("../../../scripts/build/find-localhost.cjs");

const withFiles = <T>(files: Record<string, string>, look: (folder: string) => T): T => {
  const folder = mkdtempSync(path.join(tmpdir(), "dist-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    return look(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe("a production build", () => {
  it("is searched for localhost in everything that Excel may ask for", () => {
    const files = {
      "manifest.xml": '<SourceLocation DefaultValue="https://localhost:3000/taskpane.html"/>',
      "functions.json": '{ "helpUrl": "https://example.com/help/x.html" }',
      "chunk.js": 'fetch("http://LOCALHOST/x")',
      "assets/icon.png": "localhost",
      "help/admin.html": "<p>served at https://localhost:3000</p>",
      "help/bad.html": '<a href="https://localhost:3000/">x</a>',
    };
    expect(
      withFiles(files, findLocalhost)
        .map((line) => line.split(":")[0])
        .sort(),
    ).toEqual(["chunk.js", "help/bad.html", "manifest.xml"]);
  });
});
