import type { ReactElement } from "react";
import { makeStyles, tokens } from "@fluentui/react-components";
import type { Conflict } from "../../../core/optimization/allocation-outcome";
import { usePaneContext } from "../../components/pane-context";
import { Section } from "../../components/section";
import { ShowAll } from "../../components/show-all";

const useStyles = makeStyles({
  conflict: {
    padding: "12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `3px solid ${tokens.colorStatusDangerForeground1}`,
    overflowWrap: "anywhere",
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0 },
  label: { margin: "8px 0 0", color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  list: { margin: 0, paddingLeft: "16px" },
});

const ConflictCard = (props: { readonly conflict: Conflict }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { conflict } = props;
  // The repairs come ranked; sorting again keeps the promise of the heading.
  const repairs = [...conflict.repairs].sort((a, b) => a.size - b.size).slice(0, 5);
  return (
    <div className={styles.conflict}>
      <h3 className={styles.title}>{`${conflict.agreementId} is short ${text.money(conflict.shortfall)} ${conflict.currency}`}</h3>
      <p className={styles.text}>{`Requires ${text.money(conflict.required)}, reachable ${text.money(conflict.reachable)} ${conflict.currency}.`}</p>
      {conflict.rules.length > 0 && (
        <>
          <p className={styles.label}>What stands in the way</p>
          <ul className={styles.list}>
            {conflict.rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </>
      )}
      {repairs.length > 0 && (
        <>
          <p className={styles.label}>Any one of these cures it, smallest first</p>
          <ol className={styles.list}>
            {repairs.map((repair) => (
              <li key={`${repair.rule}/${repair.change}`}>{repair.change}</li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
};

/** Why calls cannot be covered, and what would cure them. */
export const ConflictSection = (props: { readonly conflicts: readonly Conflict[] }): ReactElement | null => {
  if (props.conflicts.length === 0) return null;
  return (
    <Section title={props.conflicts.length === 1 ? "Why a call is short" : "Why calls are short"}>
      <ShowAll items={props.conflicts} first={6} noun="calls">
        {(shown) => (
          <>
            {shown.map((conflict) => (
              <ConflictCard key={conflict.agreementId} conflict={conflict} />
            ))}
          </>
        )}
      </ShowAll>
    </Section>
  );
};
