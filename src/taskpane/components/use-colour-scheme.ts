import { useCallback, useEffect, useState } from "react";
import { chooseScheme, type HostTheme } from "../state/colour-scheme";
import { readChoices, writeChoices, type ColourChoice } from "../state/stored-choices";

const systemQuery = (): MediaQueryList | undefined =>
  typeof window.matchMedia === "function" ? window.matchMedia("(prefers-color-scheme: dark)") : undefined;

/** Light or dark, following the user's switch, Office and the system in that order. */
export const useColourScheme = (
  hostTheme: HostTheme | undefined,
): { readonly scheme: "light" | "dark"; readonly choice: ColourChoice; readonly choose: (choice: ColourChoice) => void } => {
  const [choice, setChoice] = useState<ColourChoice>(() => readChoices().colours);
  const [systemIsDark, setSystemIsDark] = useState(() => systemQuery()?.matches ?? false);

  useEffect(() => {
    const query = systemQuery();
    if (!query) return undefined;
    const onChange = (event: MediaQueryListEvent): void => setSystemIsDark(event.matches);
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, []);

  const choose = useCallback((next: ColourChoice) => {
    setChoice(next);
    writeChoices({ colours: next });
  }, []);
  const scheme = chooseScheme(choice, hostTheme, systemIsDark);
  useEffect(() => {
    // Scroll bars and native controls follow the page's own scheme.
    document.documentElement.style.colorScheme = scheme;
  }, [scheme]);
  return { scheme, choice, choose };
};
