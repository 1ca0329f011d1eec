import { useEffect, useState, type ReactElement } from "react";
import { Input, Link, makeStyles, tokens } from "@fluentui/react-components";
import { Search16Regular } from "@fluentui/react-icons/svg/search";
import { HiddenText } from "../../components/hidden-text";
import { Prose } from "../../components/prose";
import { Section } from "../../components/section";
import { findFunctions, helpPage, toFunctionList, type FunctionEntry } from "./function-list";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none", display: "flex", flexDirection: "column", gap: "8px" },
  description: { display: "block", color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  name: { overflowWrap: "anywhere" },
});

const first = 8;

/** The functions of this build: read once, from the file that Excel registers them with, when Help is first opened. */
const useFunctionList = (isShown: boolean): readonly FunctionEntry[] | undefined => {
  const [list, setList] = useState<readonly FunctionEntry[]>();
  useEffect(() => {
    if (!isShown || list) return undefined;
    let isHere = true;
    const read = async (): Promise<void> => {
      try {
        const answer = await fetch("functions.json");
        const found = answer.ok ? toFunctionList(await answer.json()) : [];
        if (isHere) setList(found);
      } catch {
        // Without the list the functions still explain themselves in Excel's own formula help.
        if (isHere) setList([]);
      }
    };
    void read();
    return () => {
      isHere = false;
    };
  }, [isShown, list]);
  return list;
};

/** The help page of every function, to be searched. */
export const FunctionPages = (props: { readonly isShown: boolean }): ReactElement => {
  const styles = useStyles();
  const list = useFunctionList(props.isShown);
  const [query, setQuery] = useState("");
  if (!list || list.length === 0) {
    return (
      <Section title="Functions">
        <Prose>Type =COLL. in a cell: Excel lists the functions and explains their arguments.</Prose>
      </Section>
    );
  }
  const found = findFunctions(list, query);
  const shown = query === "" ? found.slice(0, first) : found;
  return (
    <Section title="Functions" hint="Type =COLL. in a cell, or look one up here. Each page has an example to paste.">
      <Input
        type="search"
        size="small"
        aria-label="Find a function"
        placeholder={`Find one of ${list.length}`}
        contentBefore={<Search16Regular aria-hidden="true" />}
        value={query}
        onChange={(_, data) => setQuery(data.value)}
      />
      <HiddenText isLive>{query === "" ? "" : `${found.length} found`}</HiddenText>
      {found.length === 0 && <Prose isQuiet>None has these words.</Prose>}
      <ul className={styles.list}>
        {shown.map((entry) => (
          <li key={entry.id}>
            <Link className={styles.name} href={helpPage(entry.id)} target="_blank" rel="noopener">
              {`COLL.${entry.name}`}
            </Link>
            <span className={styles.description}>{entry.description}</span>
          </li>
        ))}
      </ul>
      {shown.length < found.length && <Prose isQuiet>{`${found.length - shown.length} more: type a word above.`}</Prose>}
      <div>
        <Link href="help/index.html" target="_blank" rel="noopener">
          All help pages
        </Link>
      </div>
    </Section>
  );
};
