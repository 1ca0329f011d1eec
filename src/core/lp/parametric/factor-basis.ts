/** A square matrix by columns: column k holds rows `rows[starts[k] .. starts[k + 1] - 1]`. */
export interface ColumnMatrix {
  readonly size: number;
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** Solves with a factored matrix B. Vectors are overwritten. */
export interface FactoredBasis {
  /** Solves B x = b. @param b by row; @returns x by column */
  forward(b: Float64Array): Float64Array;
  /** Solves B' y = g. @param g by column; @returns y by row */
  backward(g: Float64Array): Float64Array;
  /** Rows of the part that is factored densely. */
  readonly coreSize: number;
  /** Columns that depend on others, and the rows left without one; both empty where B is regular. */
  readonly dependent: { readonly columns: readonly number[]; readonly rows: readonly number[] };
}

/** Pivots below this, beside entries near 1, are rounding. */
const smallestPivot = 1e-9;
/** Largest part that is neither upper nor lower triangular: it is factored densely. */
const largestCore = 600;

/**
 * Factors a basis: columns with one open row first, then rows with one open column, and what remains densely.
 *
 * Bases of networks are nearly triangular, so that the dense rest is a few cycles and side rows.
 *
 *   [ U  .  . ]
 *   [ 0  L  0 ]
 *   [ 0  .  C ]
 *
 * @returns undefined where the rest is too large
 */
export function factorBasis(matrix: ColumnMatrix): FactoredBasis | undefined {
  const order = orderSingletons(matrix);
  if (order.coreColumns.length > largestCore) return undefined;
  const core = factorCore(matrix, order.coreRows, order.coreColumns);
  const { size } = matrix;
  return {
    coreSize: order.coreRows.length,
    dependent: core.dependent,
    forward: (b) => {
      const x = new Float64Array(size);
      const settle = (column: number, value: number): void => {
        x[column] = value;
        if (value !== 0) subtractColumn(matrix, column, value, b);
      };
      for (const { row, column, pivot } of order.lower) settle(column, b[row]! / pivot);
      const part = core.forward(Float64Array.from(order.coreRows, (row) => b[row]!));
      order.coreColumns.forEach((column, k) => settle(column, part[k]!));
      for (let k = order.upper.length - 1; k >= 0; k--) {
        const { row, column, pivot } = order.upper[k]!;
        settle(column, b[row]! / pivot);
      }
      return x;
    },
    backward: (g) => {
      const y = new Float64Array(size);
      for (const { row, column, pivot } of order.upper) y[row] = (g[column]! - timesColumn(matrix, column, y)) / pivot;
      const part = core.backward(Float64Array.from(order.coreColumns, (column) => g[column]! - timesColumn(matrix, column, y)));
      order.coreRows.forEach((row, k) => (y[row] = part[k]!));
      for (let k = order.lower.length - 1; k >= 0; k--) {
        const { row, column, pivot } = order.lower[k]!;
        y[row] = (g[column]! - timesColumn(matrix, column, y)) / pivot;
      }
      return y;
    },
  };
}

function subtractColumn({ starts, rows, values }: ColumnMatrix, column: number, factor: number, from: Float64Array): void {
  for (let k = starts[column]!; k < starts[column + 1]!; k++) from[rows[k]!]! -= values[k]! * factor;
}

/** Dot product with a column; the entry of the row being solved is still 0 in `y`. */
function timesColumn({ starts, rows, values }: ColumnMatrix, column: number, y: Float64Array): number {
  let sum = 0;
  for (let k = starts[column]!; k < starts[column + 1]!; k++) sum += values[k]! * y[rows[k]!]!;
  return sum;
}

interface Pivot {
  readonly row: number;
  readonly column: number;
  readonly pivot: number;
}

interface Ordering {
  readonly upper: Pivot[];
  readonly lower: Pivot[];
  readonly coreRows: number[];
  readonly coreColumns: number[];
}

function orderSingletons(matrix: ColumnMatrix): Ordering {
  const { size, starts, rows, values } = matrix;
  const byRow = transpose(matrix);
  const rowOpen = new Uint8Array(size).fill(1);
  const columnOpen = new Uint8Array(size).fill(1);
  const inColumn = Int32Array.from({ length: size }, (_, c) => starts[c + 1]! - starts[c]!);
  const inRow = Int32Array.from({ length: size }, (_, r) => byRow.starts[r + 1]! - byRow.starts[r]!);
  const close = (row: number, column: number): void => {
    rowOpen[row] = columnOpen[column] = 0;
    for (let k = byRow.starts[row]!; k < byRow.starts[row + 1]!; k++) inColumn[byRow.rows[k]!]!--;
    for (let k = starts[column]!; k < starts[column + 1]!; k++) inRow[rows[k]!]!--;
  };
  const upper: Pivot[] = [];
  const lower: Pivot[] = [];
  const waiting: number[] = [];
  for (let c = 0; c < size; c++) if (inColumn[c] === 1) waiting.push(c);
  while (waiting.length > 0) {
    const column = waiting.pop()!;
    if (columnOpen[column] === 0 || inColumn[column] !== 1) continue;
    let k = starts[column]!;
    while (rowOpen[rows[k]!] === 0) k++;
    if (Math.abs(values[k]!) < smallestPivot) continue;
    const row = rows[k]!;
    upper.push({ row, column, pivot: values[k]! });
    close(row, column);
    for (let e = byRow.starts[row]!; e < byRow.starts[row + 1]!; e++) if (inColumn[byRow.rows[e]!] === 1) waiting.push(byRow.rows[e]!);
  }
  for (let r = 0; r < size; r++) if (rowOpen[r] === 1 && inRow[r] === 1) waiting.push(r);
  while (waiting.length > 0) {
    const row = waiting.pop()!;
    if (rowOpen[row] === 0 || inRow[row] !== 1) continue;
    let k = byRow.starts[row]!;
    while (columnOpen[byRow.rows[k]!] === 0) k++;
    if (Math.abs(byRow.values[k]!) < smallestPivot) continue;
    const column = byRow.rows[k]!;
    lower.push({ row, column, pivot: byRow.values[k]! });
    close(row, column);
    for (let e = starts[column]!; e < starts[column + 1]!; e++) if (rowOpen[rows[e]!] === 1 && inRow[rows[e]!] === 1) waiting.push(rows[e]!);
  }
  const open = (flags: Uint8Array): number[] => [...flags.keys()].filter((k) => flags[k] === 1);
  return { upper, lower, coreRows: open(rowOpen), coreColumns: open(columnOpen) };
}

function transpose({ size, starts, rows, values }: ColumnMatrix): ColumnMatrix {
  const counts = new Int32Array(size + 1);
  for (const row of rows) counts[row + 1]!++;
  for (let r = 0; r < size; r++) counts[r + 1]! += counts[r]!;
  const next = counts.slice();
  const columns = new Int32Array(rows.length);
  const turned = new Float64Array(rows.length);
  for (let c = 0; c < size; c++) {
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const place = next[rows[k]!]!++;
      columns[place] = c;
      turned[place] = values[k]!;
    }
  }
  return { size, starts: counts, rows: columns, values: turned };
}

interface Core {
  forward(b: Float64Array): Float64Array;
  backward(g: Float64Array): Float64Array;
  readonly dependent: { readonly columns: readonly number[]; readonly rows: readonly number[] };
}

/** Dense elimination with complete search for the pivot in each column; a column without one depends on those before. */
function factorCore(matrix: ColumnMatrix, coreRows: readonly number[], coreColumns: readonly number[]): Core {
  const size = coreRows.length;
  const placeOfRow = new Map(coreRows.map((row, k) => [row, k]));
  // Row-major; a[r][c] of the core.
  const a = new Float64Array(size * size);
  coreColumns.forEach((column, c) => {
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      const r = placeOfRow.get(matrix.rows[k]!);
      if (r !== undefined) a[r * size + c] = matrix.values[k]!;
    }
  });
  const pivotRow = new Int32Array(size).fill(-1);
  const taken = new Uint8Array(size);
  const steps: number[] = [];
  const lost: number[] = [];
  for (let c = 0; c < size; c++) {
    let best = -1;
    for (let r = 0; r < size; r++) if (taken[r] === 0 && (best < 0 || Math.abs(a[r * size + c]!) > Math.abs(a[best * size + c]!))) best = r;
    if (best < 0 || Math.abs(a[best * size + c]!) < smallestPivot) {
      lost.push(c);
      continue;
    }
    taken[best] = 1;
    pivotRow[c] = best;
    steps.push(c);
    for (let r = 0; r < size; r++) {
      if (taken[r] === 1 || a[r * size + c] === 0) continue;
      const factor = a[r * size + c]! / a[best * size + c]!;
      a[r * size + c] = factor;
      for (let k = c + 1; k < size; k++) a[r * size + k]! -= factor * a[best * size + k]!;
    }
  }
  const freeRows = [...taken.keys()].filter((r) => taken[r] === 0);
  return {
    dependent: { columns: lost.map((c) => coreColumns[c]!), rows: freeRows.map((r) => coreRows[r]!) },
    forward: (b) => {
      const x = new Float64Array(size);
      steps.forEach((c, place) => {
        for (let later = place + 1; later < steps.length; later++) {
          const r = pivotRow[steps[later]!]!;
          b[r]! -= a[r * size + c]! * b[pivotRow[c]!]!;
        }
      });
      for (let place = steps.length - 1; place >= 0; place--) {
        const c = steps[place]!;
        const r = pivotRow[c]!;
        let sum = b[r]!;
        for (let k = c + 1; k < size; k++) sum -= a[r * size + k]! * x[k]!;
        x[c] = sum / a[r * size + c]!;
      }
      return x;
    },
    backward: (g) => {
      const z = new Float64Array(size);
      for (const c of steps) {
        let sum = g[c]!;
        for (const before of steps) {
          if (before === c) break;
          sum -= a[pivotRow[before]! * size + c]! * z[pivotRow[before]!]!;
        }
        z[pivotRow[c]!] = sum / a[pivotRow[c]! * size + c]!;
      }
      for (let place = steps.length - 1; place >= 0; place--) {
        const c = steps[place]!;
        for (let later = place + 1; later < steps.length; later++) {
          const r = pivotRow[steps[later]!]!;
          z[pivotRow[c]!]! -= a[r * size + c]! * z[r]!;
        }
      }
      return z;
    },
  };
}
