import type { WorkbookProperties } from "hucre";

type CustomProperties = NonNullable<WorkbookProperties["custom"]>;

const PREFIX = "CollateralWorkbench";
/** Excel holds at most 255 characters in a document property. */
const LONGEST = 240;

function isPiece(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** Cuts a note into document properties, which Excel keeps when it saves the file. */
export function propertiesOfNote(note: string): CustomProperties {
  const pieces = note.match(new RegExp(`[\\s\\S]{1,${LONGEST}}`, "g")) ?? [];
  return Object.fromEntries(pieces.map((piece, index) => [`${PREFIX}${String(index + 1).padStart(4, "0")}`, piece]));
}

/** Puts a note together again; undefined when the file has none. */
export function noteOfProperties(properties: CustomProperties | undefined): string | undefined {
  const names = Object.keys(properties ?? {})
    .filter(isPiece)
    .sort();
  return names.length > 0 ? names.map((name) => String(properties?.[name])).join("") : undefined;
}

/** The user's own document properties. */
export function propertiesWithoutNote(properties: CustomProperties | undefined): CustomProperties {
  return Object.fromEntries(Object.entries(properties ?? {}).filter(([name]) => !isPiece(name)));
}
