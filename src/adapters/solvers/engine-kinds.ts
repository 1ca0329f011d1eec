/** What engines' names say of whose code computes: an engine that is put together from others has several kinds. */
const KINDS: readonly (readonly [kind: string, words: RegExp])[] = [
  ["ours", /network|presolve|column generation/],
  ["HiGHS", /highs|column generation|restricted/],
  ["javascript-lp-solver", /javascript-lp-solver/],
];

const kindsOf = (name: string): readonly string[] => KINDS.filter(([, words]) => words.test(name.toLowerCase())).map(([kind]) => kind);

/**
 * Tells whether two engines share no code, so that one can give an opinion of the other's answer.
 *
 * An engine whose name says nothing, such as a worker that chooses among engines itself, is taken to be of another kind unless it is the same.
 */
export const isOfAnotherKind = (name: string, other: string): boolean => {
  const kinds = kindsOf(other);
  return name !== other && !kindsOf(name).some((kind) => kinds.includes(kind));
};
