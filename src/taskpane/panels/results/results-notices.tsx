import type { ReactElement } from "react";
import { makeStyles, MessageBar, MessageBarBody } from "@fluentui/react-components";
import type { RunSummary } from "../../../app/collateral-app";
import { usePaneContext } from "../../components/pane-context";
import { SecondOpinionLine } from "../../components/second-opinion-line";
import { TextLink } from "../../components/text-link";

const useStyles = makeStyles({
  bar: { marginTop: "12px", paddingTop: "8px", paddingBottom: "8px", alignItems: "start" },
  body: { overflowWrap: "anywhere", whiteSpace: "normal" },
  list: { margin: "4px 0 0", paddingLeft: "16px" },
});

/** What a reader must know before trusting the figures below: rules not applied, inputs changed, an older run. */
export const ResultsNotices = (props: { readonly shown: RunSummary }): ReactElement => {
  const styles = useStyles();
  const { state, commands, text } = usePaneContext();
  const { shown } = props;
  const { lastRun } = state;
  const unapplied = shown.outcome?.unapplied ?? [];
  const { phase, status } = state.data;
  // While a check is under way the hash is that of an older look at the cells.
  const hashNow = phase === "ready" ? status?.inputHash : undefined;
  const hasMoved = hashNow !== undefined && shown.inputHash !== undefined && hashNow !== shown.inputHash;
  const isOlder = lastRun !== undefined && lastRun !== shown;
  return (
    <>
      {isOlder && (
        <MessageBar intent="info" layout="multiline" className={styles.bar}>
          <MessageBarBody
            className={styles.body}
          >{`Below is the result of ${text.time(shown.finishedAt)}. It still stands on the sheets.`}</MessageBarBody>
        </MessageBar>
      )}
      {hasMoved && (
        <MessageBar intent="info" layout="multiline" className={styles.bar}>
          <MessageBarBody className={styles.body}>
            {"Inputs have changed since this run. "}
            <TextLink isInline onClick={() => commands.goToTab("Run")}>
              Run again
            </TextLink>
            .
          </MessageBarBody>
        </MessageBar>
      )}
      <SecondOpinionLine summary={shown} onlyWarns />
      {unapplied.length > 0 && (
        <MessageBar intent="warning" layout="multiline" className={styles.bar}>
          <MessageBarBody className={styles.body}>
            <strong>{unapplied.length === 1 ? "1 rule type was not applied" : `${unapplied.length} rule types were not applied`}</strong>
            <ul className={styles.list}>
              {unapplied.map((rule) => (
                <li key={`${rule.table}/${rule.rule}`}>{`${rule.rule} (${rule.table}, ${text.count(rule.count)}): ${rule.effect}`}</li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
};
