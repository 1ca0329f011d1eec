/**
 * Builds functions.json and the entry module that associates every custom function.
 *
 * Microsoft's generator reads one file at a time and checks little: it finds duplicates per file only, skips functions that are
 * not plain declarations without a word, and cannot write allowErrorForDataTypeAny. This module adds those checks.
 */
const { readdirSync, readFileSync } = require("node:fs");
const path = require("node:path");
const { parseTree } = require("custom-functions-metadata");

/** Where a developer's build lives; PUBLIC_URL replaces it. */
const developmentUrl = "https://localhost:3000/";

const tag = /^\s*\*\s*@customfunction\b/m;
const maximumId = 128;
const minimumId = 3;
const maximumDescription = 255;

/** The files of src/functions that declare custom functions, sorted; the others are helpers of theirs. */
const familyFiles = (root) => {
  const folder = path.join(root, "src", "functions");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .sort()
    .map((name) => path.join(folder, name))
    .filter((file) => tag.test(readFileSync(file, "utf8")));
};

/** Help page of a function: COLL.HAIRCUT.SCALE lives at help/haircut-scale.html. */
const helpPage = (id) => `${id.toLowerCase().replaceAll(".", "-")}.html`;

const looksLikeCell = (id) => /^[A-Z]{1,3}\d+$/.test(id) || /^R\d*C\d*$/.test(id);

const problemsOfId = (id) => [
  ...(/^[A-Z][A-Z0-9._]*$/.test(id) ? [] : [`id ${id} must start with a letter and hold only letters, digits, points and underscores`]),
  ...(id.length >= minimumId && id.length <= maximumId ? [] : [`id ${id} must have ${minimumId} to ${maximumId} characters`]),
  ...(looksLikeCell(id) ? [`id ${id} looks like a cell address`] : []),
];

const problemsOfText = (where, text) => {
  if (text === undefined || text.trim() === "") return [`${where} has no description`];
  return text.length > maximumDescription ? [`the description of ${where} has ${text.length} characters; ${maximumDescription} at most`] : [];
};

const problemsOfParameters = (definition) => {
  const required = definition.parameters.map((parameter) => parameter.optional !== true);
  const firstOptional = required.indexOf(false);
  const late = firstOptional >= 0 && required.slice(firstOptional).includes(true);
  return [
    ...definition.parameters.flatMap((parameter) => problemsOfText(`${definition.id} argument ${parameter.name}`, parameter.description)),
    ...(late ? [`${definition.id} has a required argument after an optional one`] : []),
  ];
};

const problemsOfFunction = (definition) => [
  ...problemsOfId(definition.id),
  ...(definition.name.toUpperCase() === definition.id ? [] : [`${definition.id} is named ${definition.name}; Excel would show that name`]),
  ...problemsOfText(definition.id, definition.description),
  ...problemsOfParameters(definition),
  ...(definition.helpUrl === `${developmentUrl}help/${helpPage(definition.id)}`
    ? []
    : [`${definition.id} needs @helpurl ${developmentUrl}help/${helpPage(definition.id)}`]),
];

const duplicatesOf = (keyed, what) => {
  const seen = new Map();
  return keyed.flatMap(({ key, file }) => {
    const other = seen.get(key);
    seen.set(key, file);
    return other === undefined ? [] : [`${what} ${key} is declared in ${other} and in ${file}`];
  });
};

/**
 * Excel shows a function under its name, not its id, and the generator takes the words behind the id for a name: a title there would
 * turn COLL.VALUEATRISK into COLL.VALUE. So titles are for readers of the source only, and the name is always the id.
 */
const withoutTitles = (source) => source.replace(/(@customfunction[ \t]+[\w.]+)[^\r\n]*/g, "$1");

const parseFamily = (file) => {
  const source = withoutTitles(readFileSync(file, "utf8"));
  const name = path.basename(file);
  const parsed = parseTree(source, file);
  const problems = parsed.extras.flatMap((extra) => extra.errors).map((error) => `${name}: ${error}`);
  const tagged = source.match(new RegExp(tag.source, "gm"))?.length ?? 0;
  const missing = tagged - parsed.functions.length;
  if (missing > 0)
    problems.push(`${name}: ${missing} function(s) with @customfunction were skipped; write "export function name(...) {}" at the top level`);
  return { name, file, parsed, problems };
};

/**
 * Reads every family.
 *
 * @param root the project folder
 * @returns metadata for functions.json (functions sorted by id), the associations and everything that is wrong
 */
const readFunctionsMetadata = (root) => {
  const families = familyFiles(root).map(parseFamily);
  const functions = families.flatMap((family) => family.parsed.functions);
  const enums = families.flatMap((family) => family.parsed.enums);
  const problems = [
    ...families.flatMap((family) => family.problems),
    ...families.flatMap((family) => family.parsed.functions.flatMap(problemsOfFunction).map((problem) => `${family.name}: ${problem}`)),
    ...duplicatesOf(
      families.flatMap((family) => family.parsed.functions.map(({ id }) => ({ key: id, file: family.name }))),
      "function",
    ),
    ...duplicatesOf(
      families.flatMap((family) => family.parsed.enums.map(({ id }) => ({ key: id, file: family.name }))),
      "enum",
    ),
  ];
  const byId = (left, right) => (left.id < right.id ? -1 : 1);
  const metadata = {
    // Error cells reach the function, which answers with a message; Excel would otherwise only pass the error on.
    allowErrorForDataTypeAny: true,
    allowCustomDataForDataTypeAny: true,
    functions: [...functions].sort(byId),
    ...(enums.length > 0 ? { enums: [...enums].sort(byId) } : {}),
  };
  const associations = families.flatMap((family) => family.parsed.associate.map(({ id, functionName }) => ({ id, functionName, file: family.file })));
  return { metadata, associations, problems };
};

/** Source of the module that imports the families and associates each id with its function, once. */
const associationModule = (associations, folder) => {
  const specifier = (file) => {
    const relative = path.relative(folder, file).replaceAll(path.sep, "/").replace(/\.ts$/, "");
    return relative.startsWith(".") ? relative : `./${relative}`;
  };
  const sorted = [...associations].sort((left, right) => (left.id < right.id ? -1 : 1));
  return [
    "// Generated by scripts/build/functions-metadata.cjs.",
    ...sorted.map(({ functionName, file }, index) => `import { ${functionName} as f${index} } from "${specifier(file)}";`),
    ...sorted.map(({ id }, index) => `CustomFunctions.associate(${JSON.stringify(id)}, f${index});`),
    "",
  ].join("\n");
};

/** functions.json for an address: help links follow PUBLIC_URL. */
const functionsJson = (metadata, publicUrl = developmentUrl) => `${JSON.stringify(metadata, null, 2).replaceAll(developmentUrl, publicUrl)}\n`;

module.exports = { readFunctionsMetadata, associationModule, functionsJson, helpPage, developmentUrl };
