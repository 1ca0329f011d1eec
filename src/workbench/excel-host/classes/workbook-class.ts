import { blockOf } from "../address";
import { defineClass, type HostObject, readOnly, type HostClass } from "../host-class";
import { hostNotImplemented, invalidArgument } from "../host-error";
import { type HostWorkbook, openBook } from "../host-workbook";
import { findRange } from "../range-target";
import { customXmlPartsClass, documentPropertiesClass, settingCollectionClass } from "./document-classes";
import { nameCollectionClass } from "./name-classes";
import { rangeClass } from "./range-class";
import { tableCollectionClass } from "./table-collection-class";
import { worksheetCollectionClass } from "./worksheet-class";

type All = Record<string, never>;

const runtimeClass: HostClass<All> = defineClass<All>({
  name: "Runtime",
  scalars: {
    EnableEvents: {
      get: (_runtime, host) => host.state.enableEvents,
      set: (_runtime, value, host) => void (host.state.enableEvents = value === true),
    },
  },
});

/** Formats of the host's locale, from the browser's own tables. */
const separator = (host: HostWorkbook, part: "decimal" | "group"): string =>
  new Intl.NumberFormat(host.locale).formatToParts(12345.6).find(({ type }) => type === part)?.value ?? "";

const numberFormatInfoClass: HostClass<All> = defineClass<All>({
  name: "NumberFormatInfo",
  scalars: {
    NumberDecimalSeparator: readOnly((_all, host) => separator(host, "decimal")),
    NumberGroupSeparator: readOnly((_all, host) => separator(host, "group")),
  },
});

const cultureInfoClass: HostClass<All> = defineClass<All>({
  name: "CultureInfo",
  scalars: { Name: readOnly((_all, host) => host.locale) },
  children: { NumberFormat: () => numberFormatInfoClass.of({}) },
});

const applicationClass: HostClass<All> = defineClass<All>({
  name: "Application",
  scalars: {
    CalculationEngineVersion: readOnly(() => 191029),
    CalculationMode: {
      get: () => "Automatic",
      set: (_application, value) => {
        if (value !== "Automatic") throw hostNotImplemented(`Application.CalculationMode = ${String(value)}`);
      },
    },
    CalculationState: readOnly((_application, host) => (host.calculation.isBusy() ? "Calculating" : "Done")),
    DecimalSeparator: readOnly((_application, host) => separator(host, "decimal")),
    ThousandsSeparator: readOnly((_application, host) => separator(host, "group")),
    UseSystemSeparators: readOnly(() => true),
  },
  children: { CultureInfo: () => cultureInfoClass.of({}) },
  methods: {
    Calculate: (_application, [type], host) => {
      if (!["Recalculate", "Full", "FullRebuild"].includes(String(type))) throw invalidArgument(`${String(type)} is no type of calculation`);
      host.univer.getFormula().executeCalculation();
    },
    // Univer calculates once a batch of commands has come in, and draws once a frame: nothing to hold back.
    SuspendApiCalculationUntilNextSync: () => null,
    SuspendScreenUpdatingUntilNextSync: () => null,
  },
});

const selected = (host: HostWorkbook): HostObject => {
  const sheetId = openBook(host).getActiveSheet().getSheetId();
  const range = openBook(host).getActiveRange();
  if (!range) return rangeClass.of({ sheetId, block: blockOf(0, 0, 1, 1) });
  const { startRow, startColumn, endRow, endColumn } = range.getRange();
  return rangeClass.of({ sheetId: range.getSheetId(), block: { startRow, startColumn, endRow, endColumn } });
};

/** Events carry the address of what changed as a reference that the library hands back. */
const rangeForEvent = (_workbook: All, [reference]: readonly unknown[], host: HostWorkbook): HostObject | null => {
  const [, sheetId = "", address = ""] = /^event:([^!]*)!(.*)$/.exec(String(reference)) ?? [];
  const range = openBook(host).getSheetBySheetId(sheetId) && findRange(host, address, sheetId);
  return range ? rangeClass.of(range) : null;
};

/** Excel.Workbook. */
export const workbookClass: HostClass<All> = defineClass<All>({
  name: "Workbook",
  scalars: {
    AutoSave: readOnly(() => false),
    CalculationEngineVersion: readOnly(() => 191029),
    Name: readOnly((_workbook, host) => openBook(host).getName() || "Book1"),
    PreviouslySaved: readOnly(() => false),
    ReadOnly: readOnly(() => false),
  },
  children: {
    Application: () => applicationClass.of({}),
    CustomXmlParts: () => customXmlPartsClass.of({}),
    Names: () => nameCollectionClass.of({}),
    Properties: () => documentPropertiesClass.of({}),
    Settings: () => settingCollectionClass.of({}),
    Tables: () => tableCollectionClass.of({}),
    Worksheets: () => worksheetCollectionClass.of({}),
    _Runtime: () => runtimeClass.of({}),
  },
  methods: {
    GetActiveCell: (_workbook, _args, host) => {
      const cell = openBook(host).getActiveCell();
      const sheetId = openBook(host).getActiveSheet().getSheetId();
      return rangeClass.of({ sheetId, block: blockOf(cell?.getRow() ?? 0, cell?.getColumn() ?? 0, 1, 1) });
    },
    GetSelectedRange: (_workbook, _args, host) => selected(host),
    _GetRangeForEventByReferenceId: rangeForEvent,
    _GetRangeOrNullObjectForEventByReferenceId: rangeForEvent,
    _GetReferenceCount: (_workbook, _args, host) => host.references.count(),
    _RemoveAllReferences: (_workbook, _args, host) => host.references.removeAll(),
    _RemoveReference: (_workbook, [id], host) => host.references.remove(String(id)),
  },
});
