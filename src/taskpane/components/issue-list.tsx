import { useId, type ReactElement } from "react";
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { Issue, Severity } from "../../core/basics/issue";
import { IntentIcon } from "./intent-icon";
import { usePaneContext } from "./pane-context";
import { Section } from "./section";
import { ShowAll } from "./show-all";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: "8px", margin: 0, padding: 0, listStyleType: "none" },
  issue: {
    display: "grid",
    gridTemplateColumns: "16px minmax(0, 1fr)",
    columnGap: "8px",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: "anywhere",
  },
  text: { margin: 0 },
  message: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  foot: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px", marginTop: "4px" },
  place: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  button: { flexShrink: 0, whiteSpace: "nowrap" },
});

const groups: readonly { readonly severity: Severity; readonly title: (count: number) => string }[] = [
  { severity: "error", title: (count) => `${count} ${count === 1 ? "problem stops" : "problems stop"} the run` },
  { severity: "warning", title: (count) => `${count} to check` },
  { severity: "info", title: (count) => `${count} for information` },
];

/** One problem: what is wrong, what to do, where, and the way there. */
const IssueItem = (props: { readonly issue: Issue }): ReactElement => {
  const styles = useStyles();
  const { commands } = usePaneContext();
  const placeId = useId();
  const { issue } = props;
  const { cell } = issue;
  const place = issue.at ?? (cell ? `${cell.sheet}!${cell.address}` : "");
  return (
    <li className={styles.issue}>
      <IntentIcon intent={issue.severity} />
      <div>
        <p className={styles.message}>{issue.message}</p>
        {issue.fix && <p className={styles.text}>{issue.fix}</p>}
        {(place || cell) && (
          <div className={styles.foot}>
            <span id={placeId} className={styles.place}>
              {place}
            </span>
            {cell && (
              <Button className={styles.button} size="small" aria-describedby={placeId} onClick={() => void commands.goTo(cell.sheet, cell.address)}>
                Go to cell
              </Button>
            )}
          </div>
        )}
      </div>
    </li>
  );
};

/** The problems found, worst first, each group with its count. */
export const IssueList = (props: { readonly issues: readonly Issue[] }): ReactElement => {
  const styles = useStyles();
  return (
    <>
      {groups.map(({ severity, title }) => {
        const issues = props.issues.filter((issue) => issue.severity === severity);
        if (issues.length === 0) return null;
        return (
          <Section key={severity} title={title(issues.length)}>
            <ShowAll items={issues} first={12} noun="problems">
              {(shown) => (
                <ul className={styles.list}>
                  {shown.map((issue, at) => (
                    <IssueItem key={`${issue.code}/${issue.at ?? ""}/${at}`} issue={issue} />
                  ))}
                </ul>
              )}
            </ShowAll>
          </Section>
        );
      })}
    </>
  );
};
