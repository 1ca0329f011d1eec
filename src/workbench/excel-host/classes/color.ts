import type { Nullable } from "@univerjs/core";
import { invalidArgument } from "../host-error";

/** Names of colours that Office.js documents in its examples; other names are refused rather than guessed. */
const named: Readonly<Record<string, string>> = {
  black: "#000000",
  white: "#FFFFFF",
  red: "#FF0000",
  green: "#008000",
  blue: "#0000FF",
  yellow: "#FFFF00",
  orange: "#FFA500",
  gray: "#808080",
  grey: "#808080",
  purple: "#800080",
  silver: "#C0C0C0",
  lightgray: "#D3D3D3",
};

/** Reads "#RRGGBB", "RRGGBB" or a colour's name; writes "#RRGGBB" in capitals. @throws HostError InvalidArgument otherwise */
export const colorOf = (value: unknown): string => {
  const text = String(value).trim();
  const known = named[text.toLowerCase()];
  if (known) return known;
  const hex = /^#?([0-9A-Fa-f]{6})$/.exec(text)?.[1];
  if (!hex) throw invalidArgument(`${text} is no colour`);
  return `#${hex.toUpperCase()}`;
};

/** Writes a colour that Univer holds, which may be rgb(1, 2, 3), as "#RRGGBB". */
export const readColor = (rgb: Nullable<string>, fallback: string): string => {
  const parts = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(rgb || "");
  if (parts)
    return `#${parts
      .slice(1, 4)
      .map((part) => Number(part).toString(16).padStart(2, "0"))
      .join("")}`.toUpperCase();
  return rgb ? rgb.toUpperCase() : fallback;
};
