import solver from "javascript-lp-solver";
import type { AgreementRow, AssetRow, Book, EligibilityRow } from "../../src/core/collateral/book";

/** What the second opinion says: least weighted shortfall and, given it, least cost over the horizon. Base currency. */
export interface SecondOpinion {
  readonly shortfall: number;
  readonly cost: number;
}

type Terms = Record<string, number>;
interface Named {
  readonly variables: Record<string, Terms>;
  readonly constraints: Record<string, { min?: number; max?: number; equal?: number }>;
  readonly ints: Record<string, 1>;
}

/**
 * Builds the allocation model again straight from the tables, in another formulation (posted, delivered and recalled amounts, slabs with
 * their own variables, named rows) and solves it with javascript-lp-solver.
 *
 * Written for the tests without a look at the product's builder; covers one rule per pair, given requirements, one priority.
 */
export const secondOpinion = (book: Book): SecondOpinion => {
  const model = nameEverything(book);
  const first = run(model, "short");
  if (!first.feasible) throw new Error("second opinion: infeasible");
  const shortfall = Math.max(0, first.result);
  const held: Named = { ...model, constraints: { ...model.constraints, short: { max: shortfall + 1e-6 } } };
  const second = run(held, "cost");
  if (!second.feasible) throw new Error("second opinion: infeasible in the cost stage");
  return { shortfall, cost: second.result };
};

const run = (model: Named, optimize: string): { feasible: boolean; result: number } =>
  solver.Solve({
    optimize,
    opType: "min",
    constraints: model.constraints,
    variables: model.variables,
    ints: model.ints,
    options: { presolve: false, tolerance: 0 },
  } as never) as unknown as { feasible: boolean; result: number };

const nameEverything = (book: Book): Named => {
  const variables: Record<string, Terms> = {};
  const constraints: Named["constraints"] = {};
  const ints: Record<string, 1> = {};
  const years = book.settings.horizonDays / book.settings.dayCount;
  const fx = (currency: string): number =>
    currency === book.settings.baseCurrency ? 1 : (book.fx.find((row) => row.currency === currency)?.rate ?? NaN);
  for (const agreement of book.agreements) {
    const required = (agreement.requirement ?? 0) * fx(agreement.currency);
    constraints[`cover ${agreement.agreementId}`] = { equal: required };
    variables[`u ${agreement.agreementId}`] = { [`cover ${agreement.agreementId}`]: 1, short: agreement.marginType === "VM" ? 2 : 1, cost: 0 };
    variables[`o ${agreement.agreementId}`] = { [`cover ${agreement.agreementId}`]: -1, [`cap ${agreement.agreementId}`]: 1, cost: 0 };
    constraints[`cap ${agreement.agreementId}`] = {
      max:
        agreement.overPostCap === undefined
          ? Math.max(largestLot(book, agreement, fx), excessToday(book, agreement, required, fx))
          : agreement.overPostCap * required,
    };
  }
  for (const asset of book.assets) {
    const unit = asset.price * fx(asset.priceCurrency);
    constraints[`stock ${asset.key}`] = { max: (asset.quantity - (asset.reserved ?? 0)) * unit };
    const today = book.holdings.filter((row) => row.assetId === asset.assetId).reduce((sum, row) => sum + row.quantity, 0);
    if (!book.settings.sameDayReuse && today > 0)
      constraints[`fresh ${asset.key}`] = { max: (asset.quantity - (asset.reserved ?? 0) - today) * unit };
    for (const agreement of book.agreements) addPair(book, asset, agreement, { variables, constraints, ints }, years, unit);
  }
  addLimits(book, { variables, constraints, ints }, fx);
  if (book.settings.maxMovements !== undefined) constraints["moves"] = { max: book.settings.maxMovements };
  return { variables, constraints, ints };
};

/** Where recalling costs money, today's excess may stay. */
const excessToday = (book: Book, agreement: AgreementRow, required: number, fx: (currency: string) => number): number => {
  const own = book.holdings.filter((row) => row.agreementId === agreement.agreementId);
  if (
    !own.some((row) => book.costs.some((cost) => cost.assetId === row.assetId && (cost.recallRate ?? 0) + (cost.recallFixed ?? 0) > 0)) &&
    book.settings.maxMovements === undefined
  )
    return 0;
  const value = own.reduce((sum, row) => {
    const asset = book.assets.find((candidate) => candidate.assetId === row.assetId)!;
    const rule = ruleOf(book, asset, agreement);
    if (rule === undefined) return sum;
    const slabs =
      rule.tierTable === undefined
        ? [{ upTo: Infinity, ratio: 1 - (rule.haircut ?? 1) }]
        : book.tiers.filter((tier) => tier.tierTable === rule.tierTable && tier.assetId === asset.assetId);
    const units = slabs.reduce(
      (total, slab, k) =>
        total + Math.max(0, Math.min(row.quantity, slab.upTo) - (slabs[k - 1]?.upTo ?? 0)) * net(rule, asset, agreement, slab.ratio),
      0,
    );
    return sum + units * asset.price * fx(asset.priceCurrency);
  }, 0);
  return Math.max(0, value - required);
};

const largestLot = (book: Book, agreement: AgreementRow, fx: (currency: string) => number): number =>
  agreement.overPostCap !== undefined
    ? 0
    : Math.max(
        0,
        ...book.assets.map((asset) => {
          const rule = ruleOf(book, asset, agreement);
          return rule === undefined ? 0 : (asset.lotSize ?? 0) * asset.price * fx(asset.priceCurrency) * bestRatio(book, rule, asset, agreement);
        }),
      );

const ruleOf = (book: Book, asset: AssetRow, agreement: AgreementRow): EligibilityRow | undefined =>
  book.eligibility.find((row) => row.agreementId === agreement.agreementId && row.assetId === asset.assetId && row.isIncluded);

const net = (rule: EligibilityRow, asset: AssetRow, agreement: AgreementRow, ratio: number): number =>
  Math.max(0, ratio - (asset.denominationCurrency === agreement.currency ? 0 : (rule.fxHaircut ?? 0)) - (rule.additionalHaircut ?? 0));

const bestRatio = (book: Book, rule: EligibilityRow, asset: AssetRow, agreement: AgreementRow): number =>
  rule.tierTable === undefined
    ? net(rule, asset, agreement, 1 - (rule.haircut ?? 1))
    : Math.max(
        ...book.tiers
          .filter((row) => row.tierTable === rule.tierTable && row.assetId === asset.assetId)
          .map((row) => net(rule, asset, agreement, row.ratio)),
      );

const addPair = (
  book: Book,
  asset: AssetRow,
  agreement: AgreementRow,
  { variables, constraints, ints }: Named,
  years: number,
  unit: number,
): void => {
  const rule = ruleOf(book, asset, agreement);
  if (rule === undefined) return;
  const id = `${asset.key} ${agreement.agreementId}`;
  const cost = book.costs.find((row) => row.assetId === asset.assetId);
  const carry = (cost?.fundingRate ?? asset.fundingRate ?? 0) - (asset.yieldWhilePosted ?? 0) + (cost?.custodyRate ?? 0);
  const today =
    book.holdings
      .filter((row) => row.assetId === asset.assetId && row.agreementId === agreement.agreementId)
      .reduce((sum, row) => sum + row.quantity, 0) * unit;
  const slabs =
    rule.tierTable === undefined
      ? [{ upTo: Infinity, ratio: 1 - (rule.haircut ?? 1) }]
      : book.tiers.filter((row) => row.tierTable === rule.tierTable && row.assetId === asset.assetId);
  // posted - delivered + recalled = today
  constraints[`flow ${id}`] = { equal: today };
  variables[`d ${id}`] = { [`flow ${id}`]: -1, [`fresh ${asset.key}`]: 1, cost: cost?.deliverRate ?? 0, [`dmax ${id}`]: 1 };
  variables[`r ${id}`] = { [`flow ${id}`]: 1, [`back ${id}`]: 1, cost: cost?.recallRate ?? 0, [`rmax ${id}`]: 1 };
  constraints[`back ${id}`] = { max: today };
  let from = 0;
  slabs.forEach((slab, k) => {
    const ratio = net(rule, asset, agreement, slab.ratio);
    variables[`x ${id} ${k}`] = {
      [`flow ${id}`]: 1,
      [`stock ${asset.key}`]: 1,
      [`cover ${agreement.agreementId}`]: ratio,
      [`slab ${id} ${k}`]: 1,
      [`lots ${id}`]: 1,
      cost: carry * years,
    };
    if (Number.isFinite(slab.upTo)) constraints[`slab ${id} ${k}`] = { max: (slab.upTo - from) * unit };
    // A slab opens only when the one before is full, also where a low value would pay.
    if (k > 0) {
      const before = (from - (slabs[k - 2]?.upTo ?? 0)) * unit;
      variables[`b ${id} ${k}`] = { [`gate ${id} ${k}`]: -asset.quantity * unit, [`full ${id} ${k}`]: -before, [`one ${id} ${k}`]: 1, cost: 0 };
      variables[`x ${id} ${k}`]![`gate ${id} ${k}`] = 1;
      variables[`x ${id} ${k - 1}`]![`full ${id} ${k}`] = 1;
      constraints[`gate ${id} ${k}`] = { max: 0 };
      constraints[`full ${id} ${k}`] = { min: 0 };
      constraints[`one ${id} ${k}`] = { max: 1 };
      ints[`b ${id} ${k}`] = 1;
    }
    from = slab.upTo;
  });
  if (asset.lotSize !== undefined) {
    variables[`n ${id}`] = { [`lots ${id}`]: -asset.lotSize * unit, cost: 0 };
    constraints[`lots ${id}`] = { equal: 0 };
    ints[`n ${id}`] = 1;
  }
  const isCounted = book.settings.maxMovements !== undefined || (cost?.deliverFixed ?? 0) > 0 || (cost?.recallFixed ?? 0) > 0;
  if (!isCounted) return;
  const most = asset.quantity * unit;
  for (const [kind, fixed] of [
    ["d", cost?.deliverFixed ?? 0],
    ["r", cost?.recallFixed ?? 0],
  ] as const) {
    variables[`z${kind} ${id}`] = { [`${kind}max ${id}`]: -most, cost: fixed, moves: 1, [`z${kind}one ${id}`]: 1 };
    constraints[`${kind}max ${id}`] = { max: 0 };
    constraints[`z${kind}one ${id}`] = { max: 1 };
    ints[`z${kind} ${id}`] = 1;
  }
};

const addLimits = (book: Book, { variables, constraints }: Named, fx: (currency: string) => number): void => {
  book.limits.forEach((limit, number) => {
    for (const agreement of book.agreements) {
      if (limit.scopeId !== "EACH" && limit.scopeId !== agreement.agreementId) continue;
      for (const group of new Set(book.assets.map((asset) => asset.assetId))) {
        if (limit.group !== "EACH" && limit.group !== group) continue;
        const row = `limit ${number} ${agreement.agreementId} ${group}`;
        const isMinimum = limit.direction === "min";
        const bound =
          limit.limitBasis === "amount"
            ? limit.limit
            : limit.limitBasis === "requirement"
              ? limit.limit * (agreement.requirement ?? 0) * fx(agreement.currency)
              : 0;
        constraints[row] = isMinimum ? { min: bound } : { max: bound };
        for (const [name, terms] of Object.entries(variables)) {
          const parts = /^x (\S+) (\S+) (\d+)$/.exec(name);
          if (parts === null || parts[2] !== agreement.agreementId) continue;
          const weight = limit.valueBasis === "market" ? 1 : (terms[`cover ${agreement.agreementId}`] ?? 0);
          const isMember = parts[1]!.split("|")[0] === group;
          terms[row] = (isMember ? weight : 0) - (limit.limitBasis === "posted" ? limit.limit * weight : 0);
        }
      }
    }
  });
};
