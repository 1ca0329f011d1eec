import { useId, useState, type ReactElement } from "react";
import { Button, Field, Input, makeStyles, mergeClasses, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import { usePaneContext } from "../../components/pane-context";
import { Prose } from "../../components/prose";
import { Section } from "../../components/section";
import { fewestWithin, type MoveCost, type MoveCosts } from "../../state/move-costs";
import type { NumberText } from "../../state/number-text";

const useStyles = makeStyles({
  point: { display: "flex", flexDirection: "column", rowGap: "2px", width: "100%" },
  head: { display: "flex", flexWrap: "wrap", justifyContent: "space-between", columnGap: "8px" },
  cost: { marginLeft: "auto", fontVariantNumeric: "tabular-nums" },
  bar: {
    height: "4px",
    minWidth: "2px",
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorCompoundBrandStroke,
    "@media (forced-colors: active)": { backgroundColor: "CanvasText" },
  },
  short: { backgroundColor: tokens.colorStatusDangerForeground1 },
  minor: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  radios: { marginLeft: "-8px" },
  radio: { display: "flex", alignSelf: "stretch", "& > label": { flexGrow: 1 } },
  row: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  input: { minWidth: 0 },
});

const movesText = (moves: number, text: NumberText): string => `${text.count(moves)} ${moves === 1 ? "move" : "moves"}`;

/** What a point costs beside the cheapest one. */
const besideCheapest = (point: MoveCost, cheapest: number, { currency, cent }: MoveCosts, text: NumberText): string => {
  const gap = point.gap > 1e-6 && Number.isFinite(point.gap) ? `, gap ${text.share(point.gap)}` : "";
  if (point.isShort) return `leaves a call short${gap}`;
  const more = point.costPerDay - cheapest;
  return `${more < 0.5 * cent ? "cheapest" : `${text.money(more)} ${currency} a day more`}${gap}`;
};

const Point = (props: { readonly point: MoveCost; readonly costs: MoveCosts; readonly isNow: boolean }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { point, costs, isNow } = props;
  const values = costs.points.map(({ costPerDay }) => costPerDay);
  const whole = costs.points.filter(({ isShort }) => !isShort).map(({ costPerDay }) => costPerDay);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const width = most > least ? 8 + (92 * (point.costPerDay - least)) / (most - least) : 100;
  return (
    <span className={styles.point}>
      <span className={styles.head}>
        <span>{`${movesText(point.moves, text)}${isNow ? " (this result)" : ""}`}</span>
        <span className={styles.cost}>{`${text.money(point.costPerDay)} ${costs.currency} a day`}</span>
      </span>
      <span aria-hidden="true" className={mergeClasses(styles.bar, point.isShort && styles.short)} style={{ width: `${width}%` }} />
      <span className={styles.minor}>{besideCheapest(point, Math.min(...whole), costs, text)}</span>
    </span>
  );
};

const toNumber = (typed: string): number | undefined => {
  const value = Number(typed.trim().replace(",", "."));
  return typed.trim() === "" || !Number.isFinite(value) || value < 0 ? undefined : value;
};

const NumberField = (props: {
  readonly label: string;
  readonly hint: string;
  readonly inputMode: "numeric" | "decimal";
  readonly fault?: string | undefined;
  readonly value: string;
  readonly onType: (typed: string) => void;
}): ReactElement => {
  const { input } = useStyles();
  const { label, hint, inputMode, fault, value, onType } = props;
  return (
    <Field label={label} hint={hint} {...(fault === undefined ? {} : { validationMessage: fault })}>
      <Input
        className={input}
        input={{ className: input }}
        type="text"
        inputMode={inputMode}
        autoComplete="off"
        value={value}
        onChange={(_, data) => onType(data.value)}
      />
    </Field>
  );
};

/** A number of moves of one's own, where no curve was computed. */
const OwnNumber = (props: { readonly moves: number; readonly onRun: (moves: number) => void; readonly isLocked: boolean }): ReactElement => {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const value = toNumber(typed);
  const isWhole = value !== undefined && Number.isInteger(value);
  return (
    <div className={styles.row}>
      <NumberField
        label="At most so many moves"
        hint={`This result makes ${props.moves}.`}
        inputMode="numeric"
        fault={typed.trim() === "" || isWhole ? undefined : "Type a whole number."}
        value={typed}
        onType={setTyped}
      />
      <Button disabledFocusable={!isWhole || props.isLocked} onClick={() => isWhole && props.onRun(value)}>
        Run with at most so many
      </Button>
    </div>
  );
};

const Curve = (props: {
  readonly costs: MoveCosts;
  readonly now: number;
  readonly isLocked: boolean;
  readonly onRun: (moves: number) => void;
}): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { costs, now, isLocked, onRun } = props;
  const [chosen, setChosen] = useState<number>();
  const [typed, setTyped] = useState("");
  const id = useId();
  const moves = chosen ?? now;
  const allow = (value: string): void => {
    setTyped(value);
    const allowance = toNumber(value);
    if (allowance !== undefined) setChosen(fewestWithin(costs, allowance)?.moves ?? now);
  };
  return (
    <div className={styles.row}>
      <RadioGroup
        className={styles.radios}
        aria-labelledby={id}
        value={String(moves)}
        onChange={(_, data) => {
          setChosen(Number(data.value));
          setTyped("");
        }}
      >
        <span id={id} hidden>
          Cost by number of moves
        </span>
        {costs.points.map((point) => (
          <Radio
            key={point.moves}
            className={styles.radio}
            value={String(point.moves)}
            label={<Point point={point} costs={costs} isNow={point.moves === now} />}
          />
        ))}
      </RadioGroup>
      <NumberField
        label={`Fewest moves for at most so much more (${costs.currency} a day)`}
        hint="Chooses the point above."
        inputMode="decimal"
        value={typed}
        onType={allow}
      />
      <Button disabledFocusable={moves === now || isLocked} onClick={() => moves !== now && onRun(moves)}>
        {moves === now ? "Choose another number of moves" : `Run with at most ${movesText(moves, text)}`}
      </Button>
    </div>
  );
};

/** Cost against movements: every point a solve; choosing one runs again with that many moves at most. */
export const MovesChoice = (props: { readonly moves: number }): ReactElement | null => {
  const { state, commands } = usePaneContext();
  const { moveCosts } = state;
  const isLocked = state.progress !== undefined;
  const run = (moves: number): void => commands.run(moves);
  if (props.moves === 0) return null;
  const hasCurve = moveCosts !== undefined && moveCosts.points.length > 1;
  return (
    <Section
      title="Cost against moves"
      hint={hasCurve ? "Each point is a solve of its own on the same inputs." : "For this run only; a lasting cap is maxMovements of tblSettings."}
    >
      {hasCurve ? (
        <Curve key={moveCosts.inputHash} costs={moveCosts} now={props.moves} isLocked={isLocked} onRun={run} />
      ) : (
        <OwnNumber moves={props.moves} isLocked={isLocked} onRun={run} />
      )}
      {hasCurve && <Prose isQuiet>The cap holds for that run only; a lasting one is maxMovements of tblSettings.</Prose>}
    </Section>
  );
};
