import type { ReactElement } from "react";
import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, makeStyles } from "@fluentui/react-components";
import type { RiskScreen } from "../../../app/risk-screen";
import { FigureTable, Minor } from "../../components/figure-table";
import { IntentIcon } from "../../components/intent-icon";
import { usePaneContext } from "../../components/pane-context";
import { Section } from "../../components/section";
import { ReturnPlot } from "./return-plot";
import { decisionOf, describeBacktest, testName } from "./risk-words";

const useStyles = makeStyles({
  more: { margin: "0 -8px" },
  inner: { margin: "0 8px 8px" },
  decision: { whiteSpace: "nowrap" },
});

const ExceptionList = (props: { readonly screen: RiskScreen }): ReactElement | null => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const exceptions = props.screen.days.filter((day) => day.isException);
  if (exceptions.length === 0) return null;
  return (
    <Accordion collapsible className={styles.more}>
      <AccordionItem value="exceptions">
        <AccordionHeader as="h3">{`Exceptions: ${text.count(exceptions.length)}`}</AccordionHeader>
        <AccordionPanel className={styles.inner}>
          <FigureTable
            caption="Days with a loss above the VaR"
            columns={[{ title: "Day" }, { title: "Return", isNumber: true }, { title: "VaR", isNumber: true }]}
            rows={exceptions.map(({ date, value, valueAtRisk }) => ({
              key: date,
              cells: [text.day(date), text.percent(value), valueAtRisk === undefined ? "–" : text.percent(valueAtRisk)],
            }))}
          />
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
};

/** Did the VaR hold? The plot, the days it did not, and what the tests say. */
export const BacktestSection = (props: { readonly screen: RiskScreen }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { screen } = props;
  return (
    <Section title="Back-test" hint={describeBacktest(screen, text)}>
      <ReturnPlot screen={screen} />
      <ExceptionList screen={screen} />
      <FigureTable
        caption={`Back-test of the VaR of ${screen.chosen}, tests at 95 %`}
        columns={[{ title: "Test" }, { title: "Decision" }, { title: "p\u00a0value", isNumber: true }]}
        rows={screen.verdicts.map(({ test, decision, detail, pValue }) => {
          const { text: words, intent } = decisionOf(decision);
          return {
            key: test,
            cells: [
              <>
                {testName(test)}
                <Minor>{detail}</Minor>
              </>,
              <span className={styles.decision}>
                <IntentIcon intent={intent} /> {words}
              </span>,
              pValue === undefined ? "–" : text.probability(pValue),
            ],
          };
        })}
      />
    </Section>
  );
};
