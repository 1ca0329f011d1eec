import { useMemo, type ReactElement } from "react";
import { FluentProvider, makeStyles, tokens } from "@fluentui/react-components";
import type { CollateralApp } from "../app/collateral-app";
import { HiddenText } from "./components/hidden-text";
import { PaneContext, type PaneContextValue } from "./components/pane-context";
import { paneTheme } from "./components/pane-theme";
import { StatusLine } from "./components/status-line";
import { TabBar } from "./components/tab-bar";
import { useColourScheme } from "./components/use-colour-scheme";
import { DataPanel } from "./panels/data/data-panel";
import { HelpPanel } from "./panels/help/help-panel";
import { ResultsPanel } from "./panels/results/results-panel";
import { RiskPanel } from "./panels/risk/risk-panel";
import { RunPanel } from "./panels/run/run-panel";
import type { HostTheme } from "./state/colour-scheme";
import { numberText } from "./state/number-text";
import { describeStatus } from "./state/status-text";
import { useExchange } from "./state/use-exchange";
import { usePane } from "./state/use-pane";
import { useRisk } from "./state/use-risk";

const useStyles = makeStyles({
  provider: { height: "100%", backgroundColor: tokens.colorNeutralBackground1 },
  pane: {
    display: "grid",
    gridTemplateRows: "auto auto minmax(0, 1fr)",
    gridTemplateColumns: "minmax(0, 1fr)",
    height: "100%",
    position: "relative",
  },
  panels: { minHeight: 0 },
});

/** The task pane: tabs, the status line, a panel for each tab. Talks to the workbook through the app's port alone. */
export const TaskPane = (props: {
  readonly app: CollateralApp;
  /** BCP 47 tag of the language of numbers and times. */
  readonly displayLanguage: string;
  readonly hostTheme?: HostTheme | undefined;
}): ReactElement => {
  const styles = useStyles();
  const { app, displayLanguage, hostTheme } = props;
  const { state, commands } = usePane(app);
  const risk = useRisk(app, state.tab === "Risk");
  const exchange = useExchange(app);
  const { scheme, choice, choose } = useColourScheme(hostTheme);
  const text = useMemo(() => numberText(displayLanguage), [displayLanguage]);
  const context = useMemo<PaneContextValue>(
    () => ({ state, commands, text, risk, exchange, version: app.version, colours: { choice, choose } }),
    [state, commands, text, risk, exchange, app, choice, choose],
  );
  const { status } = state.data;
  const hasProblems = status !== undefined && status.tables.length > 0 && !status.canRun;
  return (
    <FluentProvider theme={paneTheme(scheme)} className={styles.provider}>
      <PaneContext.Provider value={context}>
        <div className={styles.pane}>
          <TabBar selected={state.tab} onSelect={commands.chooseTab} dotted={hasProblems ? ["Data"] : []} />
          <StatusLine status={describeStatus(state)} />
          <main className={styles.panels}>
            <DataPanel />
            <RunPanel />
            <ResultsPanel />
            <RiskPanel />
            <HelpPanel />
          </main>
          <HiddenText isLive>{state.notice?.text ?? ""}</HiddenText>
        </div>
      </PaneContext.Provider>
    </FluentProvider>
  );
};
