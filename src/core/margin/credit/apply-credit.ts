import { DomainError } from "../../basics/domain-error";
import type { Issue } from "../../basics/issue";
import type { AgreementRow, Book, CounterpartyRow, LimitRow, RowOrigin } from "../../collateral/book";
import { assessCounterparty, toGrades, type CounterpartyCredit } from "./counterparty-credit";

/** A book with the terms of the user's credit model in it, and what could not be computed. */
export interface CreditedBook {
  /** With `credit`: grade, probability and terms of each counterparty of the table. */
  readonly book: Book;
  readonly issues: readonly Issue[];
}

const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a.trim().toLowerCase() === b?.trim().toLowerCase();

/**
 * Lets the user's credit model feed the book: a haircut add-on at every agreement with a counterparty, and its share of money limits.
 *
 * A book without the table counterparties is answered as it is.
 */
export const applyCredit = (book: Book): CreditedBook => {
  const rows = book.counterparties ?? [];
  if (rows.length === 0) return { book, issues: [] };
  const tables = { grades: book.grades ?? [], scorecard: book.scorecard ?? [] };
  const badScale = problemOf(() => toGrades(tables.grades), tables.grades[0]?.origin);
  if (badScale !== undefined) return { book, issues: [badScale] };
  const assessed: { readonly row: CounterpartyRow; readonly credit: CounterpartyCredit }[] = [];
  const issues: Issue[] = [];
  for (const row of rows) {
    const problem = problemOf(() => {
      if (assessed.some((other) => same(other.row.counterparty, row.counterparty)))
        throw new DomainError("badInput", `${row.counterparty} stands twice in tblCounterparties. Keep one row.`);
      assessed.push({ row, credit: assessCounterparty(row, tables) });
    }, row.origin);
    if (problem !== undefined) issues.push(problem);
  }
  const limits = [...book.limits.flatMap((limit) => scaled(limit, assessed, book.agreements)), ...assessed.flatMap(ownLimit(book))];
  return {
    book: {
      ...book,
      limits,
      agreements: book.agreements.map((agreement) => withAddOn(agreement, assessed)),
      credit: assessed.map(({ credit }) => credit.explanation),
    },
    issues,
  };
};

/** Runs a calculation and turns a refusal into an issue at a row. */
const problemOf = (calculate: () => unknown, origin: RowOrigin | undefined): Issue | undefined => {
  try {
    calculate();
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const issue: Issue = { code: "credit", severity: "error", message: error.message, fix: "Correct the row; see tables, counterparties." };
    if (origin === undefined) return issue;
    const { table, sheet, row, sheetRow } = origin;
    return { ...issue, at: `${table} row ${row} (${sheet}!A${sheetRow})`, cell: { sheet, address: `A${sheetRow}` } };
  }
};

type Assessed = readonly { readonly row: CounterpartyRow; readonly credit: CounterpartyCredit }[];

const withAddOn = (agreement: AgreementRow, assessed: Assessed): AgreementRow => {
  if (agreement.haircutAddOn !== undefined) return { ...agreement, haircutAddOnAt: { table: "agreements", row: agreement.origin.row } };
  const found = assessed.find(({ row }) => same(row.counterparty, agreement.counterparty))?.credit;
  if (found === undefined || found.haircutAddOn === 0) return agreement;
  const at = found.haircutAddOnAt;
  return { ...agreement, haircutAddOn: found.haircutAddOn, ...(at === undefined ? {} : { haircutAddOnAt: at }) };
};

/** Ids of a scope that belong to one counterparty. */
const idsOf = (scope: LimitRow["scope"], counterparty: string, agreements: readonly AgreementRow[]): readonly string[] => {
  const own = agreements.filter((agreement) => same(agreement.counterparty, counterparty));
  if (scope === "counterparty") return own.length === 0 ? [] : [own[0]?.counterparty ?? counterparty];
  if (scope === "agreement") return own.map((agreement) => agreement.agreementId);
  if (scope === "csa") return [...new Set(own.flatMap((agreement) => (agreement.csaId === undefined ? [] : [agreement.csaId])))];
  return [];
};

/**
 * A money limit of a counterparty, its agreements or CSAs, at the counterparty's share. A limit of EACH stays for the others; the weaker name
 * gets a tighter one beside it. Shares of the requirement or of what is posted are no credit limits and stay.
 */
const scaled = (limit: LimitRow, assessed: Assessed, agreements: readonly AgreementRow[]): readonly LimitRow[] => {
  if (limit.direction !== "max" || limit.limitBasis !== "amount") return [limit];
  let own = limit;
  const tighter: LimitRow[] = [];
  for (const { row, credit } of assessed) {
    if (credit.limitShare === 1) continue;
    for (const id of idsOf(limit.scope, row.counterparty, agreements)) {
      const at = (base: LimitRow): LimitRow => ({
        ...base,
        limit: base.limit * credit.limitShare,
        ...(base.orAmount === undefined ? {} : { orAmount: base.orAmount * credit.limitShare }),
      });
      if (same(limit.scopeId, id)) own = at(limit);
      else if (same(limit.scopeId, "each")) tighter.push({ ...at(limit), scopeId: id });
    }
  }
  return [own, ...tighter];
};

/** The counterparty's own limit on the market value posted to it. */
const ownLimit =
  (book: Book) =>
  ({ row, credit }: Assessed[number]): readonly LimitRow[] => {
    const [id] = idsOf("counterparty", row.counterparty, book.agreements);
    if (row.limit === undefined || id === undefined) return [];
    return [
      {
        origin: row.origin,
        scope: "counterparty",
        scopeId: id,
        limitType: "total",
        group: "",
        direction: "max",
        limit: row.limit * credit.limitShare,
        limitBasis: "amount",
        valueBasis: "market",
        hardOrSoft: "hard",
        currency: (row.currency ?? book.settings.baseCurrency).toUpperCase(),
        source: `credit limit of ${row.counterparty}, grade ${credit.grade}`,
      },
    ];
  };
