/**
 * Gives iterators `some` where the JavaScript engine has none (Safari before 18.4, Node 20): Univer asks for it when a
 * defined name is added beside tables.
 */
export function ensureIteratorHelpers(): void {
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf(new Map().keys())) as { some?: unknown };
  if (typeof iterators.some === "function") return;
  Object.defineProperty(iterators, "some", {
    configurable: true,
    writable: true,
    value: function some(this: Iterable<unknown>, test: (value: unknown) => unknown): boolean {
      for (const value of this) if (test(value)) return true;
      return false;
    },
  });
}
