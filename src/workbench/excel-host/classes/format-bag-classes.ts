import { bagClass, bagPart, bagScalar, type BagValues, emptyBag } from "../bag";
import { bagKey } from "../document-state";
import { assertWritable } from "../cells/cell-writer";
import { defineClass, type HostClass } from "../host-class";
import { invalidArgument } from "../host-error";
import type { HostWorkbook } from "../host-workbook";
import type { RangeTarget } from "../range-target";

/**
 * Conditional formats and data validation: remembered with their names checked, not drawn or enforced (registered assumption).
 */
const conditionalFontClass = bagClass({
  name: "ConditionalRangeFont",
  scalars: { Bold: null, Color: null, Italic: null, Strikethrough: null, Underline: null },
});
const conditionalFillClass = bagClass({ name: "ConditionalRangeFill", scalars: { Color: null } });
const conditionalRangeFormatClass = bagClass({
  name: "ConditionalRangeFormat",
  scalars: { NumberFormat: null },
  children: { Fill: conditionalFillClass, Font: conditionalFontClass },
});
const ruleClass = (name: string): HostClass<BagValues> =>
  bagClass({ name, scalars: { Rule: null }, children: { Format: conditionalRangeFormatClass } });

/** Type of a conditional format -> the part that describes it. */
const kinds: Readonly<Record<string, readonly [part: string, HostClass<BagValues>]>> = {
  CellValue: ["CellValue", ruleClass("CellValueConditionalFormat")],
  ContainsText: ["TextComparison", ruleClass("TextConditionalFormat")],
  PresetCriteria: ["Preset", ruleClass("PresetCriteriaConditionalFormat")],
  TopBottom: ["TopBottom", ruleClass("TopBottomConditionalFormat")],
  ColorScale: ["ColorScale", bagClass({ name: "ColorScaleConditionalFormat", scalars: { Criteria: null } })],
  IconSet: [
    "IconSet",
    bagClass({ name: "IconSetConditionalFormat", scalars: { Criteria: null, ReverseIconOrder: false, ShowIconOnly: false, Style: null } }),
  ],
  DataBar: [
    "DataBar",
    bagClass({
      name: "DataBarConditionalFormat",
      scalars: {
        AxisColor: "",
        AxisFormat: "Automatic",
        BarDirection: "Context",
        LowerBoundRule: null,
        ShowDataBarOnly: false,
        UpperBoundRule: null,
      },
      children: {
        NegativeFormat: bagClass({
          name: "ConditionalDataBarNegativeFormat",
          scalars: { BorderColor: "", FillColor: "", MatchPositiveBorderColor: true, MatchPositiveFillColor: true },
        }),
        PositiveFormat: bagClass({ name: "ConditionalDataBarPositiveFormat", scalars: { BorderColor: "", FillColor: "", GradientFill: true } }),
      },
    }),
  ],
  Custom: [
    "Custom",
    bagClass({
      name: "CustomConditionalFormat",
      children: { Format: conditionalRangeFormatClass, Rule: bagClass({ name: "ConditionalFormatRule", scalars: { Formula: "" } }) },
    }),
  ],
};

/** Where the settings of a range are kept. */
const keyOf = (what: string, { sheetId, block }: RangeTarget): string => bagKey(what, sheetId, block);

interface FormatTarget {
  readonly range: RangeTarget;
  readonly id: string;
}

const formatBag = ({ range, id }: FormatTarget, host: HostWorkbook): BagValues => {
  const bag = host.state.bags.get(keyOf("conditionalFormats", range))?.children[id];
  if (!bag) throw invalidArgument("the conditional format was deleted");
  return bag;
};

const viaBag = (name: string, initial: unknown) => {
  const scalar = bagScalar(name, initial);
  return {
    get: (target: FormatTarget, host: HostWorkbook) => scalar.get(formatBag(target, host)),
    set: (target: FormatTarget, value: unknown, host: HostWorkbook) => scalar.set(formatBag(target, host), value),
  };
};

const conditionalFormatClass: HostClass<FormatTarget> = defineClass<FormatTarget>({
  name: "ConditionalFormat",
  identity: ({ id }) => ({ Id: id }),
  scalars: {
    Id: { get: ({ id }) => id },
    Priority: viaBag("Priority", 0),
    StopIfTrue: viaBag("StopIfTrue", false),
    Type: { get: (target, host) => formatBag(target, host).values.Type },
  },
  children: Object.fromEntries(
    Object.entries(kinds).flatMap(([type, [part, partClass]]) => {
      const child = (target: FormatTarget, host: HostWorkbook) =>
        formatBag(target, host).values.Type === type ? partClass.of(bagPart(formatBag(target, host), part)) : null;
      return [
        [part, child],
        [`${part}OrNullObject`, child],
      ];
    }),
  ),
  methods: {
    Delete: ({ range, id }, _args, host) => void delete host.state.bags.get(keyOf("conditionalFormats", range))?.children[id],
  },
});

/** Excel.ConditionalFormatCollection of a range. */
export const conditionalFormatsClass: HostClass<RangeTarget> = defineClass<RangeTarget>({
  name: "ConditionalFormatCollection",
  items: (range, host) =>
    Object.keys(host.state.bags.get(keyOf("conditionalFormats", range))?.children ?? {}).map((id) => conditionalFormatClass.of({ range, id })),
  item: (range, key, host) =>
    host.state.bags.get(keyOf("conditionalFormats", range))?.children[String(key)] ? conditionalFormatClass.of({ range, id: String(key) }) : null,
  methods: {
    Add: (range, [type], host) => {
      if (!kinds[String(type)]) throw invalidArgument(`${String(type)} is no type of conditional format`);
      assertWritable(host, range.sheetId, range.block);
      const key = keyOf("conditionalFormats", range);
      const bag = host.state.bags.get(key) ?? emptyBag();
      const id = `cf${(host.state.nextId += 1)}`;
      bagPart(bag, id).values.Type = type;
      host.state.bags.set(key, bag);
      return conditionalFormatClass.of({ range, id });
    },
    ClearAll: (range, _args, host) => void host.state.bags.delete(keyOf("conditionalFormats", range)),
  },
});

const validationBag = (range: RangeTarget, host: HostWorkbook): BagValues => {
  const key = keyOf("dataValidation", range);
  const bag = host.state.bags.get(key) ?? emptyBag();
  host.state.bags.set(key, bag);
  return bag;
};

const validationScalar = (name: string, initial: unknown) => {
  const scalar = bagScalar(name, initial);
  return {
    get: (range: RangeTarget, host: HostWorkbook) => scalar.get(validationBag(range, host)),
    set: (range: RangeTarget, value: unknown, host: HostWorkbook) => {
      assertWritable(host, range.sheetId, range.block);
      scalar.set(validationBag(range, host), value);
    },
  };
};

/** Excel.DataValidation of a range. */
export const dataValidationClass: HostClass<RangeTarget> = defineClass<RangeTarget>({
  name: "DataValidation",
  scalars: {
    ErrorAlert: validationScalar("ErrorAlert", null),
    IgnoreBlanks: validationScalar("IgnoreBlanks", true),
    Prompt: validationScalar("Prompt", null),
    Rule: validationScalar("Rule", {}),
    Type: {
      get: (range, host) => {
        const rule = Object.keys((validationBag(range, host).values.Rule as object | undefined) ?? {})[0];
        return rule ? rule.charAt(0).toUpperCase() + rule.slice(1) : "None";
      },
    },
  },
  methods: { Clear: (range, _args, host) => void host.state.bags.delete(keyOf("dataValidation", range)) },
});
