import type { Conflict, Repair, TableEdit } from "../../src/core/optimization/allocation-outcome";
import type { Book } from "../../src/core/collateral/book";
import { runBook, type SmallRun } from "./small-book";

/** What a brute-force look at a conflict found wrong, in words; empty when everything is as promised. */
export interface Verdict {
  readonly faults: readonly string[];
  /** Kinds of rules that were named. */
  readonly kinds: ReadonlySet<string>;
  readonly repairs: number;
}

const enough = 1e7;

/** Rewrites cells in the test's own way: plain objects, no knowledge of the optimizer. */
const rewrite = (book: Book, edits: readonly TableEdit[]): Book => {
  const copy = structuredClone(book) as unknown as Record<string, any>;
  const fresh: Record<string, unknown> = {};
  for (const { table, row, column, value } of edits) {
    const list = table.slice(3, 4).toLowerCase() + table.slice(4);
    if (list === "settings") copy[list][column] = value;
    else if (row === 0) fresh[column] = value;
    else {
      const found = (copy[list] as any[]).find((one) => one.origin.row === row);
      if (found === undefined) throw new Error(`no row ${row} in ${table}`);
      if (value === undefined) delete found[column];
      else found[column] = value;
    }
  }
  if (Object.keys(fresh).length > 0)
    copy["eligibility"].push({ origin: { table: "tblEligibility", sheet: "", row: 999, sheetRow: 1000 }, isIncluded: true, ...fresh });
  return copy as unknown as Book;
};

/** Calls that must stay as they are come first, then the one in question; those whose cover is taken out of the conflict come last. */
const inTurn = (book: Book, conflict: Conflict, isOff: (agreementId: string) => boolean = () => false): Book => ({
  ...book,
  agreements: book.agreements.map((row) => {
    const isOwn = conflict.minimum === undefined && row.agreementId === conflict.agreementId;
    return { ...row, priority: isOwn ? 2 : conflict.minimum === undefined && isOff(row.agreementId) ? 3 : 1 };
  }),
});

/** What is still missing: of all calls that must hold; where a minimum is the matter of everything, since one may give way to another. */
const missingIn = async (book: Book, conflict: Conflict): Promise<number> => {
  const { outcome, shortfall } = await runBook(book, undefined, { explainSeconds: 0 });
  if (conflict.minimum === undefined) {
    const last = new Set(book.agreements.filter((row) => row.priority === 3).map((row) => row.agreementId));
    return outcome.coverage.reduce((sum, line) => sum + (last.has(line.agreementId) ? 0 : line.shortfall), 0);
  }
  return shortfall + (outcome.unmet ?? []).reduce((sum, one) => sum + one.missing, 0);
};

const kindOf = (rule: string): string => {
  const kinds: readonly (readonly [RegExp, string])[] = [
    [/^cover /, "cover"],
    [/ inventory$/, "inventory"],
    [/tblLimits/, "limit"],
    [/^liquidity buffer/, "buffer"],
    [/^liquid assets/, "hqla"],
    [/^cap of .* at location/, "location cap"],
    [/^cap of .* at /, "agreement cap"],
    [/^cap of/, "cap"],
    [/tblTransfers/, "route"],
    [/tblPins/, "pin"],
    [/^no more than required/, "overPost"],
    [/^whole lots/, "lots"],
    [/^smallest piece/, "piece"],
    [/cannot be recalled|arrives/, "timing"],
  ];
  return kinds.find(([pattern]) => pattern.test(rule))?.[1] ?? "other";
};

const rowOf = (rule: string): number => Number(/row (\d+)/.exec(rule)?.[1] ?? NaN);

/** Takes every rule out of the book of which `isOff` says so. */
const without = (book: Book, isOff: (kind: string, of: string) => boolean): Book => ({
  ...book,
  assets: book.assets.map((row) => {
    const name = [row.assetId, row.location, row.account].filter((part) => part !== "").join(" at ");
    const { lotSize, ...rest } = row;
    const kept = lotSize === undefined || isOff("lots", row.assetId) ? rest : row;
    // What is owned of liquid assets serves the buffer too: as long as there is one, it goes only with both.
    const servesBuffer = row.hqlaClass !== undefined && !isOff("buffer", "");
    const isFree = isOff("inventory", name) && (!servesBuffer || isOff("hqla", ""));
    return isFree ? { ...kept, quantity: enough, reserved: 0 } : kept;
  }),
  agreements: book.agreements.map((row) => {
    const { maxMovements, deadline, ...rest } = row;
    return {
      ...rest,
      ...(maxMovements === undefined || isOff("agreement cap", row.agreementId) ? {} : { maxMovements }),
      ...(deadline === undefined || isOff("late", row.agreementId) ? {} : { deadline }),
      ...(isOff("overPost", row.agreementId) ? { overPostCap: 1000 } : {}),
    };
  }),
  pins: book.pins.filter((row) => !isOff("pin", String(row.origin.row))),
  holdings: book.holdings.map((row) => {
    const { recallableFrom: _, ...rest } = row;
    return isOff("timing", row.agreementId) ? rest : row;
  }),
  transfers: book.transfers.map((row) => {
    const { maxPerDay: _, ...rest } = row;
    return isOff("route", String(row.origin.row)) ? rest : row;
  }),
  costs: book.costs.map((row) => {
    const { minimumPiece: _, ...rest } = row;
    return isOff("piece", "") ? rest : row;
  }),
  settings: Object.fromEntries(
    Object.entries(book.settings).filter(
      ([key]) =>
        !(key === "liquidityBuffer" && isOff("buffer", "")) &&
        !(key === "maxMovements" && isOff("cap", "")) &&
        !(key === "maxMovementsPerLocation" && isOff("location cap", "")),
    ),
  ) as unknown as Book["settings"],
});

/** Of each limit row only the scopes and groups that are named: EACH stands for many. */
const narrowed = (book: Book, rules: readonly string[]): Book["limits"] =>
  rules.flatMap((rule) => {
    const words = /^(\S+) (?:limit|minimum) (?:at (\S+)|over the book) \(tblLimits row (\d+)\)$/.exec(rule);
    const row = book.limits.find((one) => one.origin.row === Number(words?.[3]));
    if (words === null || row === undefined) return [];
    return [{ ...row, scopeId: words[2] ?? row.scopeId, group: row.limitType === "total" ? "" : words[1]! }];
  });

/** The part of a rule's name that tells instances of a kind apart in `without`. */
const idOf = (rule: string): string => {
  const kind = kindOf(rule);
  if (kind === "cover") return rule.slice("cover ".length);
  if (kind === "inventory") return rule.slice(0, -" inventory".length);
  if (["route", "pin"].includes(kind)) return String(rowOf(rule));
  if (kind === "lots") return /^whole lots of (\S+)/.exec(rule)![1]!;
  if (kind === "timing") return /at (\S+?):/.exec(rule)?.[1] ?? "";
  if (kind === "agreement cap" || kind === "overPost") return / at (\S+)$/.exec(rule)![1]!;
  return "";
};

/**
 * Looks at the conflict of a run by solving changed tables again: irreducible set, cures, least cures, ranks, numbers in words.
 *
 * @param run with one conflict only: "the others keep what they have" is then the same as serving them first
 */
export const judgeConflicts = async (book: Book, run: SmallRun): Promise<Verdict> => {
  const faults: string[] = [];
  const kinds = new Set<string>();
  let repairs = 0;
  const sets = run.outcome.conflicts.flatMap((conflict) => [
    conflict,
    // Further sets promise the same; what cures belongs to the first.
    ...(conflict.further ?? []).map((rules): Conflict => ({ ...conflict, rules, repairs: [] })),
  ]);
  for (const conflict of sets) {
    const about = conflict.minimum ?? conflict.agreementId;
    const [own, ...others] = conflict.rules;
    if (own === undefined) faults.push(`${about}: no rules named`);
    others.forEach((rule) => kinds.add(kindOf(rule)));
    const isTrivial = others.some((rule) => kindOf(rule) === "other");
    const isOffIn = (off: (kind: string, of: string) => boolean, rules: readonly string[]): Book =>
      inTurn(without({ ...book, limits: narrowed(book, rules) }, off), conflict, (id) => off("cover", id));
    if (own !== undefined) kinds.add(kindOf(own));
    if (!isTrivial && own !== undefined) {
      const keyOf = (rule: string): string => `${kindOf(rule)}/${idOf(rule)}`;
      const isUnnamed = (rules: readonly string[]): ((kind: string, of: string) => boolean) => {
        const kept = new Set(rules.map(keyOf));
        // Late arrivals are refused before there is a model; only what is there already stands in a rule of its own.
        return (kind, of) => kind !== "late" && !kept.has(`${kind}/${of}`) && !kept.has(`${kind}/`);
      };
      const alone = await missingIn(isOffIn(isUnnamed(conflict.rules), conflict.rules), conflict);
      if (!(alone > 0.005)) faults.push(`${about}: the named rules alone do not conflict: ${conflict.rules.join("; ")}`);
      for (const rule of others) {
        if (!canGo(rule, conflict, book)) continue;
        const kept = conflict.rules.filter((other) => other !== rule);
        const rest = isUnnamed(kept.filter((other) => keyOf(other) !== keyOf(rule)));
        const isLate = kindOf(rule) === "timing" && rule.includes("arrives");
        const left = await missingIn(
          isOffIn((kind, of) => rest(kind, of) || (isLate && kind === "late" && of === idOf(rule)), kept),
          conflict,
        );
        if (left > 0.011) faults.push(`${about}: the named rules without ${rule} conflict as well, ${left} missing`);
      }
    }
    const base = inTurn(book, conflict);
    const sizes = conflict.repairs.map((repair) => repair.size);
    if (sizes.some((size, k) => k > 0 && size < sizes[k - 1]!)) faults.push(`${about}: repairs are not ranked by size`);
    for (const repair of conflict.repairs) faults.push(...(await judgeRepair(book, base, conflict, repair)));
    repairs += conflict.repairs.length;
  }
  return { faults, kinds, repairs };
};

/** Some rules cannot be taken away by themselves in the tables, where one cell stands for several. */
const canGo = (rule: string, conflict: Conflict, book: Book): boolean => {
  const kind = kindOf(rule);
  const hasRoute = conflict.rules.some((other) => kindOf(other) === "route");
  const isShared = conflict.rules.some(
    (other) => other !== rule && kindOf(other) === kind && ["route", "pin"].includes(kind) && idOf(other) === idOf(rule),
  );
  if (kind === "cover") return conflict.minimum === undefined;
  if (kind === "inventory" || kind === "hqla") return book.settings.liquidityBuffer === undefined && !hasRoute;
  return !isShared;
};

const judgeRepair = async (book: Book, base: Book, conflict: Conflict, repair: Repair): Promise<string[]> => {
  const { edits } = repair;
  if (edits === undefined) return [];
  const about = `${conflict.minimum ?? conflict.agreementId}: ${repair.change}`;
  const faults: string[] = [];
  const left = await missingIn(rewrite(base, edits), conflict);
  if (left > 0.011) faults.push(`${about} does not cure, ${left} missing`);
  const [only] = edits;
  if (edits.length !== 1 || only === undefined || typeof only.value !== "number") return faults;
  const list = only.table.slice(3, 4).toLowerCase() + only.table.slice(4);
  const row = list === "settings" ? book.settings : (book as unknown as Record<string, any[]>)[list]!.find((one) => one.origin.row === only.row)!;
  const before = (row as Record<string, any>)[only.column] as number | undefined;
  if (before === undefined) return faults;
  const change = only.value - before;
  const worth = repair.size / Math.abs(change);
  // A change smaller by more than what counts as covered must not do.
  const isCount = only.column.startsWith("maxMovements");
  const less = isCount ? 1 : Math.max(0.06 / worth, 2e-6);
  if (less >= Math.abs(change) && !isCount) return faults;
  const short = await missingIn(rewrite(base, [{ ...only, value: only.value - Math.sign(change) * less }]), conflict);
  if (!(short > 0.001)) faults.push(`${about} is more than needed: ${less} less does as well`);
  const isSaid = numbersIn(repair.change).some((said) => [only.value as number, Math.abs(change)].some((value) => isNear(said, value)));
  if (!isSaid) faults.push(`${about} does not say ${only.value}`);
  return faults;
};

const isNear = (said: number, value: number): boolean =>
  [value, value * 100].some((one) => Math.abs(said - one) <= 1e-6 * Math.max(1, Math.abs(one)));

const numbersIn = (text: string): number[] => (text.match(/\d[\d,]*(\.\d+)?/g) ?? []).map((part) => Number(part.replace(/,/g, "")));
