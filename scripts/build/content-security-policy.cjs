/**
 * The one content security policy of the add-in: a meta tag first in head, and a header on every file that a server of ours sends.
 *
 * 'wasm-unsafe-eval' lets HiGHS start; without it the add-in falls back to the engines in plain JavaScript.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' https://appsforoffice.microsoft.com 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Help pages run no script at all. */
const helpContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

module.exports = { contentSecurityPolicy, helpContentSecurityPolicy };
