import type { ReactElement } from "react";
import { Button, Field, makeStyles, mergeClasses, MessageBar, MessageBarBody, Select, Spinner } from "@fluentui/react-components";
import { ArrowSync16Regular } from "@fluentui/react-icons/svg/arrow-sync";
import type { RiskScreen } from "../../../app/risk-screen";
import { HiddenText } from "../../components/hidden-text";
import { usePaneContext } from "../../components/pane-context";
import { Panel } from "../../components/panel";
import { Prose } from "../../components/prose";
import { BacktestSection } from "./backtest-section";
import { MethodTable } from "./method-table";
import { describeSample } from "./risk-words";

const useStyles = makeStyles({
  choices: { display: "grid", gridTemplateColumns: "minmax(0, 3fr) minmax(0, 2fr)", gap: "12px", marginTop: "12px" },
  wait: { marginTop: "24px" },
  bar: { marginTop: "16px", paddingTop: "8px", paddingBottom: "8px", alignItems: "start" },
  body: { overflowWrap: "anywhere", whiteSpace: "normal" },
  next: { display: "flex", flexDirection: "column", marginTop: "12px" },
  stale: { opacity: 0.6 },
});

const confidences: readonly number[] = [0.99, 0.975, 0.95];

const Choices = (props: { readonly screen: RiskScreen }): ReactElement | null => {
  const styles = useStyles();
  const { risk, text } = usePaneContext();
  const { choice, commands } = risk;
  const { series, chosen } = props.screen;
  if (series.length === 0) return null;
  const shown = choice.series !== undefined && series.includes(choice.series) ? choice.series : chosen;
  return (
    <div className={styles.choices}>
      <Field label="Series">
        <Select value={shown} onChange={(_, data) => commands.choose({ series: data.value })}>
          {series.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="VaR level">
        <Select value={String(choice.confidence)} onChange={(_, data) => commands.choose({ confidence: Number(data.value) })}>
          {confidences.map((level) => (
            <option key={level} value={String(level)}>
              {text.share(level)}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
};

/** Why there is nothing to show, and the way on. */
const Problem = (props: { readonly message: string }): ReactElement => {
  const styles = useStyles();
  const { commands } = usePaneContext();
  return (
    <>
      <MessageBar intent="error" layout="multiline" className={styles.bar}>
        <MessageBarBody className={styles.body}>{props.message}</MessageBarBody>
      </MessageBar>
      <div className={styles.next}>
        <Button onClick={() => commands.goToTab("Data")}>Go to Data</Button>
      </div>
    </>
  );
};

const Answer = (props: { readonly screen: RiskScreen; readonly isStale: boolean }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { screen, isStale } = props;
  return (
    <div className={mergeClasses(isStale && styles.stale)} aria-busy={isStale}>
      {screen.problem === undefined ? (
        <>
          <Prose isQuiet>{describeSample(screen, text)}</Prose>
          <MethodTable screen={screen} />
          <BacktestSection screen={screen} />
        </>
      ) : (
        <Problem message={screen.problem} />
      )}
    </div>
  );
};

/** The Risk tab: VaR and ES of a price history by method, and whether the VaR would have held. */
export const RiskPanel = (): ReactElement => {
  const styles = useStyles();
  const { risk } = usePaneContext();
  const { screen, isComputing, failure, inserted, commands } = risk;
  const spoken = isComputing
    ? "Computing"
    : (inserted?.text ?? (screen && !screen.problem ? `Risk of ${screen.chosen} computed` : (screen?.problem ?? "")));
  const refresh = (
    <Button size="small" icon={<ArrowSync16Regular />} disabledFocusable={isComputing} onClick={commands.analyse}>
      {isComputing ? "Computing…" : "Refresh"}
    </Button>
  );
  return (
    <Panel tab="Risk" title="Risk of prices" action={refresh}>
      {failure !== undefined && <Problem message={failure} />}
      {screen && <Choices screen={screen} />}
      {screen && failure === undefined && <Answer screen={screen} isStale={isComputing} />}
      {!screen && isComputing && <Spinner className={styles.wait} size="small" label="Reading the prices" />}
      <HiddenText isLive>{failure ?? spoken}</HiddenText>
    </Panel>
  );
};
