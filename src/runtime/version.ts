/** Version shown in the pane, in cells and in the run log; a test keeps it equal to package.json. */
export const version = "0.1.0";
