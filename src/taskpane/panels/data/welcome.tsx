import type { ReactElement } from "react";
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { LockClosed16Regular } from "@fluentui/react-icons/svg/lock-closed";
import { Prose } from "../../components/prose";
import { usePaneContext } from "../../components/pane-context";
import { SampleButton } from "./sample-button";

const useStyles = makeStyles({
  lead: { margin: "8px 0 0", fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  steps: { margin: "24px 0 0", padding: 0, listStyleType: "none", display: "flex", flexDirection: "column", gap: "12px", counterReset: "step" },
  step: {
    display: "grid",
    gridTemplateColumns: "24px minmax(0, 1fr)",
    gap: "12px",
    counterIncrement: "step",
    "::before": {
      content: "counter(step)",
      display: "flex",
      alignItems: "center",
      justifyContent: "center",
      width: "24px",
      height: "24px",
      borderRadius: "50%",
      backgroundColor: tokens.colorBrandBackground2,
      color: tokens.colorBrandForeground2,
      fontSize: tokens.fontSizeBase200,
      fontWeight: tokens.fontWeightSemibold,
      "@media (forced-colors: active)": { border: "1px solid CanvasText" },
    },
  },
  stepText: { paddingTop: "2px" },
  actions: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "16px" },
  others: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 120px), 1fr))", gap: "8px" },
  private: {
    display: "flex",
    alignItems: "center",
    gap: "8px",
    marginTop: "16px",
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** The first screen: what it is for, one thing to do, a way round it. */
export const Welcome = (): ReactElement => {
  const styles = useStyles();
  const { commands } = usePaneContext();
  return (
    <>
      <p className={styles.lead}>Covers your margin calls with the collateral that costs you least, and proves it in your workbook.</p>
      <div className={styles.actions}>
        <SampleButton isPrimary />
        <div className={styles.others}>
          <Button onClick={commands.closeWelcome}>Use my data</Button>
          <Button appearance="subtle" onClick={commands.closeWelcome}>
            Skip
          </Button>
        </div>
      </div>
      <ol className={styles.steps}>
        <li className={styles.step}>
          <span className={styles.stepText}>Reads positions, calls, haircuts and limits from your tables.</span>
        </li>
        <li className={styles.step}>
          <span className={styles.stepText}>Finds the cheapest allocation and checks every rule again.</span>
        </li>
        <li className={styles.step}>
          <span className={styles.stepText}>Writes it to new sheets, with formulas that recompute it.</span>
        </li>
      </ol>
      <div className={styles.private}>
        <LockClosed16Regular aria-hidden="true" />
        <span>Nothing leaves this workbook. No sign-in.</span>
      </div>
      <Prose isQuiet>The sample is a desk with illustrative numbers, on sheets of its own. Your sheets stay as they are.</Prose>
    </>
  );
};
