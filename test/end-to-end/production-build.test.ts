import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";

const dist = path.join(__dirname, "../../dist");
const read = (name: string) => {
  if (!existsSync(path.join(dist, name))) throw new Error(`dist/${name} is missing. Run: npm run build`);
  return readFileSync(path.join(dist, name), "utf8");
};
const filesBelow = (folder: string): string[] =>
  readdirSync(path.join(dist, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(name) : [name];
  });

interface FunctionsJson {
  readonly allowErrorForDataTypeAny: boolean;
  readonly functions: readonly { readonly id: string; readonly name: string; readonly helpUrl: string }[];
}
const functionsJson = () => JSON.parse(read("functions.json")) as FunctionsJson;

/** Runs functions.js as the only script, with what Office offers at load time. */
const associateAlone = (): string[] => {
  const ids: string[] = [];
  const global: Record<string, unknown> = {
    CustomFunctions: { associate: (id: string, body: unknown) => ids.push(typeof body === "function" ? id : `${id} is no function`) },
  };
  Object.assign(global, { self: global, window: global, location: { href: "https://example.com/a/b/functions.js" }, URL, console });
  vm.runInNewContext(read("functions.js"), global);
  return ids;
};

describe("the production build", () => {
  it("associates every function of functions.json once, from functions.js alone", () => {
    const { functions, allowErrorForDataTypeAny } = functionsJson();
    expect(allowErrorForDataTypeAny).toBe(true);
    expect(associateAlone().sort()).toEqual(functions.map(({ id }) => id).sort());
    expect(functions.filter(({ id, name }) => id !== name)).toEqual([]);
  });

  it("has every file that its manifest and its pages ask for", () => {
    const wanted = [...read("manifest.xml").matchAll(/DefaultValue="https:\/\/localhost:3000\/([^"]*)"/g)].map((match) => match[1]!);
    const helpPages = functionsJson().functions.map(({ helpUrl }) => helpUrl.replace("https://localhost:3000/", ""));
    const scripts = [...read("taskpane.html").matchAll(/src="(?!https:)([^"?]+)/g)].map((match) => match[1]!);
    expect(wanted.length).toBeGreaterThan(20);
    expect(scripts[0]).toBe("functions.js");
    expect([...wanted, ...helpPages, ...scripts].filter((name) => !existsSync(path.join(dist, name)))).toEqual([]);
  });

  it("works under any path: the page names nothing from the root and nothing but Office.js from elsewhere", () => {
    const addresses = [...read("taskpane.html").matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]!);
    expect(addresses.filter((address) => address.startsWith("/"))).toEqual([]);
    expect(addresses.filter((address) => /^[a-z]+:/.test(address))).toEqual(["https://appsforoffice.microsoft.com/lib/1/hosted/office.js"]);
  });

  it("puts the content security policy first", () => {
    const head = /<head>([\s\S]*?)<\/head>/.exec(read("taskpane.html"))?.[1] ?? "";
    expect(head.trimStart()).toMatch(/^<meta\s+http-equiv="Content-Security-Policy"/);
  });

  it("holds neither Office.js nor the workbench", () => {
    const names = filesBelow("");
    expect(names.filter((name) => /office|excel-web|excel-win32|workbench|univer/i.test(name))).toEqual([]);
    for (const name of names.filter((file) => file.endsWith(".js"))) expect(/@?univerjs|UniverCore/i.test(read(name))).toBe(false);
  });

  it("gives every chunk that may change a name with a hash", () => {
    const stable = ["functions.js"];
    expect(filesBelow("").filter((name) => /\.(js|wasm)$/.test(name) && !/\.[0-9a-f]{12}\./.test(name))).toEqual(stable);
  });
});
