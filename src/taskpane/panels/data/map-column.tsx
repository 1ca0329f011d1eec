import { useId, type ReactElement } from "react";
import { Badge, Field, Label, makeStyles, Radio, RadioGroup, Select, tokens } from "@fluentui/react-components";
import { columnCatalogue, type TableKind } from "../../../core/tables/column-catalogue";
import { questionsOf, type ColumnProfile } from "../../../core/tables/mapping/column-profile";
import { readNumberText, type DecimalSign } from "../../../core/tables/mapping/number-texts";
import { usePaneContext } from "../../components/pane-context";
import type { NumberText } from "../../state/number-text";
import { isToCheck, type ColumnDraft } from "../../state/mapping-draft";

const useStyles = makeStyles({
  column: {
    margin: 0,
    padding: "12px",
    minWidth: 0,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: "anywhere",
  },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px" },
  header: { fontWeight: tokens.fontWeightSemibold },
  samples: { margin: "0 0 8px", color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  question: { display: "flex", flexDirection: "column", marginTop: "8px" },
  // A native select is as wide as its longest option unless told otherwise.
  narrow: { minWidth: 0, maxWidth: "100%" },
  answers: { marginLeft: "-8px" },
});

type Change = (change: Partial<Omit<ColumnDraft, "profile">>) => void;

interface Answer {
  readonly value: string;
  readonly says: string;
}

const Question = (props: {
  readonly asks: string;
  readonly answers: readonly Answer[];
  readonly given: string | undefined;
  readonly onAnswer: (value: string) => void;
}): ReactElement => {
  const styles = useStyles();
  const id = useId();
  return (
    <div className={styles.question}>
      <Label id={id} required>
        {props.asks}
      </Label>
      <RadioGroup className={styles.answers} aria-labelledby={id} value={props.given ?? ""} onChange={(_, data) => props.onAnswer(data.value)}>
        {props.answers.map(({ value, says }) => (
          <Radio key={value} value={value} label={says} />
        ))}
      </RadioGroup>
    </div>
  );
};

/** The two readings of a number, each with what it comes to. */
const unitAnswers = ({ firstNumber, firstShare }: ColumnProfile, isMixed: boolean, text: NumberText): readonly Answer[] => {
  const value = (isMixed ? firstShare : firstNumber) ?? 8;
  const shown = text.quantity(value);
  return [
    { value: "decimal", says: `Decimals: ${shown} means ${text.quantity(value * 100)} %` },
    { value: "percent", says: `Percentages: ${shown} means ${shown} %` },
  ];
};

const meaningAnswers: readonly Answer[] = [
  { value: "haircut", says: "Haircuts: what is cut off (a bond: 2 %)" },
  { value: "valuationPercentage", says: "Valuation percentages: what counts (a bond: 98 %)" },
];

const signAnswers = ({ samples }: ColumnProfile, text: NumberText): readonly Answer[] => {
  const read = (sample: string, sign: DecimalSign): number | undefined => readNumberText(sample, sign)?.value;
  const sample = samples.find((one) => read(one, ",") !== read(one, "."));
  const means = (sign: DecimalSign): string => {
    const value = sample === undefined ? undefined : read(sample, sign);
    return value === undefined ? "" : `: ${sample ?? ""} means ${text.quantity(value)}`;
  };
  return [
    { value: ",", says: `Comma${means(",")}` },
    { value: ".", says: `Point${means(".")}` },
  ];
};

/** Excel's count of days as the date that the cell shows; anything else as it is. */
const dateText = (sample: string): string => {
  const days = Number(sample);
  if (!(days > 1 && days < 2_958_466)) return sample;
  const iso = new Date(Date.UTC(1899, 11, 30) + Math.round(days * 1440) * 60_000).toISOString();
  return Number.isInteger(days) ? iso.slice(0, 10) : iso.slice(0, 16).replace("T", " ");
};

/** One column of the user's table: three of its values, what it is read as, and what has to be asked about it. */
export const MapColumn = (props: { readonly kind: TableKind; readonly draft: ColumnDraft; readonly onChange: Change }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { kind, draft, onChange } = props;
  const { profile, column, unit, decimalSign, isMeaningSaid } = draft;
  const asked = questionsOf(kind, column, profile);
  const isOpen = isToCheck(kind, draft);
  const rule = columnCatalogue[kind].find(({ name }) => name === column);
  const isMixed = rule?.shareWhere !== undefined;
  const shown = rule?.kind === "date" ? profile.samples.map(dateText) : profile.samples;
  const samples = shown.length === 0 ? "No values" : shown.join(" · ");
  return (
    <fieldset className={styles.column} aria-label={profile.header}>
      <div className={styles.head}>
        <span className={styles.header}>{profile.header}</span>
        {isOpen && (
          <Badge appearance="outline" color="warning">
            Check
          </Badge>
        )}
      </div>
      <p className={styles.samples}>{samples}</p>
      <Field className={styles.narrow} label={`${profile.header} is`} {...(rule === undefined || rule.unit === "" ? {} : { hint: rule.unit })}>
        <Select
          className={styles.narrow}
          select={{ className: styles.narrow }}
          value={column}
          onChange={(_, data) => onChange({ column: data.value })}
        >
          <option value="">Not used</option>
          {columnCatalogue[kind].map(({ name, required }) => (
            <option key={name} value={name}>
              {required === true ? `${name} (needed)` : name}
            </option>
          ))}
        </Select>
      </Field>
      {asked.includes("meaning") && (
        <Question
          asks="What do the numbers say?"
          answers={meaningAnswers}
          given={isMeaningSaid ? column : undefined}
          onAnswer={(value) => onChange({ column: value, isMeaningSaid: true })}
        />
      )}
      {asked.includes("unit") && (
        <Question
          asks={isMixed ? "How are the shares written? Amounts of money are read as they stand." : "How are they written?"}
          answers={unitAnswers(profile, isMixed, text)}
          given={unit}
          onAnswer={(value) => onChange({ unit: value === "percent" ? "percent" : "decimal" })}
        />
      )}
      {asked.includes("decimalSign") && (
        <Question
          asks="Which sign stands before the decimals?"
          answers={signAnswers(profile, text)}
          given={decimalSign}
          onAnswer={(value) => onChange({ decimalSign: value === "," ? "," : "." })}
        />
      )}
    </fieldset>
  );
};
