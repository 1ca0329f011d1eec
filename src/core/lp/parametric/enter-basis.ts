import { basisColumn, basisRow, exchange, type BasisState } from "./basis-state";

/** How far a variable outside the basis can go, and what stops it. */
export interface Entrance {
  /** B^-1 a of the variable. */
  readonly column: Float64Array;
  /** 1 where it rises, -1 where it falls. */
  readonly sign: 1 | -1;
  readonly step: number;
  /** Place of the variable that it meets the bound of; -1 where its own other bound stops it, or nothing. */
  readonly place: number;
  readonly atUpper: boolean;
}

/** Primal ratio test for a variable that is to come in. */
export function tryEntrance(state: BasisState, entering: number): Entrance {
  const column = basisColumn(state, entering);
  const sign = state.price[entering]! < 0 || (state.price[entering] === 0 && state.isUpper[entering] === 0) ? 1 : -1;
  let step = state.upper[entering]! - state.lower[entering]!;
  let place = -1;
  let atUpper = false;
  let fastest = 0;
  for (let k = 0; k < column.length; k++) {
    const rate = -column[k]! * sign;
    if (Math.abs(rate) <= 1e-9) continue;
    const j = state.head[k]!;
    const room = rate > 0 ? state.upper[j]! - state.value[j]! : state.value[j]! - state.lower[j]!;
    if (room === Infinity) continue;
    const until = Math.max(0, room) / Math.abs(rate);
    if (until < step - 1e-12 || (until <= step + 1e-12 && Math.abs(rate) > fastest)) {
      step = Math.min(step, until);
      place = k;
      atUpper = rate > 0;
      fastest = Math.abs(rate);
    }
  }
  return { column, sign, step, place, atUpper };
}

/** Carries an entrance out. @returns false where nothing stops it */
export function enterBasis(state: BasisState, entering: number, { column, sign, step, place, atUpper }: Entrance): boolean {
  if (step === Infinity) return false;
  if (step > 0) {
    for (let k = 0; k < column.length; k++) state.value[state.head[k]!]! -= column[k]! * sign * step;
    state.value[entering]! += sign * step;
  }
  if (place < 0) state.isUpper[entering] = sign > 0 ? 1 : 0;
  else exchange(state, place, entering, column, basisRow(state, place), atUpper);
  return true;
}
