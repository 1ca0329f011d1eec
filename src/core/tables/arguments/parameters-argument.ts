import type { ScenarioParameterRow } from "../../margin/scenario-parameters";
import type { RangeArgument } from "../argument-columns";
import { readArgumentTable, type ArgumentColumn } from "../argument-table";

const columns: readonly ArgumentColumn[] = [
  { name: "key", kind: "text", required: true },
  { name: "underlying", kind: "text", required: true },
  { name: "value", kind: "number", required: true },
];

/** Reads the parameters table of scenario margin: key, underlying (or `*`), value. @throws DomainError badInput with row and column */
export const readScenarioParameters = (argument: RangeArgument): readonly ScenarioParameterRow[] =>
  readArgumentTable(argument, "parameters", columns).map((row) => ({
    key: row.neededText("key"),
    underlying: row.neededText("underlying"),
    value: row.neededNumber("value"),
    at: row.at,
  }));
