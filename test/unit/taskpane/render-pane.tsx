import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { TaskPane } from "../../../src/taskpane/task-pane";
import type { FakeApp } from "./fake-app";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** The pane in jsdom, with what a user does and sees. */
export interface RenderedPane {
  readonly host: HTMLElement;
  readonly status: () => string;
  /** Visible elements of a role, by accessible name: what hidden panels hold is not found. */
  readonly find: (role: string, name: string) => HTMLElement | undefined;
  readonly get: (role: string, name: string) => HTMLElement;
  readonly panelText: () => string;
  readonly click: (role: string, name: string) => Promise<void>;
  readonly press: (key: string) => Promise<void>;
  readonly settle: (change?: () => void) => Promise<void>;
  readonly close: () => void;
}

const selectors: Readonly<Record<string, string>> = {
  button: "button:not([role])",
  tab: '[role="tab"]',
  combobox: "select",
  group: '[role="group"]',
};

const nameOf = (element: Element): string => {
  const label = element.getAttribute("aria-label");
  if (label !== null) return label;
  const copy = element.cloneNode(true) as Element;
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return (copy.textContent ?? "").trim();
};

/** Renders the pane over a fake of the app's port and lets its first check of the data end. */
export const renderPane = async (app: FakeApp): Promise<RenderedPane> => {
  const host = document.body.appendChild(document.createElement("div"));
  let root: Root | undefined;
  const settle = (change: () => void = () => undefined): Promise<void> =>
    act(async () => {
      change();
      // Enough turns for a chain of promises of the port: insert, then check.
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    });
  await settle(() => {
    root = createRoot(host);
    root.render(<TaskPane app={app} displayLanguage="en-US" />);
  });
  const find = (role: string, name: string): HTMLElement | undefined =>
    [...host.querySelectorAll<HTMLElement>(selectors[role] ?? role)].find((element) => nameOf(element) === name && !element.closest("[hidden]"));
  const get = (role: string, name: string): HTMLElement => {
    const found = find(role, name);
    if (!found) throw new Error(`No ${role} "${name}" is shown`);
    return found;
  };
  return {
    host,
    find,
    get,
    settle,
    status: () => host.querySelector('[role="status"]')?.textContent ?? "",
    panelText: () => host.querySelector('[role="tabpanel"]:not([hidden])')?.textContent ?? "",
    click: (role, name) => {
      const element = get(role, name);
      return settle(() => {
        element.focus();
        element.click();
      });
    },
    press: (key) => settle(() => document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))),
    close: () => {
      act(() => root?.unmount());
      host.remove();
      window.localStorage.clear();
    },
  };
};
