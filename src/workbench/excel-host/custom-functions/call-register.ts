import type { ResultMatrix } from "./function-result";

/** A call of a custom function from a cell, and what it has given so far. */
export interface Call {
  readonly id: number;
  readonly functionId: string;
  readonly unitId: string;
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
  readonly values: readonly unknown[];
  readonly flags: number;
  readonly address: string;
  readonly streaming: boolean;
  result?: ResultMatrix;
  /** Number of the calculation that last asked for the call; older ones of the same cell are over. */
  usedIn: number;
}

/** Calls by cell and by id. The same function with the same arguments in the same cell is one call. */
export interface CallRegister {
  readonly find: (cell: string, key: string) => Call | undefined;
  readonly add: (cell: string, key: string, call: Call) => void;
  readonly byId: (id: number) => Call | undefined;
  readonly all: () => readonly Call[];
  readonly atCell: (cell: string) => readonly Call[];
  /** Takes out the calls that the test says are over, and returns them. */
  readonly removeIf: (isOver: (call: Call, cell: string) => boolean) => readonly Call[];
}

export const cellKey = (unitId: string, sheetId: string, row: number, column: number): string => `${unitId} ${sheetId} ${row} ${column}`;

/** Makes an empty register. */
export const createCallRegister = (): CallRegister => {
  const cells = new Map<string, Map<string, Call>>();
  const ids = new Map<number, Call>();
  return {
    find: (cell, key) => cells.get(cell)?.get(key),
    add: (cell, key, call) => {
      const calls = cells.get(cell) ?? new Map<string, Call>();
      cells.set(cell, calls.set(key, call));
      ids.set(call.id, call);
    },
    byId: (id) => ids.get(id),
    all: () => [...ids.values()],
    atCell: (cell) => [...(cells.get(cell)?.values() ?? [])],
    removeIf: (isOver) => {
      const removed: Call[] = [];
      for (const [cell, calls] of cells) {
        for (const [key, call] of calls) {
          if (!isOver(call, cell)) continue;
          calls.delete(key);
          ids.delete(call.id);
          removed.push(call);
        }
        if (calls.size === 0) cells.delete(cell);
      }
      return removed;
    },
  };
};
