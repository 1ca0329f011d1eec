import type { ReactElement } from "react";
import { makeStyles, mergeClasses, MessageBar, MessageBarBody } from "@fluentui/react-components";
import type { TierPreview } from "../../../app/exchange-rules";
import { FigureTable, Minor } from "../../components/figure-table";
import { usePaneContext } from "../../components/pane-context";
import { Prose } from "../../components/prose";
import { ShowAll } from "../../components/show-all";
import type { NumberText } from "../../state/number-text";

type TierChange = TierPreview["changes"][number];

const useStyles = makeStyles({
  bar: { marginTop: "8px", paddingTop: "4px", paddingBottom: "4px", alignItems: "start" },
  body: { overflowWrap: "anywhere", whiteSpace: "normal" },
  slab: { display: "block" },
  short: { whiteSpace: "nowrap" },
  table: { marginTop: "12px" },
});

const isOurs = ({ countedBefore, countedAfter }: TierChange): boolean => countedBefore !== undefined || countedAfter !== undefined;

/** What the change comes to, in words. */
const changeWords = ({ change, before, after, countedBefore, countedAfter }: TierChange, text: NumberText): string => {
  if (change === "new") return "New";
  if (change === "removed") return "Not in the paste: stays as it is";
  if (change === "ended") return "Not in the paste: counts nothing from then";
  if (before === after) return "Changed: coin or value";
  if (countedBefore === undefined || countedAfter === undefined) return "Changed";
  const difference = countedAfter - countedBefore;
  if (Math.abs(difference) < 0.00005) return "Changed, not for our amount";
  return difference < 0 ? `${text.percent(-difference)} less counts` : `${text.percent(difference)} more counts`;
};

const Slabs = (props: { readonly slabs: string; readonly counted: number | undefined }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  if (props.slabs === "") return <>–</>;
  return (
    <>
      {props.slabs.split(", ").map((slab) => (
        <span key={slab} className={mergeClasses(styles.slab, slab.length <= 20 && styles.short)}>
          {slab.replaceAll(" %", "\u00a0%")}
        </span>
      ))}
      {props.counted !== undefined && <Minor>{`of ours: ${text.percent(props.counted)}`}</Minor>}
    </>
  );
};

/** How many assets change, as the heading of the difference. */
export const countChanges = ({ changes }: TierPreview): { readonly moved: readonly TierChange[]; readonly same: number } => {
  const moved = changes.filter(({ change }) => change !== "same");
  // What we own comes first: a venue lists hundreds of coins.
  return { moved: [...moved.filter(isOurs), ...moved.filter((change) => !isOurs(change))], same: changes.length - moved.length };
};

/** What a venue's publication changes, asset by asset, from when, and what to be wary of. */
export const TierChanges = (props: { readonly preview: TierPreview; readonly isAtOnce: boolean }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { preview, isAtOnce } = props;
  const { moved, same } = countChanges(preview);
  return (
    <>
      <Prose isQuiet>
        {`Read as ${preview.shape}, ${text.count(preview.rows)} ${preview.rows === 1 ? "row" : "rows"}. `}
        {isAtOnce ? "Valid at once, from the moment you accept." : `Valid from ${text.time(preview.validFrom)}.`}
        {same > 0 && ` ${text.count(same)} unchanged.`}
      </Prose>
      {preview.warnings.map((warning) => (
        <MessageBar key={warning} intent="warning" layout="multiline" className={styles.bar}>
          <MessageBarBody className={styles.body}>{warning}</MessageBarBody>
        </MessageBar>
      ))}
      {moved.length > 0 && (
        <div className={styles.table}>
          <ShowAll items={moved} first={12} noun="assets">
            {(shown) => (
              <FigureTable
                caption="What changes; shares of our holding that count, before and after"
                columns={[{ title: "Asset" }, { title: "Before" }, { title: "After" }]}
                rows={shown.map((change) => ({
                  key: change.assetId,
                  cells: [
                    <>
                      {change.assetId}
                      <Minor>{changeWords(change, text)}</Minor>
                    </>,
                    <Slabs slabs={change.before} counted={change.countedBefore} />,
                    change.change === "removed" ? (
                      "as before"
                    ) : (
                      <Slabs slabs={change.change === "ended" ? "all: 0 %" : change.after} counted={change.countedAfter} />
                    ),
                  ],
                }))}
              />
            )}
          </ShowAll>
        </div>
      )}
    </>
  );
};
