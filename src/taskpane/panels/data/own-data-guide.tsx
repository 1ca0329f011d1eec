import type { ReactElement } from "react";
import { FigureTable, Minor } from "../../components/figure-table";
import { Section } from "../../components/section";
import { tableNameOf } from "../../../core/tables/column-catalogue";
import { startingTables, tableGuide } from "./table-guide";

/** What a workbook of one's own needs, shown while it has none of our tables. */
export const OwnDataGuide = (): ReactElement => (
  <Section
    title="Tables to start with"
    hint="Press Ctrl+T on your data, then name the table under Table Design > Table Name. Order and case of the headers do not matter."
  >
    <FigureTable
      caption="Tables to start with"
      columns={[{ title: "Table" }, { title: "Headers it needs" }]}
      rows={startingTables.map((kind) => ({
        key: kind,
        cells: [
          <>
            {tableNameOf(kind)}
            <Minor>{tableGuide(kind)?.holds}</Minor>
          </>,
          tableGuide(kind)?.headers,
        ],
      }))}
    />
  </Section>
);
