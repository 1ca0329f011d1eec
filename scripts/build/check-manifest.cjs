/**
 * Checks manifest.xml offline. Microsoft's validator needs its web service and its converter overlooks order, resids and addresses,
 * so the rules of the documentation are written out here.
 */
const { parseXml, descendants, childrenNamed, childNamed } = require("./parse-xml.cjs");

/** Order of children is part of the schema; an element not listed for a parent is unknown there. */
const childOrder = {
  OfficeApp: [
    "Id",
    "AlternateId",
    "Version",
    "ProviderName",
    "DefaultLocale",
    "DisplayName",
    "Description",
    "IconUrl",
    "HighResolutionIconUrl",
    "SupportUrl",
    "AppDomains",
    "Hosts",
    "Requirements",
    "DefaultSettings",
    "Permissions",
    "VersionOverrides",
  ],
  VersionOverrides: [
    "Description",
    "Requirements",
    "Hosts",
    "Resources",
    "WebApplicationInfo",
    "EquivalentAddins",
    "ExtendedOverrides",
    "VersionOverrides",
  ],
  Host: ["Runtimes", "AllFormFactors", "DesktopFormFactor", "MobileFormFactor"],
  DesktopFormFactor: ["GetStarted", "FunctionFile", "ExtensionPoint"],
  GetStarted: ["Title", "Description", "LearnMoreUrl"],
  Group: ["Label", "Icon", "Control"],
  Control: ["Label", "Supertip", "Icon", "Action", "Enabled"],
  Supertip: ["Title", "Description"],
  Action: ["TaskpaneId", "SourceLocation", "Title", "SupportsPinning", "FunctionName"],
  Resources: ["bt:Images", "bt:Urls", "bt:ShortStrings", "bt:LongStrings"],
};

const required = {
  OfficeApp: [
    "Id",
    "Version",
    "ProviderName",
    "DefaultLocale",
    "DisplayName",
    "Description",
    "IconUrl",
    "HighResolutionIconUrl",
    "SupportUrl",
    "Hosts",
    "DefaultSettings",
    "Permissions",
  ],
  Control: ["Label", "Supertip", "Icon", "Action"],
  Group: ["Label", "Icon", "Control"],
  GetStarted: ["Title", "Description", "LearnMoreUrl"],
};

const maximumResid = 32;
const maximumShortString = 125;
const maximumLongString = 250;
const maximumNames = { ProviderName: 125, DisplayName: 125, Description: 250 };
const requiredIconSizes = ["16", "32", "80"];
/** Above ExcelApi 1.12 the add-in must ask at run time: Office 2021 has no more. */
const highestSets = { ExcelApi: 1.12, SharedRuntime: 1.1 };

const fail = (element, message) => `line ${element.line}: ${message}`;
const valueOf = (element) => element.attributes.DefaultValue ?? element.text.trim();

const orderProblems = (elements) =>
  elements.flatMap((element) => {
    const order = childOrder[element.name];
    const missing = (required[element.name] ?? []).filter((name) => childNamed(element, name) === undefined);
    const lacks = missing.map((name) => fail(element, `<${element.name}> lacks <${name}>`));
    // The Host of the base manifest is empty and is an attribute only.
    if (order === undefined) return lacks;
    const places = element.children.map((child) => ({ child, place: order.indexOf(child.name) }));
    return [
      ...lacks,
      ...places.flatMap(({ child, place }, index) => {
        if (place < 0) return [fail(child, `<${child.name}> is unknown within <${element.name}>`)];
        const before = places[index - 1];
        return before !== undefined && before.place > place ? [fail(child, `<${child.name}> must stand before <${before.child.name}>`)] : [];
      }),
    ];
  });

const identityProblems = (root) => {
  const id = childNamed(root, "Id");
  const version = childNamed(root, "Version");
  const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
  return [
    ...(id !== undefined && !guid.test(id.text.trim()) ? [fail(id, `Id ${id.text.trim()} is not a GUID`)] : []),
    ...(version !== undefined && !/^\d{1,5}(\.\d{1,5}){3}$/.test(version.text.trim())
      ? [fail(version, `Version ${version.text.trim()} must have four numbers`)]
      : []),
    ...Object.entries(maximumNames).flatMap(([name, limit]) => {
      const element = childNamed(root, name);
      const text = element === undefined ? "" : valueOf(element);
      return text.length > limit ? [fail(element, `${name} has ${text.length} characters; ${limit} at most`)] : [];
    }),
  ];
};

const resourceElements = (root) =>
  descendants(root).filter((element) => /^bt:(Image|Url|String)$/.test(element.name) && element.attributes.id !== undefined);

const residProblems = (root) => {
  const resources = resourceElements(root);
  const used = descendants(root).filter((element) => element.attributes.resid !== undefined);
  const ids = resources.map((element) => element.attributes.id);
  const kindOf = (element) =>
    ({ "bt:Image": "bt:Image", LearnMoreUrl: "bt:Url", SourceLocation: "bt:Url", FunctionFile: "bt:Url", Runtime: "bt:Url" })[element.name] ??
    "bt:String";
  return [
    ...resources
      .filter((element, index) => ids.indexOf(element.attributes.id) !== index)
      .map((element) => fail(element, `resource ${element.attributes.id} is declared twice`)),
    ...resources
      .filter((element) => element.attributes.id.length > maximumResid)
      .map((element) => fail(element, `resource id ${element.attributes.id} is longer than ${maximumResid}`)),
    ...used.flatMap((element) => {
      const found = resources.find((resource) => resource.attributes.id === element.attributes.resid);
      if (found === undefined) return [fail(element, `resid ${element.attributes.resid} does not exist`)];
      return found.name === kindOf(element)
        ? []
        : [fail(element, `resid ${element.attributes.resid} is a ${found.name}, <${element.name}> needs a ${kindOf(element)}`)];
    }),
    ...resources
      .filter((element) => !used.some((use) => use.attributes.resid === element.attributes.id))
      .map((element) => fail(element, `resource ${element.attributes.id} is not used`)),
  ];
};

const stringProblems = (root) =>
  [
    ["bt:ShortStrings", maximumShortString],
    ["bt:LongStrings", maximumLongString],
  ].flatMap(([group, limit]) =>
    descendants(root)
      .filter((element) => element.name === group)
      .flatMap((element) => element.children)
      .flatMap((element) => {
        const length = valueOf(element).length;
        if (length === 0) return [fail(element, `${element.attributes.id} is empty`)];
        return length > limit ? [fail(element, `${element.attributes.id} has ${length} characters; ${limit} at most`)] : [];
      }),
  );

const urlElements = (root) =>
  descendants(root)
    .filter(
      (element) =>
        ["IconUrl", "HighResolutionIconUrl", "SupportUrl", "bt:Image", "bt:Url"].includes(element.name) ||
        (element.name === "SourceLocation" && element.attributes.DefaultValue !== undefined),
    )
    .filter((element) => element.attributes.DefaultValue !== undefined);

const urlProblems = (root) => {
  const home = urlElements(root).find((element) => element.name === "SourceLocation");
  const origin = home === undefined ? "" : new URL(valueOf(home)).origin;
  const domains = descendants(root)
    .filter((element) => element.name === "AppDomain")
    .map((element) => element.text.trim());
  return urlElements(root).flatMap((element) => {
    const text = valueOf(element);
    if (!URL.canParse(text)) return [fail(element, `"${text}" is not an address`)];
    const url = new URL(text);
    if (url.protocol !== "https:") return [fail(element, `${text} must be https`)];
    return url.origin === origin || domains.includes(url.origin) ? [] : [fail(element, `${url.origin} is another origin and not among AppDomains`)];
  });
};

const iconProblems = (root, pngSizeOf) => {
  const url = (name) => childNamed(root, name);
  const base = [
    [url("IconUrl"), 32],
    [url("HighResolutionIconUrl"), 64],
  ].filter(([element]) => element !== undefined);
  const images = descendants(root).filter((element) => element.name === "bt:Image" && element.attributes.resid !== undefined);
  const resource = (id) => resourceElements(root).find((element) => element.attributes.id === id);
  const pairs = [
    ...base,
    ...images.map((element) => [resource(element.attributes.resid), Number(element.attributes.size)]).filter(([element]) => element !== undefined),
  ];
  const sets = descendants(root)
    .filter((element) => element.name === "Icon")
    .flatMap((element) => {
      const sizes = childrenNamed(element, "bt:Image").map((image) => image.attributes.size);
      return requiredIconSizes.filter((size) => !sizes.includes(size)).map((size) => fail(element, `<Icon> lacks size ${size}`));
    });
  return [
    ...sets,
    ...pairs.flatMap(([element, size]) => {
      const name = new URL(valueOf(element)).pathname.split("/").pop();
      const found = pngSizeOf(name);
      if (found === undefined) return [fail(element, `assets/${name} does not exist or is no PNG`)];
      return found.width === size && found.height === size ? [] : [fail(element, `assets/${name} is ${found.width} x ${found.height}, not ${size}`)];
    }),
  ];
};

const runtimeProblems = (root) => {
  const elements = descendants(root);
  const residOf = (name, within) =>
    elements
      .filter((element) => element.name === within)
      .map((element) => (name === undefined ? element : childNamed(element, name))?.attributes.resid);
  const page = residOf("SourceLocation", "Page")[0];
  const shared = [...residOf(undefined, "Runtime"), page, ...residOf(undefined, "FunctionFile")];
  const runtime = elements.find((element) => element.name === "Runtime");
  return [
    ...(new Set(shared).size === 1 ? [] : [fail(root, `Runtime, Page and FunctionFile must share one resid, they have ${shared.join(", ")}`)]),
    ...(runtime?.attributes.lifetime === "long" ? [] : [fail(runtime ?? root, "the Runtime must have lifetime long")]),
  ];
};

const requirementProblems = (root) => {
  const sets = descendants(root).filter((element) => element.name === "Set");
  const named = new Map(sets.map((element) => [element.attributes.Name, element]));
  return [
    ...Object.keys(highestSets)
      .filter((name) => !named.has(name))
      .map((name) => fail(root, `requirement set ${name} is missing`)),
    ...sets.flatMap((element) => {
      const highest = highestSets[element.attributes.Name];
      if (highest === undefined) return [fail(element, `requirement set ${element.attributes.Name} is not one that the add-in may demand`)];
      return versionNumber(element.attributes.MinVersion) > versionNumber(String(highest))
        ? [fail(element, `${element.attributes.Name} ${element.attributes.MinVersion} is above ${highest}`)]
        : [];
    }),
  ];
};

/** 1.12 comes after 1.9. */
const versionNumber = (text) => text.split(".").reduce((sum, part, index) => sum + Number(part) * 1000 ** (1 - index), 0);

const commandProblems = (root, associated) => {
  const controls = descendants(root).filter((element) => element.name === "Control" || element.name === "Group");
  const ids = controls.map((element) => element.attributes.id);
  const actions = descendants(root).filter((element) => element.name === "Action");
  return [
    ...controls
      .filter((element, index) => ids.indexOf(element.attributes.id) !== index)
      .map((element) => fail(element, `id ${element.attributes.id} is used twice`)),
    ...actions.flatMap((action) => {
      const name = childNamed(action, "FunctionName")?.text.trim();
      if (action.attributes["xsi:type"] === "ShowTaskpane")
        return childNamed(action, "TaskpaneId") === undefined ? [fail(action, "ShowTaskpane needs a TaskpaneId")] : [];
      if (action.attributes["xsi:type"] !== "ExecuteFunction") return [fail(action, `unknown action ${action.attributes["xsi:type"]}`)];
      if (name === undefined) return [fail(action, "ExecuteFunction needs a FunctionName")];
      return associated.includes(name) ? [] : [fail(action, `src/commands does not associate ${name}`)];
    }),
  ];
};

const namespaceProblems = (root) => {
  const resid = descendants(root).find((element) => element.name === "Namespace")?.attributes.resid;
  const text = resourceElements(root).find((element) => element.attributes.id === resid)?.attributes.DefaultValue;
  return text === "COLL" ? [] : [fail(root, `the namespace must be COLL, which users' workbooks hold; it is ${text}`)];
};

/**
 * Checks a manifest.
 *
 * @param text manifest.xml
 * @param surroundings { pngSizeOf(name) -> { width, height } | undefined, associated: names given to Office.actions.associate }
 * @returns problems, one sentence each with its line; empty when there is none
 */
const checkManifest = (text, { pngSizeOf, associated }) => {
  let root;
  try {
    root = parseXml(text);
  } catch (error) {
    return [`manifest.xml is not well-formed XML: ${error.message}`];
  }
  const elements = descendants(root).filter((element) => element.name !== "Host" || element.children.length > 0);
  if (root.name !== "OfficeApp") return [`the root is <${root.name}>, not <OfficeApp>`];
  const urls = urlProblems(root);
  return [
    ...orderProblems(elements),
    ...identityProblems(root),
    ...residProblems(root),
    ...stringProblems(root),
    ...urls,
    // Icon names are read from the addresses.
    ...(urls.length === 0 ? iconProblems(root, pngSizeOf) : []),
    ...runtimeProblems(root),
    ...requirementProblems(root),
    ...commandProblems(root, associated),
    ...namespaceProblems(root),
  ];
};

/** Width and height from the header of a PNG file; undefined when the bytes are not PNG. */
const pngSize = (bytes) => {
  const isPng = bytes.length > 24 && bytes.subarray(1, 4).toString("latin1") === "PNG";
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined;
};

/** Names passed to Office.actions.associate in a source text. */
const associatedActions = (source) => [...source.matchAll(/Office\.actions\.associate\(\s*"([^"]+)"/g)].map((match) => match[1]);

module.exports = { checkManifest, pngSize, associatedActions };
