import { readFileSync } from "node:fs";
import path from "node:path";

interface CheckManifest {
  checkManifest(
    text: string,
    around: { pngSizeOf: (name: string) => { width: number; height: number } | undefined; associated: readonly string[] },
  ): string[];
  associatedActions(source: string): string[];
  pngSize(bytes: Buffer): { width: number; height: number } | undefined;
}
const { checkManifest, associatedActions, pngSize } = jest.requireActual<CheckManifest>("../../../scripts/build/check-manifest.cjs");

const root = path.join(__dirname, "../../..");
const manifest = readFileSync(path.join(root, "manifest.xml"), "utf8");
const commands = readFileSync(path.join(root, "src/commands/commands.ts"), "utf8");
const pngSizeOf = (name: string) => pngSize(readFileSync(path.join(root, "assets", name)));
const check = (text: string) => checkManifest(text, { pngSizeOf, associated: associatedActions(commands) });
/** The problems after one change, which must really change something. */
const after = (from: string | RegExp, to: string): string => {
  const changed = manifest.replace(from, to);
  expect(changed).not.toBe(manifest);
  return check(changed).join("\n");
};

describe("the manifest checker", () => {
  it("finds nothing in our manifest", () => {
    expect(check(manifest)).toEqual([]);
  });

  it("reads the names that the commands associate", () => {
    expect(associatedActions(commands).sort()).toEqual(["insertSample", "openPane", "runAnalysis", "showHelp"]);
  });

  it.each([
    ["text that is no XML", /<\/Hosts>/, "", /not well-formed XML/],
    ["a wrong order", /(<Id>.*<\/Id>)\s*(<Version>.*<\/Version>)/, "$2$1", /<Id> must stand before <Version>|<Version> must stand before/],
    ["an unknown element", "<Permissions>", "<Colour>x</Colour><Permissions>", /<Colour> is unknown within <OfficeApp>/],
    ["a missing element", /<SupportUrl[^>]*\/>/, "", /lacks <SupportUrl>/],
    ["a bad GUID", /<Id>.*<\/Id>/, "<Id>1234</Id>", /is not a GUID/],
    ["a three-part version", /<Version>.*<\/Version>/, "<Version>1.0.0</Version>", /must have four numbers/],
    ["an unknown resid", 'resid="Run.Tip"', 'resid="Run.Tp"', /resid Run\.Tp does not exist/],
    ["a resid of the wrong kind", '<Label resid="Run.Label"/>', '<Label resid="Icon.16"/>', /is a bt:Image, <Label> needs a bt:String/],
    ["a resource declared twice", '<bt:String id="Help.Tip"', '<bt:String id="Run.Tip"', /resource Run\.Tip is declared twice/],
    ["an id that is too long", /Run\.Tip/g, "Run.Tip.That.Has.More.Than.Thirty.Two", /longer than 32/],
    ["a short string that is too long", 'DefaultValue="Open pane"', `DefaultValue="${"x".repeat(126)}"`, /126 characters; 125 at most/],
    ["a plain http address", '<bt:Url id="Taskpane.Url" DefaultValue="https:', '<bt:Url id="Taskpane.Url" DefaultValue="http:', /must be https/],
    [
      "another origin",
      '<bt:Url id="GetStarted.Url" DefaultValue="https://localhost:3000',
      '<bt:Url id="GetStarted.Url" DefaultValue="https://example.com',
      /not among AppDomains/,
    ],
    [
      "an icon of the wrong size",
      '<bt:Image id="Icon.24" DefaultValue="https://localhost:3000/assets/icon-24.png"/>',
      '<bt:Image id="Icon.24" DefaultValue="https://localhost:3000/assets/icon-32.png"/>',
      /icon-32\.png is 32 x 32, not 24/,
    ],
    ["a missing icon size", /<bt:Image size="80" resid="Run.Icon.80"\/>/, "", /<Icon> lacks size 80/],
    ["a runtime of its own", '<FunctionFile resid="Taskpane.Url"/>', '<FunctionFile resid="GetStarted.Url"/>', /must share one resid/],
    ["a demand above Office 2021", 'Name="ExcelApi" MinVersion="1.12"', 'Name="ExcelApi" MinVersion="1.13"', /ExcelApi 1\.13 is above 1\.12/],
    ["a command without code", "<FunctionName>runAnalysis<", "<FunctionName>runEverything<", /does not associate runEverything/],
    ["another namespace", 'DefaultValue="COLL"', 'DefaultValue="COL"', /namespace must be COLL/],
  ])("finds %s", (_, from, to, message) => {
    expect(after(from, to)).toMatch(message);
  });
});
