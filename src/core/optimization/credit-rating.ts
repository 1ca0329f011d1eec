const grades = [
  ["aaa", "aaa"],
  ["aa+", "aa1"],
  ["aa", "aa2"],
  ["aa-", "aa3"],
  ["a+", "a1"],
  ["a", "a2"],
  ["a-", "a3"],
  ["bbb+", "baa1"],
  ["bbb", "baa2"],
  ["bbb-", "baa3"],
  ["bb+", "ba1"],
  ["bb", "ba2"],
  ["bb-", "ba3"],
  ["b+", "b1"],
  ["b", "b2"],
  ["b-", "b3"],
  ["ccc+", "caa1"],
  ["ccc", "caa2"],
  ["ccc-", "caa3"],
  ["cc", "ca"],
  ["c", "c"],
  ["d", "d"],
] as const;

const notchOf = new Map<string, number>();
grades.forEach((names, notch) => names.forEach((name) => notchOf.set(name, notch)));

/**
 * Puts a long-term rating of S&P, Fitch or Moody's on one scale.
 *
 * @returns 0 for AAA/Aaa, one more for each notch below; undefined where the text is no such rating
 */
export const ratingNotch = (rating: string | undefined): number | undefined =>
  rating === undefined ? undefined : notchOf.get(rating.trim().toLowerCase().replace(/−|–/g, "-"));

/**
 * Tells whether a rating lies between two bounds, in either order. A bound that is blank is open.
 *
 * An asset without a readable rating lies in no bounded range.
 */
export const isRatingWithin = (rating: string | undefined, from: string | undefined, to: string | undefined): boolean => {
  const first = ratingNotch(from);
  const second = ratingNotch(to);
  const isUnreadable = (text: string | undefined, value: number | undefined): boolean => (text ?? "").trim() !== "" && value === undefined;
  // A bound that cannot be read must not widen what is eligible.
  if (isUnreadable(from, first) || isUnreadable(to, second)) return false;
  if (first === undefined && second === undefined) return true;
  const notch = ratingNotch(rating);
  if (notch === undefined) return false;
  // ratingFrom is the better end of the range when only one end is given.
  const best = Math.min(first ?? 0, second ?? Infinity);
  const worst = Math.max(second ?? Infinity, first ?? 0);
  return notch >= best && notch <= worst;
};
