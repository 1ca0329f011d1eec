import type { ReactElement } from "react";
import type { AllocationLine, CoverageLine } from "../../../core/optimization/allocation-outcome";
import { FigureTable, Minor } from "../../components/figure-table";
import { usePaneContext } from "../../components/pane-context";
import { ShowAll } from "../../components/show-all";
import { PinActions } from "./pin-actions";

/** What is posted where after the run. */
export const AllocationList = (props: { readonly lines: readonly AllocationLine[]; readonly coverage: readonly CoverageLine[] }): ReactElement => {
  const { text } = usePaneContext();
  const currency = new Map(props.coverage.map((line) => [line.agreementId, line.currency]));
  return (
    <ShowAll items={props.lines} first={12} noun="rows">
      {(shown) => (
        <FigureTable
          caption="Allocation"
          columns={[{ title: "Call and asset" }, { title: "After haircut", isNumber: true }]}
          rows={shown.map((line) => ({
            key: `${line.agreementId}/${line.inventoryKey}`,
            cells: [
              <>
                {`${line.agreementId}: ${text.quantity(line.quantity)} ${line.assetId}`}
                <Minor>{[`haircut ${text.share(line.haircut)}`, line.location].filter(Boolean).join(", ")}</Minor>
                <PinActions line={line} lines={props.lines} />
              </>,
              <>
                {text.money(line.collateralValue)}
                <Minor>{currency.get(line.agreementId)}</Minor>
              </>,
            ],
          }))}
        />
      )}
    </ShowAll>
  );
};
