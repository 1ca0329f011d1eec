import type { ColourChoice } from "./stored-choices";

/** The part of Office.context.officeTheme that we look at; absent in Excel on the web. */
export interface HostTheme {
  readonly bodyBackgroundColor?: string;
  /** Newer hosts say it outright. */
  readonly isDarkTheme?: boolean;
}

const channel = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);

/** Tells whether a colour such as #262626 is dark; undefined where it is not a hex colour. */
export const isDarkColour = (colour: string | undefined): boolean | undefined => {
  const hex = /^#?([0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(colour?.trim() ?? "")?.[1];
  if (hex === undefined) return undefined;
  // Rec. 601 luma is enough to tell dark from light.
  return 0.299 * channel(hex, 0) + 0.587 * channel(hex, 2) + 0.114 * channel(hex, 4) < 128;
};

/** Decides between light and dark: the user's switch first, then Office's theme, then the system's. */
export const chooseScheme = (choice: ColourChoice, host: HostTheme | undefined, systemIsDark: boolean): "light" | "dark" => {
  if (choice !== "auto") return choice;
  const isDark = host?.isDarkTheme ?? isDarkColour(host?.bodyBackgroundColor) ?? systemIsDark;
  return isDark ? "dark" : "light";
};
