import { longTermScale, notchOf, parseRating } from "../../../../src/core/regulation/credit-rating";

describe("parseRating", () => {
  it("orders the long-term scale", () => {
    expect(notchOf("AAA")).toBe(0);
    expect(notchOf("BBB-")).toBe(9);
    expect(longTermScale).toHaveLength(22);
    expect(parseRating(" bbb- ")).toEqual({ kind: "longTerm", notch: 9, name: "BBB-" });
  });

  it("reads the numbered scale and short-term grades", () => {
    expect(parseRating("Baa3")).toMatchObject({ name: "BBB-" });
    expect(parseRating("Aa1")).toMatchObject({ name: "AA+" });
    expect(parseRating("A-1+")).toEqual({ kind: "shortTerm", name: "A-1" });
    expect(parseRating("P-2")).toEqual({ kind: "shortTerm", name: "A-2" });
    expect(parseRating("A-")).toMatchObject({ kind: "longTerm", name: "A-" });
  });

  it("knows unrated and unrated bank", () => {
    expect(parseRating("NR").kind).toBe("unrated");
    expect(parseRating("unrated bank").kind).toBe("unratedBank");
  });

  it("asks where a rating has two meanings, and refuses what it does not know", () => {
    expect(() => parseRating("A2")).toThrow(/Write A \(long term\) or A-2/);
    expect(() => parseRating("good")).toThrow(/"good" is unknown/);
  });
});
