import { defineClass, readOnly, type ScalarDefinition, type HostClass } from "../host-class";
import { HostError, invalidArgument, itemNotFound } from "../host-error";
import type { HostWorkbook } from "../host-workbook";

type All = Record<string, never>;

interface KeyTarget {
  readonly key: string;
}

const stored = <V>(map: Map<string, V>, key: string): V => {
  if (!map.has(key)) throw itemNotFound(key);
  return map.get(key) as V;
};

const settingClass: HostClass<KeyTarget> = defineClass<KeyTarget>({
  name: "Setting",
  identity: ({ key }) => ({ _Id: key }),
  scalars: {
    Key: readOnly(({ key }) => key),
    Value: {
      get: ({ key }, host) => stored(host.state.settings, key),
      set: ({ key }, value, host) => void host.state.settings.set(key, value),
    },
  },
  methods: { Delete: ({ key }, _args, host) => void host.state.settings.delete(key) },
});

/** Excel.SettingCollection. */
export const settingCollectionClass: HostClass<All> = defineClass<All>({
  name: "SettingCollection",
  items: (_all, host) => [...host.state.settings.keys()].map((key) => settingClass.of({ key })),
  item: (_all, key, host) => (host.state.settings.has(String(key)) ? settingClass.of({ key: String(key) }) : null),
  methods: {
    Add: (_all, [key, value], host) => {
      if (typeof key !== "string" || key === "") throw invalidArgument("the key of a setting is a text");
      host.state.settings.set(key, value);
      return settingClass.of({ key });
    },
  },
});

const namespaceOf = (xml: string): string => /<(?![?!])[^\s>/]+[^>]*?\sxmlns\s*=\s*["']([^"']*)["']/.exec(xml)?.[1] ?? "";

const assertXml = (xml: unknown): string => {
  if (typeof xml !== "string" || !/^\s*(<\?xml[^>]*\?>\s*)?<[A-Za-z_][\s\S]*>\s*$/.test(xml))
    throw invalidArgument("a custom XML part is an XML document");
  return xml;
};

interface PartTarget {
  readonly id: string;
}

const customXmlPartClass: HostClass<PartTarget> = defineClass<PartTarget>({
  name: "CustomXmlPart",
  identity: ({ id }) => ({ Id: id }),
  scalars: {
    Id: readOnly(({ id }) => id),
    NamespaceUri: readOnly(({ id }, host) => namespaceOf(stored(host.state.customXml, id).xml)),
  },
  methods: {
    Delete: ({ id }, _args, host) => void host.state.customXml.delete(id),
    GetXml: ({ id }, _args, host) => stored(host.state.customXml, id).xml,
    SetXml: ({ id }, [xml], host) => void (stored(host.state.customXml, id).xml = assertXml(xml)),
  },
});

const partsOf = (host: HostWorkbook, namespace?: string) =>
  [...host.state.customXml.values()].filter((part) => namespace === undefined || namespaceOf(part.xml) === namespace);

const only = (host: HostWorkbook, namespace: string) => {
  const parts = partsOf(host, namespace);
  return parts.length === 1 && parts[0] ? customXmlPartClass.of({ id: parts[0].id }) : null;
};

const scopedPartsClass: HostClass<{ readonly namespace: string }> = defineClass<{ readonly namespace: string }>({
  name: "CustomXmlPartScopedCollection",
  items: ({ namespace }, host) => partsOf(host, namespace).map(({ id }) => customXmlPartClass.of({ id })),
  item: ({ namespace }, key, host) => (partsOf(host, namespace).some(({ id }) => id === key) ? customXmlPartClass.of({ id: String(key) }) : null),
  methods: {
    GetOnlyItem: ({ namespace }, _args, host) => {
      const part = only(host, namespace);
      if (!part) throw new HostError("GeneralException", "The collection does not hold exactly one item.");
      return part;
    },
    GetOnlyItemOrNullObject: ({ namespace }, _args, host) => only(host, namespace),
  },
});

/** Excel.CustomXmlPartCollection. */
export const customXmlPartsClass: HostClass<All> = defineClass<All>({
  name: "CustomXmlPartCollection",
  items: (_all, host) => partsOf(host).map(({ id }) => customXmlPartClass.of({ id })),
  item: (_all, key, host) => (host.state.customXml.has(String(key)) ? customXmlPartClass.of({ id: String(key) }) : null),
  methods: {
    Add: (_all, [xml], host) => {
      host.state.nextId += 1;
      const id = `{00000000-0000-4000-8000-${String(host.state.nextId).padStart(12, "0")}}`;
      host.state.customXml.set(id, { id, xml: assertXml(xml) });
      return customXmlPartClass.of({ id });
    },
    GetByNamespace: (_all, [namespace]) => scopedPartsClass.of({ namespace: String(namespace) }),
  },
});

const customPropertyClass: HostClass<KeyTarget> = defineClass<KeyTarget>({
  name: "CustomProperty",
  scalars: {
    Key: readOnly(({ key }) => key),
    Type: readOnly(({ key }, host) => {
      const value = stored(host.state.customProperties, key);
      return typeof value === "number" ? "Number" : typeof value === "boolean" ? "Boolean" : "String";
    }),
    Value: {
      get: ({ key }, host) => stored(host.state.customProperties, key),
      set: ({ key }, value, host) => void host.state.customProperties.set(key, value),
    },
  },
  identity: ({ key }) => ({ _Id: key }),
  methods: { Delete: ({ key }, _args, host) => void host.state.customProperties.delete(key) },
});

const customPropertiesClass: HostClass<All> = defineClass<All>({
  name: "CustomPropertyCollection",
  items: (_all, host) => [...host.state.customProperties.keys()].map((key) => customPropertyClass.of({ key })),
  item: (_all, key, host) => (host.state.customProperties.has(String(key)) ? customPropertyClass.of({ key: String(key) }) : null),
  methods: {
    Add: (_all, [key, value], host) => {
      host.state.customProperties.set(String(key), value);
      return customPropertyClass.of({ key: String(key) });
    },
    DeleteAll: (_all, _args, host) => host.state.customProperties.clear(),
  },
});

const property = (name: string, initial: unknown = ""): ScalarDefinition<All> => ({
  get: (_all, host) => host.state.properties.get(name) ?? initial,
  set: (_all, value, host) => void host.state.properties.set(name, value),
});

/** Excel.DocumentProperties. */
export const documentPropertiesClass: HostClass<All> = defineClass<All>({
  name: "DocumentProperties",
  scalars: {
    ...Object.fromEntries(
      ["Author", "Category", "Comments", "Company", "Keywords", "Manager", "Subject", "Title"].map((name) => [name, property(name)]),
    ),
    LastAuthor: readOnly((_all, host) => host.state.properties.get("LastAuthor") ?? ""),
    RevisionNumber: property("RevisionNumber", 0),
  },
  children: { Custom: () => customPropertiesClass.of({}) },
});
