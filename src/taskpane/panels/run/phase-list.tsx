import type { ReactElement } from "react";
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircle16Filled } from "@fluentui/react-icons/svg/checkmark-circle";
import { Circle16Regular } from "@fluentui/react-icons/svg/circle";
import { RecordStop16Regular } from "@fluentui/react-icons/svg/record-stop";
import type { RunPhase } from "../../../app/collateral-app";
import { HiddenText } from "../../components/hidden-text";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", margin: 0, padding: 0, listStyleType: "none" },
  phase: {
    position: "relative",
    display: "grid",
    gridTemplateColumns: "16px minmax(0, 1fr)",
    alignItems: "center",
    columnGap: "12px",
    padding: "4px 0",
    color: tokens.colorNeutralForeground3,
  },
  done: { color: tokens.colorNeutralForeground1 },
  current: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  doneIcon: { color: tokens.colorStatusSuccessForeground1, "@media (forced-colors: active)": { color: "CanvasText" } },
  currentIcon: { color: tokens.colorBrandForeground1, "@media (forced-colors: active)": { color: "Highlight" } },
});

/** The phases of a run in their order, in the words of the Run tab. */
export const phases: readonly { readonly phase: RunPhase; readonly says: string }[] = [
  { phase: "reading", says: "Read the tables" },
  { phase: "checking", says: "Check the data" },
  { phase: "computing", says: "Compute what each call requires" },
  { phase: "solving", says: "Find the cheapest allocation" },
  { phase: "verifying", says: "Check every rule again" },
  { phase: "writing", says: "Write the result sheets" },
];

/** What a run does, step by step; while one is under way it shows how far it has come. */
export const PhaseList = (props: { readonly current?: RunPhase | undefined; readonly isDone: boolean }): ReactElement => {
  const styles = useStyles();
  const at = props.isDone ? phases.length : phases.findIndex(({ phase }) => phase === props.current);
  return (
    <ol className={styles.list} aria-label="Steps of a run">
      {phases.map(({ phase, says }, index) => {
        const isDone = index < at;
        const isCurrent = index === at;
        return (
          <li
            key={phase}
            className={mergeClasses(styles.phase, isDone && styles.done, isCurrent && styles.current)}
            {...(isCurrent ? { "aria-current": "step" as const } : {})}
          >
            {isDone ? (
              <CheckmarkCircle16Filled aria-hidden="true" className={styles.doneIcon} />
            ) : isCurrent ? (
              <RecordStop16Regular aria-hidden="true" className={styles.currentIcon} />
            ) : (
              <Circle16Regular aria-hidden="true" />
            )}
            <span>
              {says}
              {isDone && <HiddenText>, done</HiddenText>}
            </span>
          </li>
        );
      })}
    </ol>
  );
};
