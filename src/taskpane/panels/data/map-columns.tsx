import { useEffect, useRef, useState, type ReactElement } from "react";
import { Button, Field, makeStyles, MessageBar, MessageBarBody, Select } from "@fluentui/react-components";
import type { SourceTable } from "../../../app/map-tables";
import { tableKinds, type TableKind } from "../../../core/tables/column-catalogue";
import { usePaneContext } from "../../components/pane-context";
import { Prose } from "../../components/prose";
import { TextLink } from "../../components/text-link";
import {
  findMappingGap,
  missingColumns,
  isToCheck,
  openDraft,
  resumeDraft,
  toMapping,
  withColumn,
  withKind,
  type ColumnDraft,
  type MappingDraft,
  type MappingGap,
} from "../../state/mapping-draft";
import { MapColumn } from "./map-column";
import { sourceName } from "./source-list";
import { tableGuide } from "./table-guide";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px", marginTop: "12px" },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
  bar: { paddingTop: "4px", paddingBottom: "4px", alignItems: "start" },
  body: { overflowWrap: "anywhere", whiteSpace: "normal" },
  gap: { outline: "none" },
});

/** Kinds that can be mapped: not the settings, whose rows are keys, and not price histories, whose columns are names. */
const kinds: readonly TableKind[] = tableKinds.filter((kind) => !["settings", "prices", "scenarios", "trades"].includes(kind));

const Form = (props: {
  readonly source: SourceTable;
  readonly draft: MappingDraft;
  /** Headers to look at before the others. */
  readonly first: ReadonlySet<string>;
  readonly onChange: (draft: MappingDraft) => void;
}): ReactElement => {
  const { source, draft, first, onChange } = props;
  const { kind } = draft;
  const isFirst = ({ profile }: ColumnDraft): boolean => first.has(profile.header);
  const columns = [...draft.columns.filter(isFirst), ...draft.columns.filter((column) => !isFirst(column))];
  return (
    <>
      <Field label="This table holds" required hint={kind === "" ? "Nothing in its headers says so." : (tableGuide(kind)?.holds ?? "")}>
        <Select value={kind} onChange={(_, data) => onChange(withKind(source, data.value as TableKind | ""))}>
          <option value="">Choose…</option>
          {kinds.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {kind !== "" && first.size > 0 && first.size < columns.length && (
        <Prose
          isQuiet
        >{`${first.size === 1 ? "The column" : `The ${first.size} columns`} to check first; the others are as their headers say.`}</Prose>
      )}
      {kind !== "" &&
        columns.map((column) => (
          <MapColumn
            key={column.profile.header}
            kind={kind}
            draft={column}
            onChange={(change) => onChange(withColumn(draft, column.profile.header, change))}
          />
        ))}
    </>
  );
};

const headersToCheck = ({ kind, columns }: MappingDraft): ReadonlySet<string> =>
  new Set(columns.filter((column) => isToCheck(kind, column)).map(({ profile }) => profile.header));

/** "Map columns": what a table of the user's holds, column by column; nothing is guessed that costs money. */
export const MapColumns = (props: { readonly source: SourceTable }): ReactElement => {
  const styles = useStyles();
  const { state, commands, text } = usePaneContext();
  const { source } = props;
  const [draft, setDraft] = useState(() => resumeDraft(source, state.drafts[source.key]) ?? openDraft(source));
  // The order stays while answers are given: a column must not jump away under the pointer.
  const [first, setFirst] = useState(() => headersToCheck(draft));
  const [gap, setGap] = useState<MappingGap>();
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (gap !== undefined && document.hasFocus()) said.current?.focus();
  }, [gap]);
  const change = (next: MappingDraft): void => {
    setDraft(next);
    if (next.kind !== draft.kind) setFirst(headersToCheck(next));
    setGap(undefined);
    commands.draftMapping(source.key, next);
  };
  const save = (): void => {
    const found = findMappingGap(draft);
    if (found !== undefined || draft.kind === "") return setGap(found);
    void commands.saveMapping(toMapping(source, { ...draft, kind: draft.kind }));
  };
  const missing = missingColumns(draft);
  return (
    <div className={styles.form}>
      <Prose>
        <TextLink isInline onClick={() => void commands.goTo(source.sheet, source.address)}>
          {`${sourceName(source)}, ${source.address}`}
        </TextLink>
        {`: ${text.count(source.rows)} rows. Say what its columns hold; your cells stay as they are.`}
      </Prose>
      <Form source={source} draft={draft} first={first} onChange={change} />
      {draft.kind !== "" && missing.length > 0 && <Prose isQuiet>{`Still needed: ${missing.join(", ")}.`}</Prose>}
      {gap !== undefined && (
        <div ref={said} role="group" aria-label={gap.text} tabIndex={-1} className={styles.gap}>
          <MessageBar intent="error" layout="multiline" className={styles.bar}>
            <MessageBarBody className={styles.body}>{gap.text}</MessageBarBody>
          </MessageBar>
        </div>
      )}
      <div className={styles.actions}>
        <Button appearance="primary" disabledFocusable={state.isWriting} onClick={save}>
          {state.isWriting ? "Saving…" : "Save mapping"}
        </Button>
        <Button disabledFocusable={state.isWriting} onClick={commands.closeMapping}>
          Cancel
        </Button>
      </div>
    </div>
  );
};
