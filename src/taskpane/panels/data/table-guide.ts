/** What a table of ours holds, in a few words, and what it must have. */
export interface TableGuide {
  readonly holds: string;
  readonly columns: string;
}

const guides: Readonly<Record<string, TableGuide>> = {
  assets: { holds: "what you own", columns: "assetId, quantity, price" },
  agreements: { holds: "margin calls and what they require", columns: "agreementId, currency, requirement" },
  eligibility: { holds: "what each agreement accepts, with haircuts", columns: "agreementId, an asset rule, haircut" },
  holdings: { holds: "what is posted today", columns: "agreementId, assetId, quantity" },
  fx: { holds: "rates into the base currency", columns: "currency, rate" },
  limits: { holds: "concentration limits", columns: "limit, limitBasis, valueBasis" },
  tiers: { holds: "value ratios by size", columns: "tierTable, tierUnit, upTo, ratio" },
  costs: { holds: "costs of posting and moving", columns: "assetId, agreementId" },
  pins: { holds: "allocations pinned or forbidden", columns: "agreementId, assetId, action" },
  positions: { holds: "positions behind venue margin", columns: "agreementId, instrument, quantity" },
  transfers: { holds: "ways and times of transfer", columns: "from, to" },
  prices: { holds: "price history", columns: "date, one column per asset" },
  settings: { holds: "base currency, time limit and other choices", columns: "key, value" },
};

/** The tables that an own book starts from, in the order in which to make them. */
export const startingTables: readonly string[] = ["assets", "agreements", "eligibility", "holdings", "fx"];

/** Looks up the guide of a kind such as `assets`, or of a workbook name such as `tblAssets2`. */
export const tableGuide = (kindOrName: string): TableGuide | undefined =>
  guides[kindOrName.replace(/^tbl/i, "").replace(/\d+$/, "").toLowerCase()];

/** The workbook name that a kind goes by. */
export const tableName = (kind: string): string => `tbl${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
