/** The address that the add-in is served from: PUBLIC_URL, which may have a path, else the developer's. */
const { developmentUrl } = require("./functions-metadata.cjs");

/**
 * Reads PUBLIC_URL.
 *
 * @param text the environment variable; undefined or empty means the development address
 * @returns the address with a slash at its end
 * @throws Error when it is not an https address, has a query, or names this machine
 */
const publicUrlOf = (text) => {
  if (text === undefined || text.trim() === "") return developmentUrl;
  let url;
  try {
    url = new URL(text.trim());
  } catch {
    throw new Error(`PUBLIC_URL is "${text}". Give a whole address, such as https://example.com/collateral/.`);
  }
  if (url.protocol !== "https:") throw new Error(`PUBLIC_URL is "${text}". Office loads add-ins over https only.`);
  if (url.search !== "" || url.hash !== "") throw new Error(`PUBLIC_URL is "${text}". Leave out ? and #.`);
  if (url.href.startsWith(developmentUrl)) return developmentUrl;
  if (isLocal(url.hostname)) throw new Error(`PUBLIC_URL is "${text}". Unset it for a local build, or give the address of the web server.`);
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
};

const isLocal = (host) => host === "localhost" || host.endsWith(".localhost") || host === "127.0.0.1" || host === "[::1]";

/** Writes the public address over the development address in a manifest or page. */
const rewriteUrls = (text, publicUrl) => text.replaceAll(developmentUrl, publicUrl);

module.exports = { publicUrlOf, rewriteUrls };
