import type { ReactElement, ReactNode } from "react";
import { Link, makeStyles } from "@fluentui/react-components";

const useStyles = makeStyles({ link: { fontSize: "inherit", lineHeight: "inherit", textAlign: "left", overflowWrap: "anywhere" } });

/** A link that acts inside the pane, in the size of the text around it. */
export const TextLink = (props: { readonly isInline?: boolean; readonly onClick: () => void; readonly children: ReactNode }): ReactElement => {
  const styles = useStyles();
  return (
    <Link as="button" inline={props.isInline ?? false} className={styles.link} onClick={props.onClick}>
      {props.children}
    </Link>
  );
};
