import type { ReactElement } from "react";
import { makeStyles, tokens } from "@fluentui/react-components";
import type { RunSummary } from "../../../app/collateral-app";
import type { AllocationOutcome } from "../../../core/optimization/allocation-outcome";
import { usePaneContext } from "../../components/pane-context";

const useStyles = makeStyles({
  list: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 92px), 1fr))", gap: "8px", margin: "12px 0 0" },
  figure: {
    display: "flex",
    flexDirection: "column",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    "@media (forced-colors: active)": { border: "1px solid CanvasText" },
  },
  name: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  value: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
    overflowWrap: "anywhere",
  },
  unit: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** Coverage, cost and moves at a glance. */
export const KeyFigures = (props: { readonly summary: RunSummary; readonly outcome: AllocationOutcome }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { summary, outcome } = props;
  const deliveries = outcome.movements.filter((move) => move.action === "Delivery").length;
  const figures = [
    { name: "Covered", value: text.count(summary.coveredCalls), unit: `of ${text.count(summary.totalCalls)} calls` },
    { name: outcome.costPerDay < 0 ? "Income" : "Cost", value: text.money(Math.abs(outcome.costPerDay)), unit: `${outcome.baseCurrency} a day` },
    {
      name: "Moves",
      value: text.count(outcome.movements.length),
      unit: `${text.count(deliveries)} out, ${text.count(outcome.movements.length - deliveries)} back`,
    },
  ];
  return (
    <dl className={styles.list}>
      {figures.map(({ name, value, unit }) => (
        <div key={name} className={styles.figure}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>{value}</dd>
          <dd className={styles.unit}>{unit}</dd>
        </div>
      ))}
    </dl>
  );
};
