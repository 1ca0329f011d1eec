import type { CellValue } from "../../basics/cell-value";
import { DomainError } from "../../basics/domain-error";
import type { PostingInput } from "../../margin/posting-cost";
import { toArgumentMatrix, type RangeArgument } from "../argument-columns";
import { normaliseHeader } from "../column-catalogue";
import { readArgumentTable, type ArgumentColumn, type ArgumentRow } from "../argument-table";

const hours = { kind: "number", minimum: 0 } as const;

const columns: readonly ArgumentColumn[] = [
  { name: "assetId", kind: "text", required: true, aliases: ["asset"] },
  { name: "quantity", kind: "number", required: true, minimum: 0 },
  { name: "price", kind: "number", required: true, refusesZero: true, minimum: 0, isExclusive: true },
  { name: "haircut", kind: "haircut" },
  { name: "fundingRate", kind: "number" },
  { name: "custodyRate", kind: "number" },
  { name: "yieldWhilePosted", kind: "number" },
  { name: "interestRate", kind: "number" },
  { name: "stakingYield", kind: "number", minimum: 0 },
  { name: "keepsStaking", kind: "choice", choices: ["yes", "no", "true", "false"] },
  { name: "repoRate", kind: "number" },
  { name: "deliverRate", kind: "number", minimum: 0 },
  { name: "deliverFixed", kind: "number", minimum: 0 },
  { name: "settleHours", ...hours },
  { name: "unbondHours", ...hours },
  { name: "lockedUntil", kind: "date" },
  { name: "sco60Class", kind: "text" },
  { name: "underlyingHaircut", kind: "haircut" },
];

/** One holding to post, read on demand. */
export interface PostingRow {
  readonly assetId: string;
  /** `assets row 3`. */
  readonly at: string;
  /** @throws DomainError badInput naming row and column */
  readonly read: () => {
    readonly input: Omit<PostingInput, "regulatoryRatio">;
    readonly sco60Class?: string;
    /** 1 - haircut of what a tokenised asset stands for. */
    readonly underlyingRatio?: number;
  };
}

/**
 * Reads the assets of COLL.POSTINGCOST: columns of the assets table, of the costs table, and a haircut. A bad row fails when it is read, alone.
 *
 * @throws DomainError badInput where a column is missing or there are no rows
 */
export const readPostingRows = (argument: RangeArgument): readonly PostingRow[] => {
  const matrix = toArgumentMatrix(argument);
  const header = matrix[0] ?? [];
  const filled = matrix.slice(1).flatMap((cells, index) => {
    const isEmpty = cells.every((cell) => cell === null || cell === undefined || cell === "" || cell === 0);
    return isEmpty ? [] : [{ cells, row: index + 1 }];
  });
  // A missing column is a problem of the table; rows are read one by one, so that one bad row does not take the others along.
  if (filled.length === 0 || columns.some(({ name, required }) => required === true && !hasColumn(header, name)))
    readArgumentTable(argument, "assets", columns);
  const read = ({ cells, row }: (typeof filled)[number]): ArgumentRow => {
    try {
      const [only] = readArgumentTable([header, cells], "assets", columns);
      if (only === undefined) throw new DomainError("badInput", "assets row 1 is blank.");
      return only;
    } catch (error) {
      if (error instanceof DomainError) throw new DomainError(error.code, error.message.replace("assets row 1", `assets row ${row}`));
      throw error;
    }
  };
  const place = header.findIndex((cell) => /^asset(id)?$/i.test(String(cell ?? "").replace(/[\s_]/g, "")));
  return filled.map((one) => ({ assetId: String(one.cells[place] ?? ""), at: `assets row ${one.row}`, read: () => toInput(read(one)) }));
};

const hasColumn = (header: readonly CellValue[], name: string): boolean => {
  const { aliases = [] } = columns.find((column) => column.name === name) ?? {};
  const wanted = [name, ...aliases].map(normaliseHeader);
  return header.some((cell) => wanted.includes(normaliseHeader(cell)));
};

const toInput = (row: ArgumentRow): ReturnType<PostingRow["read"]> => {
  const number = (column: string): number => row.number(column) ?? 0;
  const haircut = row.number("haircut");
  const lockedUntil = row.number("lockedUntil");
  const sco60Class = row.text("sco60Class");
  const underlying = row.number("underlyingHaircut");
  return {
    input: {
      quantity: row.neededNumber("quantity"),
      price: row.neededNumber("price"),
      ...(haircut === undefined ? {} : { valueRatio: 1 - haircut }),
      fundingRate: number("fundingRate"),
      custodyRate: number("custodyRate"),
      yieldWhilePosted: number("yieldWhilePosted"),
      interestRate: number("interestRate"),
      stakingYield: number("stakingYield"),
      keepsStaking: ["yes", "true"].includes(row.text("keepsStaking") ?? ""),
      repoRate: number("repoRate"),
      deliverRate: number("deliverRate"),
      deliverFixed: number("deliverFixed"),
      settleHours: number("settleHours"),
      unbondHours: number("unbondHours"),
      ...(lockedUntil === undefined ? {} : { lockedUntil }),
    },
    ...(sco60Class === undefined ? {} : { sco60Class }),
    ...(underlying === undefined ? {} : { underlyingRatio: 1 - underlying }),
  };
};
