import { useEffect, useRef, type ReactElement, type RefObject } from "react";
import { makeStyles, tokens } from "@fluentui/react-components";
import { pinOf, type PinView } from "../../../app/pins-in-force";
import type { AllocationLine } from "../../../core/optimization/allocation-outcome";
import { usePaneContext } from "../../components/pane-context";
import { TextLink } from "../../components/text-link";
import type { NumberText } from "../../state/number-text";

const useStyles = makeStyles({
  actions: { display: "flex", flexWrap: "wrap", columnGap: "12px", fontWeight: tokens.fontWeightRegular },
  list: { margin: "0 0 12px", padding: 0, listStyleType: "none", display: "flex", flexDirection: "column", gap: "8px", overflowWrap: "anywhere" },
});

/** What a pin says, in words. */
const pinWords = ({ action, quantity }: PinView, text: NumberText): string => {
  const amount = quantity === undefined ? "today's amount" : text.quantity(quantity);
  const words = { pin: `Pinned at ${amount}`, forbid: "Forbidden", atLeast: `At least ${amount}`, atMost: `At most ${amount}` };
  return action === "forbid" && quantity !== undefined && quantity > 0 ? `At most ${amount}` : words[action];
};

const useIsLocked = (): boolean => {
  const { state } = usePaneContext();
  return state.isWriting || state.progress !== undefined;
};

/** Undo for what this pane has pinned; for a row of the user's the way to its cell. */
const PinWay = (props: { readonly pin: PinView }): ReactElement => {
  const { commands } = usePaneContext();
  const isLocked = useIsLocked();
  const { pin } = props;
  const what = `${pin.assetId} at ${pin.agreementId}`;
  return pin.isOurs ? (
    <TextLink label={`Undo: ${what}`} isDisabled={isLocked} onClick={() => void commands.undoPin(pin)}>
      Undo
    </TextLink>
  ) : (
    <TextLink label={`Go to cell: pin of ${what}`} onClick={() => void commands.goTo(pin.sheet, pin.address)}>
      Go to cell
    </TextLink>
  );
};

/** Keeps the focus on a line whose buttons give way to others. */
const useKeptFocus = (what: string): { readonly ref: RefObject<HTMLSpanElement>; readonly keep: () => void } => {
  const ref = useRef<HTMLSpanElement>(null);
  const isWanted = useRef(false);
  useEffect(() => {
    if (!isWanted.current) return;
    isWanted.current = false;
    if (document.hasFocus()) ref.current?.querySelector("button")?.focus();
  }, [what]);
  const keep = (): void => {
    isWanted.current = true;
  };
  return { ref, keep };
};

/** Pins know no accounts: what is posted of an asset from one location is pinned together. */
const unitsAt = (line: AllocationLine, lines: readonly AllocationLine[]): number =>
  lines
    .filter(({ agreementId, assetId, location }) => agreementId === line.agreementId && assetId === line.assetId && location === line.location)
    .reduce((sum, { quantity }) => Number((sum + quantity).toPrecision(15)), 0);

/** Pin or forbid one line of the allocation; where a pin speaks of it already, what it says. */
export const PinActions = (props: { readonly line: AllocationLine; readonly lines: readonly AllocationLine[] }): ReactElement => {
  const styles = useStyles();
  const { state, commands, text } = usePaneContext();
  const isLocked = useIsLocked();
  const { agreementId, assetId, location } = props.line;
  const quantity = unitsAt(props.line, props.lines);
  const pin = pinOf(state.data.status?.pins ?? [], props.line);
  const what = `${assetId} at ${agreementId}`;
  const { ref, keep } = useKeptFocus(pin?.action ?? "free");
  const request = { agreementId, assetId, location };
  if (pin !== undefined) {
    return (
      <span ref={ref} className={styles.actions} onClick={keep}>
        <span>{pinWords(pin, text)}</span>
        <PinWay pin={pin} />
      </span>
    );
  }
  return (
    <span ref={ref} className={styles.actions} onClick={keep}>
      <TextLink
        label={`Pin ${what} at ${text.quantity(quantity)}`}
        isDisabled={isLocked}
        onClick={() => void commands.addPin({ ...request, action: "pin", quantity })}
      >
        Pin
      </TextLink>
      <TextLink label={`Forbid ${what}`} isDisabled={isLocked} onClick={() => void commands.addPin({ ...request, action: "forbid" })}>
        Forbid
      </TextLink>
    </span>
  );
};

/** All pins in force: a forbidden asset stands in no line of the allocation any more. */
export const PinList = (): ReactElement | null => {
  const styles = useStyles();
  const { state, text } = usePaneContext();
  const pins = state.data.status?.pins ?? [];
  if (pins.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Pins in force">
      {pins.map((pin) => (
        <li key={`${pin.sheet}/${pin.address}`}>
          {`${pin.assetId} at ${pin.agreementId === "*" ? "every call" : pin.agreementId}`}
          <span className={styles.actions}>
            <span>{pinWords(pin, text)}</span>
            <PinWay pin={pin} />
          </span>
        </li>
      ))}
    </ul>
  );
};
