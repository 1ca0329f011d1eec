import { getApp } from "../runtime/app";

/** A pane tab that a command asks for. */
type PaneTab = "data" | "run" | "results" | "help";

/** Shows the pane and asks it for a tab; the pane listens for `coll:navigate`. */
const showPane = async (tab: PaneTab): Promise<void> => {
  await Office.addin.showAsTaskpane();
  window.dispatchEvent(new CustomEvent("coll:navigate", { detail: tab }));
};

/** A command has no surface of its own, so the pane says what went wrong; it listens for `coll:problem`. */
const tellProblem = async (error: unknown): Promise<void> => {
  console.error(error);
  const detail = error instanceof Error ? error.message : String(error);
  // A pane that cannot be shown must not hide the first problem from the console above.
  await Office.addin.showAsTaskpane().catch(() => undefined);
  window.dispatchEvent(new CustomEvent("coll:problem", { detail }));
};

/** What an action gets: a ribbon button's event, or nothing to complete when a shortcut or another host calls it. */
type ActionEvent = Partial<Pick<Office.AddinCommands.Event, "completed">> | null;

/** A ribbon button stays busy until its event is completed, whatever happens, so `completed` is always reached. */
const command =
  (action: () => Promise<unknown>) =>
  async (event: ActionEvent): Promise<void> => {
    try {
      await action();
    } catch (error) {
      await tellProblem(error);
    } finally {
      event?.completed?.();
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
