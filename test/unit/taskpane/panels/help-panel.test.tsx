/** @jest-environment jsdom */
import { FakeApp } from "../fake-app";
import { goodBook } from "../pane-fixtures";
import { renderPane, type RenderedPane } from "../render-pane";

const functions = ["HAIRCUT", "HAIRCUT.SCALE", "COLLATERALVALUE", "RETURNS", "TIEREDVALUE", "VALUEATRISK", "VERSION", "BACKTEST", "ZSCORE"].map(
  (id) => ({
    id,
    name: id,
    description: `About ${id}.`,
  }),
);
const asked: string[] = [];
let pane: RenderedPane;

const openHelp = async (answer: () => Promise<Response>): Promise<void> => {
  asked.length = 0;
  globalThis.fetch = (address) => {
    asked.push(String(address));
    return answer();
  };
  pane = await renderPane(new FakeApp(goodBook));
  await pane.click("tab", "Help");
};
const links = (): string[] => [...pane.host.querySelectorAll('[role="tabpanel"]:not([hidden]) a')].map((link) => link.getAttribute("href") ?? "");

afterEach(() => pane.close());

it("lists the functions of this build with relative help pages, read once from our own origin", async () => {
  await openHelp(() => Promise.resolve({ ok: true, json: () => Promise.resolve({ functions }) } as Response));
  expect(links()).toContain("help/haircut-scale.html");
  expect(links().every((href) => href.startsWith("help/"))).toBe(true);
  expect(pane.panelText()).toContain("1 more: type a word above.");
  await pane.click("tab", "Data");
  await pane.click("tab", "Help");
  expect(asked).toEqual(["functions.json"]);
});

it("still says how to find the functions where the list cannot be read", async () => {
  await openHelp(() => Promise.reject(new Error("offline")));
  expect(pane.panelText()).toContain("Type =COLL. in a cell");
});

it("switches the colours and remembers the choice", async () => {
  await openHelp(() => Promise.reject(new Error("offline")));
  const dark = pane.host.querySelector<HTMLInputElement>('input[type="radio"][value="dark"]');
  await pane.settle(() => dark?.click());
  expect(document.documentElement.style.colorScheme).toBe("dark");
  expect(window.localStorage.getItem("collateral-optimizer.pane")).toContain('"colours":"dark"');
});

it("shows the first screen again, and the data after it", async () => {
  await openHelp(() => Promise.reject(new Error("offline")));
  await pane.click("button", "Show the first screen");
  expect(pane.find("button", "Try the sample")).toBeDefined();
  await pane.click("button", "Use my data");
  expect(pane.panelText()).toContain("7 tables found");
});

it("says what happens to the data, and the version", async () => {
  await openHelp(() => Promise.reject(new Error("offline")));
  expect(pane.panelText()).toContain("Nothing leaves this workbook.");
  expect(pane.panelText()).toContain("Collateral Optimizer 0.1.0");
});
