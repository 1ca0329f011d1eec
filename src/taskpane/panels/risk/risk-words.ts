import type { RiskScreen } from "../../../app/risk-screen";
import type { Intent } from "../../state/pane-state";
import type { NumberText } from "../../state/number-text";

const methodNames: Readonly<Record<string, string>> = {
  historical: "Historical",
  normal: "Normal",
  "student-t": "Student t",
  "cornish-fisher": "Cornish-Fisher",
  ewma: "EWMA",
  garch: "GARCH",
  "filtered-historical": "Filtered historical",
  evt: "Extreme values (EVT)",
};

const testNames: Readonly<Record<string, string>> = {
  kupiec: "Kupiec: how many",
  christoffersen: "Christoffersen: one after another",
  "conditional-coverage": "Conditional coverage: both",
  tuff: "TUFF: the first one",
  tbf: "TBF: how many, how far apart",
  tbfi: "TBFI: how far apart",
  binomial: "Binomial: how many",
  duration: "Duration: clusters",
  "traffic-light": "Basel traffic light",
};

const decisions: Readonly<Record<string, { readonly text: string; readonly intent: Intent }>> = {
  accept: { text: "Not rejected", intent: "success" },
  reject: { text: "Rejected", intent: "error" },
  green: { text: "Green zone", intent: "success" },
  yellow: { text: "Yellow zone", intent: "warning" },
  red: { text: "Red zone", intent: "error" },
  "not applicable": { text: "Not applicable", intent: "info" },
};

export const methodName = (method: string): string => methodNames[method] ?? method;

export const testName = (test: string): string => testNames[test] ?? test;

/** A decision in words and its sign; an unknown one is shown as it is. */
export const decisionOf = (decision: string): { readonly text: string; readonly intent: Intent } =>
  decisions[decision] ?? { text: decision, intent: "info" };

const plural = (count: number, one: string, many: string, text: NumberText): string => `${text.count(count)} ${count === 1 ? one : many}`;

/** How much there was to go by. */
export const describeSample = (screen: RiskScreen, text: NumberText): string => {
  const dropped = screen.dropped === 0 ? "no blank prices" : `${plural(screen.dropped, "blank price", "blank prices", text)} left out`;
  return `${plural(screen.observations, "return", "returns", text)} of ${screen.chosen}, ${dropped}.`;
};

/** Exceptions against what was to be expected, and where each day's VaR came from. */
export const describeBacktest = (screen: RiskScreen, text: NumberText): string => {
  const tested = screen.observations - screen.window;
  const expected = text.quantity(Number((tested * (1 - screen.confidence)).toFixed(1)));
  return (
    `${plural(screen.exceptions, "exception", "exceptions", text)} in ${plural(tested, "day", "days", text)}, ${expected} expected. ` +
    `Each day is held against the historical VaR of the ${text.count(screen.window)} returns before it.`
  );
};

/** Exceptions named in a text alternative before it becomes a list to sit through. */
const namedExceptions = 5;

/** What the plot shows, for those who do not see it. */
export const describePlot = (screen: RiskScreen, text: NumberText): string => {
  const { days } = screen;
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return "";
  const known = days.flatMap(({ valueAtRisk }) => (valueAtRisk === undefined ? [] : [valueAtRisk]));
  const exceptions = days.filter((day) => day.isException).sort((a, b) => a.value - b.value);
  const named = exceptions.slice(0, namedExceptions).map((day) => `${text.percent(day.value)} on ${text.day(day.date)}`);
  const values = days.map((day) => day.value);
  return [
    `Daily returns of ${screen.chosen} from ${text.day(first.date)} to ${text.day(last.date)}, between ${text.percent(Math.min(...values))} and ${text.percent(Math.max(...values))}.`,
    known.length === 0
      ? ""
      : `The ${text.share(screen.confidence)} VaR known the day before lies between ${text.percent(Math.min(...known))} and ${text.percent(Math.max(...known))}.`,
    exceptions.length === 0
      ? "No exceptions."
      : `${plural(exceptions.length, "exception", "exceptions", text)}${exceptions.length > named.length ? ", the worst" : ""}: ${named.join(", ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
};
