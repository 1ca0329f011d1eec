/**
 * Inverts a small square matrix by Gauss-Jordan elimination with row pivoting.
 *
 * @returns the inverse, or undefined when the matrix is singular to working precision
 */
export const invertMatrix = (matrix: readonly (readonly number[] | Float64Array)[]): number[][] | undefined => {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) if (Math.abs(work[row]![column]!) > Math.abs(work[pivot]![column]!)) pivot = row;
    const head = work[pivot]![column]!;
    if (!(Math.abs(head) > 0) || !Number.isFinite(head)) return undefined;
    [work[pivot], work[column]] = [work[column]!, work[pivot]!];
    const top = work[column]!;
    for (let j = 0; j < 2 * size; j++) top[j]! /= head;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = work[row]![column]!;
      if (factor !== 0) for (let j = 0; j < 2 * size; j++) work[row]![j]! -= factor * top[j]!;
    }
  }
  return work.map((row) => row.slice(size));
};
