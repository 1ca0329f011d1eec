import { blockOf, lastColumn, lastRow } from "../address";
import { growSheet } from "../cells/cell-writer";
import { defineClass, type HostObject, readOnly, type HostClass } from "../host-class";
import { accessDenied, HostError, invalidArgument, itemNotFound } from "../host-error";
import { type HostWorkbook, sheetOf } from "../host-workbook";
import { rangeArgument, rangeClass } from "./range-class";

interface PartTarget {
  readonly sheetId: string;
}

const freeze = (host: HostWorkbook, sheetId: string, rows: number, columns: number): void => {
  growSheet(host, sheetId, blockOf(0, 0, Math.max(rows, 1), Math.max(columns, 1)));
  if (rows === 0 && columns === 0) sheetOf(host, sheetId).cancelFreeze();
  else sheetOf(host, sheetId).setFreeze({ startRow: rows || -1, startColumn: columns || -1, ySplit: rows, xSplit: columns });
};

const frozen = ({ sheetId }: PartTarget, _args: unknown, host: HostWorkbook): HostObject | null => {
  const { xSplit, ySplit } = sheetOf(host, sheetId).getFreeze();
  if (!xSplit && !ySplit) return null;
  return rangeClass.of({
    sheetId,
    block: { startRow: 0, startColumn: 0, endRow: ySplit ? ySplit - 1 : lastRow, endColumn: xSplit ? xSplit - 1 : lastColumn },
  });
};

/** Excel.WorksheetFreezePanes. */
export const freezePanesClass: HostClass<PartTarget> = defineClass<PartTarget>({
  name: "WorksheetFreezePanes",
  methods: {
    FreezeAt: ({ sheetId }, [range], host) => {
      const { block } = rangeArgument(host, range, sheetId);
      freeze(host, sheetId, block.endRow === lastRow ? 0 : block.endRow + 1, block.endColumn === lastColumn ? 0 : block.endColumn + 1);
    },
    FreezeColumns: ({ sheetId }, [count], host) => freeze(host, sheetId, 0, Number(count ?? 1)),
    FreezeRows: ({ sheetId }, [count], host) => freeze(host, sheetId, Number(count ?? 1), 0),
    GetLocation: (sheet, args, host) => {
      const found = frozen(sheet, args, host);
      if (!found) throw itemNotFound("no frozen panes");
      return found;
    },
    GetLocationOrNullObject: frozen,
    Unfreeze: ({ sheetId }, _args, host) => freeze(host, sheetId, 0, 0),
  },
});

const allowances = [
  "allowAutoFilter",
  "allowDeleteColumns",
  "allowDeleteRows",
  "allowEditObjects",
  "allowEditScenarios",
  "allowFormatCells",
  "allowFormatColumns",
  "allowFormatRows",
  "allowInsertColumns",
  "allowInsertHyperlinks",
  "allowInsertRows",
  "allowPivotTables",
  "allowSort",
];

/** Excel.WorksheetProtection: the host refuses writes of an add-in to locked cells; typing into the grid is not refused. */
export const worksheetProtectionClass: HostClass<PartTarget> = defineClass<PartTarget>({
  name: "WorksheetProtection",
  scalars: {
    Options: readOnly(({ sheetId }, host) => host.state.protectedSheets.get(sheetId)?.options ?? null),
    Protected: readOnly(({ sheetId }, host) => host.state.protectedSheets.has(sheetId)),
  },
  methods: {
    Protect: ({ sheetId }, [options, password], host) => {
      if (host.state.protectedSheets.has(sheetId)) throw new HostError("InvalidOperation", "The worksheet is protected already.");
      const given = (options ?? {}) as Readonly<Record<string, unknown>>;
      for (const name of Object.keys(given))
        if (!allowances.includes(name) && name !== "selectionMode") throw invalidArgument(`${name} is no option of protection`);
      const defaults = Object.fromEntries(allowances.map((name) => [name, false]));
      host.state.protectedSheets.set(sheetId, { password: String(password ?? ""), options: { ...defaults, selectionMode: "Normal", ...given } });
    },
    Unprotect: ({ sheetId }, [password], host) => {
      const protection = host.state.protectedSheets.get(sheetId);
      if (protection && protection.password !== String(password ?? "")) throw accessDenied("the password is not right");
      host.state.protectedSheets.delete(sheetId);
    },
  },
});

interface PropertyTarget extends PartTarget {
  readonly key: string;
}

const propertiesOf = (host: HostWorkbook, sheetId: string): Map<string, string> => {
  const present = host.state.sheetProperties.get(sheetId) ?? new Map<string, string>();
  host.state.sheetProperties.set(sheetId, present);
  return present;
};

/** Excel compares keys of these properties without regard to case. */
const storedKey = (host: HostWorkbook, sheetId: string, key: unknown): string | undefined =>
  [...propertiesOf(host, sheetId).keys()].find((stored) => stored.toLowerCase() === String(key).toLowerCase());

const sheetPropertyClass: HostClass<PropertyTarget> = defineClass<PropertyTarget>({
  name: "WorksheetCustomProperty",
  identity: ({ key }) => ({ _Id: key }),
  scalars: {
    Key: readOnly(({ key }) => key),
    Value: {
      get: ({ sheetId, key }, host) => propertiesOf(host, sheetId).get(key),
      set: ({ sheetId, key }, value, host) => void propertiesOf(host, sheetId).set(key, String(value)),
    },
  },
  methods: { Delete: ({ sheetId, key }, _args, host) => void propertiesOf(host, sheetId).delete(key) },
});

/** Excel.WorksheetCustomPropertyCollection. */
export const sheetPropertiesClass: HostClass<PartTarget> = defineClass<PartTarget>({
  name: "WorksheetCustomPropertyCollection",
  items: ({ sheetId }, host) => [...propertiesOf(host, sheetId).keys()].map((key) => sheetPropertyClass.of({ sheetId, key })),
  item: ({ sheetId }, asked, host) => {
    const key = storedKey(host, sheetId, asked);
    return key === undefined ? null : sheetPropertyClass.of({ sheetId, key });
  },
  methods: {
    Add: ({ sheetId }, [asked, value], host) => {
      if (typeof asked !== "string" || asked === "" || asked.length > 255)
        throw invalidArgument("the key of a custom property is a text of 1 to 255 characters");
      if (typeof value !== "string") throw invalidArgument("the value of a custom property is a text");
      const key = storedKey(host, sheetId, asked) ?? asked;
      propertiesOf(host, sheetId).set(key, value);
      return sheetPropertyClass.of({ sheetId, key });
    },
  },
});
