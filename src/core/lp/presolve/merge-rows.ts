import { assembleModel, type LinearModel } from "../linear-model";
import { mixInteger, mixNumber } from "./group-columns";
import { expandPair, selectModel, type Pair, type Reduction } from "./reduction";

/** Rows that are alike, and for each column of the first one its likes in the order of the rows. */
interface AlikeRows {
  readonly rows: readonly number[];
  readonly columns: readonly (readonly number[])[];
  /** True when no column's own bound can stop it before its row does. */
  readonly isOpen: boolean;
}

/** Upper bounds in proportion to the rows may differ by this share. */
const PROPORTION = 1e-14;

/**
 * Merges rows that give alike: assets with the same schedule, haircuts and cost. All columns of one have a like of the
 * same cost and the same other entries in the other, with bounds in proportion to the rows' upper bounds.
 *
 * Back, the first assets are used up first where the columns have no bounds of their own that matter, so that few are
 * touched; otherwise each gives in proportion to what it has. The price of the merged row is that of each.
 */
export function mergeRows(model: LinearModel): Reduction | undefined {
  const found = findAlikeRows(model);
  if (found.length === 0) return undefined;
  const isDropped = new Uint8Array(model.columnCount);
  const isRowDropped = new Uint8Array(model.rowCount);
  const columnUpper = model.columnUpper.slice();
  const rowUpper = model.rowUpper.slice();
  let count = 0;
  for (const { rows, columns } of found) {
    rowUpper[rows[0]!] = rows.reduce((sum, row) => sum + model.rowUpper[row]!, 0);
    rows.slice(1).forEach((row) => (isRowDropped[row] = 1));
    count += rows.length;
    for (const likes of columns) {
      columnUpper[likes[0]!] = likes.reduce((sum, c) => sum + model.columnUpper[c]!, 0);
      likes.slice(1).forEach((c) => (isDropped[c] = 1));
    }
  }
  const none = new Float64Array(model.columnCount);
  const selection = selectModel(assembleModel({ ...model, columnUpper, rowUpper }), isDropped, none, isRowDropped);
  return {
    model: selection.model,
    what: `${count} rows alike merged into ${found.length}`,
    undo: (pair) => {
      const full = expandPair(selection, pair, none, model.rowCount);
      for (const alike of found) share(model, alike, full);
      return full;
    },
  };
}

function share(model: LinearModel, { rows, columns, isOpen }: AlikeRows, { primal, dual }: Pair): void {
  for (const row of rows) dual[row] = dual[rows[0]!]!;
  const left = rows.map((row) => model.rowUpper[row]!);
  const all = left.reduce((sum, upper) => sum + upper, 0);
  const shares = left.map((upper) => upper / all);
  for (const likes of columns) {
    const total = primal[likes[0]!]!;
    if (!isOpen) {
      likes.forEach((c, k) => (primal[c] = Math.min(total * shares[k]!, model.columnUpper[c]!)));
      continue;
    }
    const takes = coefficientIn(model, likes[0]!, rows[0]!);
    let rest = total;
    likes.forEach((c, k) => {
      const most = Math.max(0, left[k]! / takes);
      const given = k === likes.length - 1 ? rest : Math.min(rest, most);
      primal[c] = given;
      left[k] = left[k]! - given * takes;
      rest -= given;
    });
  }
}

function findAlikeRows(model: LinearModel): AlikeRows[] {
  const groups = new Map<number, number[]>();
  const hashes = hashRows(model);
  for (let r = 0; r < model.rowCount; r++) {
    if (hashes.rows[r] === 0 || model.rowLower[r] !== -Infinity || !(model.rowUpper[r]! > 0) || model.rowUpper[r] === Infinity) continue;
    const group = groups.get(hashes.rows[r]!);
    if (group) group.push(r);
    else groups.set(hashes.rows[r]!, [r]);
  }
  const wanted = [...groups.values()].filter((group) => group.length > 1);
  if (wanted.length === 0) return [];
  const columnsOf = listColumns(model, wanted.flat());
  const isTaken = new Uint8Array(model.columnCount);
  const found: AlikeRows[] = [];
  for (const group of wanted) {
    const alike = matchRows(model, group, columnsOf, hashes.columns, isTaken);
    if (alike) found.push(alike);
  }
  return found;
}

/** Hashes of each column without regard to the order of its entries, and of each row over its columns without itself. */
function hashRows({ columnCount, rowCount, objective, starts, indices, values }: LinearModel): { columns: Int32Array; rows: Int32Array } {
  const columns = new Int32Array(columnCount);
  const rows = new Int32Array(rowCount);
  for (let c = 0; c < columnCount; c++) {
    const own = mixNumber(29, objective[c]!);
    let sum = 0;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) sum = (sum + hashEntry(indices[k]!, values[k]!)) | 0;
    columns[c] = sum;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const rest = mixInteger(own, (sum - hashEntry(indices[k]!, values[k]!)) | 0);
      rows[indices[k]!] = (rows[indices[k]!]! + mixNumber(rest, values[k]!)) | 0;
    }
  }
  return { columns, rows };
}

function hashEntry(row: number, value: number): number {
  return mixInteger(mixNumber(31, value), row);
}

function listColumns({ columnCount, starts, indices }: LinearModel, rows: readonly number[]): Map<number, number[]> {
  const lists = new Map<number, number[]>(rows.map((row) => [row, []]));
  for (let c = 0; c < columnCount; c++) for (let k = starts[c]!; k < starts[c + 1]!; k++) lists.get(indices[k]!)?.push(c);
  return lists;
}

/** Matches the columns of the rows of a group with those of its first row; rows that do not match stay out. */
function matchRows(
  model: LinearModel,
  group: readonly number[],
  columnsOf: ReadonlyMap<number, readonly number[]>,
  hashes: Int32Array,
  isTaken: Uint8Array,
): AlikeRows | undefined {
  const [first] = group;
  const own = columnsOf.get(first!)!;
  const keyOf = (c: number, row: number): number => (hashes[c]! - hashEntry(row, coefficientIn(model, c, row))) | 0;
  if (own.some((c) => isTaken[c] || model.columnLower[c] !== 0 || !(coefficientIn(model, c, first!) > 0))) return undefined;
  const rows = [first!];
  const columns = own.map((c) => [c]);
  for (const row of group.slice(1)) {
    const likes = new Map(columnsOf.get(row)!.map((c) => [keyOf(c, row), c]));
    if (likes.size !== own.length || columnsOf.get(row)!.length !== own.length) continue;
    const matched = own.map((c) => likes.get(keyOf(c, first!)));
    if (!matched.every((c, k) => c !== undefined && !isTaken[c] && isLike(model, own[k]!, first!, c, row))) continue;
    rows.push(row);
    matched.forEach((c, k) => columns[k]!.push(c!));
  }
  if (rows.length === 1) return undefined;
  columns.forEach((likes) => likes.forEach((c) => (isTaken[c] = 1)));
  const isOpen = columns.every((likes) =>
    likes.every((c, k) => model.columnUpper[c]! * coefficientIn(model, c, rows[k]!) >= model.rowUpper[rows[k]!]!),
  );
  return { rows, columns, isOpen };
}

/** Tells whether column b does in `row` and everywhere else what column a does in `first`. */
function isLike(model: LinearModel, a: number, first: number, b: number, row: number): boolean {
  const { starts, indices, values } = model;
  if (model.objective[a] !== model.objective[b] || model.columnLower[b] !== 0) return false;
  if (starts[a + 1]! - starts[a]! !== starts[b + 1]! - starts[b]!) return false;
  if (coefficientIn(model, a, first) !== coefficientIn(model, b, row)) return false;
  for (let k = starts[a]!; k < starts[a + 1]!; k++) {
    if (indices[k] !== first && coefficientIn(model, b, indices[k]!) !== values[k]) return false;
  }
  const share = model.columnUpper[a]! / model.rowUpper[first]!;
  const other = model.columnUpper[b]! / model.rowUpper[row]!;
  return share === other || Math.abs(share - other) <= PROPORTION * share;
}

function coefficientIn({ starts, indices, values }: LinearModel, c: number, row: number): number {
  for (let k = starts[c]!; k < starts[c + 1]!; k++) if (indices[k] === row) return values[k]!;
  return 0;
}
