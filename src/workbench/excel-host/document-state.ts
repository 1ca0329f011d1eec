import { type Block, blockAddress, parseBlock } from "./address";
import type { BagValues } from "./bag";
import { tablesIn } from "./table-info";
import { type HostWorkbook, openBook, sheetByName } from "./host-workbook";
import { invalidArgument } from "./host-error";
import type { ChartState, CustomXmlPart } from "./workbook-state";

/** What Excel keeps in a file and Univer's workbook does not hold, as plain data; sheets and tables go by name. */
export interface DocumentState {
  readonly version: 1;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly customXml: readonly CustomXmlPart[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly customProperties: Readonly<Record<string, unknown>>;
  readonly sheets: readonly SheetDocumentState[];
  readonly tables: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
}

interface SheetDocumentState {
  readonly name: string;
  readonly customProperties: Readonly<Record<string, string>>;
  readonly protection?: { readonly password: string; readonly options: Readonly<Record<string, unknown>> };
  readonly veryHidden: boolean;
  readonly locked: readonly { readonly address: string; readonly locked: boolean }[];
  /** Conditional formats and data validation. */
  readonly bags: readonly { readonly what: string; readonly address: string; readonly values: BagValues }[];
  readonly charts: readonly Omit<ChartState, "sheetId">[];
}

/** The key under which settings of a range are kept. */
export const bagKey = (what: string, sheetId: string, block: Block): string => JSON.stringify([what, sheetId, blockAddress(block)]);

/** Takes the state out, for saving. */
export const documentState = (host: HostWorkbook): DocumentState => {
  const { state } = host;
  const bags = [...state.bags].map(([key, values]) => {
    const [what = "", sheetId = "", address = ""] = JSON.parse(key) as string[];
    return { what, sheetId, address, values };
  });
  return structuredCopy({
    version: 1,
    settings: Object.fromEntries(state.settings),
    customXml: [...state.customXml.values()],
    properties: Object.fromEntries(state.properties),
    customProperties: Object.fromEntries(state.customProperties),
    sheets: openBook(host)
      .getSheets()
      .map((sheet): SheetDocumentState => {
        const id = sheet.getSheetId();
        const protection = state.protectedSheets.get(id);
        return {
          name: sheet.getSheetName(),
          customProperties: Object.fromEntries(state.sheetProperties.get(id) ?? []),
          ...(protection && { protection }),
          veryHidden: state.veryHidden.has(id),
          locked: (state.lockedBlocks.get(id) ?? []).map((change) => ({ address: blockAddress(change), locked: change.locked })),
          bags: bags.filter((bag) => bag.sheetId === id).map(({ what, address, values }) => ({ what, address, values })),
          charts: [...state.charts.values()].filter((chart) => chart.sheetId === id).map(({ sheetId: _, ...chart }) => chart),
        };
      }),
    tables: tablesIn(host)
      .filter(({ id }) => state.tableOptions.has(id))
      .map(({ id, name }) => ({ name, options: Object.fromEntries(state.tableOptions.get(id) ?? []) })),
  });
};

/** Puts a saved state back onto the workbook that was opened; parts of sheets and tables that are gone are left out. */
export const restoreDocumentState = (host: HostWorkbook, saved: unknown): void => {
  const from = structuredCopy(saved) as DocumentState | null;
  if (from?.version !== 1 || !Array.isArray(from.sheets)) throw invalidArgument("this is no saved state of the workbench");
  const { state } = host;
  fill(state.settings, from.settings);
  fill(state.properties, from.properties);
  fill(state.customProperties, from.customProperties);
  from.customXml.forEach((part) => state.customXml.set(part.id, { ...part }));
  from.sheets.forEach((sheet) => restoreSheet(host, sheet));
  for (const { name, options } of from.tables) {
    const info = tablesIn(host).find((table) => table.name === name);
    if (info) state.tableOptions.set(info.id, new Map(Object.entries(options)));
  }
  // New parts are numbered on from here, so that no id comes twice.
  state.nextId += from.customXml.length + from.sheets.reduce((count, sheet) => count + sheet.charts.length + sheet.bags.length, 0) + 1000;
  [...state.chartListeners].forEach((listener) => listener());
};

const restoreSheet = (host: HostWorkbook, saved: SheetDocumentState): void => {
  const id = sheetByName(host, saved.name)?.getSheetId();
  if (id === undefined) return;
  const { state } = host;
  if (Object.keys(saved.customProperties).length > 0) state.sheetProperties.set(id, new Map(Object.entries(saved.customProperties)));
  if (saved.protection) state.protectedSheets.set(id, saved.protection);
  if (saved.veryHidden) state.veryHidden.add(id);
  const locked = saved.locked.flatMap((change) => {
    const block = parseBlock(change.address);
    return block ? [{ ...block, locked: change.locked }] : [];
  });
  if (locked.length > 0) state.lockedBlocks.set(id, locked);
  for (const { what, address, values } of saved.bags) {
    const block = parseBlock(address);
    if (block) state.bags.set(bagKey(what, id, block), values);
  }
  for (const chart of saved.charts) state.charts.set(chart.id, { ...chart, sheetId: id });
};

const fill = (map: Map<string, unknown>, values: Readonly<Record<string, unknown>>): void =>
  Object.entries(values).forEach(([key, value]) => map.set(key, value));

/** Plain data only, so JSON copies all of it. */
const structuredCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
