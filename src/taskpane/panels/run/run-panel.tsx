import { useId, type ReactElement } from "react";
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { RecordStop20Regular } from "@fluentui/react-icons/svg/record-stop";
import { Dismiss20Regular } from "@fluentui/react-icons/svg/dismiss";
import { Play20Filled } from "@fluentui/react-icons/svg/play";
import { ownSet } from "../../../core/tables/mapping/table-mapping";
import { usePaneContext } from "../../components/pane-context";
import { Panel } from "../../components/panel";
import { Prose } from "../../components/prose";
import { SecondOpinionLine } from "../../components/second-opinion-line";
import { TextLink } from "../../components/text-link";
import { countBlockers } from "../../state/status-text";
import { PhaseList } from "./phase-list";
import { RunClock } from "./run-clock";

const useStyles = makeStyles({
  buttons: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "16px" },
  // Side by side where there is room, each with what it does below it; one below the other at 200 % zoom.
  pair: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 132px), 1fr))", gap: "8px" },
  choice: { display: "flex", flexDirection: "column", gap: "8px", minWidth: 0 },
  hint: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  progress: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "16px" },
  text: { margin: 0, minHeight: "20px", overflowWrap: "anywhere" },
});

/** What the run would work on, and the way to its problems. */
const Inputs = (): ReactElement | null => {
  const { state, commands, text } = usePaneContext();
  const { status } = state.data;
  if (!status) return null;
  if (status.tables.length === 0) {
    return (
      <Prose>
        There is nothing to run on yet.{" "}
        <TextLink isInline onClick={() => commands.goToTab("Data")}>
          Choose your data
        </TextLink>
      </Prose>
    );
  }
  const blockers = countBlockers(status);
  const rows = status.tables.reduce((sum, table) => sum + table.rowsRead, 0);
  const set =
    status.sets.length > 1 ? (status.chosenSet === ownSet ? ", those that you mapped" : ` from the set of tblAssets${status.chosenSet}`) : "";
  if (status.canRun) return <Prose>{`Works on ${status.tables.length} tables with ${text.count(rows)} rows${set}.`}</Prose>;
  return (
    <Prose>
      {blockers === 0 ? "The data cannot be run yet. " : `${blockers} ${blockers === 1 ? "problem stops" : "problems stop"} it. `}
      <TextLink isInline onClick={() => commands.goToTab("Data")}>
        See what to fix
      </TextLink>
    </Prose>
  );
};

const Progress = (): ReactElement => {
  const styles = useStyles();
  const { state } = usePaneContext();
  const { progress, request } = state;
  const asked = request === "stop" ? "Stopping; the best answer so far is checked and written." : request === "cancel" ? "Cancelling." : undefined;
  const isDone = state.lastRun?.status === "done" || state.lastRun?.status === "stopped";
  return (
    <div className={styles.progress}>
      {progress && (
        <>
          <RunClock progress={progress} />
          <p className={styles.text}>{asked}</p>
        </>
      )}
      <PhaseList current={progress?.phase} isDone={!progress && isDone} />
      {!progress && <SecondOpinionLine summary={state.lastRun} />}
    </div>
  );
};

/** The Run tab: one button to start, Stop and Cancel, and how far it has come. */
export const RunPanel = (): ReactElement => {
  const styles = useStyles();
  const { state, commands } = usePaneContext();
  const isRunning = state.progress !== undefined;
  const stopHint = useId();
  const cancelHint = useId();
  const isAsked = state.request !== "none";
  return (
    <Panel tab="Run" title="Cheapest allocation">
      <Inputs />
      <div className={styles.buttons}>
        {/* It stays in place while running, so that a double press cannot hit Stop and the focus is not lost. */}
        <Button
          appearance="primary"
          size="large"
          icon={<Play20Filled />}
          disabledFocusable={isRunning || state.sample === "inserting"}
          onClick={() => commands.run()}
        >
          Run
        </Button>
        <div className={styles.pair}>
          <div className={styles.choice}>
            <Button icon={<RecordStop20Regular />} disabledFocusable={!isRunning || isAsked} aria-describedby={stopHint} onClick={commands.stop}>
              Stop
            </Button>
            <p id={stopHint} className={styles.hint}>
              Keeps the best so far: it is checked and written.
            </p>
          </div>
          <div className={styles.choice}>
            <Button icon={<Dismiss20Regular />} disabledFocusable={!isRunning || isAsked} aria-describedby={cancelHint} onClick={commands.cancel}>
              Cancel
            </Button>
            <p id={cancelHint} className={styles.hint}>
              Throws it away: the sheets stay as they are.
            </p>
          </div>
        </div>
      </div>
      <Progress />
      <Prose isQuiet>Ends by itself after 10 s, or after timeLimitSeconds of tblSettings. You can go on working in the sheet meanwhile.</Prose>
    </Panel>
  );
};
