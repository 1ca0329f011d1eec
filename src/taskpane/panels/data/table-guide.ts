import { columnCatalogue, tableKinds, type TableKind } from "../../../core/tables/column-catalogue";

/** What a table of ours holds, in a few words, and the headers it must have. */
export interface TableGuide {
  readonly holds: string;
  readonly headers: string;
}

const holds: Readonly<Record<TableKind, string>> = {
  assets: "what you own",
  agreements: "margin calls and what they require",
  eligibility: "what each agreement accepts, with haircuts",
  limits: "concentration limits",
  tiers: "value ratios by size",
  holdings: "what is posted today",
  positions: "positions behind venue margin",
  trades: "trades behind computed margin",
  fx: "rates into the base currency",
  costs: "costs of posting and moving",
  scenarios: "price shocks",
  pins: "allocations pinned or forbidden",
  transfers: "ways and times of transfer",
  prices: "price history, for the tab Risk and the methods var and es",
  settings: "base currency, time limit and other choices",
  rules: "venue margin rules",
  parameters: "scenario margin parameters",
  counterparties: "your credit view of counterparties",
  grades: "terms by credit grade",
  scorecard: "weights of your scorecard",
};

/** What a row needs beside its required columns; one of several columns can give it. */
const besides: Partial<Readonly<Record<TableKind, string>>> = {
  agreements: "requirement",
  eligibility: "assetId or another asset rule, haircut",
};

/** The tables that an own book starts from, in the order in which to make them. */
export const startingTables: readonly TableKind[] = ["assets", "agreements", "eligibility", "holdings", "fx"];

/** Looks up the guide of a kind such as `assets`, or of a workbook name such as `tblAssets2`. */
export const tableGuide = (kindOrName: string): TableGuide | undefined => {
  const plain = kindOrName.replace(/^tbl/i, "").replace(/\d+$/, "").toLowerCase();
  const kind = tableKinds.find((known) => known.toLowerCase() === plain);
  if (!kind) return undefined;
  const needed = columnCatalogue[kind].filter((column) => column.required === true).map((column) => column.name);
  return { holds: holds[kind], headers: [...needed, besides[kind]].filter((name) => name !== undefined).join(", ") };
};
