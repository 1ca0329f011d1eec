/** One custom function, as the built functions.json tells it. */
export interface FunctionEntry {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const toEntry = (value: unknown): FunctionEntry[] => {
  if (typeof value !== "object" || value === null) return [];
  const { id, name, description } = value as Record<string, unknown>;
  if (!isText(id)) return [];
  return [{ id, name: isText(name) ? name : id, description: isText(description) ? description : "" }];
};

/** Reads the functions out of functions.json, sorted by name; whatever is not a function is left out. */
export const toFunctionList = (json: unknown): readonly FunctionEntry[] => {
  const functions = typeof json === "object" && json !== null ? (json as { functions?: unknown }).functions : undefined;
  if (!Array.isArray(functions)) return [];
  return functions.flatMap(toEntry).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
};

/** The help page of a function, relative to the pane's own address so that it works under any path. */
export const helpPage = (id: string): string => `help/${id.toLowerCase().replaceAll(".", "-")}.html`;

/** Keeps the functions in which every word of a query occurs. */
export const findFunctions = (list: readonly FunctionEntry[], query: string): readonly FunctionEntry[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return list.filter((entry) => {
    const text = `coll.${entry.name} ${entry.description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};
