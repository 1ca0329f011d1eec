import type { ReactElement } from "react";
import { makeStyles } from "@fluentui/react-components";
import type { Sensitivity } from "../../../core/optimization/allocation-outcome";
import { ShowAll } from "../../components/show-all";

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: "16px", display: "flex", flexDirection: "column", gap: "8px", overflowWrap: "anywhere" },
});

/** What would change the answer, the largest effect first; in the words of the optimizer. */
export const SensitivityList = (props: { readonly sensitivities: readonly Sensitivity[] }): ReactElement => {
  const styles = useStyles();
  const ranked = [...props.sensitivities].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return (
    <ShowAll items={ranked} first={5} noun="sentences">
      {(shown) => (
        <ul className={styles.list}>
          {shown.map((sensitivity) => (
            <li key={`${sensitivity.kind}/${sensitivity.id}`}>{sensitivity.text}</li>
          ))}
        </ul>
      )}
    </ShowAll>
  );
};
