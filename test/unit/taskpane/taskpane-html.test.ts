/** @jest-environment jsdom */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const html = readFileSync(join(__dirname, "..", "..", "..", "src", "taskpane", "taskpane.html"), "utf8");
const page = new DOMParser().parseFromString(html, "text/html");

it("states its security policy before anything else in the head", () => {
  const first = page.head.firstElementChild;
  expect(first?.getAttribute("http-equiv")).toBe("Content-Security-Policy");
  expect(first?.getAttribute("content")).toBe(
    "default-src 'none'; script-src 'self' https://appsforoffice.microsoft.com 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
      "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'",
  );
});

it("loads Office.js from Microsoft and nothing else from another host", () => {
  expect([...page.querySelectorAll("script, link, img, iframe")].map((element) => element.getAttribute("src"))).toEqual([
    "https://appsforoffice.microsoft.com/lib/1/hosted/office.js",
  ]);
});

it("says what it is while it starts, and without any script", () => {
  expect(page.title).toBe("Collateral Optimizer");
  expect(page.getElementById("root")?.textContent).toContain("Starting Collateral Optimizer");
  expect(page.querySelector("noscript")?.textContent).toContain("needs JavaScript");
});
