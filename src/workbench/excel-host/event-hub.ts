import { pushCategory, type PushEntry } from "./wire";

/** Event numbers of the object model, as the library registers them. */
export const eventType = {
  worksheetChanged: 10,
  worksheetActivated: 11,
  worksheetDeactivated: 12,
  worksheetAdded: 13,
  worksheetSelectionChanged: 14,
  worksheetDeleted: 15,
  worksheetCalculated: 16,
  tableSelectionChanged: 100,
  tableChanged: 101,
  tableAdded: 102,
  tableDeleted: 103,
} as const;

/** Target of events that concern the whole workbook. */
export const workbookTarget = "Workbook";

/** Registrations that the host answers, by class; the others fail loudly. */
const known: Readonly<Record<string, readonly string[]>> = {
  Worksheet: ["ActivatedEvent", "DeactivatedEvent", "CalculatedEvent", "DataChangedEvent", "SelectionChangedEvent"],
  WorksheetCollection: [
    "ActivatedEvent",
    "DeactivatedEvent",
    "AddedEvent",
    "DeletedEvent",
    "CalculatedEvent",
    "DataChangedEvent",
    "SelectionChangedEvent",
  ],
  Table: ["DataChangedEvent", "SelectionChangedEvent"],
  TableCollection: ["DataChangedEvent", "AddedEvent", "DeletedEvent"],
};

/** Sends messages to the library. */
export interface EventHub {
  readonly onPush: (listener: (entry: PushEntry) => void) => () => void;
  readonly push: (entry: PushEntry) => void;
  /** Sends an event of the object model to each target, unless the add-in has switched events off. */
  readonly raise: (type: number, targets: readonly string[], args: unknown) => void;
  readonly isKnown: (className: string, registerMethod: string) => boolean;
}

/** Makes the hub. @param enabled says whether runtime.enableEvents is on */
export const createEventHub = (enabled: () => boolean): EventHub => {
  const listeners = new Set<(entry: PushEntry) => void>();
  const push = (entry: PushEntry) => [...listeners].forEach((listener) => listener(entry));
  return {
    push,
    onPush: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    raise: (type, targets, args) => {
      if (!enabled()) return;
      const message = JSON.stringify(args);
      targets.forEach((target) => push({ category: pushCategory.event, type, target, message }));
    },
    isKnown: (className, registerMethod) => (known[className] ?? []).includes(registerMethod.replace(/^_(Unr|R)egister/, "")),
  };
};
