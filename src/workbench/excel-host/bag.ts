import { type ClassDefinition, defineClass, type HostClass, type HostObject } from "./host-class";
import { invalidArgument } from "./host-error";

/** Settings that the host remembers without acting on them, with those of the parts below. Plain data, fit for saving. */
export interface BagValues {
  readonly values: Record<string, unknown>;
  readonly children: Record<string, BagValues>;
}

export const emptyBag = (): BagValues => ({ values: {}, children: {} });

/** The part of a bag under a name, made when first asked for. */
export const bagPart = (bag: BagValues, name: string): BagValues => (bag.children[name] ??= emptyBag());

/** What a remembered class looks like; names are the wire's, so that a misspelt or unknown one fails loudly. */
export interface BagShape {
  readonly name: string;
  /** Properties that can be set, with the value that an untouched object answers. */
  readonly scalars?: Readonly<Record<string, unknown>>;
  readonly children?: Readonly<Record<string, HostClass<BagValues>>>;
  readonly methods?: ClassDefinition<BagValues>["methods"];
}

/** Makes a class that remembers what is set and answers with it. */
export const bagClass = (shape: BagShape): HostClass<BagValues> =>
  defineClass<BagValues>({
    name: shape.name,
    scalars: Object.fromEntries(Object.entries(shape.scalars ?? {}).map(([name, initial]) => [name, bagScalar(name, initial)])),
    children: Object.fromEntries(
      Object.entries(shape.children ?? {}).map(([name, child]) => [name, (bag: BagValues): HostObject => child.of(bagPart(bag, name))]),
    ),
    ...(shape.methods && { methods: shape.methods }),
  });

/** A property of a bag; a number or a logical may not be replaced by a value of another type. */
export const bagScalar = (name: string, initial: unknown) => ({
  get: (bag: BagValues): unknown => (name in bag.values ? bag.values[name] : initial),
  set: (bag: BagValues, value: unknown): void => {
    const typed = typeof initial === "boolean" || typeof initial === "number";
    if (typed && typeof value !== typeof initial) throw invalidArgument(`${name} takes a ${typeof initial}`);
    bag.values[name] = value;
  },
});
