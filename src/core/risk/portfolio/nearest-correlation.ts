import { DomainError } from "../../basics/domain-error";

/** Eigenvalues and, column by column, eigenvectors of a symmetric matrix. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/** Decomposes a symmetric matrix by cyclic Jacobi rotations. @source G. Golub and C. Van Loan (2013), Matrix Computations, 8.5 */
export const symmetricEigen = (matrix: readonly (readonly number[] | Float64Array)[]): Eigen => {
  const n = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = matrix.map((_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let all = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) ((all += a[i]![j]! ** 2), i !== j && (off += a[i]![j]! ** 2));
    if (off <= 1e-32 * all) break;
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, p, q);
  }
  return { values: Float64Array.from(a, (row, i) => row[i]!), vectors: v };
};

const rotate = (a: Float64Array[], v: Float64Array[], p: number, q: number): void => {
  const cross = a[p]![q]!;
  if (cross === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * cross);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const kp = a[k]![p]!;
    const kq = a[k]![q]!;
    a[k]![p] = c * kp - s * kq;
    a[k]![q] = s * kp + c * kq;
  }
  for (let k = 0; k < a.length; k++) {
    const pk = a[p]![k]!;
    const qk = a[q]![k]!;
    a[p]![k] = c * pk - s * qk;
    a[q]![k] = s * pk + c * qk;
  }
  for (let k = 0; k < a.length; k++) {
    const kp = v[k]![p]!;
    const kq = v[k]![q]!;
    v[k]![p] = c * kp - s * kq;
    v[k]![q] = s * kp + c * kq;
  }
};

/** Smallest eigenvalue: below 0 the matrix is no correlation matrix. */
export const smallestEigenvalue = (matrix: readonly (readonly number[] | Float64Array)[]): number =>
  symmetricEigen(matrix).values.reduce((least, value) => Math.min(least, value), Infinity);

const projectPositive = (matrix: Float64Array[]): Float64Array[] => {
  const { values, vectors } = symmetricEigen(matrix);
  const n = matrix.length;
  return matrix.map((_, i) =>
    Float64Array.from({ length: n }, (__, j) => {
      let sum = 0;
      for (let k = 0; k < n; k++) if (values[k]! > 0) sum += values[k]! * vectors[i]![k]! * vectors[j]![k]!;
      return sum;
    }),
  );
};

/**
 * Finds the correlation matrix nearest in the Frobenius norm to a symmetric matrix, by alternating projections with Dykstra's correction.
 *
 * @param matrix symmetric
 * @returns symmetric, unit diagonal, positive semi-definite to about 1e-10
 * @throws DomainError notConverged, tooLarge above 150 rows
 * @source N. Higham (2002), Computing the nearest correlation matrix
 */
export const nearestCorrelation = (matrix: readonly (readonly number[] | Float64Array)[]): Float64Array[] => {
  const n = matrix.length;
  if (n > 150) throw new DomainError("tooLarge", `repair=nearest takes up to 150 assets; ${n} were given. Split the matrix.`);
  let y = matrix.map((row, i) => Float64Array.from(row, (value, j) => (i === j ? 1 : value)));
  let correction = matrix.map(() => new Float64Array(n));
  for (let iteration = 0; iteration < 5000; iteration++) {
    const r = y.map((row, i) => row.map((value, j) => value - correction[i]![j]!));
    const x = projectPositive(r);
    correction = x.map((row, i) => row.map((value, j) => value - r[i]![j]!));
    let change = 0;
    const next = x.map((row, i) =>
      row.map((value, j) => {
        const entry = i === j ? 1 : (value + x[j]![i]!) / 2;
        change = Math.max(change, Math.abs(entry - y[i]![j]!));
        return entry;
      }),
    );
    y = next;
    if (change < 1e-12) return y;
  }
  if (smallestEigenvalue(y) > -1e-8) return y;
  throw new DomainError("notConverged", "repair=nearest did not settle in 5000 rounds. Check the matrix for entries far from -1..1.");
};
