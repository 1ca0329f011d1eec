import { useEffect, useRef, type ReactElement } from "react";
import { Button, makeStyles, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { MathFormula16Regular } from "@fluentui/react-icons/svg/math-formula";
import type { RiskScreen } from "../../../app/risk-screen";
import { FigureTable, Minor } from "../../components/figure-table";
import { usePaneContext } from "../../components/pane-context";
import { Section } from "../../components/section";
import { methodName } from "./risk-words";

const useStyles = makeStyles({
  figure: { display: "flex", alignItems: "center", justifyContent: "flex-end", gap: "4px", margin: "-4px 0" },
  bar: { paddingTop: "4px", paddingBottom: "4px" },
  body: { overflowWrap: "anywhere", whiteSpace: "normal" },
});

/** A number with the button that puts its formula into the selected cell. */
const Figure = (props: {
  readonly value: number;
  readonly measure: "VaR" | "ES";
  readonly method: string;
  readonly formula: string;
}): ReactElement => {
  const styles = useStyles();
  const { text, risk } = usePaneContext();
  const { value, measure, method, formula } = props;
  return (
    <span className={styles.figure}>
      {text.percent(value)}
      <Button
        size="small"
        appearance="subtle"
        icon={<MathFormula16Regular />}
        aria-label={`Insert ${measure} formula, ${method}`}
        title={formula}
        onClick={() => void risk.commands.insert(formula)}
      />
    </span>
  );
};

/** How the latest insertion ended; the panel's live text reads it out. */
const InsertedBar = (): ReactElement | null => {
  const styles = useStyles();
  const { inserted } = usePaneContext().risk;
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Not every engine has the method (jsdom).
    if (inserted) bar.current?.scrollIntoView?.({ block: "nearest" });
  }, [inserted]);
  if (!inserted) return null;
  return (
    <div ref={bar}>
      <MessageBar intent={inserted.isDone ? "success" : "error"} layout="multiline" className={styles.bar}>
        <MessageBarBody className={styles.body}>{inserted.text}</MessageBarBody>
      </MessageBar>
    </div>
  );
};

/** VaR and ES side by side, one method a row; a method without an answer says why. */
export const MethodTable = (props: { readonly screen: RiskScreen }): ReactElement => {
  const { text } = usePaneContext();
  const { screen } = props;
  return (
    <Section
      title="VaR and ES by method"
      hint="One-day loss as a share of the value. The button beside a number types its formula into the selected cell."
    >
      <FigureTable
        caption={`VaR and ES of ${screen.chosen} by method`}
        columns={[
          { title: "Method" },
          { title: `VaR ${text.share(screen.confidence)}`, isNumber: true },
          { title: `ES ${text.share(screen.esConfidence)}`, isNumber: true },
        ]}
        rows={screen.methods.map((row) => {
          const { method, valueAtRisk, expectedShortfall, problem, warnings } = row;
          return {
            key: method,
            cells: [
              <>
                {methodName(method)}
                {[...(problem === undefined ? [] : [problem]), ...warnings].map((note) => (
                  <Minor key={note}>{note}</Minor>
                ))}
              </>,
              valueAtRisk === undefined ? "–" : <Figure value={valueAtRisk} measure="VaR" method={method} formula={row.valueAtRiskFormula} />,
              expectedShortfall === undefined ? (
                "–"
              ) : (
                <Figure value={expectedShortfall} measure="ES" method={method} formula={row.expectedShortfallFormula} />
              ),
            ],
          };
        })}
      />
      <InsertedBar />
    </Section>
  );
};
