/** @jest-environment jsdom */
import { act } from "react";
import { createRoot } from "react-dom/client";
import { OutsideExcel } from "../../../src/taskpane/outside-excel";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const textFor = (reason: "noExcel" | "noOffice"): string => {
  const host = document.createElement("div");
  const root = createRoot(host);
  act(() => root.render(<OutsideExcel reason={reason} />));
  const text = host.textContent ?? "";
  act(() => root.unmount());
  return text;
};

it("says where the pane works, and what to allow where Office.js did not load", () => {
  expect(textFor("noExcel")).toContain("In Excel, start it from Home > Add-ins");
  expect(textFor("noOffice")).toContain("Allow appsforoffice.microsoft.com in your network");
});
