import { flushWrites } from "./cells/cell-writer";
import type { HostObject } from "./host-class";
import { isHostObject } from "./host-class";
import { HostError, hostNotImplemented, invalidArgument, itemNotFound } from "./host-error";
import type { HostWorkbook } from "./host-workbook";
import { queryObject } from "./query";
import {
  actionType,
  pathType,
  type WireAction,
  type WireArguments,
  type WireObjectPath,
  type WireRequest,
  type WireResponse,
  type WireResult,
} from "./wire";

/** The objects that a request can start from, by the name of a new object ("" is the workbook). */
export type Roots = (name: string) => HostObject | undefined;

/** Called before each action; may throw, which is how tests inject faults. */
export type ActionHook = (member: string) => void;

/**
 * Runs the actions of one request in order and stops at the first error, as Excel does: what was done before it stays done.
 */
export const processRequest = async (request: WireRequest, host: HostWorkbook, roots: Roots, hook: ActionHook): Promise<WireResponse> => {
  const run: Run = { request, host, roots, hook, resolved: new Map() };
  const results: WireResult[] = [];
  const traces: number[] = [];
  const actions = request.Actions ?? [];
  for (let index = 0; index < actions.length; index += 1) {
    const action = actions[index] as WireAction;
    try {
      results.push({ ActionId: action.Id, Value: await perform(action, run) });
      if (action.ActionType === actionType.trace) traces.push(action.Id);
      if (index === actions.length - 1) flushWrites(host);
    } catch (error) {
      flushWrites(host);
      const failure =
        error instanceof HostError
          ? error
          : new HostError("GeneralException", `There was an internal error while processing the request. ${String(error)}`, 500);
      return {
        Results: results,
        TraceIds: traces,
        Error: {
          Code: failure.code,
          Message: failure.message,
          Location: locationOf(action, run),
          ActionIndex: index,
          HttpStatusCode: failure.httpStatusCode,
        },
      };
    }
  }
  return { Results: results, TraceIds: traces };
};

interface Run {
  readonly request: WireRequest;
  readonly host: HostWorkbook;
  readonly roots: Roots;
  readonly hook: ActionHook;
  /** Paths are resolved once a request, so that methods such as Add run once. */
  readonly resolved: Map<number, HostObject | null>;
}

/** Members that neither read nor change cells, so that writes may wait across them. */
const keepsWaiting = new Set([
  "Range.Values",
  "Range.Formulas",
  "Range.GetRow",
  "Range.GetBoundingRect",
  "Range._KeepReference",
  "Range._ValidateArraySize",
  "Worksheet.GetRange",
  "Worksheet.GetRangeByIndexes",
]);

/** Announces a member that is about to be called or set. */
const announce = (member: string, run: Run): void => {
  run.hook(member);
  if (!keepsWaiting.has(member)) flushWrites(run.host);
};

const perform = async (action: WireAction, run: Run): Promise<unknown> => {
  if (action.ActionType === actionType.trace || action.ActionType === actionType.ensureUnchanged) return null;
  const object = await resolve(action.ObjectPathId ?? 0, run);
  const name = action.Name ?? "";
  switch (action.ActionType) {
    case actionType.instantiate:
      return object && identify(object, run.host);
    case actionType.query:
    case actionType.queryAsJson:
      flushWrites(run.host);
      return object && queryObject(object, action.QueryInfo ?? {}, run.host);
    case actionType.method:
      return callMethod(object, name, await readArguments(action.ArgumentInfo, run), run);
    case actionType.setProperty:
      return setScalar(object, name, (await readArguments(action.ArgumentInfo, run))[0], run);
    case actionType.update:
      for (const [key, value] of Object.entries(action.ObjectState ?? {}))
        await setScalar(object, key.charAt(0).toUpperCase() + key.slice(1), value, run);
      return null;
    default:
      throw hostNotImplemented(`action type ${action.ActionType}`);
  }
};

/** What the library needs to address the object in later requests. */
const identify = (object: HostObject, host: HostWorkbook): Record<string, unknown> => ({
  ...object.definition.identity?.(object.target, host),
  ...(object.referenceId && { _ReferenceId: object.referenceId }),
});

const resolve = async (pathId: number, run: Run): Promise<HostObject | null> => {
  const known = run.resolved.get(pathId);
  if (known !== undefined) return known;
  const path = run.request.ObjectPaths?.[String(pathId)];
  if (!path) throw new HostError("InvalidObjectPath", `The object path ${pathId} is missing from the request.`);
  const object = await resolvePath(path, run);
  run.resolved.set(pathId, object);
  return object;
};

const resolvePath = async (path: WireObjectPath, run: Run): Promise<HostObject | null> => {
  const name = path.Name ?? "";
  if (path.ObjectPathType === pathType.globalRoot || path.ObjectPathType === pathType.newObject) {
    const root = run.roots(path.ObjectPathType === pathType.globalRoot ? "" : name);
    if (!root) throw hostNotImplemented(name);
    return root;
  }
  if (path.ObjectPathType === pathType.reference) return run.host.references.find(name);
  if (path.ObjectPathType === pathType.nullObject) return null;
  const parent = await resolve(path.ParentObjectPathId ?? 0, run);
  if (path.ObjectPathType === pathType.property) return parent && childOf(parent, name, run.host);
  const args = await readArguments(path.ArgumentInfo, run);
  if (path.ObjectPathType === pathType.indexer) return itemOf(parent, args[0], run);
  if (path.ObjectPathType !== pathType.method) throw hostNotImplemented(`object path type ${path.ObjectPathType}`);
  const result = await callMethod(parent, name, args, run);
  if (result !== null && !isHostObject(result)) throw hostNotImplemented(`${parent?.className ?? "null"}.${name} as an object`);
  return result;
};

/** A navigation property. @throws HostError NotImplemented when the class has none of that name */
export const childOf = (parent: HostObject, name: string, host: HostWorkbook): HostObject | null => {
  const child = own(parent.definition.children, name);
  if (!child) throw hostNotImplemented(`${parent.className}.${name}`);
  return child(parent.target, host);
};

const itemOf = (parent: HostObject | null, key: unknown, run: Run): HostObject | null => {
  if (!parent) return null;
  announce(`${parent.className}.GetItem`, run);
  if (!parent.definition.item) throw hostNotImplemented(`${parent.className}.GetItem`);
  const item = parent.definition.item(parent.target, key, run.host);
  if (!item) throw itemNotFound(String(key));
  return item;
};

const callMethod = async (object: HostObject | null, name: string, args: readonly unknown[], run: Run): Promise<unknown> => {
  if (!object) return null;
  const member = `${object.className}.${name}`;
  announce(member, run);
  if (name === "_KeepReference") {
    run.host.references.keep(object);
    return null;
  }
  const common = collectionMethod(object, name, args, run);
  if (common) return common.value;
  const method = own(object.definition.methods, name);
  if (!method) throw hostNotImplemented(member);
  if (object.definition.calculated?.includes(name)) await run.host.calculation.settled();
  return (await method(object.target, args, run.host)) ?? null;
};

/** Methods that every collection has, from the items and the look-up of its class. */
const collectionMethod = (object: HostObject, name: string, args: readonly unknown[], run: Run): { readonly value: unknown } | undefined => {
  const { items, item, methods } = object.definition;
  if (own(methods, name)) return undefined;
  const listed = () => (items ? items(object.target, run.host) : []);
  if (items && name === "GetCount") return { value: listed().length };
  if (items && name === "GetItemAt") {
    const found = listed()[Number(args[0])];
    if (!found) throw invalidArgument(`${object.className} has no item ${String(args[0])}`);
    return { value: found };
  }
  if (item && name === "GetItem") return { value: itemOf(object, args[0], run) };
  if (item && name === "GetItemOrNullObject") return { value: item(object.target, args[0], run.host) };
  // The library marks events by register calls; every event of a class is pushed whether asked for or not.
  if (/^_(Unr|R)egister\w*$/.test(name) && run.host.events.isKnown(object.className, name)) return { value: null };
  return undefined;
};

const setScalar = async (object: HostObject | null, name: string, value: unknown, run: Run): Promise<null> => {
  if (!object) throw itemNotFound(`setting ${name} of a null object`);
  const member = `${object.className}.${name}`;
  announce(member, run);
  const scalar = own(object.definition.scalars, name);
  if (!scalar?.set) throw hostNotImplemented(`${member} (set)`);
  await scalar.set(object.target, value, run.host);
  return null;
};

/** Replaces ids of object paths by the objects that they stand for. */
const readArguments = async (info: WireArguments | undefined, run: Run): Promise<readonly unknown[]> => {
  const replace = async (value: unknown, mark: unknown): Promise<unknown> => {
    if (Array.isArray(mark) && Array.isArray(value)) return Promise.all(value.map((entry, index) => replace(entry, mark[index])));
    return mark ? resolve(Number(value), run) : value;
  };
  const ids = info?.ReferencedObjectPathIds;
  const args = info?.Arguments ?? [];
  return ids ? Promise.all(args.map((value, index) => replace(value, ids[index]))) : args;
};

/** Looks up an own key only, so that "constructor" is as unknown as any other name. */
const own = <V>(table: Readonly<Record<string, V>> | undefined, name: string): V | undefined =>
  table && Object.hasOwn(table, name) ? table[name] : undefined;

const locationOf = (action: WireAction, run: Run): string => {
  const className = run.resolved.get(action.ObjectPathId ?? 0)?.className;
  const name = action.Name || run.request.ObjectPaths?.[String(action.ObjectPathId)]?.Name || "";
  return className ? `${className}.${lowerFirst(name)}` : lowerFirst(name);
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
