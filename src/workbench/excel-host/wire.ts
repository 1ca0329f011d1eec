/** The messages of Office.js, as the library sends and reads them; keys are the wire's own. */

export interface WireArguments {
  readonly Arguments?: readonly unknown[];
  /** Runs parallel to Arguments: an entry that is not 0 says that the argument is the id of an object path. */
  readonly ReferencedObjectPathIds?: readonly unknown[] | null;
}

export interface WireQuery {
  readonly Select?: readonly string[];
  readonly Expand?: readonly string[];
  readonly Top?: number;
  readonly Skip?: number;
}

export interface WireAction {
  readonly Id: number;
  readonly ActionType: number;
  readonly Name?: string;
  readonly ObjectPathId?: number;
  readonly ArgumentInfo?: WireArguments;
  readonly QueryInfo?: WireQuery;
  readonly ObjectState?: Readonly<Record<string, unknown>>;
}

export interface WireObjectPath {
  readonly Id: number;
  readonly ObjectPathType: number;
  readonly Name?: string;
  readonly ParentObjectPathId?: number;
  readonly ArgumentInfo?: WireArguments;
}

export interface WireRequest {
  readonly AutoKeepReference?: boolean;
  readonly Actions?: readonly WireAction[];
  readonly ObjectPaths?: Readonly<Record<string, WireObjectPath>>;
}

export interface WireResult {
  readonly ActionId: number;
  readonly Value: unknown;
}

export interface WireError {
  readonly Code: string;
  readonly Message: string;
  readonly Location?: string;
  readonly ActionIndex?: number;
  readonly HttpStatusCode?: number;
}

export interface WireResponse {
  readonly Results: readonly WireResult[];
  readonly Error?: WireError;
  /** Trace actions that were reached: the library reports them in errors and registers some handlers by them. */
  readonly TraceIds?: readonly number[];
}

export const actionType = {
  instantiate: 1,
  query: 2,
  method: 3,
  setProperty: 4,
  trace: 5,
  recursiveQuery: 6,
  queryAsJson: 7,
  ensureUnchanged: 8,
  update: 9,
} as const;

export const pathType = {
  globalRoot: 1,
  newObject: 2,
  method: 3,
  property: 4,
  indexer: 5,
  reference: 6,
  nullObject: 7,
} as const;

/** One message that the host pushes to the library (RichApi message event). */
export interface PushEntry {
  readonly category: number;
  readonly type: number;
  readonly target: string;
  readonly message: string;
}

export const pushCategory = { customFunction: 1, action: 2, event: 65536 } as const;
