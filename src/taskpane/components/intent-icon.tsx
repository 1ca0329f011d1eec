import type { ReactElement } from "react";
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircle16Filled } from "@fluentui/react-icons/svg/checkmark-circle";
import { ErrorCircle16Filled } from "@fluentui/react-icons/svg/error-circle";
import { Info16Filled } from "@fluentui/react-icons/svg/info";
import { Warning16Filled } from "@fluentui/react-icons/svg/warning";
import type { Intent } from "../state/pane-state";

const useStyles = makeStyles({
  icon: { flexShrink: 0, verticalAlign: "-3px", "@media (forced-colors: active)": { color: "CanvasText" } },
  success: { color: tokens.colorStatusSuccessForeground1 },
  info: { color: tokens.colorNeutralForeground3 },
  warning: { color: tokens.colorStatusWarningForeground3 },
  error: { color: tokens.colorStatusDangerForeground1 },
});

const icons = { success: CheckmarkCircle16Filled, info: Info16Filled, warning: Warning16Filled, error: ErrorCircle16Filled } as const;

/** A small sign beside words that say the same: never the only carrier of a meaning. */
export const IntentIcon = (props: { readonly intent: Intent }): ReactElement => {
  const styles = useStyles();
  const Icon = icons[props.intent];
  return <Icon aria-hidden="true" className={mergeClasses(styles.icon, styles[props.intent])} />;
};
