/**
 * Renders the Markdown of docs/ as HTML: headings, paragraphs, lists, tables, code, quotes, links, images, bold and italics.
 *
 * Every text is escaped and only relative, https and mailto links are let through, so a page can hold no script.
 */

const escapeHtml = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

const slugOf = (text) =>
  text
    .toLowerCase()
    .replace(/<[^>]*>|&\w+;/g, "")
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

const isSafeLink = (target) => /^(https:|mailto:|#)/.test(target) || !/^[a-z][a-z0-9+.-]*:/i.test(target);

/** Renders code, bold, italics, images and links within one line. */
const renderInline = (text, resolveLink) => {
  const kept = [];
  const keep = (html) => `\u0000${kept.push(html) - 1}\u0000`;
  const html = escapeHtml(text.replace(/\\([\\`*_{}[\]()#+\-.!|<>])/g, (_, character) => keep(escapeHtml(character))))
    .replace(/(`+)(.+?)\1/g, (_, ticks, code) => keep(`<code>${code.trim()}</code>`))
    .replace(/!\[([^\]]*)\]\(([^)\s]+)\)/g, (whole, alt, target) =>
      isSafeLink(target) ? keep(`<img src="${resolveLink(target)}" alt="${alt}">`) : whole,
    )
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, label, target) =>
      isSafeLink(target) ? `${keep(`<a href="${resolveLink(target)}">`)}${label}${keep("</a>")}` : whole,
    )
    .replace(/&lt;(https:\/\/[^\s&]+)&gt;/g, (_, target) => keep(`<a href="${target}">${target}</a>`))
    .replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")
    .replace(/(^|[\s(])\*([^*\s](?:[^*]*[^*\s])?)\*(?=$|[\s).,;:!?])/g, "$1<em>$2</em>")
    .replace(/(^|[\s(])_([^_\s](?:[^_]*[^_\s])?)_(?=$|[\s).,;:!?])/g, "$1<em>$2</em>");
  // A kept piece may hold others (code within a link's label): put back until none is left.
  let result = html;
  while (result.includes("\u0000")) result = result.replace(/\u0000(\d+)\u0000/g, (_, index) => kept[Number(index)]);
  return result;
};

/** Splits a table row at its bars; bars within code or after a backslash stay. */
const cellsOf = (line) => {
  const cells = [""];
  let inCode = false;
  const body = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  for (let at = 0; at < body.length; at += 1) {
    if (body[at] === "\\" && body[at + 1] === "|") {
      cells[cells.length - 1] += "|";
      at += 1;
    } else if (body[at] === "|" && !inCode) cells.push("");
    else {
      if (body[at] === "`") inCode = !inCode;
      cells[cells.length - 1] += body[at];
    }
  }
  return cells.map((cell) => cell.trim());
};

const isDivider = (line) => line !== undefined && /^\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*$/.test(line) && line.includes("-");
const isTableStart = (lines, at) => lines[at].includes("|") && isDivider(lines[at + 1]) && lines[at + 1].includes("|");
const listItem = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const heading = /^(#{1,6})\s+(.*?)\s*#*\s*$/;
const fence = /^\s*(```+|~~~+)\s*(\S*)/;

const isBlockStart = (lines, at) =>
  heading.test(lines[at]) || fence.test(lines[at]) || listItem.test(lines[at]) || /^\s*>/.test(lines[at]) || isTableStart(lines, at);

const renderTable = (rows, inline) => {
  const [head, , ...body] = rows;
  const row = (line, cell) =>
    `<tr>${cellsOf(line)
      .map((text) => `<${cell}>${inline(text)}</${cell}>`)
      .join("")}</tr>`;
  return `<div class="table"><table><thead>${row(head, 'th scope="col"').replaceAll('</th scope="col">', "</th>")}</thead><tbody>${body
    .map((line) => row(line, "td"))
    .join("")}</tbody></table></div>`;
};

/** Reads the list that starts at `start`; deeper indentation is a list within the item. */
const renderList = (lines, start, render) => {
  const [, indent, marker] = listItem.exec(lines[start]);
  const isOrdered = /\d/.test(marker);
  const items = [];
  let at = start;
  while (at < lines.length) {
    const match = listItem.exec(lines[at]);
    if (match !== null && match[1].length === indent.length && /\d/.test(match[2]) === isOrdered) {
      items.push([match[3]]);
    } else if (lines[at].trim() !== "" && lines[at].search(/\S/) > indent.length) {
      items[items.length - 1].push(lines[at].slice(Math.min(lines[at].search(/\S/), indent.length + 2)));
    } else if (lines[at].trim() === "" && at + 1 < lines.length && lines[at + 1].search(/\S/) > indent.length) {
      items[items.length - 1].push("");
    } else break;
    at += 1;
  }
  const body = items.map((item) => {
    const html = render(item);
    return `<li>${html.replace(/^<p>([\s\S]*?)<\/p>/, "$1")}</li>`;
  });
  const name = isOrdered ? "ol" : "ul";
  return { html: `<${name}>${body.join("")}</${name}>`, next: at };
};

const takeWhile = (lines, start, holds) => {
  let at = start;
  while (at < lines.length && holds(at)) at += 1;
  return { taken: lines.slice(start, at), next: at };
};

const renderBlock = (lines, at, context) => {
  const { inline, render } = context;
  const title = heading.exec(lines[at]);
  if (title !== null) {
    const level = title[1].length;
    const html = inline(title[2]);
    return { html: `<h${level} id="${slugOf(html)}">${html}</h${level}>`, next: at + 1 };
  }
  const open = fence.exec(lines[at]);
  if (open !== null) {
    const { taken, next } = takeWhile(lines, at + 1, (line) => !lines[line].trim().startsWith(open[1]));
    return { html: `<pre><code>${escapeHtml(taken.join("\n"))}</code></pre>`, next: next + 1 };
  }
  if (isTableStart(lines, at)) {
    const { taken, next } = takeWhile(lines, at, (line) => lines[line].includes("|"));
    return { html: renderTable(taken, inline), next };
  }
  if (/^\s*>/.test(lines[at])) {
    const { taken, next } = takeWhile(lines, at, (line) => /^\s*>/.test(lines[line]));
    return { html: `<blockquote>${render(taken.map((line) => line.replace(/^\s*> ?/, "")))}</blockquote>`, next };
  }
  if (/^\s*(-{3,}|\*{3,})\s*$/.test(lines[at])) return { html: "<hr>", next: at + 1 };
  if (listItem.test(lines[at])) return renderList(lines, at, render);
  const { taken, next } = takeWhile(lines, at, (line) => lines[line].trim() !== "" && (line === at || !isBlockStart(lines, line)));
  return { html: `<p>${inline(taken.map((line) => line.trim()).join(" "))}</p>`, next };
};

/**
 * Renders a page.
 *
 * @param markdown the text of a .md file
 * @param resolveLink maps the target of a link (already escaped) to what the page shall say
 * @returns { html, title }; the title is the text of the first heading
 */
const renderMarkdown = (markdown, resolveLink = (target) => target) => {
  const inline = (text) => renderInline(text, resolveLink);
  const render = (lines) => {
    const parts = [];
    for (let at = 0; at < lines.length;) {
      if (lines[at].trim() === "") at += 1;
      else {
        const block = renderBlock(lines, at, { inline, render });
        parts.push(block.html);
        at = block.next;
      }
    }
    return parts.join("\n");
  };
  const text = markdown.replace(/\r\n?/g, "\n").replace(/\u0000/g, "");
  const title = /^#\s+(.*?)\s*#*$/m.exec(text)?.[1] ?? "";
  return { html: render(text.split("\n")), title: title.replace(/[`*]/g, "") };
};

module.exports = { renderMarkdown, escapeHtml };
