import { getApp } from "../runtime/app";

/** A pane tab that a command asks for. */
type PaneTab = "data" | "run" | "results" | "help";

/** Shows the pane and asks it for a tab; the pane listens for `coll:navigate`. */
const showPane = async (tab: PaneTab): Promise<void> => {
  await Office.addin.showAsTaskpane();
  window.dispatchEvent(new CustomEvent("coll:navigate", { detail: tab }));
};

/** A ribbon button stays busy until its event is completed, whatever happens, so `completed` is always reached. */
const command =
  (action: () => Promise<unknown>) =>
  async (event: Office.AddinCommands.Event): Promise<void> => {
    try {
      await action();
    } catch (error) {
      // A command has no surface of its own: the pane shows the last problem, the console keeps the whole of it.
      console.error(error);
    } finally {
      event.completed();
    }
  };

/** Shows the pane first: a run takes seconds and must be seen and stopped there. */
const runAnalysis = async (): Promise<void> => {
  await showPane("run");
  await getApp().run().done;
  await showPane("results");
};

const insertSample = async (): Promise<void> => {
  await getApp().insertSample();
  await showPane("data");
};

Office.actions.associate(
  "openPane",
  command(() => Office.addin.showAsTaskpane()),
);
Office.actions.associate("runAnalysis", command(runAnalysis));
Office.actions.associate("insertSample", command(insertSample));
Office.actions.associate(
  "showHelp",
  command(() => showPane("help")),
);
