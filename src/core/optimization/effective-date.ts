const dayMilliseconds = 86_400_000;

/** Reads a UTC ISO text as milliseconds; undefined where it is blank or no date. */
export const utcMilliseconds = (text: string | undefined): number | undefined => {
  if (text === undefined || text.trim() === "") return undefined;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text);
  const hasTime = /\d[T ]\d/.test(text);
  const value = Date.parse(hasTime && !hasZone ? `${text.replace(" ", "T")}Z` : text);
  return Number.isFinite(value) ? value : undefined;
};

/**
 * Tells whether a rule is in force at a time. Without `asOf` no date rule is applied.
 *
 * A validTo without a time of day, or at midnight, includes that whole day.
 */
export const isInForce = (rule: { readonly validFrom?: string; readonly validTo?: string }, asOf: string | undefined): boolean => {
  const now = utcMilliseconds(asOf);
  if (now === undefined) return true;
  const from = utcMilliseconds(rule.validFrom);
  const to = utcMilliseconds(rule.validTo);
  if (from !== undefined && now < from) return false;
  if (to === undefined) return true;
  return to % dayMilliseconds === 0 ? now < to + dayMilliseconds : now <= to;
};
