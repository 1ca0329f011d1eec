import { DomainError } from "../basics/domain-error";

/** A rating as a table needs it: a notch of the long-term scale (0 = AAA), a short-term grade, or no rating. */
export type CreditRating =
  | { readonly kind: "longTerm"; readonly notch: number; readonly name: string }
  | { readonly kind: "shortTerm"; readonly name: "A-1" | "A-2" | "A-3" | "B" }
  | { readonly kind: "unrated"; readonly name: "unrated" }
  | { readonly kind: "unratedBank"; readonly name: "unrated bank" };

/** The long-term scale, best first. */
export const longTermScale = [
  "AAA",
  "AA+",
  "AA",
  "AA-",
  "A+",
  "A",
  "A-",
  "BBB+",
  "BBB",
  "BBB-",
  "BB+",
  "BB",
  "BB-",
  "B+",
  "B",
  "B-",
  "CCC+",
  "CCC",
  "CCC-",
  "CC",
  "C",
  "D",
] as const;

const otherAgency: Readonly<Record<string, string>> = {
  AA1: "AA+",
  AA2: "AA",
  AA3: "AA-",
  BAA1: "BBB+",
  BAA2: "BBB",
  BAA3: "BBB-",
  BA1: "BB+",
  BA2: "BB",
  BA3: "BB-",
  B1: "B+",
  B2: "B",
  B3: "B-",
  CAA1: "CCC+",
  CAA2: "CCC",
  CAA3: "CCC-",
  CA: "CC",
};

const shortTerm: Readonly<Record<string, "A-1" | "A-2" | "A-3">> = {
  "A-1+": "A-1",
  "A-1": "A-1",
  "A-2": "A-2",
  "A-3": "A-3",
  "P-1": "A-1",
  "P-2": "A-2",
  "P-3": "A-3",
  "F1+": "A-1",
  F1: "A-1",
  F2: "A-2",
  F3: "A-3",
};

/** Notch of a long-term rating name, 0 = AAA; larger = weaker. */
export const notchOf = (name: string): number => (longTermScale as readonly string[]).indexOf(name);

/**
 * Parses a rating: AAA to D, the numbered scale (Baa1), short-term grades (A-1, P-1, F1), `unrated` or `unrated bank`.
 *
 * @throws DomainError badInput where the text is unknown or could be two ratings (A1 is A+ on one scale and looks like A-1)
 */
export const parseRating = (text: string): CreditRating => {
  const key = text.trim().toUpperCase().replace(/\s+/g, " ");
  if (["UNRATED", "NR", "NONE", "NOT RATED"].includes(key)) return { kind: "unrated", name: "unrated" };
  if (key === "UNRATED BANK" || key === "UNRATED_BANK") return { kind: "unratedBank", name: "unrated bank" };
  const short = shortTerm[key];
  if (short !== undefined) return { kind: "shortTerm", name: short };
  if (/^A[123]$/.test(key)) {
    const long = ["A+", "A", "A-"][Number(key[1]) - 1];
    throw new DomainError("badInput", `Rating ${key} can be two things. Write ${long} (long term) or A-${key[1]} (short term).`);
  }
  const name = otherAgency[key] ?? key;
  const notch = notchOf(name);
  if (notch < 0)
    throw new DomainError("badInput", `Rating "${text.trim().slice(0, 20)}" is unknown. Use AAA to D, A-1 to A-3, unrated or unrated bank.`);
  return { kind: "longTerm", notch, name };
};
