import { useEffect, useRef, type ReactElement, type ReactNode } from "react";
import { makeStyles, tokens } from "@fluentui/react-components";
import { NoticeBar } from "./notice-bar";
import { usePaneContext } from "./pane-context";
import { panelId, tabId } from "./tab-bar";
import type { PaneTab } from "../state/pane-state";

const useStyles = makeStyles({
  panel: {
    height: "100%",
    overflowX: "hidden",
    overflowY: "auto",
    boxSizing: "border-box",
    padding: "16px 16px 24px",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-3px" },
    "&[hidden]": { display: "none" },
  },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px", minHeight: "32px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    outline: "none",
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
  },
});

/** Tells whether the pane may take the focus: never while the user is typing in the grid. */
const hasFocus = (): boolean => document.hasFocus();

/** One tab's content: heading, notice, scrolling. Takes the focus where what had it is gone. */
export const Panel = (props: {
  readonly tab: PaneTab;
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}): ReactElement => {
  const styles = useStyles();
  const { state } = usePaneContext();
  const heading = useRef<HTMLHeadingElement>(null);
  const answered = useRef(state.focusRequest);
  const isShown = state.tab === props.tab;
  useEffect(() => {
    if (answered.current === state.focusRequest) return;
    answered.current = state.focusRequest;
    if (isShown && hasFocus()) heading.current?.focus();
  }, [isShown, state.focusRequest]);
  return (
    <div role="tabpanel" id={panelId(props.tab)} aria-labelledby={tabId(props.tab)} hidden={!isShown} className={styles.panel}>
      <div className={styles.head}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {props.title}
        </h1>
        {props.action}
      </div>
      {state.notice?.tab === props.tab && <NoticeBar notice={state.notice} />}
      {props.children}
    </div>
  );
};
