import type { ReactElement } from "react";
import type { FoundTable } from "../../../app/collateral-app";
import { FigureTable, Minor } from "../../components/figure-table";
import { usePaneContext } from "../../components/pane-context";
import { Section } from "../../components/section";
import { TextLink } from "../../components/text-link";
import { tableGuide } from "./table-guide";

/** The tables found: rows read, rows left out, and a link to each. */
export const TableList = (props: { readonly tables: readonly FoundTable[] }): ReactElement => {
  const { commands, text } = usePaneContext();
  const read = props.tables.reduce((sum, table) => sum + table.rowsRead, 0);
  const skipped = props.tables.reduce((sum, table) => sum + table.rowsSkipped, 0);
  return (
    <Section
      title={`${props.tables.length} ${props.tables.length === 1 ? "table" : "tables"} found`}
      hint={`${text.count(read)} ${read === 1 ? "row" : "rows"} read, ${skipped === 0 ? "none" : text.count(skipped)} left out.`}
    >
      <FigureTable
        caption="Tables found in this workbook"
        columns={[{ title: "Table" }, { title: "Read", isNumber: true }, { title: "Left out", isNumber: true }]}
        rows={props.tables.map((table) => ({
          key: `${table.sheet}/${table.name}`,
          cells: [
            <>
              <TextLink onClick={() => void commands.goTo(table.sheet, table.address)}>{table.name}</TextLink>
              <Minor>{[tableGuide(table.kind)?.holds, `on ${table.sheet}`].filter(Boolean).join(", ")}</Minor>
            </>,
            text.count(table.rowsRead),
            table.rowsSkipped === 0 ? "–" : <strong>{text.count(table.rowsSkipped)}</strong>,
          ],
        }))}
      />
    </Section>
  );
};
