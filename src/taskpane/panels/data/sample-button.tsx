import { useEffect, useRef, type ReactElement } from "react";
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { usePaneContext } from "../../components/pane-context";

const useStyles = makeStyles({
  ask: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    outline: "none",
  },
  text: { margin: 0 },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

/** "Try the sample", and the question before a second set of tables; in the pane, never a dialog. */
export const SampleButton = (props: { readonly isPrimary?: boolean }): ReactElement => {
  const styles = useStyles();
  const { state, commands } = usePaneContext();
  const ask = useRef<HTMLDivElement>(null);
  const isAsking = state.sample === "asking";
  useEffect(() => {
    if (isAsking && document.hasFocus()) ask.current?.focus();
  }, [isAsking]);
  if (isAsking) {
    return (
      <div ref={ask} role="group" aria-label="Insert another copy of the sample?" tabIndex={-1} className={styles.ask}>
        <p className={styles.text}>This workbook has such tables already. Another copy goes on new sheets with its own names; nothing is replaced.</p>
        <div className={styles.actions}>
          <Button appearance="primary" onClick={() => void commands.insertSample()}>
            Insert another copy
          </Button>
          <Button onClick={commands.declineSample}>Keep what is there</Button>
        </div>
      </div>
    );
  }
  const isInserting = state.sample === "inserting";
  return (
    <Button
      size={props.isPrimary ? "large" : "medium"}
      appearance={props.isPrimary ? "primary" : "secondary"}
      disabledFocusable={isInserting || state.progress !== undefined}
      onClick={commands.trySample}
    >
      {isInserting ? "Inserting the sample…" : "Try the sample"}
    </Button>
  );
};
