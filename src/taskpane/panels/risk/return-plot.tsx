import { useMemo, type ReactElement } from "react";
import { makeStyles, tokens } from "@fluentui/react-components";
import type { RiskScreen } from "../../../app/risk-screen";
import { usePaneContext } from "../../components/pane-context";
import { plotShape, plotSize } from "./plot-shape";
import { describePlot } from "./risk-words";

/** In forced colours the system's own are set by hand: drawings are left alone otherwise. */
const forced = "@media (forced-colors: active)";

const useStyles = makeStyles({
  figure: { margin: 0, maxWidth: "520px" },
  plot: { display: "block", width: "100%", height: "auto", overflow: "visible" },
  grid: { stroke: tokens.colorNeutralStroke3, strokeWidth: 1, [forced]: { stroke: "CanvasText", opacity: 0.25 } },
  zero: { stroke: tokens.colorNeutralStroke1, strokeWidth: 1, [forced]: { stroke: "CanvasText" } },
  returns: { fill: "none", stroke: tokens.colorNeutralForeground4, [forced]: { stroke: "CanvasText" } },
  line: { fill: "none", stroke: tokens.colorBrandForeground1, strokeWidth: 1.75, strokeLinejoin: "round", [forced]: { stroke: "Highlight" } },
  band: { fill: tokens.colorBrandForeground1, opacity: 0.12, [forced]: { opacity: 0 } },
  exception: {
    fill: tokens.colorStatusDangerForeground1,
    stroke: tokens.colorNeutralBackground1,
    strokeWidth: 1,
    [forced]: { fill: "CanvasText", stroke: "Canvas" },
  },
  label: { fill: tokens.colorNeutralForeground3, fontSize: "11px", fontVariantNumeric: "tabular-nums", [forced]: { fill: "CanvasText" } },
  legend: {
    display: "flex",
    flexWrap: "wrap",
    columnGap: "16px",
    rowGap: "4px",
    margin: "4px 0 0",
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  entry: { display: "flex", alignItems: "center", gap: "6px" },
});

/** A triangle whose tip touches the end of the day's needle from below. */
const mark = (x: number, y: number): string => `M${x.toFixed(2)} ${(y + 1).toFixed(2)}l4.5 8h-9z`;

const Legend = (props: { readonly screen: RiskScreen }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { screen } = props;
  const sample = (shape: ReactElement): ReactElement => (
    <svg width="16" height="12" viewBox="0 0 16 12" aria-hidden="true">
      {shape}
    </svg>
  );
  return (
    <figcaption className={styles.legend}>
      <span className={styles.entry}>
        {sample(<path d="M3 12V4M7 12V1M11 12V7" strokeWidth={1.5} className={styles.returns} />)}
        Daily return
      </span>
      <span className={styles.entry}>
        {sample(<path d="M0 6H16" className={styles.line} />)}
        {`−VaR ${text.share(screen.confidence)}`}
      </span>
      <span className={styles.entry}>
        {sample(<path d={mark(8, 0)} className={styles.exception} />)}
        {`Exception (${text.count(screen.exceptions)})`}
      </span>
    </figcaption>
  );
};

/** Each day's return against the VaR known the day before; what lies below the line is marked by a shape, not by colour alone. */
export const ReturnPlot = (props: { readonly screen: RiskScreen }): ReactElement | null => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { screen } = props;
  const { days } = screen;
  const shape = useMemo(() => (days.length === 0 ? undefined : plotShape(days)), [days]);
  const first = days[0];
  const last = days.at(-1);
  if (!shape || !first || !last) return null;
  const { width, height, left, right } = plotSize;
  const needle = Math.min(2, Math.max(0.5, ((right - left) / days.length) * 0.8));
  return (
    <figure className={styles.figure}>
      <svg role="img" aria-label={describePlot(screen, text)} viewBox={`0 0 ${width} ${height}`} className={styles.plot}>
        {shape.ticks.map(({ value, y }) => (
          <g key={value}>
            <path d={`M${left} ${y}H${right}`} className={styles.grid} />
            <text x={left - 6} y={y + 4} textAnchor="end" className={styles.label}>
              {text.percent(value, shape.decimals)}
            </text>
          </g>
        ))}
        <path d={shape.band} className={styles.band} />
        <path d={shape.returns} strokeWidth={needle} className={styles.returns} />
        <path d={`M${left} ${shape.zero}H${right}`} className={styles.zero} />
        <path d={shape.line} className={styles.line} />
        {shape.exceptions.map(({ date, x, y }) => (
          <path key={date} d={mark(x, y)} className={styles.exception} />
        ))}
        <text x={left} y={height - 4} className={styles.label}>
          {text.day(first.date)}
        </text>
        <text x={right} y={height - 4} textAnchor="end" className={styles.label}>
          {text.day(last.date)}
        </text>
      </svg>
      <Legend screen={screen} />
    </figure>
  );
};
