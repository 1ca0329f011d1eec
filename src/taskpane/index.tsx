import { createRoot } from "react-dom/client";
import { getApp } from "../runtime/app";
import { OutsideExcel } from "./outside-excel";
import type { HostTheme } from "./state/colour-scheme";
import { TaskPane } from "./task-pane";

const mount = async (): Promise<void> => {
  const element = document.getElementById("root");
  if (!element) return;
  const root = createRoot(element);
  if (typeof Office === "undefined") {
    root.render(<OutsideExcel reason="noOffice" />);
    return;
  }
  const { host } = await Office.onReady();
  if (host !== Office.HostType.Excel) {
    root.render(<OutsideExcel reason="noExcel" />);
    return;
  }
  // Excel on the web has no theme to offer; the types say otherwise.
  const hostTheme = Office.context.officeTheme as HostTheme | undefined;
  root.render(<TaskPane app={getApp()} displayLanguage={Office.context.displayLanguage} hostTheme={hostTheme} />);
};

void mount();
