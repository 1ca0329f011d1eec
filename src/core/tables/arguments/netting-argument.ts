import { isBlank, isErrorCell, showCell, type CellValue } from "../../basics/cell-value";
import { DomainError } from "../../basics/domain-error";
import type { NettedCurrency, NettedSecurity } from "../../collateral/adjusted-exposure";
import { toArgumentMatrix, type RangeArgument } from "../argument-columns";
import { hasHeader, readArgumentTable, type ArgumentColumn } from "../argument-table";

const securityColumns: readonly ArgumentColumn[] = [
  { name: "security", kind: "text", aliases: ["id", "assetId", "issue"] },
  { name: "value", kind: "number", required: true, aliases: ["exposure", "marketValue"] },
  { name: "haircut", kind: "haircut" },
  { name: "kind", kind: "choice", choices: ["security", "cash"] },
];

const currencyColumns: readonly ArgumentColumn[] = [
  { name: "currency", kind: "text" },
  { name: "netPosition", kind: "number", required: true, aliases: ["net", "position", "value"] },
  { name: "haircut", kind: "haircut" },
];

/** Puts the header that a bare range of numbers leaves out above it, so that both forms are read alike. */
const withHeader = (argument: RangeArgument, columns: readonly ArgumentColumn[], header: readonly string[], table: string): RangeArgument => {
  if (hasHeader(argument, columns)) return argument;
  const matrix = toArgumentMatrix(argument);
  const width = matrix[0]?.length ?? 0;
  const first: CellValue = matrix[0]?.[0];
  if (width < 1 || width > header.length || (typeof first === "string" && !isBlank(first) && !isErrorCell(first))) {
    throw new DomainError("badInput", `${table} starts with ${showCell(first)}. Give a header row: ${header.join(", ")}.`.slice(0, 120));
  }
  return [header.slice(0, width), ...matrix];
};

/**
 * Reads the securities of a netting set: columns security, value, haircut, kind; or value and haircut without a header.
 *
 * A row whose haircut is the word `none` is cash unless its kind says security.
 *
 * @throws DomainError badInput with table, row and column
 */
export const readNettedSecurities = (argument: RangeArgument): readonly NettedSecurity[] => {
  const full = withHeader(argument, securityColumns, ["value", "haircut"], "securities");
  return readArgumentTable(full, "securities", securityColumns).map((row) => {
    const kind = row.text("kind");
    // Cash has no haircut, so that one that is named cash may leave it blank.
    const haircut = row.number("haircut") ?? (kind === "cash" ? 0 : undefined);
    if (haircut === undefined) throw new DomainError("badInput", `${row.at}: haircut is blank. Type none if no haircut applies.`);
    return {
      id: row.text("security") ?? `row ${row.row}`,
      value: row.neededNumber("value"),
      haircut,
      isCash: kind === undefined ? haircut === 0 : kind === "cash",
    };
  });
};

/** Reads net positions in foreign currencies: columns currency, netPosition, haircut. @throws DomainError badInput with table, row and column */
export const readNettedCurrencies = (argument: RangeArgument, defaultHaircut: number): readonly NettedCurrency[] => {
  const full = withHeader(argument, currencyColumns, ["netPosition", "haircut"], "fxPositions");
  return readArgumentTable(full, "fxPositions", currencyColumns).map((row) => ({
    currency: row.text("currency") ?? `row ${row.row}`,
    netPosition: row.neededNumber("netPosition"),
    haircut: row.number("haircut") ?? defaultHaircut,
  }));
};
