import type { NamedRule } from "./allocation-index";

/** With more of a kind than this people would not read the names, and finding out whether each is needed would take a solve for each. */
const mostNamed = 40;
/** Of such a kind so many are looked at for a change that cures. */
const mostTried = 3;

/** Kinds that come in hundreds in large books. */
const words: Partial<Record<NamedRule["kind"], (count: number) => string>> = {
  inventory: (count) => `inventory of ${count} lines together`,
  coverage: (count) => `cover ${count} other agreements`,
};

const crowded = (rules: readonly NamedRule[]): ReadonlySet<NamedRule["kind"]> => {
  const counts = new Map<NamedRule["kind"], number>();
  for (const { kind } of rules) if (words[kind] !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > mostNamed).map(([kind]) => kind));
};

/** Puts rules together that are kept or taken away as one: all of a kind that there are too many of. In the order given. */
export const groupRules = (rules: readonly NamedRule[]): (readonly NamedRule[])[] => {
  const together = crowded(rules);
  const groups = new Map<string, NamedRule[]>();
  rules.forEach((rule, k) => {
    const key = together.has(rule.kind) ? rule.kind : String(k);
    const found = groups.get(key);
    if (found === undefined) groups.set(key, [rule]);
    else found.push(rule);
  });
  return [...groups.values()];
};

/** Names rules, those of a kind that there are too many of by their number. */
export const nameRules = (rules: readonly NamedRule[]): string[] => {
  const together = crowded(rules);
  return groupRules(rules).flatMap((group) =>
    together.has(group[0]!.kind) ? [words[group[0]!.kind]!(group.length)] : group.map((rule) => rule.name),
  );
};

/** Rules that are worth a look for a change that cures: all, but only the first ones of a crowd. */
export const rulesToChange = (rules: readonly NamedRule[]): NamedRule[] => {
  const together = crowded(rules);
  return groupRules(rules).flatMap((group) => (together.has(group[0]!.kind) ? group.slice(0, mostTried) : group));
};
