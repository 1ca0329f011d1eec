import { useId, type ReactElement } from "react";
import { Label, makeStyles, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import { usePaneContext } from "../../components/pane-context";
import { FigureTable } from "../../components/figure-table";
import { Panel } from "../../components/panel";
import { Prose } from "../../components/prose";
import { Section } from "../../components/section";
import { TextLink } from "../../components/text-link";
import type { ColourChoice } from "../../state/stored-choices";
import { FunctionPages } from "./function-pages";

const useStyles = makeStyles({
  steps: { margin: "8px 0 0", paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "4px" },
  colours: { display: "flex", flexDirection: "column", marginLeft: "-8px" },
  label: { marginLeft: "8px" },
  version: { marginTop: "24px", paddingTop: "12px", borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  key: { fontFamily: "inherit", whiteSpace: "nowrap" },
});

const keys: readonly (readonly [string, string])[] = [
  ["F6", "between the sheet and this pane"],
  ["Tab", "to the next control"],
  ["← →", "between the tabs above"],
  ["Home, End", "first and last tab"],
  ["Enter, Space", "press a button"],
];

const ColourSwitch = (): ReactElement => {
  const styles = useStyles();
  const { colours } = usePaneContext();
  const id = useId();
  return (
    <div className={styles.colours}>
      <Label id={id} className={styles.label}>
        Follows Office unless you choose
      </Label>
      <RadioGroup layout="horizontal" aria-labelledby={id} value={colours.choice} onChange={(_, data) => colours.choose(data.value as ColourChoice)}>
        <Radio value="auto" label="Automatic" />
        <Radio value="light" label="Light" />
        <Radio value="dark" label="Dark" />
      </RadioGroup>
    </div>
  );
};

/** The Help tab: how it goes, every function's page, keys, privacy, version. */
export const HelpPanel = (): ReactElement => {
  const styles = useStyles();
  const { state, commands, version } = usePaneContext();
  return (
    <Panel tab="Help" title="Help">
      <ol className={styles.steps}>
        <li>Data: insert the sample, name your own tables or map their columns. Every problem has a cell and a fix.</li>
        <li>Run: one press. Stop keeps the best answer so far, Cancel writes nothing.</li>
        <li>Results: coverage, cost and moves, with formulas on the sheets that recompute them.</li>
      </ol>
      <Prose isQuiet>
        Your cells are never overwritten: results go to sheets of their own, and the ones before can be put back.{" "}
        <TextLink isInline onClick={commands.reopenWelcome}>
          Show the first screen
        </TextLink>
      </Prose>
      <FunctionPages isShown={state.tab === "Help"} />
      <Section title="Colours">
        <ColourSwitch />
      </Section>
      <Section title="Keys">
        <FigureTable
          caption="Keys"
          columns={[{ title: "Key" }, { title: "Goes" }]}
          rows={keys.map(([key, goes]) => ({ key, cells: [<kbd className={styles.key}>{key}</kbd>, goes] }))}
        />
      </Section>
      <Section title="Privacy">
        <Prose>Nothing leaves this workbook. Everything is computed on this computer; there is no sign-in and no telemetry.</Prose>
      </Section>
      <div className={styles.version}>
        <Prose isQuiet>{`Collateral Optimizer ${version}`}</Prose>
        <Prose isQuiet>Requirements of margin models are taken as you give them; nothing here is an official margin figure.</Prose>
      </div>
    </Panel>
  );
};
