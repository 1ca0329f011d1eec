import { createDarkTheme, createLightTheme, type BrandVariants, type Theme } from "@fluentui/react-components";

/** One accent, a quiet teal: Fluent's own steps of lightness with another hue, so that its contrasts hold. */
const brand: BrandVariants = {
  10: "#091918",
  20: "#0c2624",
  30: "#0f3230",
  40: "#13403e",
  50: "#124f4c",
  60: "#125e5a",
  70: "#046b67",
  80: "#0a7b76",
  90: "#219690",
  100: "#46ada7",
  110: "#64b7b1",
  120: "#7bc0bb",
  130: "#98cec9",
  140: "#b6dbd8",
  150: "#d1e7e5",
  160: "#ecf4f3",
};

/** System fonts only: the pane loads nothing from other hosts. */
const fontFamilyBase = '"Segoe UI", -apple-system, Roboto, "Helvetica Neue", Arial, sans-serif';

const light: Theme = { ...createLightTheme(brand), fontFamilyBase };

const dark: Theme = {
  ...createDarkTheme(brand),
  fontFamilyBase,
  // Fluent's defaults take step 100, which is too dim for text on dark grey.
  colorBrandForeground1: brand[110],
  colorBrandForeground2: brand[120],
  colorBrandForegroundLink: brand[110],
  colorBrandForegroundLinkHover: brand[130],
  colorBrandForegroundLinkPressed: brand[120],
  colorCompoundBrandForeground1: brand[110],
  colorCompoundBrandForeground1Hover: brand[120],
  // Calmer grounds for the status line and messages: a tint of the grey, the icon carries the colour.
  colorStatusSuccessBackground1: "#1d2f22",
  colorStatusSuccessBorder1: "#2f5a3a",
  colorStatusWarningBackground1: "#372a1c",
  colorStatusWarningBorder1: "#6b4a25",
  colorStatusDangerBackground1: "#3a2223",
  colorStatusDangerBorder1: "#74393b",
};

/** The Fluent theme of the pane for a colour scheme. */
export const paneTheme = (scheme: "light" | "dark"): Theme => (scheme === "dark" ? dark : light);
