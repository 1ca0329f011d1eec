import { itemNotFound } from "./host-error";
import type { HostObject } from "./host-class";

/** Objects that the library asked to keep (_KeepReference) and has not given back: what is left at the end is a leak. */
export interface References {
  readonly keep: (object: HostObject) => string;
  readonly find: (id: string) => HostObject;
  readonly remove: (id: string) => void;
  readonly removeAll: () => void;
  readonly count: () => number;
}

/** Makes an empty register of references. */
export const createReferences = (): References => {
  const kept = new Map<string, HostObject>();
  let last = 0;
  return {
    keep: (object) => {
      if (object.referenceId && kept.has(object.referenceId)) return object.referenceId;
      last += 1;
      const id = `ref${last}`;
      object.referenceId = id;
      kept.set(id, object);
      return id;
    },
    find: (id) => {
      const object = kept.get(id);
      if (!object) throw itemNotFound(`reference ${id}`);
      return object;
    },
    remove: (id) => void kept.delete(id),
    removeAll: () => kept.clear(),
    count: () => kept.size,
  };
};
