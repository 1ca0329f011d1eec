import type { Book, EligibilityRow, RowOrigin } from "../collateral/book";
import type { TableEdit } from "./allocation-outcome";

const tables = {
  tblAssets: "assets",
  tblAgreements: "agreements",
  tblLimits: "limits",
  tblHoldings: "holdings",
  tblCosts: "costs",
  tblPins: "pins",
  tblTransfers: "transfers",
} as const;

/** Returns the book as it would be with some cells written anew, so that a proposed change can be tried before it is shown. */
export const withEdits = (book: Book, edits: readonly TableEdit[]): Book => {
  let changed = book;
  for (const edit of edits) {
    if (edit.table === "tblSettings") {
      changed = { ...changed, settings: withCell(changed.settings, edit) };
      continue;
    }
    const table = Object.entries(tables).find(([name]) => name === edit.table)?.[1];
    if (table === undefined) continue;
    const rows: readonly { readonly origin: RowOrigin }[] = changed[table];
    changed = { ...changed, [table]: rows.map((row) => (row.origin.row === edit.row ? withCell(row, edit) : row)) };
  }
  const rule = edits.filter((edit) => edit.table === "tblEligibility" && edit.row === 0);
  return rule.length === 0 ? changed : { ...changed, eligibility: [...changed.eligibility, newRule(changed, rule)] };
};

const withCell = <T extends object>(row: T, { column, value }: TableEdit): T => {
  const { [column as keyof T]: _, ...rest } = row;
  return (value === undefined ? rest : { ...rest, [column]: value }) as T;
};

const newRule = (book: Book, edits: readonly TableEdit[]): EligibilityRow => {
  const row = book.eligibility.reduce((most, rule) => Math.max(most, rule.origin.row), 0) + 1;
  const cells = Object.fromEntries(edits.map(({ column, value }) => [column, value]));
  return { origin: { table: "tblEligibility", sheet: "", row, sheetRow: row + 1 }, isIncluded: true, ...cells } as unknown as EligibilityRow;
};
