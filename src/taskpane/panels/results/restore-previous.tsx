import type { ReactElement } from "react";
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowUndo16Regular } from "@fluentui/react-icons/svg/arrow-undo";
import { usePaneContext } from "../../components/pane-context";
import { Prose } from "../../components/prose";

const useStyles = makeStyles({ box: { marginTop: "16px", paddingTop: "16px", borderTop: `1px solid ${tokens.colorNeutralStroke3}` } });

/** The way back to the results before, which does not depend on Excel's own undo. */
export const RestorePrevious = (): ReactElement => {
  const styles = useStyles();
  const { state, commands } = usePaneContext();
  return (
    <div className={styles.box}>
      <Button
        icon={<ArrowUndo16Regular />}
        disabledFocusable={state.isRestoring || state.progress !== undefined}
        onClick={() => void commands.restorePrevious()}
      >
        {state.isRestoring ? "Restoring…" : "Restore previous"}
      </Button>
      <Prose isQuiet>Puts back on the result sheets what they held before this result.</Prose>
    </div>
  );
};
