import type { ReactElement } from "react";
import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, Button, makeStyles } from "@fluentui/react-components";
import type { RunSummary } from "../../../app/collateral-app";
import type { AllocationOutcome } from "../../../core/optimization/allocation-outcome";
import { IssueList } from "../../components/issue-list";
import { usePaneContext } from "../../components/pane-context";
import { Panel } from "../../components/panel";
import { Prose } from "../../components/prose";
import { Section } from "../../components/section";
import { isMended } from "../../state/status-text";
import { AllocationList } from "./allocation-list";
import { CheckList } from "./check-list";
import { ConflictSection } from "./conflict-section";
import { CostSection } from "./cost-section";
import { CoverageSection } from "./coverage-section";
import { KeyFigures } from "./key-figures";
import { MovesChoice } from "./moves-choice";
import { MovesSection } from "./moves-section";
import { PinList } from "./pin-actions";
import { ResultsNotices } from "./results-notices";
import { RestorePrevious } from "./restore-previous";
import { RunDetails } from "./run-details";
import { SensitivityList } from "./sensitivity-list";
import { SheetLinks } from "./sheet-links";

const useStyles = makeStyles({
  more: { marginTop: "24px", marginLeft: "-8px", marginRight: "-8px" },
  inner: { margin: "0 8px 16px", display: "flex", flexDirection: "column", gap: "8px" },
  next: { display: "flex", flexDirection: "column", marginTop: "16px" },
});

const checksTitle = (summary: RunSummary): string => {
  const checks = summary.checks?.checks ?? [];
  const failed = checks.filter((check) => !check.passed).length;
  return failed === 0 ? `Checks: all ${checks.length} OK` : `Checks: ${failed} of ${checks.length} failed`;
};

/** What is worth a look but not at first sight; one open at a time. */
const MoreAboutIt = (props: { readonly summary: RunSummary; readonly outcome: AllocationOutcome }): ReactElement => {
  const styles = useStyles();
  const { summary, outcome } = props;
  const items: readonly (readonly [string, string, ReactElement])[] = [
    ...(summary.checks ? [["checks", checksTitle(summary), <CheckList report={summary.checks} />] as const] : []),
    [
      "allocation",
      `Allocation: ${outcome.lines.length} rows, pin or forbid`,
      <>
        <PinList />
        <AllocationList lines={outcome.lines} coverage={outcome.coverage} />
      </>,
    ],
    ...(outcome.sensitivities.length > 0
      ? [["sensitivities", "What would change the answer", <SensitivityList sensitivities={outcome.sensitivities} />] as const]
      : []),
    ...(summary.issues.length > 0 ? [["issues", `Notes on the data: ${summary.issues.length}`, <IssueList issues={summary.issues} />] as const] : []),
    ["details", "How it was found", <RunDetails summary={summary} solve={outcome.solve} />],
  ];
  return (
    <Accordion collapsible className={styles.more}>
      {items.map(([value, title, content]) => (
        <AccordionItem key={value} value={value}>
          <AccordionHeader as="h2">{title}</AccordionHeader>
          <AccordionPanel className={styles.inner}>{content}</AccordionPanel>
        </AccordionItem>
      ))}
    </Accordion>
  );
};

const Answer = (props: { readonly summary: RunSummary; readonly outcome: AllocationOutcome }): ReactElement => {
  const { summary, outcome } = props;
  return (
    <>
      <KeyFigures summary={summary} outcome={outcome} />
      <ResultsNotices shown={summary} />
      <ConflictSection conflicts={outcome.conflicts} />
      <SheetLinks sheets={summary.sheets} />
      <CoverageSection
        coverage={outcome.coverage}
        {...(outcome.unmet === undefined ? {} : { unmet: outcome.unmet })}
        {...(outcome.exceeded === undefined ? {} : { exceeded: outcome.exceeded })}
      />
      <CostSection outcome={outcome} covered={summary.coveredCalls} total={summary.totalCalls} />
      <MovesSection outcome={outcome} />
      <MovesChoice moves={outcome.movements.length} />
      <MoreAboutIt summary={summary} outcome={outcome} />
      <Untold sentences={outcome.untold ?? []} />
      {summary.sheets.length > 0 && <RestorePrevious />}
    </>
  );
};

/** What was not worked out besides the answer, and why. */
const Untold = (props: { readonly sentences: readonly string[] }): ReactElement | null => {
  if (props.sentences.length === 0) return null;
  return (
    <Section title="Not worked out">
      {props.sentences.map((sentence) => (
        <Prose key={sentence} isQuiet>
          {sentence}
        </Prose>
      ))}
    </Section>
  );
};

const NothingYet = (): ReactElement => {
  const styles = useStyles();
  const { state, commands } = usePaneContext();
  const hasData = (state.data.status?.tables.length ?? 0) > 0;
  return (
    <>
      <Prose>Coverage, cost and moves appear here after the first solve.</Prose>
      <div className={styles.next}>
        <Button appearance="primary" onClick={() => commands.goToTab(hasData ? "Run" : "Data")}>
          Continue
        </Button>
      </div>
    </>
  );
};

/** A run without an answer: what stopped it. */
const Stopper = (props: { readonly summary: RunSummary }): ReactElement | null => {
  const { text } = usePaneContext();
  const { summary } = props;
  if (summary.status === "cancelled") return null;
  return (
    <>
      <Prose isQuiet>{text.time(summary.finishedAt)}</Prose>
      {summary.issues.length === 0 && <Prose>Nothing was written; what stood on the sheets stands.</Prose>}
      {summary.checks && !summary.checks.passed && <CheckList report={summary.checks} />}
      <IssueList issues={summary.issues} />
    </>
  );
};

/** The Results tab: the latest answer, and before it what the latest run had to say where it has none. */
export const ResultsPanel = (): ReactElement => {
  const { state, text } = usePaneContext();
  const { lastRun, lastResult } = state;
  const answer = lastResult?.outcome;
  const isUnanswered = lastRun !== undefined && lastRun !== lastResult && !isMended(state);
  return (
    <Panel tab="Results" title="Results">
      {lastRun && lastRun === lastResult && <Prose isQuiet>{text.time(lastRun.finishedAt)}</Prose>}
      {isUnanswered && <Stopper summary={lastRun} />}
      {lastResult && answer ? <Answer summary={lastResult} outcome={answer} /> : !isUnanswered && <NothingYet />}
    </Panel>
  );
};
