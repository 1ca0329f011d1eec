import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { columnCatalogue, tableKinds } from "../../../src/core/tables/column-catalogue";
import { defaultSettings } from "../../../src/core/tables/parse-settings";

const root = path.join(__dirname, "../../..");
const read = (name: string) => readFileSync(path.join(root, name), "utf8");
const { contentSecurityPolicy } = jest.requireActual<{ contentSecurityPolicy: string }>("../../../scripts/build/content-security-policy.cjs");

const markdownBelow = (folder: string): string[] =>
  readdirSync(path.join(root, folder)).flatMap((name) => {
    const file = `${folder}/${name}`;
    if (statSync(path.join(root, file)).isDirectory()) return markdownBelow(file);
    return name.endsWith(".md") ? [file] : [];
  });

/** The part of docs/tables.md under a heading. */
const sectionOf = (kind: string): string => new RegExp(`\\n## ${kind}\\n([\\s\\S]*?)(?=\\n## |$)`).exec(read("docs/tables.md"))?.[1] ?? "";

describe("the documentation", () => {
  it.each(tableKinds.filter((kind) => kind !== "rules" && kind !== "parameters"))("names every column of %s", (kind) => {
    const words = new Set(sectionOf(kind).match(/[A-Za-z][A-Za-z0-9]*/g) ?? []);
    expect(columnCatalogue[kind].map((column) => column.name).filter((name) => !words.has(name))).toEqual([]);
  });

  it("names every setting that has a default", () => {
    const text = sectionOf("settings");
    expect(Object.keys(defaultSettings).filter((key) => !text.includes(`| ${key}`) && !text.includes(key))).toEqual([]);
  });

  it("has no broken link between its pages", () => {
    const broken = ["README.md", "CHANGELOG.md", ...markdownBelow("docs")].flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)\s#:]+)(#[^)\s]*)?\)/g)]
        .map((match) => path.posix.normalize(path.posix.join(path.posix.dirname(file), match[1]!)))
        .filter((target) => !existsSync(path.join(root, target)))
        .map((target) => `${file} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it("states the same content security policy in the pane, the build and the deployment guide", () => {
    expect(/http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(read("src/taskpane/taskpane.html"))?.[1]).toBe(contentSecurityPolicy);
    expect(read("docs/admin.md")).toContain(contentSecurityPolicy);
    expect(read("src/taskpane/taskpane.html").indexOf("Content-Security-Policy")).toBeLessThan(read("src/taskpane/taskpane.html").indexOf("<script"));
  });

  it("has the version of package.json in the code and in the manifest", () => {
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(read("src/runtime/version.ts")).toContain(`"${version}"`);
    expect(read("manifest.xml")).toContain(`<Version>${version}.0</Version>`);
  });
});
