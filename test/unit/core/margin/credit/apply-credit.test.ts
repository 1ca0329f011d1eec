import type { AgreementRow, Book, CounterpartyRow, GradeRow, LimitRow } from "../../../../../src/core/collateral/book";
import { applyCredit } from "../../../../../src/core/margin/credit/apply-credit";
import { mertonDefault } from "../../../../../src/core/margin/credit/merton";
import { defaultSettings } from "../../../../../src/core/tables/parse-settings";

const at = (table: string, row: number) => ({ table, sheet: table.slice(3), row, sheetRow: row + 1 });
const agreement = (agreementId: string, counterparty: string, rest: Partial<AgreementRow> = {}): AgreementRow => ({
  origin: at("tblAgreements", 1),
  agreementId,
  counterparty,
  currency: "USD",
  fxHaircutCurrencies: [],
  ...rest,
});
const name = (counterparty: string, row: number, rest: Partial<CounterpartyRow>): CounterpartyRow => ({
  origin: at("tblCounterparties", row),
  counterparty,
  attributes: new Map(),
  ...rest,
});
const grade = (name: string, row: number, upTo: number, haircutAddOn?: number, limitShare?: number): GradeRow => ({
  origin: at("tblGrades", row),
  grade: name,
  upTo,
  ...(haircutAddOn === undefined ? {} : { haircutAddOn }),
  ...(limitShare === undefined ? {} : { limitShare }),
});
const limit = (rest: Partial<LimitRow>): LimitRow => ({
  origin: at("tblLimits", 1),
  scope: "counterparty",
  scopeId: "EACH",
  limitType: "total",
  group: "",
  direction: "max",
  limit: 1000,
  limitBasis: "amount",
  valueBasis: "market",
  hardOrSoft: "hard",
  ...rest,
});
const grades = [grade("strong", 1, 0.001), grade("fair", 2, 0.05, 0.05, 0.6), grade("weak", 3, 1, 0.1, 0.3)];
const bookOf = (rest: Partial<Book>): Book => ({
  assets: [],
  agreements: [agreement("A1", "Bank A"), agreement("A2", "bank a"), agreement("B1", "Bank B")],
  eligibility: [],
  limits: [],
  tiers: [],
  holdings: [],
  positions: [],
  fx: [],
  costs: [],
  pins: [],
  transfers: [],
  settings: defaultSettings,
  grades,
  ...rest,
});

describe("the user's credit model in a run", () => {
  it("leaves a book without counterparties as it is", () => {
    const book = bookOf({});
    expect(applyCredit(book).book).toBe(book);
  });

  it("adds the grade's haircut at every agreement of the counterparty; one in the agreement's row goes before", () => {
    const agreements = [agreement("A1", "Bank A"), agreement("A2", "bank a", { haircutAddOn: 0.01 }), agreement("B1", "Bank B")];
    const counterparties = [name("BANK A", 1, { pd: 0.02 }), name("Bank B", 2, { pd: 0.02, haircutAddOn: 0 })];
    const { book, issues } = applyCredit(bookOf({ agreements, counterparties }));
    expect(issues).toEqual([]);
    expect(book.agreements.map(({ haircutAddOn, haircutAddOnAt }) => [haircutAddOn, haircutAddOnAt?.table, haircutAddOnAt?.row])).toEqual([
      [0.05, "grades", 2],
      [0.01, "agreements", 1],
      [undefined, undefined, undefined],
    ]);
  });

  it("gives the weak name its share of money limits: its own, its agreements', and a tighter one beside a limit of EACH", () => {
    const limits = [
      limit({}),
      limit({ scopeId: "Bank A", limit: 500 }),
      limit({ scope: "agreement", scopeId: "A2", limit: 200, orAmount: 50 }),
      limit({ scopeId: "Bank B", limit: 300 }),
      limit({ limitBasis: "posted", limit: 0.4 }),
      limit({ direction: "min", limit: 10 }),
    ];
    const counterparties = [name("Bank A", 1, { grade: "weak", limit: 800 }), name("Bank B", 2, { pd: 0 })];
    const { book } = applyCredit(bookOf({ limits, counterparties }));
    expect(book.limits.map((row) => [row.scope, row.scopeId, row.limitBasis, row.limit])).toEqual([
      ["counterparty", "EACH", "amount", 1000],
      ["counterparty", "Bank A", "amount", 300],
      ["counterparty", "Bank A", "amount", 150],
      ["agreement", "A2", "amount", 60],
      ["counterparty", "Bank B", "amount", 300],
      ["counterparty", "EACH", "posted", 0.4],
      ["counterparty", "EACH", "amount", 10],
      ["counterparty", "Bank A", "amount", 240],
    ]);
    expect(book.limits[3]?.orAmount).toBe(15);
    expect(book.limits.at(-1)?.source).toBe("credit limit of Bank A, grade weak");
  });

  it("finds the probability by the scorecard, by the structural model, or as it is given, and shows the numbers behind it", () => {
    const scorecard = [
      { origin: at("tblScorecard", 1), attribute: "Intercept", weight: -6 },
      { origin: at("tblScorecard", 2), attribute: "loss years", weight: 0.5 },
    ];
    const counterparties = [
      name("Bank A", 1, { attributes: new Map([["lossyears", 4]]) }),
      name("Bank B", 2, { equity: 3, equityVolatility: 0.8, debt: 10 }),
      name("Bank C", 3, { pd: 0.0004 }),
    ];
    const credit = applyCredit(bookOf({ counterparties, scorecard })).book.credit ?? [];
    const probability = (place: number): number => Number(credit[place]?.from[0]?.value);
    expect(probability(0)).toBeCloseTo(1 / (1 + Math.exp(4)), 14);
    expect(credit[0]?.from[0]?.from.map((part) => [part.name, part.value])).toEqual([
      ["score", -4],
      ["loss years", 2],
    ]);
    expect(probability(1)).toBe(mertonDefault({ equity: 3, equityVolatility: 0.8, debt: 10, years: 1, rate: 0 }).defaultProbability);
    expect(credit.map(({ value }) => value)).toEqual(["fair", "weak", "strong"]);
  });

  it.each([
    ["an attribute that is missing", { creditModel: "scorecard" as const }, /Bank A: leverage is blank. The scorecard needs it/],
    ["an unknown grade", { grade: "zz" }, /Bank A: grade zz is not in tblGrades. Use strong, fair, weak/],
    ["equity without debt", { creditModel: "merton" as const, equity: 3, equityVolatility: 0.5 }, /Bank A: debt is blank/],
    ["nothing at all", { creditModel: "given" as const }, /Bank A: pd and grade are blank/],
  ])("refuses %s at the counterparty's row", (_title, rest, message) => {
    const scorecard = [{ origin: at("tblScorecard", 1), attribute: "leverage", weight: 1 }];
    const { issues } = applyCredit(bookOf({ counterparties: [name("Bank A", 4, rest)], scorecard }));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ severity: "error", at: "tblCounterparties row 4 (Counterparties!A5)" });
    expect(issues[0]?.message).toMatch(message);
  });

  it("refuses a scale that does not rise to 1 or rewards the weak, once, at the scale", () => {
    const messageOf = (scale: readonly GradeRow[]) => applyCredit(bookOf({ counterparties: [name("Bank A", 1, { pd: 0.5 })], grades: scale })).issues;
    expect(messageOf([grade("A", 1, 0.1), grade("B", 2, 0.05), grade("C", 3, 1)])[0]?.message).toMatch(/tblGrades: B ends at 0.05/);
    expect(messageOf([grade("A", 1, 0.1), grade("B", 2, 0.5)])[0]?.message).toMatch(/tblGrades must end with a grade up to 1/);
    expect(messageOf([grade("A", 1, 0.1, 0.2), grade("B", 2, 1, 0.1)])[0]?.message).toMatch(/tblGrades: B has better terms than A/);
  });

  it("refuses a counterparty that stands twice", () => {
    const counterparties = [name("Bank A", 1, { pd: 0.1 }), name("bank a", 2, { pd: 0.2 })];
    expect(applyCredit(bookOf({ counterparties })).issues[0]?.message).toMatch(/bank a stands twice/);
  });
});
