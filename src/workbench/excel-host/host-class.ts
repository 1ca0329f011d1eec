import type { HostWorkbook } from "./host-workbook";

/** One property of a class, by its wire name. `calculated` properties are read only once calculation has settled. */
export interface ScalarDefinition<T> {
  readonly get: (target: T, host: HostWorkbook) => unknown;
  readonly set?: (target: T, value: unknown, host: HostWorkbook) => unknown;
  readonly calculated?: boolean;
}

/** What a class of Excel's object model can do here. Whatever is not listed fails with HostNotImplemented <Class.Member>. */
export interface ClassDefinition<T> {
  readonly name: string;
  readonly scalars?: Readonly<Record<string, ScalarDefinition<T>>>;
  readonly children?: Readonly<Record<string, (target: T, host: HostWorkbook) => HostObject | null>>;
  readonly methods?: Readonly<Record<string, (target: T, args: readonly unknown[], host: HostWorkbook) => unknown>>;
  /** Members of a collection, in order. */
  readonly items?: (target: T, host: HostWorkbook) => readonly HostObject[];
  /** Finds an item by key; null means ItemNotFound for getItem and a null object for getItemOrNullObject. */
  readonly item?: (target: T, key: unknown, host: HostWorkbook) => HostObject | null;
  /** Properties by which the library finds the object again (Id or _Id). */
  readonly identity?: (target: T, host: HostWorkbook) => Readonly<Record<string, unknown>>;
  /** Methods that read calculated values, so that they wait for calculation. */
  readonly calculated?: readonly string[];
}

/** An object of the model as the library holds it: a class and the part of the workbook that it stands for. */
export interface HostObject {
  readonly className: string;
  readonly target: unknown;
  readonly definition: ClassDefinition<unknown>;
  /** Given by _KeepReference; the library then addresses the object by it. */
  referenceId?: string;
}

export interface HostClass<T> {
  readonly name: string;
  readonly of: (target: T) => HostObject;
  /** Gives the target back when the object is of this class, otherwise undefined. */
  readonly targetOf: (object: unknown) => T | undefined;
}

/** Declares a class of the object model. */
export const defineClass = <T>(definition: ClassDefinition<T>): HostClass<T> => ({
  name: definition.name,
  of: (target) => ({ className: definition.name, target, definition: definition as ClassDefinition<unknown> }),
  targetOf: (object) => (isHostObject(object) && object.definition === (definition as ClassDefinition<unknown>) ? (object.target as T) : undefined),
});

/** Tells objects of the model from plain values. */
export const isHostObject = (value: unknown): value is HostObject =>
  typeof value === "object" && value !== null && "definition" in value && "className" in value;

/** Declares a property that cannot be written. */
export const readOnly = <T>(get: (target: T, host: HostWorkbook) => unknown): ScalarDefinition<T> => ({ get });
