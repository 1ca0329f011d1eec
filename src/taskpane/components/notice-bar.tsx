import { useEffect, useRef, type ReactElement } from "react";
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from "@fluentui/react-components";
import { Dismiss16Regular } from "@fluentui/react-icons/svg/dismiss";
import { usePaneContext } from "./pane-context";
import type { Notice } from "../state/pane-state";

const useStyles = makeStyles({
  // It stays in sight wherever the panel is scrolled to, so that nothing has to jump to show it.
  stick: { position: "sticky", top: 0, zIndex: 2, backgroundColor: tokens.colorNeutralBackground1 },
  bar: { marginTop: "8px", paddingTop: "4px", paddingBottom: "4px" },
  body: { overflowWrap: "anywhere", whiteSpace: "normal" },
});

/** What the latest action in a panel led to; the hidden live region of the pane reads it out. */
export const NoticeBar = (props: { readonly notice: Notice }): ReactElement => {
  const styles = useStyles();
  const { commands } = usePaneContext();
  const bar = useRef<HTMLDivElement>(null);
  const { notice } = props;
  useEffect(() => {
    // The button that led to it may stand far below. Not every engine has the method (jsdom).
    bar.current?.scrollIntoView?.({ block: "nearest" });
  }, [notice]);
  return (
    <div ref={bar} className={styles.stick}>
      <MessageBar intent={notice.intent} layout="multiline" className={styles.bar}>
        <MessageBarBody className={styles.body}>{notice.text}</MessageBarBody>
        <MessageBarActions
          containerAction={<Button appearance="transparent" aria-label="Close message" icon={<Dismiss16Regular />} onClick={commands.closeNotice} />}
        />
      </MessageBar>
    </div>
  );
};
