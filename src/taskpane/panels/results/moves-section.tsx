import type { ReactElement } from "react";
import { ArrowLeft16Regular } from "@fluentui/react-icons/svg/arrow-left";
import { ArrowRight16Regular } from "@fluentui/react-icons/svg/arrow-right";
import { makeStyles, tokens } from "@fluentui/react-components";
import type { AllocationOutcome, Movement } from "../../../core/optimization/allocation-outcome";
import { FigureTable, Minor } from "../../components/figure-table";
import { usePaneContext } from "../../components/pane-context";
import { Prose } from "../../components/prose";
import { Section } from "../../components/section";
import { ShowAll } from "../../components/show-all";

const useStyles = makeStyles({
  icon: { verticalAlign: "-3px", color: tokens.colorBrandForeground1, "@media (forced-colors: active)": { color: "CanvasText" } },
});

const place = (move: Movement): string => [move.location, move.account].filter(Boolean).join(", ");

const route = (move: Movement): string =>
  move.action === "Delivery"
    ? `to ${move.agreementId}${place(move) && ` from ${place(move)}`}`
    : `from ${move.agreementId}${place(move) && ` to ${place(move)}`}`;

/** Tells whether the reason says more than the route does. */
const hasReason = (move: Movement): boolean => move.reason !== "" && !move.reason.includes(move.agreementId);

/** What to deliver and what to take back: the differences from the postings of today. */
export const MovesSection = (props: { readonly outcome: AllocationOutcome }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { movements, baseCurrency } = props.outcome;
  if (movements.length === 0) {
    return (
      <Section title="Moves">
        <Prose>Nothing to move: today&apos;s postings are the answer.</Prose>
      </Section>
    );
  }
  return (
    <Section title="Moves" hint={`Differences from tblHoldings. Values in ${baseCurrency}.`}>
      <ShowAll items={movements} first={8} noun="moves">
        {(shown) => (
          <FigureTable
            caption="Moves from today's postings"
            columns={[{ title: "Move" }, { title: "Value", isNumber: true }]}
            rows={shown.map((move) => {
              const isDelivery = move.action === "Delivery";
              const Icon = isDelivery ? ArrowRight16Regular : ArrowLeft16Regular;
              return {
                key: `${move.agreementId}/${move.inventoryKey}/${move.action}`,
                cells: [
                  <>
                    <Icon aria-hidden="true" className={styles.icon} />{" "}
                    {`${isDelivery ? "Deliver" : "Return"} ${text.quantity(move.quantity)} ${move.assetId}`}
                    <Minor>{route(move)}</Minor>
                    {hasReason(move) && <Minor>{move.reason}</Minor>}
                    {move.startBy !== undefined && <Minor>{`start by ${text.time(move.startBy)}`}</Minor>}
                  </>,
                  text.money(move.marketValue),
                ],
              };
            })}
          />
        )}
      </ShowAll>
    </Section>
  );
};
