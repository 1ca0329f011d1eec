/** @jest-environment jsdom */
import { DomainError } from "../../../../src/core/basics/domain-error";
import { FakeApp } from "../fake-app";
import { goodBook } from "../pane-fixtures";
import { renderPane, type RenderedPane } from "../render-pane";
import { bybitTiers } from "../risk-fixtures";

let pane: RenderedPane;
const openRules = async (): Promise<FakeApp> => {
  const app = new FakeApp(goodBook);
  app.tiers = bybitTiers;
  pane = await renderPane(app);
  await pane.click("button", "Exchange rules");
  return app;
};
const fieldOf = (label: string): HTMLInputElement | HTMLTextAreaElement => {
  const found = [...pane.host.querySelectorAll("label")].find((element) => element.textContent === label);
  return document.getElementById(found?.htmlFor ?? "") as HTMLInputElement;
};
const type = (label: string, value: string): Promise<void> =>
  pane.settle(() => {
    const field = fieldOf(label);
    // React listens to the prototype's setter only.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, "value")?.set?.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
const fill = async (): Promise<void> => {
  await type("Tiers as published", '{"result":{"list":[]}}');
  await type("Tier table", "BYBIT-UTA");
  await type("Valid from (UTC)", "2026-11-23T06:00Z");
  await type("Source", "Bybit notice of 22 November");
};
const paste = {
  text: '{"result":{"list":[]}}',
  tierTable: "BYBIT-UTA",
  validFrom: "2026-11-23T06:00Z",
  source: "Bybit notice of 22 November",
};
const changes = (): (string | null)[] =>
  [...pane.host.querySelectorAll("table")]
    .filter((table) => table.querySelector("caption")?.textContent?.startsWith("What changes"))
    .flatMap((table) => [...table.querySelectorAll("tbody tr")])
    .map((row) => row.textContent);

afterEach(() => pane.close());

it("is closed at first", async () => {
  pane = await renderPane(new FakeApp(goodBook));
  expect(pane.get("button", "Exchange rules").getAttribute("aria-expanded")).toBe("false");
  expect(pane.find("button", "Show difference")).toBeUndefined();
});

it("shows what changes, for our amount too, and writes nothing", async () => {
  const app = await openRules();
  await fill();
  await pane.click("button", "Show difference");
  expect(app.calls.at(-1)).toBe(`previewTiers(${JSON.stringify(paste)})`);
  expect(app.calls.some((call) => call.startsWith("acceptTiers"))).toBe(false);
  expect(changes()).toEqual([
    "BTC3.41% less counts0-10: 98\u00a0%10-20: 95\u00a0%of ours: 97.50%0-10: 95\u00a0%above 10: 90\u00a0%of ours: 94.09%",
    "USDCNot in the paste: stays as it isall: 100\u00a0%of ours: 100.00%as before",
    "SOLNew–all: 80\u00a0%",
  ]);
  expect(pane.panelText()).toContain("Read as Bybit collateral ratios, 4 rows. Valid from Nov 23, 2026, 06:00 UTC");
  expect(pane.panelText()).toContain("1 unchanged.");
  expect(pane.panelText()).toContain("The oldest rows in force are 94 days old.");
  expect(document.activeElement?.textContent).toBe("3 of 4 assets differ");
});

it("adds the rows on acceptance, reads the tables again and says so where the focus is", async () => {
  const app = await openRules();
  await fill();
  await pane.click("button", "Show difference");
  app.calls.length = 0;
  // jsdom thinks that the window has lost the focus when the button that had it goes; a browser does not.
  const focus = jest.spyOn(document, "hasFocus").mockReturnValue(true);
  await pane.click("button", "Accept into tblTiers");
  expect(app.calls).toEqual([`acceptTiers(${JSON.stringify({ ...paste, endsMissing: false })})`, "checkData()"]);
  expect(document.activeElement?.textContent).toBe("Added 4 rows to tblTiers. They count from 2026-11-23 06:00 UTC.");
  focus.mockRestore();
  expect(fieldOf("Tiers as published").value).toBe("");
  expect(fieldOf("Tier table").value).toBe("BYBIT-UTA");
  expect(pane.find("button", "Accept into tblTiers")).toBeUndefined();
});

it("offers the names of the tier tables that are there", async () => {
  await openRules();
  const list = document.getElementById(fieldOf("Tier table").getAttribute("list") ?? "");
  expect([...(list?.querySelectorAll("option") ?? [])].map((option) => option.getAttribute("value"))).toEqual(["BYBIT-UTA", "OKX"]);
});

it("takes the difference away when the form changes, so that only what was seen can be accepted", async () => {
  await openRules();
  await fill();
  await pane.click("button", "Show difference");
  await type("Valid from (UTC)", "");
  expect(pane.find("button", "Accept into tblTiers")).toBeUndefined();
  await pane.click("button", "Show difference");
  expect(pane.panelText()).toContain("Valid at once, from the moment you accept.");
});

describe("a refusal", () => {
  it("names the row, marks the paste and takes the focus", async () => {
    const app = await openRules();
    await fill();
    app.failure = new DomainError("badInput", "Row 3 (BTC): the ratio rises from 0.9 to 0.95.");
    await pane.click("button", "Show difference");
    expect(document.activeElement?.textContent).toBe("Row 3 (BTC): the ratio rises from 0.9 to 0.95.");
    expect(fieldOf("Tiers as published").getAttribute("aria-invalid")).toBe("true");
    expect(fieldOf("Valid from (UTC)").getAttribute("aria-invalid")).toBeNull();
    await type("Tiers as published", "x");
    expect(pane.panelText()).not.toContain("the ratio rises");
  });

  it("of a time marks the time", async () => {
    const app = await openRules();
    await fill();
    app.failure = new DomainError("badInput", 'validFrom "soon" is not a time. Write 2026-11-23T06:00Z (UTC).');
    await pane.click("button", "Show difference");
    expect(fieldOf("Valid from (UTC)").getAttribute("aria-invalid")).toBe("true");
  });

  it("comes before the workbook is asked where something is blank", async () => {
    const app = await openRules();
    await pane.click("button", "Show difference");
    expect(document.activeElement?.textContent).toContain("Nothing was pasted.");
    await type("Tiers as published", "[]");
    await pane.click("button", "Show difference");
    expect(document.activeElement?.textContent).toContain("Name the tier table");
    expect(fieldOf("Tier table").getAttribute("aria-invalid")).toBe("true");
    expect(app.calls.some((call) => call.startsWith("previewTiers"))).toBe(false);
  });

  it("of the workbook says that nothing was added and leaves the difference to try again", async () => {
    const app = await openRules();
    await fill();
    await pane.click("button", "Show difference");
    app.failure = new Error("The cells below tblTiers (Tiers!A40) are not blank. Move them, then try again.");
    await pane.click("button", "Accept into tblTiers");
    expect(document.activeElement?.textContent).toContain("Nothing was added: The cells below tblTiers");
    app.failure = undefined;
    await pane.click("button", "Accept into tblTiers");
    expect(pane.panelText()).toContain("Added 4 rows to tblTiers.");
  });
});

it("has nothing to accept where nothing is new or different", async () => {
  const app = await openRules();
  app.tiers = { ...bybitTiers, changes: bybitTiers.changes.filter(({ change }) => change === "same" || change === "removed") };
  await fill();
  await pane.click("button", "Show difference");
  expect(pane.panelText()).toContain("Nothing to accept: no row of the paste is new or different");
  expect(pane.find("button", "Accept into tblTiers")).toBeUndefined();
});

it("asks whether the paste is the whole list where an asset is missing, shows the difference anew, and accepts what was shown", async () => {
  const app = await openRules();
  await fill();
  await pane.click("button", "Show difference");
  const label = "The paste is the venue's whole list: assets that are not in it count nothing from then";
  const box = (): HTMLInputElement => fieldOf(label) as HTMLInputElement;
  expect(box().checked).toBe(false);
  app.tiers = {
    ...bybitTiers,
    endsMissing: true,
    changes: bybitTiers.changes.map((one) => (one.change === "removed" ? { ...one, change: "ended", countedAfter: 0 } : one)),
  };
  box().focus();
  await pane.settle(() => box().click());
  // Whoever answers with the keyboard stays at the question.
  expect(document.activeElement).toBe(box());
  expect(app.calls.at(-1)).toBe(`previewTiers(${JSON.stringify({ ...paste, endsMissing: true })})`);
  expect(box().checked).toBe(true);
  expect(changes()[1]).toBe("USDCNot in the paste: counts nothing from thenall: 100\u00a0%of ours: 100.00%all: 0\u00a0%of ours: 0.00%");
  await pane.click("button", "Accept into tblTiers");
  expect(app.calls).toContain(`acceptTiers(${JSON.stringify({ ...paste, endsMissing: true })})`);
  // The next paste is judged anew.
  await type("Tiers as published", "[]");
  await pane.click("button", "Show difference");
  expect(app.calls.at(-1)).toBe(`previewTiers(${JSON.stringify({ ...paste, text: "[]" })})`);
});

it("drops the difference where the answer to the question cannot be compared", async () => {
  const app = await openRules();
  await fill();
  await pane.click("button", "Show difference");
  app.failure = new Error("The workbook is being edited.");
  await pane.settle(() =>
    (fieldOf("The paste is the venue's whole list: assets that are not in it count nothing from then") as HTMLInputElement).click(),
  );
  expect(pane.panelText()).toContain("The workbook is being edited.");
  expect(pane.find("button", "Accept into tblTiers")).toBeUndefined();
});

it("keeps what was typed while another tab is looked at", async () => {
  await openRules();
  await fill();
  await pane.click("tab", "Run");
  await pane.click("tab", "Data");
  expect(fieldOf("Source").value).toBe(paste.source);
});
