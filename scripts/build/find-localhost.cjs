/** Finds the developer's address in the files of a production build: Excel would look for the add-in on the user's own machine. */
const { readdirSync, readFileSync } = require("node:fs");
const path = require("node:path");

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file) : [file];
  });

/** Only texts can hold an address that Excel asks for. */
const isText = (file) => /\.(html|js|json|xml|css|txt|map)$/.test(file);

/** Help pages tell developers about localhost in prose and code; only their links count. */
const linksOf = (text) => [...text.matchAll(/(?:href|src|content|action)\s*=\s*"([^"]*)"/gi)].map((match) => match[1]).join("\n");

/**
 * Lists the places where localhost survives.
 *
 * @returns one line each: file and surroundings
 */
const findLocalhost = (folder) =>
  filesBelow(folder)
    .filter(isText)
    .flatMap((file) => {
      const relative = path.relative(folder, file).split(path.sep).join("/");
      const whole = readFileSync(file, "utf8");
      const text = relative.startsWith("help/") ? linksOf(whole) : whole;
      const at = text.search(/localhost/i);
      return at < 0 ? [] : [`${relative}: ...${text.slice(Math.max(0, at - 40), at + 50).replace(/\s+/g, " ")}...`];
    });

module.exports = { findLocalhost, filesBelow };
