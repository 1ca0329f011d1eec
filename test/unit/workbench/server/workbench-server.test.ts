import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { addInPolicy } from "../../../../src/workbench/server/content-security-policy";
import { startWorkbenchServer, type RunningWorkbench } from "../../../../src/workbench/server/workbench-server";

const { contentSecurityPolicy } = jest.requireActual<{ contentSecurityPolicy: string }>("../../../../scripts/build/content-security-policy.cjs");

let root: string;
let running: RunningWorkbench;

const FILES: Readonly<Record<string, string>> = {
  "secret.txt": "secret",
  "add-in/taskpane.html": '<script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"></script>',
  "add-in/functions.json": "{}",
  "add-in/highs.wasm": "wasm",
  "add-in/help/a b.html": "help",
  "page/index.html": "page",
  "page/page.js": "js",
  "office/office.js": "office",
};

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "workbench-server-"));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  running = await startWorkbenchServer({ addIn: path.join(root, "add-in"), page: path.join(root, "page"), officeJs: path.join(root, "office") }, 0);
});

afterAll(async () => {
  await running.close();
  rmSync(root, { recursive: true });
});

/** Sends a path as it stands, which fetch would tidy up first. */
function get(rawPath: string, method = "GET"): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(running.address);
    const sent = request({ host: "127.0.0.1", port, path: rawPath, method }, (response) => {
      let body = "";
      response.on("data", (piece: Buffer) => (body += piece.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("the workbench server", () => {
  it("serves the page, the add-in and Office.js with their types", async () => {
    expect((await get("/")).body).toBe("page");
    expect((await get("/workbench/page.js")).headers["content-type"]).toContain("text/javascript");
    expect((await get("/office-js/office.js")).body).toBe("office");
    expect((await get("/highs.wasm")).headers["content-type"]).toBe("application/wasm");
    expect((await get("/help/a%20b.html?x=1")).body).toBe("help");
  });

  it("sends the add-in's policy with every file of the add-in, and a policy with the page", async () => {
    expect((await get("/functions.json")).headers["content-security-policy"]).toBe(contentSecurityPolicy);
    expect((await get("/taskpane.html")).headers["content-security-policy"]).toBe(addInPolicy(true));
    expect((await get("/")).headers["content-security-policy"]).toContain("script-src 'self';");
  });

  it("takes WebAssembly out of the policy on request, and nothing else", () => {
    expect(addInPolicy(false)).toBe(contentSecurityPolicy.replace(" 'wasm-unsafe-eval'", ""));
    expect(addInPolicy(true, false)).toBe(contentSecurityPolicy.replace("worker-src 'self'", "worker-src 'none'"));
  });

  it("changes the task pane only as it serves it", async () => {
    expect((await get("/taskpane.html")).body).toBe('<script src="/workbench/frame-host.js"></script><script src="/office-js/office.js"></script>');
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "/workbench/../../secret.txt",
    "/office-js/%2e%2e/secret.txt",
    "/%",
    "/a%00b",
    "/help",
    "/no-such-file",
  ])("does not leave its folders: %s", async (rawPath) => {
    const answer = await get(rawPath);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain("secret\n");
    expect(answer.body).not.toBe("secret");
  });

  it("answers only GET and HEAD", async () => {
    expect((await get("/", "POST")).status).toBe(405);
    expect(await get("/", "HEAD")).toMatchObject({ status: 200, body: "" });
  });

  it("refuses a taken port with the system's code", async () => {
    const port = Number(new URL(running.address).port);
    await expect(startWorkbenchServer({ addIn: root, page: root, officeJs: root }, port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
