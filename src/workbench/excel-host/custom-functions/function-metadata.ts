import { HostError } from "../host-error";

/** A parameter, as functions.json describes it. */
export interface ParameterMetadata {
  readonly name: string;
  readonly description?: string;
  readonly type?: string;
  readonly dimensionality?: "scalar" | "matrix";
  readonly optional?: boolean;
  readonly repeating?: boolean;
}

/** A custom function, as functions.json describes it. */
export interface FunctionMetadata {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly helpUrl?: string;
  readonly parameters: readonly ParameterMetadata[];
  readonly options?: {
    readonly stream?: boolean;
    readonly cancelable?: boolean;
    readonly volatile?: boolean;
    readonly requiresAddress?: boolean;
    readonly requiresParameterAddresses?: boolean;
  };
}

/** What the host reads of functions.json. */
export interface FunctionsFile {
  readonly allowErrorForDataTypeAny?: boolean;
  readonly functions: readonly FunctionMetadata[];
}

/** Checks the shape of functions.json. @throws HostError InvalidArgument when it is not that file */
export const readFunctionsFile = (json: unknown): FunctionsFile => {
  const file = json as FunctionsFile | null;
  if (!file || !Array.isArray(file.functions)) throw new HostError("InvalidArgument", "functions.json has no list of functions");
  for (const entry of file.functions as readonly FunctionMetadata[]) {
    if (typeof entry.id !== "string" || typeof entry.name !== "string" || !Array.isArray(entry.parameters)) {
      throw new HostError("InvalidArgument", `functions.json: a function without id, name or parameters (${JSON.stringify(entry.id)})`);
    }
    if (entry.options?.requiresParameterAddresses)
      throw new HostError("NotImplemented", `HostNotImplemented <${entry.id} requiresParameterAddresses>`);
  }
  return file;
};

/** Flags of a call, as the custom-function runtime reads them. */
export const callFlags = (entry: FunctionMetadata, allowErrors: boolean): number =>
  (entry.options?.cancelable || entry.options?.stream ? 1 : 0) + (entry.options?.stream ? 2 : 0) + (allowErrors ? 4 : 0);
