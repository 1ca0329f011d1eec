import type { ReactElement, ReactNode } from "react";
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  text: { margin: "8px 0 0", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** A paragraph; `isQuiet` for what may be skipped. */
export const Prose = (props: { readonly isQuiet?: boolean; readonly children: ReactNode }): ReactElement => {
  const styles = useStyles();
  return <p className={mergeClasses(styles.text, props.isQuiet && styles.quiet)}>{props.children}</p>;
};
