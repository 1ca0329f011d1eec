/** How well a number is known: read in its source, read in a secondary source, or from memory and not checked. */
export type FactStatus = "found" | "secondary" | "unverified";

/** Where a table comes from. */
export interface RegulationSource {
  readonly publisher: string;
  readonly document: string;
  readonly section: string | null;
  /** ISO date, or its year or month alone. */
  readonly published: string | null;
  readonly address?: string;
}

/** One dated, sourced table of rules: a file of `data/<family>/<id>.json`. */
export interface RegulationTable<Row extends RegulationRow = RegulationRow> {
  /** The file name without its ending. */
  readonly id: string;
  readonly family: string;
  readonly title: string;
  readonly source: RegulationSource;
  /** First day on which the rows apply (UTC); null = not stated. */
  readonly effectiveFrom: string | null;
  /** Last day; null = still in force. */
  readonly effectiveTo: string | null;
  readonly units: string;
  /** The weakest status that a user of the whole table should have in mind. */
  readonly status: FactStatus;
  readonly notes?: readonly string[];
  readonly rows: readonly Row[];
}

/** A row of a regulation table; its other columns depend on the family. */
export interface RegulationRow {
  readonly status: FactStatus;
}
