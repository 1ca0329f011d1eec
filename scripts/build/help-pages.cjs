/**
 * Turns docs/ into the static help that ships with the add-in: help/<name>.html, one page per function and per guide.
 *
 * docs/functions/haircut-scale.md becomes help/haircut-scale.html (the address in functions.json), docs/methods/x.md becomes
 * help/methods/x.html, and docs/user-guide.md becomes help/user-guide.html. docs/decisions are for developers and stay out.
 */
const { existsSync, readdirSync, readFileSync } = require("node:fs");
const path = require("node:path");
const { helpContentSecurityPolicy } = require("./content-security-policy.cjs");
const { escapeHtml, renderMarkdown } = require("./render-markdown.cjs");

const guides = ["user-guide", "tables", "glossary", "privacy", "admin"];

const markdownFilesOf = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".md"))
        .sort()
    : [];

/** Every page: where its source is below docs/ and where it goes below help/. */
const helpSources = (root) => {
  const docs = path.join(root, "docs");
  const base = (name) => name.replace(/\.md$/, "");
  return [
    ...guides
      .filter((name) => existsSync(path.join(docs, `${name}.md`)))
      .map((name) => ({ source: `${name}.md`, target: `${name}.html`, kind: "guide" })),
    ...markdownFilesOf(path.join(docs, "functions")).map((name) => ({ source: `functions/${name}`, target: `${base(name)}.html`, kind: "function" })),
    ...markdownFilesOf(path.join(docs, "methods")).map((name) => ({
      source: `methods/${name}`,
      target: `methods/${base(name)}.html`,
      kind: "method",
    })),
  ];
};

const posix = path.posix;

/** Links between .md files become links between help pages; links to pages that do not ship become plain text targets "#". */
const linkResolver = (page, sources) => {
  const targets = new Map(sources.map(({ source, target }) => [source, target]));
  return (link) => {
    if (/^(https:|mailto:|#)/.test(link)) return link;
    const [file, fragment] = link.split("#");
    const target = targets.get(posix.normalize(posix.join(posix.dirname(page.source), file)));
    if (target === undefined) return "#";
    const relative = posix.relative(posix.dirname(page.target), target) || posix.basename(target);
    return fragment === undefined ? relative : `${relative}#${fragment}`;
  };
};

const pageHtml = (title, body, depth) => {
  const up = "../".repeat(depth);
  return `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="${helpContentSecurityPolicy}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} - Collateral Optimizer help</title>
<link rel="stylesheet" href="${up}help.css">
</head>
<body>
<nav aria-label="Help"><a href="${up}index.html">Collateral Optimizer help</a></nav>
<main>
${body}
</main>
</body>
</html>
`;
};

const linkList = (pages) => `<ul>${pages.map(({ target, title }) => `<li><a href="${target}">${escapeHtml(title)}</a></li>`).join("")}</ul>`;

const indexHtml = (pages) => {
  const section = (kind, title) => {
    const chosen = pages.filter((page) => page.kind === kind);
    return chosen.length === 0 ? "" : `<h2>${title}</h2>\n${linkList(chosen)}`;
  };
  return pageHtml(
    "Contents",
    `<h1>Collateral Optimizer help</h1>\n${section("guide", "Guides")}\n${section("function", "Functions")}\n${section("method", "Methods")}`,
    0,
  );
};

/**
 * Renders the whole help.
 *
 * @returns [{ target: path below help/, text }]
 */
const renderHelp = (root) => {
  const sources = helpSources(root);
  const pages = sources.map((page) => {
    const markdown = readFileSync(path.join(root, "docs", ...page.source.split("/")), "utf8");
    const { html, title } = renderMarkdown(markdown, linkResolver(page, sources));
    return { ...page, title: title === "" ? page.target : title, html };
  });
  const depth = (target) => target.split("/").length - 1;
  return [
    ...pages.map(({ target, title, html }) => ({ target, text: pageHtml(title, html, depth(target)) })),
    { target: "index.html", text: indexHtml(pages) },
    { target: "help.css", text: readFileSync(path.join(__dirname, "help.css"), "utf8") },
  ];
};

module.exports = { renderHelp, helpSources };
