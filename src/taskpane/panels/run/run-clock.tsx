import type { ReactElement } from "react";
import { makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import type { RunProgress } from "../../../app/collateral-app";
import { usePaneContext } from "../../components/pane-context";
import { useClock } from "../../components/use-clock";
import type { NumberText } from "../../state/number-text";

const useStyles = makeStyles({
  figures: { display: "flex", flexDirection: "column", rowGap: "2px", margin: 0, fontVariantNumeric: "tabular-nums" },
  figure: { display: "flex", flexWrap: "wrap", justifyContent: "space-between", columnGap: "8px" },
  name: { margin: 0, color: tokens.colorNeutralForeground3 },
  value: { margin: 0, marginLeft: "auto", textAlign: "right", fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
});

/** The figures of a search, each with its name; what is not known is a dash, so that nothing jumps when it comes. */
const figuresOf = (progress: RunProgress, seconds: number | undefined, text: NumberText): readonly (readonly [string, string])[] => {
  const { search } = progress;
  const time = seconds === undefined ? "–" : `${text.count(seconds)} s`;
  const money = (value: number | undefined): string => (value === undefined || !search ? "–" : `${text.money(value)} ${search.currency} a day`);
  return [
    ["Time", search ? `${time}, search limit ${text.count(search.limitSeconds)} s` : time],
    ["Best, moves included", money(search?.bestPerDay)],
    ["Least possible", money(search?.boundPerDay)],
    ["Gap", search?.gap === undefined ? "–" : text.share(search.gap)],
  ];
};

/** How far a run has come: a ticking clock of the whole run, and what the search has so far. Silent; the status line speaks. */
export const RunClock = (props: { readonly progress: RunProgress }): ReactElement => {
  const styles = useStyles();
  const { state, text } = usePaneContext();
  const { progress } = props;
  const seconds = useClock(state.startedAt);
  const limit = progress.phase === "solving" ? progress.search?.limitSeconds : undefined;
  const share = progress.fraction ?? (limit === undefined || seconds === undefined ? undefined : Math.min(1, seconds / limit));
  return (
    <>
      <ProgressBar aria-label="Progress" thickness="large" {...(share === undefined ? {} : { value: share })} />
      <dl className={styles.figures} aria-label="The search so far">
        {figuresOf(progress, seconds, text).map(([name, value]) => (
          <div key={name} className={styles.figure}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};
