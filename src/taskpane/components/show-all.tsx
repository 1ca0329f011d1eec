import { useState, type ReactElement, type ReactNode } from "react";
import { Button } from "@fluentui/react-components";

/** Shows the first few of a long list, and the rest on demand. */
export const ShowAll = <T,>(props: {
  readonly items: readonly T[];
  readonly first: number;
  /** Such as "moves". */
  readonly noun: string;
  readonly children: (shown: readonly T[]) => ReactNode;
}): ReactElement => {
  const [isOpen, setIsOpen] = useState(false);
  const { items, first, noun } = props;
  const isLong = items.length > first;
  return (
    <>
      {props.children(isLong && !isOpen ? items.slice(0, first) : items)}
      {isLong && (
        <div>
          <Button appearance="subtle" size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? `Show the first ${first} ${noun}` : `Show all ${items.length} ${noun}`}
          </Button>
        </div>
      )}
    </>
  );
};
