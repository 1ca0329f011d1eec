import type { HostObject } from "./host-class";
import { hostNotImplemented } from "./host-error";
import type { HostWorkbook } from "./host-workbook";
import type { WireQuery } from "./wire";

/** What one object of a query gives: scalars by name, "*" for all of them, and what is asked of its children. */
interface Selection {
  all: boolean;
  readonly names: Set<string>;
  readonly children: Map<string, Selection>;
}

/** Answers a load: the properties asked for, with the names of the wire. */
export const queryObject = async (object: HostObject, query: WireQuery, host: HostWorkbook): Promise<Record<string, unknown>> => {
  const select = query.Select ?? [];
  const expand = query.Expand ?? [];
  const selection = emptySelection();
  for (const path of select) addPath(selection, path.split("/").filter(Boolean));
  for (const path of expand) addPath(selection, [...path.split("/").filter(Boolean), "$all"]);
  if (select.length === 0 && expand.length === 0) selection.all = true;
  return answer(object, selection, host, query);
};

const emptySelection = (): Selection => ({ all: false, names: new Set(), children: new Map() });

const addPath = (selection: Selection, [first, ...rest]: readonly string[]): void => {
  if (first === undefined) return;
  if (first === "$all" || first === "*") selection.all = true;
  else if (first === "$none") return;
  else if (rest.length === 0) selection.names.add(first);
  else {
    const child = selection.children.get(first) ?? emptySelection();
    selection.children.set(first, child);
    addPath(child, rest);
  }
};

const answer = async (object: HostObject, selection: Selection, host: HostWorkbook, query: WireQuery = {}): Promise<Record<string, unknown>> => {
  const { definition, target } = object;
  const result: Record<string, unknown> = { ...definition.identity?.(target, host) };
  if (object.referenceId) result._ReferenceId = object.referenceId;
  if (definition.items) return { ...result, ...(await answerCollection(object, selection, host, query)) };
  await answerScalars(object, selection, host, result);
  for (const [name, child] of selection.children) await answerChild(object, name, child, host, result);
  return result;
};

const answerCollection = async (object: HostObject, selection: Selection, host: HostWorkbook, query: WireQuery): Promise<Record<string, unknown>> => {
  const own = emptySelection();
  const forItems = emptySelection();
  const scalars = object.definition.scalars ?? {};
  for (const name of selection.names) {
    if (name === "items") forItems.all = true;
    else (findName(scalars, name) ? own : forItems).names.add(name);
  }
  for (const [name, child] of selection.children) {
    if (name === "items") merge(forItems, child);
    else forItems.children.set(name, child);
  }
  if (selection.all) {
    own.all = true;
    forItems.all = true;
  }
  const result: Record<string, unknown> = {};
  await answerScalars(object, own, host, result);
  const items = object.definition.items?.(object.target, host) ?? [];
  const skip = query.Skip ?? 0;
  const page = items.slice(skip, query.Top === undefined ? undefined : skip + query.Top);
  const wanted = page.length === items.length || forItems.all || forItems.names.size + forItems.children.size > 0;
  const answers: unknown[] = [];
  for (const item of wanted ? page : []) answers.push(await answer(item, forItems, host));
  return { ...result, _Items: answers };
};

const merge = (into: Selection, from: Selection): void => {
  into.all ||= from.all;
  from.names.forEach((name) => into.names.add(name));
  from.children.forEach((child, name) => {
    const present = into.children.get(name);
    if (present) merge(present, child);
    else into.children.set(name, child);
  });
};

const answerScalars = async (object: HostObject, selection: Selection, host: HostWorkbook, result: Record<string, unknown>): Promise<void> => {
  const scalars = object.definition.scalars ?? {};
  const names = new Set(selection.all ? Object.keys(scalars) : []);
  for (const asked of selection.names) {
    const name = findName(scalars, asked);
    if (name) names.add(name);
    else if (findName(object.definition.children ?? {}, asked)) await answerChild(object, asked, { ...emptySelection(), all: true }, host, result);
    else throw hostNotImplemented(`${object.className}.${asked}`);
  }
  for (const name of names) {
    const scalar = scalars[name];
    if (!scalar) continue;
    if (scalar.calculated) await host.calculation.settled();
    result[name] = (await scalar.get(object.target, host)) ?? null;
  }
};

const answerChild = async (
  object: HostObject,
  asked: string,
  selection: Selection,
  host: HostWorkbook,
  result: Record<string, unknown>,
): Promise<void> => {
  const children = object.definition.children ?? {};
  const name = findName(children, asked);
  const child = name && children[name];
  if (!name || !child) throw hostNotImplemented(`${object.className}.${asked}`);
  const found = child(object.target, host);
  result[name] = found && (await answer(found, selection, host));
};

/** The library asks with its own case (columnIndex), the wire answers with Excel's (ColumnIndex). */
const findName = (table: Readonly<Record<string, unknown>>, asked: string): string | undefined => {
  const name = asked.charAt(0).toUpperCase() + asked.slice(1);
  if (Object.hasOwn(table, name)) return name;
  if (Object.hasOwn(table, asked)) return asked;
  return Object.keys(table).find((key) => key.toLowerCase() === asked.toLowerCase());
};
