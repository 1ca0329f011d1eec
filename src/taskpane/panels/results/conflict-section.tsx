import type { ReactElement } from "react";
import { makeStyles, tokens } from "@fluentui/react-components";
import type { Conflict, Repair } from "../../../core/optimization/allocation-outcome";
import { placeOfEdit } from "../../../app/place-of-edit";
import { usePaneContext } from "../../components/pane-context";
import { Section } from "../../components/section";
import { ShowAll } from "../../components/show-all";
import { TextLink } from "../../components/text-link";

const useStyles = makeStyles({
  conflict: {
    padding: "12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `3px solid ${tokens.colorStatusDangerForeground1}`,
    overflowWrap: "anywhere",
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0 },
  label: { margin: "8px 0 0", color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  list: { margin: 0, paddingLeft: "16px", display: "flex", flexDirection: "column", gap: "4px" },
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One way out, and the way to the cell that it changes. */
const RepairItem = (props: { readonly repair: Repair }): ReactElement => {
  const { state, commands } = usePaneContext();
  const { repair } = props;
  const edit = repair.edits?.[0];
  const place = edit && placeOfEdit(edit, state.data.status?.tables ?? []);
  return (
    <li>
      {capital(repair.change)}
      {place && (
        <>
          {". "}
          <TextLink isInline label={`Go to cell: ${repair.change}`} onClick={() => void commands.goTo(place.sheet, place.address)}>
            Go to cell
          </TextLink>
        </>
      )}
    </li>
  );
};

const ConflictCard = (props: { readonly conflict: Conflict }): ReactElement => {
  const styles = useStyles();
  const { text } = usePaneContext();
  const { conflict } = props;
  const { minimum, currency } = conflict;
  // The repairs come ranked; sorting again keeps the promise of the heading.
  const repairs = [...conflict.repairs].sort((a, b) => a.size - b.size);
  return (
    <div className={styles.conflict}>
      <h3 className={styles.title}>
        {minimum === undefined
          ? `${conflict.agreementId} is short ${text.money(conflict.shortfall)} ${currency}`
          : `${capital(minimum)}: ${text.money(conflict.shortfall)} ${currency} missing`}
      </h3>
      <p
        className={styles.text}
      >{`${minimum === undefined ? "Requires" : "Needs at least"} ${text.money(conflict.required)}, reachable ${text.money(conflict.reachable)} ${currency}.`}</p>
      {conflict.rules.length > 0 && (
        <>
          <p className={styles.label}>What stands in the way</p>
          <ul className={styles.list}>
            {conflict.rules.map((rule) => (
              <li key={rule}>{capital(rule)}</li>
            ))}
          </ul>
        </>
      )}
      {(conflict.further ?? []).map((set) => (
        <div key={set.join("/")}>
          <p className={styles.label}>Stands in the way by itself, without any rule above</p>
          <ul className={styles.list}>
            {set.map((rule) => (
              <li key={rule}>{capital(rule)}</li>
            ))}
          </ul>
        </div>
      ))}
      {conflict.mayHaveMore === true && <p className={styles.text}>There may be more rules in the way than were looked for.</p>}
      {conflict.untold !== undefined && <p className={styles.text}>{conflict.untold}</p>}
      {repairs.length > 0 && (
        <>
          <p className={styles.label}>{`Any one of these cures it, smallest first`}</p>
          <ShowAll items={repairs} first={5} noun="ways">
            {(shown) => (
              <ol className={styles.list}>
                {shown.map((repair) => (
                  <RepairItem key={`${repair.rule}/${repair.change}`} repair={repair} />
                ))}
              </ol>
            )}
          </ShowAll>
        </>
      )}
    </div>
  );
};

const titleOf = (conflicts: readonly Conflict[]): string => {
  const minimums = conflicts.filter(({ minimum }) => minimum !== undefined).length;
  if (minimums === conflicts.length) return minimums === 1 ? "Why a minimum is not met" : "Why minimums are not met";
  if (minimums > 0) return "Why calls are short and minimums not met";
  return conflicts.length === 1 ? "Why a call is short" : "Why calls are short";
};

/** Why calls cannot be covered or minimums not be held, and what would cure each. */
export const ConflictSection = (props: { readonly conflicts: readonly Conflict[] }): ReactElement | null => {
  if (props.conflicts.length === 0) return null;
  return (
    <Section title={titleOf(props.conflicts)}>
      <ShowAll items={props.conflicts} first={6} noun="calls">
        {(shown) => (
          <>
            {shown.map((conflict) => (
              <ConflictCard key={`${conflict.agreementId}/${conflict.minimum ?? ""}`} conflict={conflict} />
            ))}
          </>
        )}
      </ShowAll>
    </Section>
  );
};
