import { FRAME_HOST_PATH, OFFICE_JS_PATH, workbenchTaskpane } from "../../../../src/workbench/server/workbench-taskpane";

const PRODUCTION = `<!doctype html><html><head><meta charset="utf-8" />
<script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"></script></head>
<body><div id="root"></div><script src="functions.js?1"></script></body></html>`;

describe("the task pane as the workbench serves it", () => {
  it("differs from production in the address of Office.js and one script before it", () => {
    const served = workbenchTaskpane(PRODUCTION);
    expect(served).toContain(`<script src="${FRAME_HOST_PATH}"></script><script src="${OFFICE_JS_PATH}office.js">`);
    const undone = served
      .replace(`<script src="${FRAME_HOST_PATH}"></script>`, "")
      .replace(`${OFFICE_JS_PATH}office.js`, "https://appsforoffice.microsoft.com/lib/1/hosted/office.js");
    expect(undone).toBe(PRODUCTION);
  });

  it("keeps other attributes and quotes of the tag", () => {
    expect(workbenchTaskpane("<script defer src='https://appsforoffice.microsoft.com/lib/1/hosted/office.debug.js' async></script>")).toContain(
      `<script defer src='${OFFICE_JS_PATH}office.debug.js' async>`,
    );
  });

  it("refuses a page without Office.js, which would run without a host", () => {
    expect(() => workbenchTaskpane("<html></html>")).toThrow(/npm run build/);
  });
});
