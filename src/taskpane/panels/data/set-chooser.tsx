import type { ReactElement } from "react";
import { Field, makeStyles, Select } from "@fluentui/react-components";
import type { DataStatus } from "../../../app/collateral-app";
import { ownSet } from "../../../core/tables/mapping/table-mapping";
import { usePaneContext } from "../../components/pane-context";

const useStyles = makeStyles({ field: { marginTop: "16px" } });

/** How a set is called: by the names of its tables, or as the user's own. */
export const setName = (set: string): string => (set === ownSet ? "Your mapped tables" : `tblAssets${set}, tblAgreements${set} …`);

/** Which set of tables to work on, where the workbook holds several. */
export const SetChooser = (props: { readonly status: DataStatus }): ReactElement | null => {
  const styles = useStyles();
  const { state, commands } = usePaneContext();
  const { sets, chosenSet } = props.status;
  if (sets.length < 2) return null;
  return (
    <Field className={styles.field} label="Set of tables" hint="This workbook holds several sets. One is used at a time.">
      <Select value={state.set ?? chosenSet} onChange={(_, data) => void commands.checkData(data.value)}>
        {sets.map((set) => (
          <option key={set} value={set}>
            {setName(set)}
          </option>
        ))}
      </Select>
    </Field>
  );
};
