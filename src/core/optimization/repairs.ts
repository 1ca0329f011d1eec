import type { AgreementRow } from "../collateral/book";
import { isCombined } from "../margin/margin-approach";
import type { Conflict, Repair, TableEdit } from "./allocation-outcome";
import type { NamedRule } from "./allocation-index";
import { supplyName } from "./build-allocation-model";
import { eligibilityRepairs } from "./eligibility-repairs";
import { limitRepair, lowerMinimum } from "./limit-repairs";
import { hqlaLevel } from "./model-rows/buffer-rows";
import { withColumn, withColumnBounds, withoutRules } from "./relaxed-model";
import { covered, edit, leastWith, type Change } from "./repair-model";
import { amountIn, centIn, exactPercent, moneyStep, percent, safely, units } from "./repair-numbers";
import type { ShortfallQuestion } from "./shortfall-question";
import { canTry, cures, nearestCure } from "./try-repair";

export { percent };

/**
 * Lists single changes that cure a shortfall, each the least of its kind, the smallest first.
 *
 * In books that are not large each is tried on the tables before it is listed: built and solved again with the number as it is stated.
 *
 * @param rules the irreducible conflict, without what is missing itself
 */
export const repairsOf = async (question: ShortfallQuestion, rules: readonly NamedRule[], missing: Conflict): Promise<Repair[]> => {
  const { agreementId } = missing;
  const repairs: Repair[] = [];
  const own = question.target.kind === "call" ? await reduceCall(question, missing) : await lowerMinimum(question, missing);
  if (own !== undefined) repairs.push({ ...own, agreementId });
  for (const rule of rules) {
    if (question.engine.isOver()) break;
    for (const change of await changesOf(question, rule)) repairs.push({ ...change, rule: rule.name, agreementId });
  }
  if (question.target.kind === "call") repairs.push(...(await eligibilityRepairs(question)));
  return repairs.sort((a, b) => a.size - b.size || (a.rule < b.rule ? -1 : 1));
};

const reduceCall = async (question: ShortfallQuestion, missing: Conflict): Promise<(Change & { rule: string }) | undefined> => {
  const { agreementId, row, rate } = question.problem.demands[question.demand]!;
  const { cent } = question.problem;
  // Reached by quantities in steps: what remains below it is not worth a cent.
  const reached = safely(missing.required - missing.shortfall, centIn(rate, cent), "down");
  const debt = missing.required - (row.requirement ?? 0);
  const isGiven = isGivenIn(question, row);
  const edits = (value: number): TableEdit[] => [edit("tblAgreements", row.origin.row, "requirement", Math.max(0, value - debt))];
  // Limits may be shares of the requirement and shrink with it.
  const left = isGiven
    ? await nearestCure(question, { from: missing.required, to: Math.max(0, debt), guess: reached, step: centIn(rate, cent), worth: rate, edits })
    : reached;
  if (left === undefined || (left <= 0 && reached > 0)) return undefined;
  const by = missing.required - left;
  return {
    rule: `cover ${agreementId}`,
    change: `agree to reduce the requirement of ${agreementId} by ${amountIn(by, rate, cent)} to ${amountIn(left, rate, cent)} ${missing.currency}`,
    size: by * rate,
    ...(isGiven ? { edits: edits(left) } : {}),
  };
};

/** Tells whether a requirement is what its cell says: given, and not combined with another by marginApproach. */
const isGivenIn = ({ problem }: ShortfallQuestion, row: AgreementRow): boolean =>
  row.requirement !== undefined && (row.marginMethod ?? "given") === "given" && !isCombined(row, problem.source.book.agreements);

const changesOf = async (question: ShortfallQuestion, rule: NamedRule): Promise<readonly Change[]> => {
  switch (rule.kind) {
    case "inventory":
      return inventoryChanges(question, rule);
    case "coverage":
      return listed(await otherCall(question, rule));
    case "limit":
      return listed((await limitRepair(question, rule)) ?? (await dropped(question, rule, `drop the ${rule.name}`)));
    case "buffer":
      return listed(await lowerBuffer(question, rule));
    case "cap":
      return listed(await raiseCap(question, rule));
    case "route":
      return listed(await raiseRoute(question, rule));
    case "hqla":
      return moreLiquidAssets(question, rule);
    case "overPost":
      return listed(await allowOverPost(question, rule));
    case "pin":
      return listed((await changePin(question, rule)) ?? (await dropped(question, rule, `drop the pin: ${rule.name}`)));
    case "timing":
      return listed(await changeTiming(question, rule));
    case "lots":
      return listed(await partLots(question, rule));
  }
};

const listed = (change: Change | undefined): readonly Change[] => (change === undefined ? [] : [change]);

const inventoryChanges = async (question: ShortfallQuestion, rule: NamedRule): Promise<readonly Change[]> => {
  const { problem, model } = question;
  const supply = problem.supplies[rule.of]!;
  const least = await leastWith(question, withColumn(covered(question), [[rule.rows[0]!, -1]]));
  const more = least === undefined ? undefined : (least * model.index.scale) / supply.unitValue;
  const { row } = supply;
  const wanted = problem.demands.reduce((sum, demand) => sum + demand.required, 0) / supply.unitValue;
  const total = await nearestCure(question, {
    from: row.quantity,
    to: safely(row.quantity + 20 * wanted + supply.step, supply.step, "up"),
    guess: more === undefined ? undefined : row.quantity + safely(more, supply.step, "up"),
    step: supply.step,
    worth: supply.unitValue,
    edits: (value) => [edit("tblAssets", row.origin.row, "quantity", value)],
  });
  if (total === undefined) return [];
  const added = Number((total - row.quantity).toPrecision(12));
  const size = added * supply.unitValue;
  const add = {
    change: `add ${units(added)} ${supplyName(supply)}`,
    size,
    edits: [edit("tblAssets", row.origin.row, "quantity", row.quantity + added)],
  };
  const release = await releaseReserve(question, rule, added);
  return release === undefined ? [add] : [add, release];
};

/** What is kept unposted is inventory too. */
const releaseReserve = async (question: ShortfallQuestion, rule: NamedRule, added: number): Promise<Change | undefined> => {
  const supply = question.problem.supplies[rule.of]!;
  const { reserved, row } = supply;
  if (reserved < added) return undefined;
  const next = await nearestCure(question, {
    from: reserved,
    to: 0,
    guess: Number((reserved - added).toPrecision(15)),
    step: supply.step,
    worth: supply.unitValue,
    edits: (value) => [edit("tblAssets", row.origin.row, "reserved", value)],
  });
  if (next === undefined) return undefined;
  return {
    change: `lower the reserve of ${supplyName(supply)} from ${units(reserved)} to ${units(next)}`,
    size: (reserved - next) * supply.unitValue,
    edits: [edit("tblAssets", row.origin.row, "reserved", next)],
  };
};

const otherCall = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { problem, model } = question;
  const { cent } = problem;
  const other = problem.demands[rule.of]!;
  const { row } = other;
  // Agreed down to what it then holds: nothing is short there any more.
  const content = { ...question, left: { ...question.left, calls: new Map([...question.left.calls, [other.agreementId, 0]]) } };
  const paid = withColumnBounds(covered(question), [[model.index.shortfall[rule.of]!, 0, 0]]);
  const least = await leastWith(question, withColumn(paid, [[model.index.coverageRow[rule.of]!, 1]]));
  const guess = least === undefined ? undefined : (least * model.index.scale) / other.rate;
  const isGiven = isGivenIn(question, row);
  const words = (by: number): string =>
    `agree to reduce the requirement of ${other.agreementId} by ${amountIn(by, other.rate, cent)} ${row.currency}`;
  if (!isGiven) return guess === undefined ? undefined : { change: words(guess), size: guess * other.rate };
  const { requirement = 0 } = row;
  const next = await nearestCure(content, {
    from: requirement,
    to: 0,
    guess: guess === undefined ? undefined : requirement - guess,
    step: centIn(other.rate, cent),
    worth: other.rate,
    edits: (value) => [edit("tblAgreements", row.origin.row, "requirement", value)],
  });
  if (next === undefined) return undefined;
  return {
    change: words(requirement - next),
    size: (requirement - next) * other.rate,
    edits: [edit("tblAgreements", row.origin.row, "requirement", next)],
  };
};

const lowerBuffer = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { problem, model } = question;
  const { scale } = model.index;
  const least = await leastWith(question, withColumn(covered(question), [[rule.rows[0]!, 1]]));
  const next = await nearestCure(question, {
    from: problem.buffer,
    to: 0,
    guess: least === undefined ? undefined : problem.buffer - least * scale,
    step: moneyStep(scale, 1, problem.cent),
    worth: 1,
    edits: (value) => [edit("tblSettings", 0, "liquidityBuffer", value)],
  });
  if (next === undefined) return undefined;
  const by = problem.buffer - next;
  const money = (value: number): string => amountIn(value, 1, problem.cent);
  return {
    change: `lower the liquidity buffer by ${money(by)} to ${money(next)} ${problem.settings.baseCurrency}`,
    size: by,
    edits: [edit("tblSettings", 0, "liquidityBuffer", next)],
  };
};

/** Most level 1 assets of which "own more" is worked out. */
const mostLiquid = 3;

const moreLiquidAssets = async (question: ShortfallQuestion, rule: NamedRule): Promise<readonly Change[]> => {
  const { problem, model } = question;
  const firsts = problem.supplies.filter((supply) => hqlaLevel(supply.row.hqlaClass) === 0).slice(0, mostLiquid);
  const least = await leastWith(question, withColumn(covered(question), [[rule.rows[0]!, -1]]));
  const changes: Change[] = [];
  for (const { row, unitValue, step } of firsts) {
    const total = await nearestCure(question, {
      from: row.quantity,
      to: safely(row.quantity + (4 * problem.buffer) / unitValue + step, step, "up"),
      guess: least === undefined ? undefined : row.quantity + (least * model.index.scale) / unitValue,
      step,
      worth: unitValue,
      edits: (value) => [edit("tblAssets", row.origin.row, "quantity", value)],
    });
    if (total === undefined) continue;
    const added = Number((total - row.quantity).toPrecision(12));
    const edits = [edit("tblAssets", row.origin.row, "quantity", row.quantity + added)];
    changes.push({ change: `add ${units(added)} ${row.assetId} to the liquid assets`, size: added * unitValue, edits });
  }
  return changes;
};

const raiseCap = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { problem } = question;
  const cap = problem.caps[rule.of]!;
  const least = await leastWith(question, withColumn(covered(question), [[rule.rows[0]!, -1]], Infinity, true));
  const edits = (value: number): TableEdit[] => [
    cap.demand !== undefined
      ? edit("tblAgreements", problem.demands[cap.demand]!.row.origin.row, "maxMovements", value)
      : edit("tblSettings", 0, cap.location === undefined ? "maxMovements" : "maxMovementsPerLocation", value),
  ];
  const next = await nearestCure(question, {
    from: cap.limit,
    to: cap.limit + 2 * problem.pairs.length + 1,
    guess: least === undefined ? undefined : cap.limit + Math.ceil(least - 1e-6),
    step: 1,
    worth: Infinity,
    edits,
  });
  // A movement has no amount: ranked as if each cost nothing but the attention of a desk.
  return next === undefined
    ? undefined
    : { change: `allow ${next} movements instead of ${cap.limit} (${cap.name})`, size: next - cap.limit, edits: edits(next) };
};

const raiseRoute = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { problem, model } = question;
  const route = problem.routes[rule.of]!;
  const supply = problem.supplies[problem.pairs[route.pairs[0]!]!.supply]!;
  const least = await leastWith(question, withColumn(covered(question), [[rule.rows[0]!, -1]]));
  const edits = (value: number): TableEdit[] => [edit("tblTransfers", route.row, "maxPerDay", value)];
  const next = await nearestCure(question, {
    from: route.maxUnits,
    to: route.maxUnits + problem.supplies.reduce((sum, one) => sum + one.available, 0),
    guess: least === undefined ? undefined : route.maxUnits + (least * model.index.scale) / supply.unitValue,
    step: supply.step,
    worth: supply.unitValue,
    edits,
  });
  if (next === undefined) return undefined;
  return {
    change: `raise maxPerDay from ${units(route.maxUnits)} to ${units(next)} (${route.name})`,
    size: (next - route.maxUnits) * supply.unitValue,
    edits: edits(next),
  };
};

const allowOverPost = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { problem, model } = question;
  const demand = problem.demands[rule.of]!;
  if (!(demand.required > 0)) return undefined;
  const column = model.index.excess[rule.of]!;
  const least = await question.least(withColumnBounds(covered(question), [[column, 0, Infinity]]), column);
  const now = demand.overPostCap / demand.required;
  const edits = (value: number): TableEdit[] => [edit("tblAgreements", demand.row.origin.row, "overPostCap", value)];
  const next = await nearestCure(question, {
    from: now,
    to: now + 1000,
    guess: Number.isFinite(least) ? (least * model.index.scale) / demand.required : undefined,
    step: 1e-6,
    worth: demand.required,
    edits,
  });
  if (next === undefined) return undefined;
  return {
    change: `allow ${demand.agreementId} to hold ${exactPercent(next)} more than required (overPostCap)`,
    size: (next - now) * demand.required,
    edits: edits(next),
  };
};

const changePin = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { problem } = question;
  const pin = problem.pins[rule.of];
  if (pin === undefined || !canTry(question)) return undefined;
  const supply = problem.supplies[problem.pairs[pin.pairs[0]!]!.supply]!;
  const edits = (value: number): TableEdit[] => [edit("tblPins", pin.row, "quantity", value)];
  const from = pin.action === "atLeast" || pin.action === "pin" ? pin.lower : pin.upper;
  const most = problem.supplies.reduce((sum, one) => (one.row.assetId === supply.row.assetId ? sum + one.owned : sum), 0);
  const ends = pin.action === "atLeast" ? [0] : pin.action === "pin" ? [0, most] : [most];
  for (const to of ends) {
    const next =
      to === from ? undefined : await nearestCure(question, { from, to, guess: undefined, step: supply.step, worth: supply.unitValue, edits });
    if (next === undefined) continue;
    return {
      change: `change the pin from ${units(from)} to ${units(next)}: ${pin.name}`,
      size: Math.abs(next - from) * supply.unitValue,
      edits: edits(next),
    };
  }
  return undefined;
};

/** What cannot be recalled yet would have to be released; what arrives late would have to be accepted later. */
const changeTiming = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { problem } = question;
  const pair = problem.pairs[rule.of]!;
  // Listed with its amount among the assets that could be made to count.
  if (pair.isShut === true) return undefined;
  const supply = problem.supplies[pair.supply]!;
  const demand = problem.demands[pair.demand]!;
  const arrival = /^arrives (\S+),/.exec(pair.boundReasons.find((reason) => reason.startsWith("arrives")) ?? "")?.[1];
  const locks = problem.source.book.holdings
    .filter(
      (row) =>
        row.assetId === supply.row.assetId &&
        row.agreementId === demand.agreementId &&
        (row.recallableFrom !== undefined || row.status === "inTransitOut"),
    )
    .flatMap((row) => [edit("tblHoldings", row.origin.row, "recallableFrom", undefined), edit("tblHoldings", row.origin.row, "status", "settled")]);
  const tries = [
    { change: `recall it earlier: ${rule.name}`, edits: locks },
    ...(arrival === undefined
      ? []
      : [{ change: `accept a later settlement: ${rule.name}`, edits: [edit("tblAgreements", demand.row.origin.row, "deadline", arrival)] }]),
  ];
  for (const one of tries) {
    const found = one.edits.length === 0 ? undefined : await dropped(question, rule, one.change, one.edits);
    if (found !== undefined) return found;
  }
  return undefined;
};

const partLots = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { problem } = question;
  const supply = problem.supplies[problem.pairs[rule.of]!.supply]!;
  const isPiece = rule.name.startsWith("smallest piece");
  const edits = isPiece
    ? problem.source.book.costs
        .filter((row) => row.minimumPiece !== undefined && (row.assetId.trim() === "*" || row.assetId === supply.row.assetId))
        .map((row) => edit("tblCosts", row.origin.row, "minimumPiece", undefined))
    : problem.source.book.assets
        .filter((row) => row.assetId === supply.row.assetId)
        .map((row) => edit("tblAssets", row.origin.row, "lotSize", undefined));
  return dropped(question, rule, `accept part ${isPiece ? "pieces" : "lots"}: ${rule.name}`, edits);
};

/** A rule without an amount can only be dropped; it is ranked by what it would cure. */
const dropped = async (question: ShortfallQuestion, rule: NamedRule, change: string, edits?: readonly TableEdit[]): Promise<Change | undefined> => {
  const before = await question.least(question.base, question.column);
  const size = before * question.model.index.scale;
  if (edits !== undefined && canTry(question)) return (await cures(question, edits)) ? { change, size, edits } : undefined;
  const after = await question.least(withoutRules(question.base, [rule]), question.column);
  return after > question.tolerance ? undefined : { change, size, ...(edits === undefined ? {} : { edits }) };
};
