import type { ReactElement } from "react";
import { FluentProvider, makeStyles, tokens } from "@fluentui/react-components";
import { paneTheme } from "./components/pane-theme";
import { Prose } from "./components/prose";
import { useColourScheme } from "./components/use-colour-scheme";

const useStyles = makeStyles({
  provider: { minHeight: "100%", backgroundColor: tokens.colorNeutralBackground1 },
  page: { maxWidth: "480px", padding: "24px 16px" },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
});

/** The page for somebody who opens the pane's address in a browser, or in another Office program. */
export const OutsideExcel = (props: { readonly reason: "noExcel" | "noOffice" }): ReactElement => {
  const styles = useStyles();
  const { scheme } = useColourScheme(undefined);
  return (
    <FluentProvider theme={paneTheme(scheme)} className={styles.provider}>
      <main className={styles.page}>
        <h1 className={styles.title}>Collateral Optimizer works inside Excel</h1>
        {props.reason === "noExcel" ? (
          <Prose>
            This page is its task pane. In Excel, start it from Home &gt; Add-ins; without Excel, npm start in the project opens the workbench.
          </Prose>
        ) : (
          <Prose>
            Office.js did not load, so Excel cannot be reached. Allow appsforoffice.microsoft.com in your network, then open the pane again.
          </Prose>
        )}
        <Prose isQuiet>Nothing leaves your workbook: everything is computed on your computer.</Prose>
      </main>
    </FluentProvider>
  );
};
