import type { ReactElement } from "react";
import { makeStyles, tokens } from "@fluentui/react-components";
import { IntentIcon } from "../../components/intent-icon";
import { Section } from "../../components/section";
import { tableGuide } from "./table-guide";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: "8px", margin: 0, padding: 0, listStyleType: "none" },
  item: {
    display: "grid",
    gridTemplateColumns: "16px minmax(0, 1fr)",
    columnGap: "8px",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  text: { margin: 0 },
  name: { fontWeight: tokens.fontWeightSemibold },
});

/** Tables without which nothing can run, each with what it must hold. */
export const MissingTables = (props: { readonly names: readonly string[] }): ReactElement | null => {
  const styles = useStyles();
  if (props.names.length === 0) return null;
  const isOne = props.names.length === 1;
  return (
    <Section
      title={isOne ? "1 table is missing" : `${props.names.length} tables are missing`}
      hint="Make a table with these headers, then name it under Table Design > Table Name. Order and case of the headers do not matter."
    >
      <ul className={styles.list}>
        {props.names.map((name) => {
          const guide = tableGuide(name);
          return (
            <li key={name} className={styles.item}>
              <IntentIcon intent="error" />
              <p className={styles.text}>
                <span className={styles.name}>{name}</span>
                {guide && `: ${guide.holds}. Headers: ${guide.headers}.`}
              </p>
            </li>
          );
        })}
      </ul>
    </Section>
  );
};
