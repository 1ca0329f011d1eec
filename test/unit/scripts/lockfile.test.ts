import { readFileSync } from "node:fs";
import path from "node:path";

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const root = path.join(__dirname, "../../..");
const read = <T>(name: string) => JSON.parse(readFileSync(path.join(root, name), "utf8")) as T;
const locked = read<{ packages: Record<string, LockedPackage> }>("package-lock.json").packages;

/** Looks where Node would: beside the package, then in every node_modules above it. */
const isLocked = (from: string, name: string): boolean => {
  for (let base = from; ;) {
    if (locked[`${base === "" ? "" : `${base}/`}node_modules/${name}`] !== undefined) return true;
    if (base === "") return false;
    const above = base.lastIndexOf("/node_modules/");
    base = above < 0 ? "" : base.slice(0, above);
  }
};

describe("the lockfile", () => {
  it("carries the binaries of every platform, else npm ci fails there or everywhere", () => {
    const missing = Object.entries(locked).flatMap(([place, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !isLocked(place, name))
        .map((name) => `${place} -> ${name}`),
    );
    expect(missing).toEqual([]);
    for (const platform of ["linux-x64-gnu", "darwin-arm64", "win32-x64-msvc"]) expect(isLocked("", `@swc/core-${platform}`)).toBe(true);
    for (const platform of ["linux-x64", "darwin-arm64", "win32-x64"]) expect(isLocked("", `@esbuild/${platform}`)).toBe(true);
  });

  it("names no registry", () => {
    expect(Object.values(locked).filter((entry) => entry.resolved !== undefined && /^https?:/.test(entry.resolved))).toEqual([]);
  });

  it("fits package.json, whose versions are exact", () => {
    const { dependencies, devDependencies } = read<Record<"dependencies" | "devDependencies", Record<string, string>>>("package.json");
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(`${name} ${version}`).toBe(`${name} ${locked[`node_modules/${name}`]?.version}`);
    }
  });
});
