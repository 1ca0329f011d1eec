import type { ReactElement } from "react";
import { Button, makeStyles } from "@fluentui/react-components";
import { usePaneContext } from "../../components/pane-context";

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 132px), 1fr))",
    gap: "8px",
    margin: "12px 0 0",
    padding: 0,
    listStyleType: "none",
  },
  button: { width: "100%", minWidth: 0, paddingLeft: "4px", paddingRight: "4px" },
});

/** The way to the result sheets. */
export const SheetLinks = (props: { readonly sheets: readonly string[] }): ReactElement | null => {
  const styles = useStyles();
  const { commands } = usePaneContext();
  if (props.sheets.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Result sheets">
      {props.sheets.map((sheet) => (
        <li key={sheet}>
          <Button className={styles.button} onClick={() => void commands.goTo(sheet, "A1")}>
            {`Open ${sheet}`}
          </Button>
        </li>
      ))}
    </ul>
  );
};
