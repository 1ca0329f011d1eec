import type { ReactElement, ReactNode } from "react";
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  table: {
    width: "100%",
    borderCollapse: "collapse",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontVariantNumeric: "tabular-nums",
  },
  caption: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  cell: {
    padding: "8px 0 8px 8px",
    textAlign: "left",
    verticalAlign: "top",
    fontWeight: tokens.fontWeightRegular,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: "anywhere",
    ":first-child": { paddingLeft: 0 },
  },
  header: { paddingTop: 0, paddingBottom: "4px", color: tokens.colorNeutralForeground3, borderBottomColor: tokens.colorNeutralStroke1 },
  number: { textAlign: "right", overflowWrap: "normal" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  minor: { display: "block", color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
});

export interface FigureColumn {
  readonly title: string;
  readonly isNumber?: boolean;
}

export interface FigureRow {
  readonly key: string;
  readonly cells: readonly ReactNode[];
  readonly isStrong?: boolean;
}

/** A small table that stays readable at 320 px: few columns, a second line in a cell instead of more of them. */
export const FigureTable = (props: {
  readonly caption: string;
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly FigureRow[];
}): ReactElement => {
  const styles = useStyles();
  const { columns } = props;
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{props.caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" className={mergeClasses(styles.cell, styles.header, column.isNumber && styles.number)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.key}>
            {row.cells.map((cell, at) => {
              const className = mergeClasses(styles.cell, columns[at]?.isNumber && styles.number, row.isStrong && styles.strong);
              return at === 0 ? (
                <th key={at} scope="row" className={className}>
                  {cell}
                </th>
              ) : (
                <td key={at} className={className}>
                  {cell}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** The quieter second line of a cell. */
export const Minor = (props: { readonly children: ReactNode }): ReactElement => {
  const styles = useStyles();
  return <span className={styles.minor}>{props.children}</span>;
};
