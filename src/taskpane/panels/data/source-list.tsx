import type { ReactElement } from "react";
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { SourceTable } from "../../../app/map-tables";
import { usePaneContext } from "../../components/pane-context";
import { Section } from "../../components/section";
import { ShowAll } from "../../components/show-all";
import { TextLink } from "../../components/text-link";
import { IntentIcon } from "../../components/intent-icon";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: "8px", margin: 0, padding: 0, listStyleType: "none" },
  item: {
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: "anywhere",
  },
  text: { margin: "0 0 4px", color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  actions: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "12px" },
});

/** Tells whether something about a table that is read has to be answered or looked at. */
export const isInDoubt = ({ doubts, unread }: SourceTable): boolean => doubts.length > 0 || unread !== undefined;

/** How a person knows a table: its name, or the sheet that it is on. */
export const sourceName = (source: SourceTable): string => source.name ?? `Sheet ${source.sheet}`;

const SourceItem = (props: { readonly source: SourceTable }): ReactElement => {
  const styles = useStyles();
  const { state, commands, text } = usePaneContext();
  const { source } = props;
  const { key, sheet, address, columns, rows, doubts, unread = [], mapping, kind } = source;
  const isDoubted = isInDoubt(source);
  const isBegun = state.drafts[key] !== undefined;
  const says = isDoubted
    ? [
        ...(doubts.length > 0 ? [`${doubts.join(", ")}: the numbers do not say what they mean.`] : []),
        ...(unread.length > 0 ? [`${unread.join(", ")}: not read, but much like a column of ours.`] : []),
      ].join(" ")
    : mapping !== undefined && kind !== undefined
      ? `Read as ${kind}, ${text.count(rows)} rows.`
      : mapping !== undefined
        ? "No longer fits its mapping, so it is not read."
        : `${text.count(rows)} rows: ${columns
            .map(({ header }) => header)
            .filter(Boolean)
            .slice(0, 5)
            .join(", ")}${columns.length > 5 ? " …" : isBegun ? "." : ""}`;
  const action = isBegun ? "Go on mapping" : doubts.length > 0 ? "Say what they mean" : mapping === undefined ? "Map columns" : "Change mapping";
  const isLocked = state.isWriting || state.progress !== undefined;
  return (
    <li className={styles.item}>
      <TextLink onClick={() => void commands.goTo(sheet, address)}>{sourceName(source)}</TextLink>
      <p className={styles.text}>
        {isDoubted && <IntentIcon intent="warning" />} {says}
        {isBegun && " Your answers are not saved yet."}
      </p>
      <div className={styles.actions}>
        <Button size="small" disabledFocusable={isLocked} aria-label={`${action} of ${sourceName(source)}`} onClick={() => commands.openMapping(key)}>
          {action}
        </Button>
        {mapping !== undefined && (
          <TextLink label={`Forget the mapping of ${sourceName(source)}`} onClick={() => void commands.forgetMapping(key)}>
            Forget
          </TextLink>
        )}
      </div>
    </li>
  );
};

/** Tables of the workbook that are not ours by name and headers, and columns of ours in doubt: each leads to the question what it holds. */
export const SourceList = (props: { readonly sources: readonly SourceTable[] }): ReactElement | null => {
  const styles = useStyles();
  const { sources } = props;
  if (sources.length === 0) return null;
  const rank = (source: SourceTable): number => (isInDoubt(source) ? 0 : source.kind === undefined ? 1 : 2);
  const sorted = [...sources].sort((a, b) => rank(a) - rank(b));
  const isAllDoubted = sources.every(isInDoubt);
  const isAllUnread = sources.every(({ doubts, unread }) => unread !== undefined && doubts.length === 0);
  const isAllMapped = sources.every((source) => source.kind !== undefined && !isInDoubt(source));
  return (
    <Section
      title={
        isAllUnread
          ? "Columns that are not read"
          : isAllDoubted
            ? "Columns that can be read in two ways"
            : isAllMapped
              ? "Mapped tables"
              : "Tables with other headers"
      }
      hint={`Say once what the ${isAllDoubted && !isAllUnread ? "numbers mean" : "columns hold"}; this workbook remembers it. Your cells stay as they are.`}
    >
      <ShowAll items={sorted} first={6} noun="tables">
        {(shown) => (
          <ul className={styles.list}>
            {shown.map((source) => (
              <SourceItem key={`${source.key}/${source.address}`} source={source} />
            ))}
          </ul>
        )}
      </ShowAll>
    </Section>
  );
};
