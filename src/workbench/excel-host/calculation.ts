import type { ICommandService, IDisposable, Injector } from "@univerjs/core";
import { IActiveDirtyManagerService } from "@univerjs/preset-sheets-core";
import { HostError } from "./host-error";

/** Follows Univer's calculation, so that a value is read only after the formulas that give it have run. */
export interface Calculation {
  /** Waits until nothing is dirty and nothing is running. @throws HostError GeneralException after the timeout */
  readonly settled: () => Promise<void>;
  readonly isBusy: () => boolean;
  readonly dispose: () => void;
}

const START = "formula.mutation.set-formula-calculation-start";
const NOTIFICATION = "formula.mutation.set-formula-calculation-notification";
const SET_VALUES = "sheet.mutation.set-range-values";

/** Commands whose cell changes are about looks; Univer does not calculate after them. */
export const looksTrigger = "sheet.command.set-style";
const looksOnly = new Set([looksTrigger, "sheet.command.set-border", "sheet.command.clear-selection-format"]);

interface CommandInfo {
  readonly id: string;
  readonly params?: { readonly trigger?: string; readonly functionsExecutedState?: number };
}

/**
 * Watches the commands that make cells dirty and the engine's own messages.
 *
 * Univer collects dirty cells for 100 ms, then runs; a run that is stopped for newer cells starts the next one before it
 * reports its own end, hence the two counters.
 *
 * @param timeout milliseconds after which waiting is given up
 */
export const followCalculation = (injector: Injector, commands: ICommandService, timeout: number): Calculation => {
  const dirty = injector.get(IActiveDirtyManagerService);
  const listeners = new Set<() => void>();
  let collecting = false;
  let started = 0;
  let ended = 0;
  const isBusy = () => collecting || started > ended;
  const subscription: IDisposable = commands.onCommandExecuted((info, options) => {
    const command = info as CommandInfo;
    if (command.id === START) {
      collecting = false;
      started += 1;
    } else if (command.id === NOTIFICATION) {
      if (command.params?.functionsExecutedState !== undefined) ended = Math.min(ended + 1, started);
    } else if (dirty.get(command.id) && !isLocalOrLooks(command, options as { onlyLocal?: boolean } | undefined)) {
      collecting = true;
    }
    if (!isBusy()) listeners.forEach((listener) => listener());
  });

  const settled = (): Promise<void> => {
    if (!isBusy()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => () => {
        clearTimeout(timer);
        listeners.delete(done);
        act();
      };
      const done = finish(resolve);
      const timer = setTimeout(
        finish(() => reject(new HostError("GeneralException", `Calculation has not finished within ${timeout} ms.`, 500))),
        timeout,
      );
      listeners.add(done);
    });
  };
  return { settled, isBusy, dispose: () => subscription.dispose() };
};

const isLocalOrLooks = (command: CommandInfo, options: { onlyLocal?: boolean } | undefined): boolean =>
  command.id === SET_VALUES && (options?.onlyLocal === true || looksOnly.has(command.params?.trigger ?? ""));
