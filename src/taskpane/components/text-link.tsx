import type { ReactElement, ReactNode } from "react";
import { Link, makeStyles } from "@fluentui/react-components";

const useStyles = makeStyles({ link: { fontSize: "inherit", lineHeight: "inherit", textAlign: "left", overflowWrap: "anywhere" } });

/** A link that acts inside the pane, in the size of the text around it. */
export const TextLink = (props: {
  readonly isInline?: boolean;
  /** What a screen reader says where the words alone do not tell which one is meant. */
  readonly label?: string;
  /** Stays in the tab order, so that the focus is not lost. */
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}): ReactElement => {
  const styles = useStyles();
  return (
    <Link
      as="button"
      inline={props.isInline ?? false}
      className={styles.link}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
      disabledFocusable={props.isDisabled ?? false}
      onClick={props.onClick}
    >
      {props.children}
    </Link>
  );
};
