import { BorderStyleTypes, type IBorderData, type IBorderStyleData, type IStyleData } from "@univerjs/core";
import { columnCountOf, rowCountOf } from "../address";
import { readCells } from "../cells/cell-reader";
import { writeStyles } from "../cells/cell-writer";
import { defineClass, type HostClass } from "../host-class";
import { invalidArgument } from "../host-error";
import type { HostWorkbook } from "../host-workbook";
import type { RangeTarget } from "../range-target";
import { colorOf, readColor } from "./color";

interface BorderTarget extends RangeTarget {
  readonly side: string;
}

type Side = "t" | "b" | "l" | "r";

const sides = ["EdgeTop", "EdgeBottom", "EdgeLeft", "EdgeRight", "InsideVertical", "InsideHorizontal"];

/** Which edge of which cells a side of the range is; an inside line is the lower or right edge of all but the last. */
const edgeOf = ({ block, side }: BorderTarget, row: number, column: number): Side | undefined => {
  if (side === "EdgeTop") return row === block.startRow ? "t" : undefined;
  if (side === "EdgeBottom") return row === block.endRow ? "b" : undefined;
  if (side === "EdgeLeft") return column === block.startColumn ? "l" : undefined;
  if (side === "EdgeRight") return column === block.endColumn ? "r" : undefined;
  if (side === "InsideVertical") return column < block.endColumn ? "r" : undefined;
  return row < block.endRow ? "b" : undefined;
};

const univerStyle = (style: string, weight: string): BorderStyleTypes => {
  if (style === "None") return BorderStyleTypes.NONE;
  if (style === "Double") return BorderStyleTypes.DOUBLE;
  if (style === "Dash") return weight === "Medium" ? BorderStyleTypes.MEDIUM_DASHED : BorderStyleTypes.DASHED;
  if (style === "Dot") return BorderStyleTypes.DOTTED;
  if (style !== "Continuous") throw invalidArgument(`${style} is no line style of this host`);
  return weights[weight] ?? BorderStyleTypes.THIN;
};
const weights: Readonly<Record<string, BorderStyleTypes>> = {
  Hairline: BorderStyleTypes.HAIR,
  Thin: BorderStyleTypes.THIN,
  Medium: BorderStyleTypes.MEDIUM,
  Thick: BorderStyleTypes.THICK,
};

const lineName = (style: BorderStyleTypes | undefined): string => {
  if (!style) return "None";
  if (style === BorderStyleTypes.DOUBLE) return "Double";
  if (style === BorderStyleTypes.DOTTED) return "Dot";
  return style === BorderStyleTypes.DASHED || style === BorderStyleTypes.MEDIUM_DASHED ? "Dash" : "Continuous";
};

const weightName = (style: BorderStyleTypes | undefined): string => Object.entries(weights).find(([, entry]) => entry === style)?.[0] ?? "Thin";

/** The border of the first cell that the side touches. */
const present = (border: BorderTarget, host: HostWorkbook): IBorderStyleData | undefined => {
  const { block } = border;
  const row = border.side === "EdgeBottom" ? block.endRow : block.startRow;
  const column = border.side === "EdgeRight" ? block.endColumn : block.startColumn;
  const edge = edgeOf(border, row, column);
  return (edge && readCells(host, border.sheetId).style(row, column).bd?.[edge]) ?? undefined;
};

const draw = (border: BorderTarget, host: HostWorkbook, style: BorderStyleTypes, color: string): void =>
  writeStyles(host, border.sheetId, border.block, (row, column): IStyleData | undefined => {
    const edge = edgeOf(border, row, column);
    if (!edge) return undefined;
    const line = style === BorderStyleTypes.NONE ? null : { s: style, cl: { rgb: color } };
    return { bd: { [edge]: line } as IBorderData };
  });

const rangeBorderClass: HostClass<BorderTarget> = defineClass<BorderTarget>({
  name: "RangeBorder",
  scalars: {
    Color: {
      get: (border, host) => readColor(present(border, host)?.cl?.rgb, "#000000"),
      set: (border, value, host) => draw(border, host, present(border, host)?.s || BorderStyleTypes.THIN, colorOf(value)),
    },
    SideIndex: { get: ({ side }) => side },
    Style: {
      get: (border, host) => lineName(present(border, host)?.s),
      set: (border, value, host) => {
        const line = present(border, host);
        draw(border, host, univerStyle(String(value), weightName(line?.s)), readColor(line?.cl?.rgb, "#000000"));
      },
    },
    Weight: {
      get: (border, host) => weightName(present(border, host)?.s),
      set: (border, value, host) => {
        const line = present(border, host);
        if (!weights[String(value)]) throw invalidArgument(`${String(value)} is no line weight`);
        const name = lineName(line?.s);
        draw(border, host, univerStyle(name === "None" ? "Continuous" : name, String(value)), readColor(line?.cl?.rgb, "#000000"));
      },
    },
  },
});

/** Excel.RangeBorderCollection. */
export const borderCollectionClass: HostClass<RangeTarget> = defineClass<RangeTarget>({
  name: "RangeBorderCollection",
  items: (range) => sides.filter((side) => exists(range, side)).map((side) => rangeBorderClass.of({ ...range, side })),
  item: (range, key) => (sides.includes(String(key)) ? rangeBorderClass.of({ ...range, side: String(key) }) : null),
});

const exists = ({ block }: RangeTarget, side: string): boolean =>
  (side !== "InsideVertical" || columnCountOf(block) > 1) && (side !== "InsideHorizontal" || rowCountOf(block) > 1);
