/** Answers requests with the files of a folder, with the headers that an Office add-in needs (docs/admin.md). */
const { createReadStream, statSync } = require("node:fs");
const path = require("node:path");
const { contentSecurityPolicy, helpContentSecurityPolicy } = require("./content-security-policy.cjs");

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};

const isHashed = (name) => /\.[0-9a-f]{12}\./.test(name);

/** Headers of a file by its path below the folder. */
const headersOf = (relative) => {
  const extension = path.extname(relative);
  const isIcon = extension === ".png";
  return {
    "Content-Type": types[extension] ?? "application/octet-stream",
    "Content-Security-Policy": relative.startsWith("help/") ? helpContentSecurityPolicy : contentSecurityPolicy,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    // Office reads the metadata and the script of the functions from another origin.
    ...(relative === "functions.json" || relative === "functions.js" ? { "Access-Control-Allow-Origin": "*" } : {}),
    "Cache-Control": isHashed(relative) ? "public, max-age=31536000, immutable" : isIcon ? "public, max-age=3600" : "no-cache",
  };
};

/** Path of the file that a request means, or undefined when it points outside the folder or names none. */
const fileFor = (folder, url) => {
  let name;
  try {
    name = decodeURIComponent(new URL(url, "https://localhost").pathname).replace(/^\/+/, "");
  } catch {
    return undefined;
  }
  const file = path.resolve(folder, name === "" ? "taskpane.html" : name);
  const relative = path.relative(folder, file).split(path.sep).join("/");
  if (relative.startsWith("..") || path.isAbsolute(relative)) return undefined;
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? { file, relative } : undefined;
};

/** Makes a request listener for a folder. */
const serveFolder = (folder) => (request, response) => {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
    return;
  }
  const found = fileFor(folder, request.url ?? "/");
  if (found === undefined) {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found");
    return;
  }
  response.writeHead(200, headersOf(found.relative));
  if (request.method === "HEAD") response.end();
  else createReadStream(found.file).pipe(response);
};

module.exports = { serveFolder, headersOf, fileFor };
