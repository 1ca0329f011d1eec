import type { ReactElement } from "react";
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { ArrowSync16Regular } from "@fluentui/react-icons/svg/arrow-sync";
import { IntentIcon } from "../../components/intent-icon";
import { IssueList } from "../../components/issue-list";
import { usePaneContext } from "../../components/pane-context";
import { Panel } from "../../components/panel";
import { Prose } from "../../components/prose";
import type { DataStatus } from "../../../app/collateral-app";
import type { SourceTable } from "../../../app/map-tables";
import { otherIssues } from "../../state/status-text";
import { ExchangeRules } from "./exchange-rules";
import { MapColumns } from "./map-columns";
import { MissingTables } from "./missing-tables";
import { OwnDataGuide } from "./own-data-guide";
import { SampleButton } from "./sample-button";
import { SetChooser } from "./set-chooser";
import { isInDoubt, SourceList } from "./source-list";
import { TableList } from "./table-list";
import { Welcome } from "./welcome";

const useStyles = makeStyles({
  fine: { display: "flex", alignItems: "center", gap: "8px", margin: "16px 0 0" },
  next: { display: "flex", flexDirection: "column", marginTop: "12px" },
  sample: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    marginTop: "24px",
    paddingTop: "16px",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  wait: { marginTop: "24px" },
});

const CheckButton = (): ReactElement => {
  const { state, commands } = usePaneContext();
  const isChecking = state.data.phase === "checking";
  return (
    <Button
      size="small"
      icon={<ArrowSync16Regular />}
      disabledFocusable={isChecking || state.progress !== undefined}
      onClick={() => void commands.checkData(state.set)}
    >
      {isChecking ? "Checking…" : "Check data"}
    </Button>
  );
};

const Verdict = (props: { readonly status: DataStatus }): ReactElement | null => {
  const styles = useStyles();
  const { commands } = usePaneContext();
  const { status } = props;
  if (!status.canRun) return null;
  return (
    <>
      {status.issues.length === 0 && (
        <p className={styles.fine}>
          <IntentIcon intent="success" />
          No problems found.
        </p>
      )}
      <div className={styles.next}>
        <Button appearance="primary" onClick={() => commands.goToTab("Run")}>
          Continue
        </Button>
      </div>
    </>
  );
};

const Dashboard = (props: { readonly status: DataStatus }): ReactElement => {
  const { status } = props;
  const { sources = [], missing } = status;
  // While tables are missing, those of the workbook that nobody has mapped yet are the likely answer.
  const isFirst = ({ kind, mapping }: SourceTable): boolean => missing.length > 0 && kind === undefined && mapping === undefined;
  if (status.tables.length === 0) {
    return (
      <>
        <Prose>No tables of the kinds below were found in this workbook.</Prose>
        <SourceList sources={sources} />
        <OwnDataGuide />
      </>
    );
  }
  return (
    <>
      <SetChooser status={status} />
      <Verdict status={status} />
      <SourceList sources={sources.filter(isFirst)} />
      <MissingTables names={missing} />
      <SourceList sources={sources.filter(isInDoubt)} />
      <IssueList issues={otherIssues(status)} />
      <TableList tables={status.tables} />
      <SourceList sources={sources.filter((source) => !isInDoubt(source) && !isFirst(source))} />
      <ExchangeRules />
    </>
  );
};

/** The Data tab: the first screen, or what was found in the workbook and what is wrong with it. */
export const DataPanel = (): ReactElement => {
  const styles = useStyles();
  const { state } = usePaneContext();
  const { status, phase } = state.data;
  const isFirst = state.welcome === "reopened" || (state.welcome === "due" && (status?.tables.length ?? 0) === 0);
  if (isFirst && (status || phase === "failed")) {
    return (
      <Panel tab="Data" title="Collateral Optimizer">
        <Welcome />
      </Panel>
    );
  }
  const mapped = status?.sources?.find(({ key }) => key === state.mapping);
  if (mapped !== undefined) {
    return (
      <Panel tab="Data" title="Map columns">
        <MapColumns key={mapped.key} source={mapped} />
      </Panel>
    );
  }
  return (
    <Panel tab="Data" title="Your data" action={<CheckButton />}>
      {status ? (
        <Dashboard status={status} />
      ) : (
        phase !== "failed" && <Spinner className={styles.wait} size="small" label="Looking for your tables" />
      )}
      {(status || phase === "failed") && (
        <div className={styles.sample}>
          <SampleButton />
        </div>
      )}
    </Panel>
  );
};
