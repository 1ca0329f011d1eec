import type { ReactElement, ReactNode } from "react";
import { makeStyles } from "@fluentui/react-components";

const useStyles = makeStyles({
  hidden: { position: "absolute", width: "1px", height: "1px", margin: "-1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" },
});

/** Text for screen readers only; `isLive` reads changes out. */
export const HiddenText = (props: { readonly isLive?: boolean; readonly children: ReactNode }): ReactElement => {
  const styles = useStyles();
  return (
    <span className={styles.hidden} {...(props.isLive ? { "aria-live": "polite" as const } : {})}>
      {props.children}
    </span>
  );
};
