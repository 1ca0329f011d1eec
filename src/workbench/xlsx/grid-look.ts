import { BooleanNumber, BorderStyleTypes, HorizontalAlign, VerticalAlign, WrapStrategy, type IBorderData, type IStyleData } from "@univerjs/core";
import type { BorderSideName, CellLook } from "./workbook-file";

const HORIZONTAL = {
  left: HorizontalAlign.LEFT,
  center: HorizontalAlign.CENTER,
  right: HorizontalAlign.RIGHT,
  justify: HorizontalAlign.JUSTIFIED,
} as const;
const VERTICAL = { top: VerticalAlign.TOP, center: VerticalAlign.MIDDLE, bottom: VerticalAlign.BOTTOM } as const;
const SIDES = { top: "t", right: "r", bottom: "b", left: "l" } as const satisfies Record<BorderSideName, keyof IBorderData>;
const BORDER_STYLES: Readonly<Record<string, BorderStyleTypes>> = {
  thin: BorderStyleTypes.THIN,
  hair: BorderStyleTypes.HAIR,
  dotted: BorderStyleTypes.DOTTED,
  dashed: BorderStyleTypes.DASHED,
  dashDot: BorderStyleTypes.DASH_DOT,
  dashDotDot: BorderStyleTypes.DASH_DOT_DOT,
  double: BorderStyleTypes.DOUBLE,
  medium: BorderStyleTypes.MEDIUM,
  mediumDashed: BorderStyleTypes.MEDIUM_DASHED,
  mediumDashDot: BorderStyleTypes.MEDIUM_DASH_DOT,
  mediumDashDotDot: BorderStyleTypes.MEDIUM_DASH_DOT_DOT,
  slantDashDot: BorderStyleTypes.SLANT_DASH_DOT,
  thick: BorderStyleTypes.THICK,
};

function keyOf<K extends string, V>(map: Readonly<Record<K, V>>, value: V | null | undefined): K | undefined {
  return (Object.keys(map) as K[]).find((key) => map[key] === value);
}

function hexOf(color: string | null | undefined | void): string | undefined {
  if (!color) return undefined;
  const hex = /^#?([0-9a-f]{6})$/i.exec(color)?.[1];
  if (hex) return hex.toUpperCase();
  const parts = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/i.exec(color);
  return parts
    ? parts
        .slice(1, 4)
        .map((part) => Number(part).toString(16).padStart(2, "0"))
        .join("")
        .toUpperCase()
    : undefined;
}

/** Writes a look in the grid's terms. */
export function gridStyle(look: CellLook): IStyleData {
  const borders = Object.entries(look.borders ?? {}).map(([side, border]) => [
    SIDES[side as BorderSideName],
    { s: BORDER_STYLES[border.style] ?? BorderStyleTypes.THIN, cl: { rgb: `#${border.color ?? "000000"}` } },
  ]);
  return {
    ...(look.numberFormat ? { n: { pattern: look.numberFormat } } : {}),
    ...(look.bold ? { bl: BooleanNumber.TRUE } : {}),
    ...(look.italic ? { it: BooleanNumber.TRUE } : {}),
    ...(look.underline ? { ul: { s: BooleanNumber.TRUE } } : {}),
    ...(look.strikethrough ? { st: { s: BooleanNumber.TRUE } } : {}),
    ...(look.fontName ? { ff: look.fontName } : {}),
    ...(look.fontSize ? { fs: look.fontSize } : {}),
    ...(look.fontColor ? { cl: { rgb: `#${look.fontColor}` } } : {}),
    ...(look.fill ? { bg: { rgb: `#${look.fill}` } } : {}),
    ...(look.horizontal ? { ht: HORIZONTAL[look.horizontal] } : {}),
    ...(look.vertical ? { vt: VERTICAL[look.vertical] } : {}),
    ...(look.wrap ? { tb: WrapStrategy.WRAP } : {}),
    ...(borders.length > 0 ? { bd: Object.fromEntries(borders) as IBorderData } : {}),
  };
}

function bordersOf(data: IStyleData["bd"]): CellLook["borders"] {
  const sides = (Object.keys(SIDES) as BorderSideName[]).flatMap((side) => {
    const border = data?.[SIDES[side]];
    const style = border ? keyOf(BORDER_STYLES, border.s) : undefined;
    if (!border || !style) return [];
    const color = hexOf(border.cl?.rgb);
    return [[side, color ? { style, color } : { style }] as const];
  });
  return sides.length > 0 ? Object.fromEntries(sides) : undefined;
}

/** Reads a style of the grid; undefined when it is the default. */
export function lookOfGridStyle(style: IStyleData): CellLook | undefined {
  const pattern = style.n?.pattern;
  const fontColor = hexOf(style.cl?.rgb);
  const fill = hexOf(style.bg?.rgb);
  const horizontal = keyOf(HORIZONTAL, style.ht ?? undefined);
  const vertical = keyOf(VERTICAL, style.vt ?? undefined);
  const borders = bordersOf(style.bd);
  const look: CellLook = {
    ...(pattern && pattern !== "General" ? { numberFormat: pattern } : {}),
    ...(style.bl === BooleanNumber.TRUE ? { bold: true } : {}),
    ...(style.it === BooleanNumber.TRUE ? { italic: true } : {}),
    ...(style.ul?.s === BooleanNumber.TRUE ? { underline: true } : {}),
    ...(style.st?.s === BooleanNumber.TRUE ? { strikethrough: true } : {}),
    ...(style.ff ? { fontName: style.ff } : {}),
    ...(style.fs ? { fontSize: style.fs } : {}),
    ...(fontColor ? { fontColor } : {}),
    ...(fill ? { fill } : {}),
    ...(horizontal ? { horizontal } : {}),
    ...(vertical ? { vertical } : {}),
    ...(style.tb === WrapStrategy.WRAP ? { wrap: true } : {}),
    ...(borders ? { borders } : {}),
  };
  return Object.keys(look).length > 0 ? look : undefined;
}
