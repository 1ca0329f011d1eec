import type { ReactElement } from "react";
import { makeStyles, tokens } from "@fluentui/react-components";
import type { Sensitivity } from "../../../core/optimization/allocation-outcome";
import { ShowAll } from "../../components/show-all";

const useStyles = makeStyles({
  title: { margin: "8px 0 0", fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingLeft: "16px", display: "flex", flexDirection: "column", gap: "8px", overflowWrap: "anywhere" },
});

/** What each kind is worth, in the order in which a desk asks. */
const groups: readonly { readonly kind: Sensitivity["kind"]; readonly title: string; readonly isNearestFirst?: true }[] = [
  { kind: "limit", title: "What a wider limit is worth" },
  { kind: "rule", title: "What a pin, a cap or a reserve costs" },
  { kind: "asset", title: "What more of an asset is worth" },
  { kind: "agreement", title: "What a larger call costs" },
  { kind: "cost", title: "How far a cost may move", isNearestFirst: true },
  { kind: "pair", title: "Not used, but close", isNearestFirst: true },
];

const sizeOf = (value: number): number => (Number.isFinite(value) ? Math.abs(value) : 0);

/** What would change the answer, by what it is about and the largest effect first; in the words of the optimizer. */
export const SensitivityList = (props: { readonly sensitivities: readonly Sensitivity[] }): ReactElement => {
  const styles = useStyles();
  return (
    <>
      {groups.map(({ kind, title, isNearestFirst }) => {
        const found = props.sensitivities.filter((sensitivity) => sensitivity.kind === kind);
        if (found.length === 0) return null;
        const ranked = found.sort((a, b) => (isNearestFirst === true ? 1 : -1) * (sizeOf(a.value) - sizeOf(b.value)));
        return (
          <section key={kind} aria-label={title}>
            <h3 className={styles.title}>{title}</h3>
            <ShowAll items={ranked} first={5} noun="sentences">
              {(shown) => (
                <ul className={styles.list}>
                  {shown.map((sensitivity) => (
                    <li key={`${sensitivity.kind}/${sensitivity.id}/${sensitivity.text}`}>{sensitivity.text}</li>
                  ))}
                </ul>
              )}
            </ShowAll>
          </section>
        );
      })}
    </>
  );
};
