import { useEffect, useId, useRef, type ReactElement, type RefObject } from "react";
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  Textarea,
  tokens,
} from "@fluentui/react-components";
import { usePaneContext } from "../../components/pane-context";
import { Prose } from "../../components/prose";
import type { PasteField } from "../../state/exchange-state";
import { countChanges, TierChanges } from "./tier-changes";

const useStyles = makeStyles({
  rules: { margin: "24px -8px 0" },
  inner: { margin: "0 8px 16px", display: "flex", flexDirection: "column", gap: "12px" },
  paste: { fontFamily: "Consolas, 'Courier New', monospace", fontSize: tokens.fontSizeBase200 },
  bar: { paddingTop: "4px", paddingBottom: "4px", alignItems: "start" },
  body: { overflowWrap: "anywhere", whiteSpace: "normal" },
  focus: {
    outline: "none",
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
  },
  difference: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  actions: { display: "flex", flexDirection: "column" },
  accept: { marginTop: "12px" },
});

/** What takes the focus with every new sentence: what was asked for stands there, and the button may be gone. */
const useSaid = (): RefObject<HTMLDivElement> => {
  const { said } = usePaneContext().exchange;
  const element = useRef<HTMLDivElement>(null);
  const answered = useRef(said);
  useEffect(() => {
    if (answered.current === said) return;
    answered.current = said;
    if (document.hasFocus()) element.current?.focus();
  }, [said]);
  return element;
};

const Form = (): ReactElement => {
  const styles = useStyles();
  const { state: pane, exchange } = usePaneContext();
  const { paste, phase, problem, commands } = exchange;
  const listId = useId();
  const isLocked = phase === "accepting";
  const names = pane.data.status?.tierTables ?? [];
  const state = (field: PasteField): "error" | "none" => (problem?.field === field ? "error" : "none");
  return (
    <>
      <Field
        label="Tiers as published"
        hint="JSON of Bybit, Binance, OKX or KuCoin, or a table with the headers asset, upTo and ratio or haircut."
        validationState={state("text")}
      >
        <Textarea
          rows={6}
          resize="vertical"
          spellCheck={false}
          readOnly={isLocked}
          textarea={{ className: styles.paste }}
          value={paste.text}
          onChange={(_, data) => commands.edit({ text: data.value })}
        />
      </Field>
      <Field label="Tier table" hint="A name in tblTiers, such as BYBIT-UTA." validationState={state("tierTable")}>
        <Input
          list={listId}
          autoComplete="off"
          spellCheck={false}
          readOnly={isLocked}
          value={paste.tierTable}
          onChange={(_, data) => commands.edit({ tierTable: data.value })}
        />
      </Field>
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field label="Valid from (UTC)" hint="Such as 2026-11-23T06:00Z. Blank = at once." validationState={state("validFrom")}>
        <Input
          autoComplete="off"
          spellCheck={false}
          readOnly={isLocked}
          value={paste.validFrom}
          onChange={(_, data) => commands.edit({ validFrom: data.value })}
        />
      </Field>
      <Field label="Source" hint="Where it was published; kept in every row.">
        <Input autoComplete="off" readOnly={isLocked} value={paste.source} onChange={(_, data) => commands.edit({ source: data.value })} />
      </Field>
    </>
  );
};

/** What went wrong or well. */
const Message = (props: { readonly intent: "error" | "success"; readonly text: string; readonly said: RefObject<HTMLDivElement> }): ReactElement => {
  const styles = useStyles();
  return (
    <div ref={props.said} role="group" aria-label={props.text} tabIndex={-1} className={styles.focus}>
      <MessageBar intent={props.intent} layout="multiline" className={styles.bar}>
        <MessageBarBody className={styles.body}>{props.text}</MessageBarBody>
      </MessageBar>
    </div>
  );
};

const Difference = (props: { readonly said?: RefObject<HTMLDivElement> | undefined }): ReactElement | null => {
  const styles = useStyles();
  const { state, exchange } = usePaneContext();
  const { preview, paste, phase, commands } = exchange;
  if (!preview) return null;
  const { moved } = countChanges(preview);
  const isWorthIt = moved.some(({ change }) => change !== "removed");
  const title = !isWorthIt
    ? "Nothing to accept: no row of the paste is new or different"
    : `${moved.length} of ${preview.changes.length} assets differ`;
  return (
    <div>
      <div ref={props.said} tabIndex={-1} className={styles.focus}>
        <h3 className={styles.difference}>{title}</h3>
      </div>
      {preview.changes.some(({ change }) => change === "removed" || change === "ended") && (
        <Checkbox
          label="The paste is the venue's whole list: assets that are not in it count nothing from then"
          checked={paste.endsMissing ?? preview.endsMissing}
          onChange={(_, data) => void commands.setEndsMissing(data.checked === true)}
        />
      )}
      <TierChanges preview={preview} isAtOnce={paste.validFrom.trim() === ""} />
      {isWorthIt && (
        <>
          <Prose isQuiet>Rows are added below tblTiers; rows that are there stay, and stop counting when newer ones of the same asset begin.</Prose>
          <div className={mergeClasses(styles.actions, styles.accept)}>
            <Button
              appearance="primary"
              disabledFocusable={phase !== "editing" || state.progress !== undefined}
              onClick={() => void commands.accept()}
            >
              {phase === "accepting" ? "Adding…" : "Accept into tblTiers"}
            </Button>
          </div>
        </>
      )}
    </div>
  );
};

const Content = (): ReactElement => {
  const styles = useStyles();
  const { phase, problem, done, commands } = usePaneContext().exchange;
  const said = useSaid();
  return (
    <>
      <Prose isQuiet>Paste what a venue has published, look at the difference, then accept. Nothing is written before you accept.</Prose>
      <Form />
      <div className={styles.actions}>
        <Button disabledFocusable={phase !== "editing"} onClick={() => void commands.compare()}>
          {phase === "comparing" ? "Comparing…" : "Show difference"}
        </Button>
      </div>
      {problem && <Message intent="error" text={problem.text} said={said} />}
      {done !== undefined && <Message intent="success" text={done} said={said} />}
      <Difference said={problem || done !== undefined ? undefined : said} />
    </>
  );
};

/** "Exchange rules" on the Data tab: a venue's new tiers into tblTiers, looked at first. */
export const ExchangeRules = (): ReactElement => {
  const styles = useStyles();
  return (
    <Accordion collapsible className={styles.rules}>
      <AccordionItem value="exchange">
        <AccordionHeader as="h2">Exchange rules</AccordionHeader>
        <AccordionPanel className={styles.inner}>
          <Content />
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
};
