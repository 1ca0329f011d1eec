/** Compares names as people write them: without case and outer spaces. */
export const sameName = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a.trim() !== "" && normalName(a) === normalName(b);

/** The form in which names are compared. */
export const normalName = (name: string): string => name.trim().toLowerCase();
