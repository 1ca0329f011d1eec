import { IFunctionService } from "@univerjs/preset-sheets-core";
import type { FWorkbook } from "@univerjs/sheets/facade";
import { blockAddress, quoteSheetName } from "../address";
import { defineClass, type HostObject, readOnly, type HostClass } from "../host-class";
import { hostNotImplemented, invalidArgument, itemAlreadyExists, itemNotFound } from "../host-error";
import { type HostWorkbook, openBook, sheetOf } from "../host-workbook";
import { assertName } from "../item-names";
import { findRange, type RangeTarget } from "../range-target";
import { rangeClass } from "./range-class";
import { tablesIn } from "../table-info";

type FDefinedName = ReturnType<FWorkbook["getDefinedNames"]>[number];

/** Names of a sheet or, without a sheet, of the workbook. */
interface NamesTarget {
  readonly sheetId?: string;
}

interface NameTarget extends NamesTarget {
  readonly name: string;
}

const namesIn = (host: HostWorkbook, sheetId?: string): readonly FDefinedName[] =>
  sheetId === undefined
    ? openBook(host)
        .getDefinedNames()
        .filter((name) => name.isWorkbookScope())
    : sheetOf(host, sheetId)
        .getDefinedNames()
        .filter((name) => !name.isWorkbookScope());

const definedName = (host: HostWorkbook, { name, sheetId }: NameTarget): FDefinedName => {
  const found = namesIn(host, sheetId).find((entry) => entry.getName().toLowerCase() === name.toLowerCase());
  if (!found) throw itemNotFound(`name ${name}`);
  return found;
};

/** The text behind the equals sign. */
const body = (name: FDefinedName): string => name.getFormulaOrRefString().replace(/^=/, "");

const rangeOf = (host: HostWorkbook, target: NameTarget): RangeTarget | undefined =>
  findRange(host, body(definedName(host, target)), target.sheetId ?? openBook(host).getActiveSheet().getSheetId());

/** A name that is a number, a text or a logical; other formulas are not evaluated here. */
const constant = (text: string): string | number | boolean | undefined => {
  if (/^".*"$/s.test(text)) return text.slice(1, -1).replaceAll('""', '"');
  if (/^(TRUE|FALSE)$/i.test(text)) return /^TRUE$/i.test(text);
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;
};

const valueOf = (target: NameTarget, host: HostWorkbook): unknown => {
  const text = body(definedName(host, target));
  if (rangeOf(host, target)) return text;
  const value = constant(text);
  if (value === undefined) throw hostNotImplemented("NamedItem.Value of a formula");
  return value;
};

const typeOf = (target: NameTarget, host: HostWorkbook): string => {
  if (rangeOf(host, target)) return "Range";
  const value = constant(body(definedName(host, target)));
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Double";
  return typeof value === "boolean" ? "Boolean" : "String";
};

/** Univer keeps the parsed form of formulas, with what a name meant at that time, until it is told to forget them. */
const calculateUses = (host: HostWorkbook, name: string): void => {
  host.injector.get(IFunctionService).deleteFormulaAstCacheKey(name);
  host.univer.getFormula().executeCalculation();
};

const toRange = (target: NameTarget, host: HostWorkbook): HostObject | null => {
  const range = rangeOf(host, target);
  return range ? rangeClass.of(range) : null;
};

const absolute = (host: HostWorkbook, { sheetId, block }: RangeTarget): string =>
  `${quoteSheetName(sheetOf(host, sheetId).getSheetName())}!${blockAddress(block).replace(/([A-Z]+)(\d+)/g, "$$$1$$$2")}`;

const namedItemClass: HostClass<NameTarget> = defineClass<NameTarget>({
  name: "NamedItem",
  identity: ({ name }) => ({ _Id: name }),
  scalars: {
    Comment: {
      get: (target, host) => definedName(host, target).getComment() ?? "",
      set: (target, value, host) => definedName(host, target).setComment(String(value)),
    },
    Formula: {
      get: (target, host) => `=${body(definedName(host, target))}`,
      set: (target, value, host) => {
        const text = String(value);
        const name = definedName(host, target);
        if (findRange(host, text, target.sheetId ?? openBook(host).getActiveSheet().getSheetId())) name.setRef(text.replace(/^=/, ""));
        else name.setFormula(text.replace(/^=/, ""));
        calculateUses(host, target.name);
      },
    },
    Name: readOnly((target, host) => definedName(host, target).getName()),
    Scope: readOnly(({ sheetId }) => (sheetId === undefined ? "Workbook" : "Worksheet")),
    Type: readOnly(typeOf),
    Value: readOnly(valueOf),
    Visible: {
      get: () => true,
      set: (_name, value) => {
        if (value !== true) throw hostNotImplemented("NamedItem.Visible = false");
      },
    },
  },
  children: {
    Worksheet: ({ sheetId }, host) => {
      if (sheetId === undefined) throw itemNotFound("the name belongs to the workbook");
      return host.worksheet(sheetId);
    },
    WorksheetOrNullObject: ({ sheetId }, host) => (sheetId === undefined ? null : host.worksheet(sheetId)),
  },
  methods: {
    Delete: (target, _args, host) => {
      definedName(host, target).delete();
      calculateUses(host, target.name);
    },
    GetRange: (target, _args, host) => {
      const range = toRange(target, host);
      if (!range) throw itemNotFound("the name is no range");
      return range;
    },
    GetRangeOrNullObject: (target, _args, host) => toRange(target, host),
  },
});

const addName = ({ sheetId }: NamesTarget, [given, reference, comment]: readonly unknown[], host: HostWorkbook): HostObject => {
  const name = assertName(given);
  const taken = namesIn(host, sheetId).some((entry) => entry.getName().toLowerCase() === name.toLowerCase());
  if (taken || tablesIn(host).some((table) => table.name.toLowerCase() === name.toLowerCase())) throw itemAlreadyExists(name);
  const range = rangeClass.targetOf(reference);
  const text = range ? absolute(host, range) : typeof reference === "number" || typeof reference === "boolean" ? `=${reference}` : reference;
  if (typeof text !== "string" || text === "") throw invalidArgument("a name needs a range or a formula");
  const found = !range && findRange(host, text, sheetId ?? openBook(host).getActiveSheet().getSheetId());
  const formula = range || found ? text.replace(/^=/, "") : text.startsWith("=") ? text : `="${text.replaceAll('"', '""')}"`;
  try {
    if (sheetId === undefined) openBook(host).insertDefinedName(name, formula);
    else sheetOf(host, sheetId).insertDefinedName(name, formula);
  } catch {
    throw invalidArgument(`the grid refused the name ${name}`);
  }
  calculateUses(host, name);
  const target = { name, ...(sheetId !== undefined && { sheetId }) };
  if (typeof comment === "string" && comment !== "") definedName(host, target).setComment(comment);
  return namedItemClass.of(target);
};

/** Excel.NamedItemCollection. */
export const nameCollectionClass: HostClass<NamesTarget> = defineClass<NamesTarget>({
  name: "NamedItemCollection",
  items: ({ sheetId }, host) =>
    namesIn(host, sheetId).map((entry) => namedItemClass.of({ name: entry.getName(), ...(sheetId !== undefined && { sheetId }) })),
  item: ({ sheetId }, key, host) => {
    const found = namesIn(host, sheetId).find((entry) => entry.getName().toLowerCase() === String(key).toLowerCase());
    return found ? namedItemClass.of({ name: found.getName(), ...(sheetId !== undefined && { sheetId }) }) : null;
  },
  methods: { Add: addName },
});
