import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { addInPolicy, workbenchPolicy } from "./content-security-policy";
import { fileInFolder } from "./file-in-folder";
import { mimeTypeOf } from "./mime-types";
import { OFFICE_JS_PATH, workbenchTaskpane } from "./workbench-taskpane";

/** What the workbench serves, and how strictly. */
export interface WorkbenchFolders {
  /** The production build of the add-in. */
  readonly addIn: string;
  /** The built page of the workbench, with index.html. */
  readonly page: string;
  /** The dist folder of the pinned Office.js package. */
  readonly officeJs: string;
  /** False refuses WebAssembly, as locked-down hosts do. Default true. */
  readonly allowWebAssembly?: boolean;
  /** False refuses workers. Default true. */
  readonly allowWorkers?: boolean;
}

const PAGE_PREFIX = "/workbench/";

interface Target {
  readonly folder: string;
  readonly path: string;
  readonly policy: string;
}

function targetOf(pathname: string, folders: WorkbenchFolders): Target {
  if (pathname === "/") return { folder: folders.page, path: "index.html", policy: workbenchPolicy() };
  const policy = addInPolicy(folders.allowWebAssembly ?? true, folders.allowWorkers ?? true);
  for (const [prefix, folder] of [
    [PAGE_PREFIX, folders.page],
    [OFFICE_JS_PATH, folders.officeJs],
  ] as const) {
    if (pathname.startsWith(prefix)) return { folder, path: pathname.slice(prefix.length), policy };
  }
  return { folder: folders.addIn, path: pathname.slice(1), policy };
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string | Buffer, head: boolean): void {
  response.writeHead(status, {
    "X-Content-Type-Options": "nosniff",
    // The build changes under a running server; a stale pane on a fresh host is a bug hunt nobody needs.
    "Cache-Control": "no-cache",
    "Content-Length": String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(head ? undefined : body);
}

const PLAIN = { "Content-Type": "text/plain; charset=utf-8" };

async function answer(request: IncomingMessage, response: ServerResponse, folders: WorkbenchFolders): Promise<void> {
  const head = request.method === "HEAD";
  if (!head && request.method !== "GET") {
    send(response, 405, { ...PLAIN, Allow: "GET, HEAD" }, "Only GET and HEAD are answered here.\n", false);
    return;
  }
  // The URL class would resolve ".." before we look; keep the path as it was sent and refuse what leaves the folder.
  const pathname = (request.url ?? "/").replace(/[?#].*$/, "");
  const target = targetOf(pathname, folders);
  const file = await fileInFolder(target.folder, target.path);
  if (!file) {
    send(response, 404, { ...PLAIN, "Content-Security-Policy": target.policy }, `Nothing is served at ${pathname}\n`, head);
    return;
  }
  const isPane = target.folder === folders.addIn && target.path === "taskpane.html";
  const body = isPane ? workbenchTaskpane(await readFile(file, "utf8")) : await readFile(file);
  send(response, 200, { "Content-Type": mimeTypeOf(file), "Content-Security-Policy": target.policy }, body, head);
}

/** Makes the function that answers a request, so that http and https servers share it. */
export function workbenchListener(folders: WorkbenchFolders): RequestListener {
  return (request, response) => {
    answer(request, response, folders).catch((error: unknown) => {
      send(response, 500, PLAIN, `${error instanceof Error ? error.message : String(error)}\n`, false);
    });
  };
}

/** A running workbench. */
export interface RunningWorkbench {
  readonly address: string;
  /** Stops listening and ends open connections. */
  readonly close: () => Promise<void>;
}

function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const bound = server.address();
  return typeof bound === "object" && bound ? bound.port : 0;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Starts the workbench for this machine only, under both addresses that "localhost" may mean.
 *
 * @param port 0 takes a free one
 * @throws Error with code EADDRINUSE when the port is taken on either address
 */
export async function startWorkbenchServer(folders: WorkbenchFolders, port: number): Promise<RunningWorkbench> {
  const listener = workbenchListener(folders);
  const servers = [await listen(listener, port, "127.0.0.1")];
  const actual = portOf(servers[0] as Server);
  try {
    servers.push(await listen(listener, actual, "::1"));
  } catch (error) {
    // A machine without IPv6 has no ::1; a taken port there would answer half of the requests with another program.
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE" && port !== 0) {
      await Promise.all(servers.map(closeServer));
      throw error;
    }
  }
  return {
    address: `http://localhost:${actual}`,
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}
