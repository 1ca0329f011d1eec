/** Reads the XML subset of an Office manifest: elements, attributes, text, comments, declarations. No DTD, no CDATA. */

const entities = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

const decode = (text) =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name) => {
    if (name.startsWith("#")) return String.fromCodePoint(Number(`0${name.slice(1)}`));
    if (entities[name] === undefined) throw new Error(`unknown entity ${whole}`);
    return entities[name];
  });

const attributesOf = (text) => {
  const attributes = {};
  const rest = text.replace(/([\w:.-]+)\s*=\s*"([^"<]*)"/g, (_, name, value) => {
    if (name in attributes) throw new Error(`attribute ${name} is given twice`);
    attributes[name] = decode(value);
    return "";
  });
  if (rest.trim() !== "") throw new Error(`attributes are not well formed: ${text.trim()}`);
  return attributes;
};

const lineOf = (text, index) => text.slice(0, index).split("\n").length;

/**
 * Parses a document.
 *
 * @returns the root { name, attributes, children, text, line }
 * @throws Error with the line when the text is not well formed
 */
const parseXml = (source) => {
  const text = source.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, " ")).replace(/^\uFEFF/, "");
  const top = { name: "", attributes: {}, children: [], text: "", line: 0 };
  const open = [top];
  let end = 0;
  for (const match of text.matchAll(/<(\/?)([?!]?)([\w:.-]*)([^<>]*?)(\/?)>/g)) {
    const [tag, closing, special, name, body, selfClosing] = match;
    const line = lineOf(text, match.index);
    const current = open[open.length - 1];
    const between = text.slice(end, match.index);
    if (between.includes("<") || between.includes(">")) throw new Error(`line ${line}: a stray < or > before ${tag}`);
    current.text += decode(between);
    end = match.index + tag.length;
    if (special !== "") continue;
    if (closing === "/") {
      if (current.name !== name) throw new Error(`line ${line}: </${name}> closes <${current.name}>`);
      open.pop();
      continue;
    }
    const element = { name, attributes: attributesOf(body), children: [], text: "", line };
    current.children.push(element);
    if (selfClosing === "") open.push(element);
  }
  if (open.length > 1) throw new Error(`<${open[open.length - 1].name}> of line ${open[open.length - 1].line} is not closed`);
  if (text.slice(end).trim() !== "") throw new Error("text after the last element");
  if (top.children.length !== 1) throw new Error("there must be one root element");
  return top.children[0];
};

/** All elements below and including this one. */
const descendants = (element) => [element, ...element.children.flatMap(descendants)];
const childrenNamed = (element, name) => element.children.filter((child) => child.name === name);
const childNamed = (element, name) => element?.children.find((child) => child.name === name);

module.exports = { parseXml, descendants, childrenNamed, childNamed };
