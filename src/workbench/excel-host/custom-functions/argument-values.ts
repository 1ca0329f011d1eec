import type { Nullable } from "@univerjs/core";
import { type BaseValueObject, ErrorType, ErrorValueObject, type ArrayValueObject } from "@univerjs/preset-sheets-core";
import type { FunctionMetadata, ParameterMetadata } from "./function-metadata";

/** What Excel hands over for a blank cell; builds differ, so it is a setting of the host. */
export type BlankArgument = 0 | "" | null;

/** Arguments ready for the runtime, or the error that keeps the function from being called. */
export type ArgumentsOrError = { readonly values: readonly unknown[] } | { readonly error: BaseValueObject };

/** Univer's name of a value that is still being calculated. */
export const pendingError = "#GETTING_DATA" as ErrorType;

class ArgumentError extends Error {
  constructor(readonly value: BaseValueObject) {
    super("argument is an error");
  }
}

/** Turns Univer's arguments into those of the custom-function runtime, by the parameters of functions.json. */
export const argumentValues = (
  args: readonly BaseValueObject[],
  entry: FunctionMetadata,
  allowErrors: boolean,
  blank: BlankArgument,
): ArgumentsOrError => {
  const pending = args.flatMap(cellsOf).find((cell) => cell.isError() && cell.getValue() === pendingError);
  if (pending) return { error: ErrorValueObject.create(pendingError) };
  const convert = (arg: BaseValueObject | undefined, parameter: ParameterMetadata): unknown => convertArgument(arg, parameter, allowErrors, blank);
  try {
    const { parameters } = entry;
    const repeating = parameters.findIndex((parameter) => parameter.repeating);
    const single = repeating < 0 ? parameters : parameters.slice(0, repeating);
    const values = single.map((parameter, index) => convert(args[index], parameter));
    const repeated = parameters[repeating];
    if (repeated) values.push(args.slice(repeating).map((arg) => convert(arg, repeated)));
    return { values };
  } catch (error) {
    if (error instanceof ArgumentError) return { error: error.value };
    throw error;
  }
};

/** The cells of an argument, a single value being one cell. */
const cellsOf = (arg: BaseValueObject): readonly BaseValueObject[] =>
  arg.isArray()
    ? (arg as ArrayValueObject).getArrayValue().flatMap((row) => row.filter((cell): cell is BaseValueObject => cell !== null && cell !== undefined))
    : [arg];

const convertArgument = (arg: BaseValueObject | undefined, parameter: ParameterMetadata, allowErrors: boolean, blank: BlankArgument): unknown => {
  if (arg === undefined) return null;
  const cell = (value: Nullable<BaseValueObject>): unknown => convertCell(value, parameter.type ?? "any", allowErrors, blank);
  if (parameter.dimensionality === "matrix") {
    // An argument left out between commas is null for the function; a blank cell is not.
    if (!arg.isArray()) return arg.isNull() ? null : [[cell(arg)]];
    const array = arg as ArrayValueObject;
    const rows = array.getArrayValue();
    return Array.from({ length: array.getRowCount() }, (_, row) =>
      Array.from({ length: array.getColumnCount() }, (__, column) => cell(rows[row]?.[column])),
    );
  }
  if (!arg.isArray()) return arg.isNull() ? null : cell(arg);
  const array = arg as ArrayValueObject;
  // Excel would call the function once a cell and spill; this host does not (registered assumption).
  if (array.getRowCount() !== 1 || array.getColumnCount() !== 1) throw new ArgumentError(ErrorValueObject.create(ErrorType.VALUE));
  return cell(array.getArrayValue()[0]?.[0]);
};

const convertCell = (value: Nullable<BaseValueObject>, type: string, allowErrors: boolean, blank: BlankArgument): unknown => {
  if (!value || value.isNull()) return type === "number" ? 0 : type === "boolean" ? false : type === "string" ? "" : blank;
  if (value.isError()) {
    if (allowErrors && type === "any") return { type: "CustomFunctionError", code: value.getValue() };
    throw new ArgumentError(value);
  }
  const plain = value.getValue();
  if (type === "string") return typeof plain === "boolean" ? String(plain).toUpperCase() : String(plain);
  if (type === "boolean") return typeof plain === "string" ? plain.toUpperCase() === "TRUE" : Boolean(plain);
  if (type !== "number") return plain;
  const number = typeof plain === "string" && plain.trim() === "" ? NaN : Number(plain);
  if (Number.isNaN(number)) throw new ArgumentError(ErrorValueObject.create(ErrorType.VALUE));
  return number;
};
