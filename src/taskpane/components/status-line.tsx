import type { ReactElement } from "react";
import { makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import { IntentIcon } from "./intent-icon";
import type { StatusText } from "../state/status-text";

const useStyles = makeStyles({
  line: {
    display: "flex",
    alignItems: "flex-start",
    gap: "8px",
    minHeight: "20px",
    padding: "8px 16px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    overflowWrap: "anywhere",
  },
  mark: { display: "flex", alignItems: "center", height: "20px" },
  // A number does not part from its percent sign at the end of a line.
  together: { whiteSpace: "nowrap" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  neutral: { backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground2 },
  running: { backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground1 },
  info: { backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1 },
  success: { backgroundColor: tokens.colorStatusSuccessBackground1, color: tokens.colorNeutralForeground1 },
  warning: { backgroundColor: tokens.colorStatusWarningBackground1, color: tokens.colorNeutralForeground1 },
  error: { backgroundColor: tokens.colorStatusDangerBackground1, color: tokens.colorNeutralForeground1 },
});

/** The one line that is always there: progress while a run is under way, else the last result. Read out politely. */
export const StatusLine = (props: { readonly status: StatusText }): ReactElement => {
  const styles = useStyles();
  const { text, intent } = props.status;
  const isResult = intent !== "neutral" && intent !== "running";
  return (
    <div className={mergeClasses(styles.line, styles[intent], isResult && styles.strong)}>
      <span className={styles.mark} aria-hidden="true">
        {intent === "running" ? <Spinner size="extra-tiny" /> : <IntentIcon intent={intent === "neutral" ? "info" : intent} />}
      </span>
      <div role="status" aria-live="polite" aria-atomic="true">
        {text.split(/(\S+ %)/).map((part, at) =>
          part.endsWith(" %") ? (
            <span key={at} className={styles.together}>
              {part}
            </span>
          ) : (
            part
          ),
        )}
      </div>
    </div>
  );
};
