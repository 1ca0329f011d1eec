/**
 * npm run start:excel: builds the add-in and serves it at https://localhost:3000 for a real Excel.
 *
 * The certificates come from Microsoft's office-addin-dev-certs, fetched by npx on first use (it asks for your password, since Excel must
 * trust them). The address is fixed because manifest.xml holds it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:https";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { serveFolder } = require("./build/serve-folder.cjs");
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const certificates = path.join(homedir(), ".office-addin-dev-certs");
/** Not among the dependencies: only who serves to a real Excel needs it. */
const CERTIFICATES_TOOL = "office-addin-dev-certs@3.0.0";
const port = 3000;

const stop = (message) => {
  console.error(message);
  process.exit(1);
};

const run = (command, words, options = {}) => spawnSync(command, words, { cwd: root, stdio: "inherit", ...options }).status === 0;

const readCertificates = () => {
  const file = (name) => path.join(certificates, name);
  return ["ca.crt", "localhost.crt", "localhost.key"].every((name) => existsSync(file(name)))
    ? { ca: readFileSync(file("ca.crt")), cert: readFileSync(file("localhost.crt")), key: readFileSync(file("localhost.key")) }
    : undefined;
};

/** `verify` fails when the certificate has expired or is not trusted; `install` makes and trusts a new one. */
const ensureCertificates = () => {
  // npx is a .cmd file on Windows, which needs a shell.
  const npx = (word) => run("npx", ["--yes", CERTIFICATES_TOOL, word], { shell: process.platform === "win32" });
  if (readCertificates() === undefined || !npx("verify")) npx("install");
  return readCertificates() ?? stop(`There are no certificates. Run: npx ${CERTIFICATES_TOOL} install`);
};

const sideload = `The add-in is at https://localhost:${port}/ (Ctrl+C stops). Sideload manifest.xml:
  Windows  share the project's folder, add the share in File > Options > Trust Center > Trusted Add-in Catalogs, then Home > Add-ins > Shared folder
  Mac      copy manifest.xml to ~/Library/Containers/com.microsoft.Excel/Data/Documents/wef/ and restart Excel
  Web      Home > Add-ins > More add-ins > My add-ins > Upload my add-in > manifest.xml`;

if (process.env.PUBLIC_URL) stop("PUBLIC_URL is set; this command serves the local build. Unset it.");
const options = ensureCertificates();
if (!run(process.execPath, [path.join(root, "scripts", "build.mjs")])) stop("The build failed.");
const server = createServer(options, serveFolder(path.join(root, "dist")));
server.on("error", (error) => {
  stop(error.code === "EADDRINUSE" ? `Port ${port} is taken. Stop the other program: manifest.xml holds this address.` : error.message);
});
server.listen(port, "localhost", () => console.log(sideload));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.close(() => process.exit(0)).closeAllConnections());
