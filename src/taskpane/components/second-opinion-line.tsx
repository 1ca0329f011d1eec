import type { ReactElement } from "react";
import { makeStyles, MessageBar, MessageBarBody } from "@fluentui/react-components";
import type { RunSummary } from "../../app/collateral-app";
import { Prose } from "./prose";

const useStyles = makeStyles({
  bar: { marginTop: "12px", paddingTop: "8px", paddingBottom: "8px", alignItems: "start" },
  body: { overflowWrap: "anywhere", whiteSpace: "normal" },
});

/** What a second engine says of a run's cost: a quiet line where it agrees, a warning where it does not. */
export const SecondOpinionLine = (props: { readonly summary: RunSummary | undefined; readonly onlyWarns?: boolean }): ReactElement | null => {
  const styles = useStyles();
  const opinion = props.summary?.secondOpinion;
  if (opinion === undefined) return null;
  if (opinion.verdict !== "differs") return props.onlyWarns === true ? null : <Prose isQuiet>{opinion.text}</Prose>;
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.bar}>
      <MessageBarBody className={styles.body}>{opinion.text}</MessageBarBody>
    </MessageBar>
  );
};
