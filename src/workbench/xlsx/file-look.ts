import { resolveThemeColor, type BorderStyle, type CellStyle, type Color, type FontStyle } from "hucre";
import type { BorderSideName, CellLook, HexColor } from "./workbook-file";

const SIDES: readonly BorderSideName[] = ["top", "right", "bottom", "left"];

/** Excel's 64 indexed colours start with these eight, repeated once; the rest is rare enough to read as black. */
const INDEXED: readonly HexColor[] = ["000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF"];

/** Cells number the light colours before the dark ones; the theme part lists them the other way round. */
const THEME_ORDER: readonly number[] = [1, 0, 3, 2];

/** Theme colour 1 is the text colour; kept unset, it follows dark mode. */
const AUTOMATIC_TEXT = 1;

function themeColor(index: number, tint: number, theme: readonly HexColor[]): HexColor | undefined {
  return theme.length > 0 ? resolveThemeColor([...theme], THEME_ORDER[index] ?? index, tint) : undefined;
}

function hexOf(color: Color | undefined, theme: readonly HexColor[]): HexColor | undefined {
  if (!color) return undefined;
  if (color.rgb) return color.rgb.slice(-6).toUpperCase();
  if (color.theme !== undefined) return themeColor(color.theme, color.tint ?? 0, theme);
  return color.indexed !== undefined ? INDEXED[color.indexed % INDEXED.length] : undefined;
}

function set<K extends keyof CellLook>(key: K, value: CellLook[K] | undefined): Pick<CellLook, K> | object {
  return value === undefined ? {} : { [key]: value };
}

function bordersOf(border: BorderStyle | undefined, theme: readonly HexColor[]): CellLook["borders"] {
  const sides = SIDES.flatMap((name) => {
    const side = border?.[name];
    if (!side) return [];
    const color = hexOf(side.color, theme);
    return [[name, color === undefined ? { style: side.style } : { style: side.style, color }] as const];
  });
  return sides.length > 0 ? Object.fromEntries(sides) : undefined;
}

const HORIZONTAL: ReadonlySet<string> = new Set(["left", "center", "right", "justify"]);
const VERTICAL: ReadonlySet<string> = new Set(["top", "center", "bottom"]);

/** Reads a style of a file; colours of the theme become fixed ones, and the workbook's own font goes without saying. */
export function lookOf(style: CellStyle | undefined, theme: readonly HexColor[], defaultFont: FontStyle): CellLook | undefined {
  if (!style) return undefined;
  const { font, fill, alignment } = style;
  const solid = fill?.type === "pattern" && fill.pattern === "solid" ? hexOf(fill.fgColor, theme) : undefined;
  const horizontal = alignment?.horizontal;
  const vertical = alignment?.vertical;
  const look: CellLook = {
    ...set("numberFormat", style.numFmt === "General" ? undefined : style.numFmt),
    ...set("bold", font?.bold || undefined),
    ...set("italic", font?.italic || undefined),
    ...set("underline", font?.underline ? true : undefined),
    ...set("strikethrough", font?.strikethrough || undefined),
    ...set("fontName", font?.name === defaultFont.name ? undefined : font?.name),
    ...set("fontSize", font?.size === defaultFont.size ? undefined : font?.size),
    ...set("fontColor", font?.color?.theme === AUTOMATIC_TEXT ? undefined : hexOf(font?.color, theme)),
    ...set("fill", solid),
    ...set("horizontal", horizontal && HORIZONTAL.has(horizontal) ? (horizontal as "left") : undefined),
    ...set("vertical", vertical && VERTICAL.has(vertical) ? (vertical as "top") : undefined),
    ...set("wrap", alignment?.wrapText || undefined),
    ...set("borders", bordersOf(style.border, theme)),
  };
  return Object.keys(look).length > 0 ? look : undefined;
}

/** The font of the workbooks that we write. */
export const DEFAULT_FONT: FontStyle = { name: "Calibri", size: 11 };

/** Writes a look as a style of a file. */
export function styleOf(look: CellLook): CellStyle {
  const font: NonNullable<CellStyle["font"]> = {};
  if (look.bold) font.bold = true;
  if (look.italic) font.italic = true;
  if (look.underline) font.underline = true;
  if (look.strikethrough) font.strikethrough = true;
  if (look.fontName) font.name = look.fontName;
  if (look.fontSize) font.size = look.fontSize;
  if (look.fontColor) font.color = { rgb: look.fontColor };
  const style: CellStyle = {};
  // A font of the file is complete or another program picks its own.
  if (Object.keys(font).length > 0) style.font = { ...DEFAULT_FONT, ...font };
  if (look.fill) style.fill = { type: "pattern", pattern: "solid", fgColor: { rgb: look.fill } };
  if (look.numberFormat) style.numFmt = look.numberFormat;
  if (look.horizontal || look.vertical || look.wrap) {
    style.alignment = {
      ...(look.horizontal ? { horizontal: look.horizontal } : {}),
      ...(look.vertical ? { vertical: look.vertical } : {}),
      ...(look.wrap ? { wrapText: true } : {}),
    };
  }
  if (look.borders) {
    const border: BorderStyle = {};
    for (const name of SIDES) {
      const side = look.borders[name];
      if (side) border[name] = { style: side.style as "thin", ...(side.color ? { color: { rgb: side.color } } : {}) };
    }
    style.border = border;
  }
  return style;
}
