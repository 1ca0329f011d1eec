import { useRef, type KeyboardEvent, type ReactElement } from "react";
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DataBarVertical20Filled, DataBarVertical20Regular } from "@fluentui/react-icons/svg/data-bar-vertical";
import { DataLine20Filled, DataLine20Regular } from "@fluentui/react-icons/svg/data-line";
import { Play20Filled, Play20Regular } from "@fluentui/react-icons/svg/play";
import { QuestionCircle20Filled, QuestionCircle20Regular } from "@fluentui/react-icons/svg/question-circle";
import { Table20Filled, Table20Regular } from "@fluentui/react-icons/svg/table";
import { paneTabs, type PaneTab } from "../state/pane-state";

const useStyles = makeStyles({
  bar: {
    display: "grid",
    gridTemplateColumns: "repeat(5, minmax(0, 1fr))",
    // Excel lays its personality menu over the 40 px at the top right.
    paddingRight: "40px",
    // A pane at 200 % zoom: the labels need the room.
    "@media (max-width: 240px)": { paddingRight: 0 },
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  tab: {
    position: "relative",
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    gap: "2px",
    minHeight: "52px",
    padding: "4px 0",
    border: "none",
    backgroundColor: "transparent",
    color: tokens.colorNeutralForeground2,
    fontFamily: "inherit",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    "@media (max-width: 240px)": { fontSize: tokens.fontSizeBase100 },
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover, color: tokens.colorNeutralForeground1 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-3px", borderRadius: tokens.borderRadiusMedium },
    "::after": {
      content: '""',
      position: "absolute",
      left: "20%",
      right: "20%",
      bottom: "-1px",
      height: "3px",
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: "transparent",
    },
  },
  selected: {
    color: tokens.colorBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
    ":hover": { color: tokens.colorBrandForeground1 },
    "::after": { backgroundColor: tokens.colorCompoundBrandStroke, "@media (forced-colors: active)": { backgroundColor: "Highlight" } },
    "@media (forced-colors: active)": { color: "Highlight" },
  },
  icon: { position: "relative", height: "20px" },
  dot: {
    position: "absolute",
    top: "-2px",
    right: "-7px",
    width: "8px",
    height: "8px",
    borderRadius: "50%",
    backgroundColor: tokens.colorPaletteRedBackground3,
    "@media (forced-colors: active)": { backgroundColor: "CanvasText" },
  },
});

const icons: Readonly<Record<PaneTab, readonly [typeof Table20Regular, typeof Table20Filled]>> = {
  Data: [Table20Regular, Table20Filled],
  Run: [Play20Regular, Play20Filled],
  Results: [DataBarVertical20Regular, DataBarVertical20Filled],
  Risk: [DataLine20Regular, DataLine20Filled],
  Help: [QuestionCircle20Regular, QuestionCircle20Filled],
};

const steps: Readonly<Record<string, (at: number) => number>> = {
  ArrowRight: (at) => (at + 1) % paneTabs.length,
  ArrowLeft: (at) => (at + paneTabs.length - 1) % paneTabs.length,
  Home: () => 0,
  End: () => paneTabs.length - 1,
};

export const tabId = (tab: PaneTab): string => `tab-${tab}`;
export const panelId = (tab: PaneTab): string => `panel-${tab}`;

/** The tabs: icon above text, arrow keys, Home and End; one stop in the tab order. */
export const TabBar = (props: {
  readonly selected: PaneTab;
  readonly onSelect: (tab: PaneTab) => void;
  /** Tabs that carry a dot; a sentence elsewhere says why. */
  readonly dotted: readonly PaneTab[];
}): ReactElement => {
  const styles = useStyles();
  const bar = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const next = step && paneTabs[step(paneTabs.indexOf(props.selected))];
    if (!next) return;
    event.preventDefault();
    props.onSelect(next);
    bar.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus();
  };
  return (
    <div ref={bar} role="tablist" aria-label="Collateral Optimizer" className={styles.bar} onKeyDown={onKeyDown}>
      {paneTabs.map((tab) => {
        const isSelected = tab === props.selected;
        const Icon = icons[tab][isSelected ? 1 : 0];
        return (
          <button
            key={tab}
            type="button"
            role="tab"
            id={tabId(tab)}
            aria-selected={isSelected}
            aria-controls={panelId(tab)}
            tabIndex={isSelected ? 0 : -1}
            className={mergeClasses(styles.tab, isSelected && styles.selected)}
            onClick={() => props.onSelect(tab)}
          >
            <span className={styles.icon} aria-hidden="true">
              <Icon />
              {props.dotted.includes(tab) && <span className={styles.dot} />}
            </span>
            {tab}
          </button>
        );
      })}
    </div>
  );
};
