import type { AgreementRow, AssetRow, Book } from "../../src/core/collateral/book";
import { createModelBuilder } from "../../src/core/lp/model-builder";
import type { Solver } from "../../src/core/lp/solver";

/** Least weighted shortfall (variation margin twice) and, given it, least cost over the horizon. Base currency. */
export interface RuleOpinion {
  readonly shortfall: number;
  readonly cost: number;
  readonly requirements: Readonly<Record<string, number>>;
}

/**
 * Works out a book again from its tables, written for the tests without a look at the product: CSA terms, slabs with today's balances, debts,
 * deadlines, locks, routes, pins, reserves, the liquidity buffer and caps on movements. Rules name asset and agreement; overPostCap is stated.
 */
export const ruleOpinion = async (book: Book, solver: Solver): Promise<RuleOpinion> => {
  const model = createModelBuilder();
  const costs: number[] = [];
  const short: number[] = [];
  const requirements: Record<string, number> = {};
  const years = book.settings.horizonDays / book.settings.dayCount;
  const levels = ["1", "2A", "2B"].map(() => model.addColumn());
  const free = levels.map(() => ({ own: 0, terms: [] as [number, number][] }));
  const switches: { column: number; agreement: AgreementRow; asset: AssetRow }[] = [];
  const stock = new Map(
    book.assets.map((asset) => {
      const away = heldUnits(book, asset);
      const left = asset.quantity - (asset.reserved ?? 0);
      const all = model.addRow({ upper: left * asset.price });
      const fresh = model.addRow({ upper: book.settings.sameDayReuse ? Infinity : Math.max(0, left - away) * asset.price });
      return [asset.key, { all, fresh }];
    }),
  );
  const routes = new Map<string, number>();
  for (const agreement of book.agreements) {
    const needed = requirementOf(book, agreement);
    requirements[agreement.agreementId] = needed;
    const debts = book.assets.map((asset) => owed(book, asset, agreement));
    const total = needed + debts.reduce((sum, units, i) => sum + units * book.assets[i]!.price, 0);
    const cover = model.addRow({ lower: total, upper: total });
    const missing = model.addColumn({ upper: total });
    short[missing] = agreement.marginType === "VM" ? 2 : 1;
    model.addEntry(cover, missing, 1);
    let stays = 0;
    for (const [i, asset] of book.assets.entries()) {
      const slabs = slabsOf(book, asset, agreement);
      if (slabs === undefined) continue;
      const { today, locked } = postedUnits(book, asset, agreement);
      const isLate = arrivesLate(book, asset, agreement);
      if (isLate && today === 0) continue;
      const pins = book.pins.filter((pin) => pin.assetId === asset.assetId && pin.agreementId === agreement.agreementId);
      const least = Math.max(locked, ...pins.map((pin) => (pin.action === "pin" || pin.action === "atLeast" ? (pin.quantity ?? today) : 0)));
      const most = Math.min(
        isLate ? today : Infinity,
        ...pins.map((pin) => Math.max(locked, pin.action === "atLeast" ? Infinity : pin.action === "forbid" ? 0 : (pin.quantity ?? today))),
      );
      const { price } = asset;
      const cost = book.costs.find((row) => row.assetId === asset.assetId || row.assetId === "*");
      const kept = model.addColumn({ upper: today * price, lower: Math.min(locked, today) * price });
      const sent = model.addColumn({ upper: isLate ? 0 : Infinity });
      costs[kept] = (asset.fundingRate ?? 0) * years - (cost?.recallRate ?? 0);
      costs[sent] = (asset.fundingRate ?? 0) * years + (cost?.deliverRate ?? 0);
      const bounds = model.addRow({ lower: least * price, upper: most * price });
      for (const column of [kept, sent]) {
        model.addEntry(bounds, column, 1);
        model.addEntry(stock.get(asset.key)!.all, column, 1);
      }
      model.addEntry(stock.get(asset.key)!.fresh, sent, 1);
      const level = ["1", "2A", "2B"].indexOf(asset.hqlaClass ?? "");
      if (level >= 0) free[level]!.terms.push([kept, [1, 0.85, 0.5][level]!], [sent, [1, 0.85, 0.5][level]!]);
      const route = book.transfers.find((row) => row.from === asset.location && row.to === agreement.agreementId && row.maxPerDay !== undefined);
      if (route?.maxPerDay !== undefined) {
        const key = `${route.origin.row} ${asset.assetId}`;
        if (!routes.has(key)) routes.set(key, model.addRow({ upper: route.maxPerDay * price }));
        model.addEntry(routes.get(key)!, sent, 1);
      }
      const first = debts[i]! > 0 ? [{ units: debts[i]!, ratio: 1 }] : [];
      const balance = model.addRow({ lower: 0, upper: 0 });
      model.addEntry(balance, kept, 1);
      model.addEntry(balance, sent, 1);
      for (const slab of [...first, ...slabs]) {
        const part = model.addColumn({ upper: slab.units * price });
        model.addEntry(balance, part, -1);
        model.addEntry(cover, part, slab.ratio);
      }
      stays += least * price * Math.max(...slabs.map((slab) => slab.ratio), debts[i]! > 0 ? 1 : 0);
      if (isCapped(book)) {
        const roof = asset.quantity * price;
        for (const [column, isRecall] of [
          [sent, false],
          [kept, true],
        ] as const) {
          const made = model.addColumn({ upper: 1, integer: true });
          const row = isRecall ? model.addRow({ lower: today * price }) : model.addRow({ upper: 0 });
          model.addEntry(row, column, 1);
          model.addEntry(row, made, isRecall ? today * price : -roof);
          switches.push({ column: made, agreement, asset });
        }
      }
    }
    const over = model.addColumn({ upper: Math.max(0, (agreement.overPostCap ?? 0) * total, stays - total) });
    model.addEntry(cover, over, -1);
  }
  addBuffer(book, model, levels, free);
  addCaps(book, model, switches);
  const stage = async (goal: readonly number[]): Promise<number> => {
    const objective = Float64Array.from({ length: model.columnCount }, (_, c) => goal[c] ?? 0);
    const result = await solver.solve({ ...model.build(), objective }, {});
    if (result.primal.length === 0) throw new Error(`rule opinion: ${result.terminationStatus}`);
    const row = model.addRow({ upper: result.objective + 1e-7 });
    objective.forEach((weight, c) => model.addEntry(row, c, weight));
    return result.objective;
  };
  const shortfall = await stage(short);
  const constant = book.agreements.reduce(
    (sum, agreement) =>
      sum +
      book.assets.reduce((part, asset) => {
        const cost = book.costs.find((row) => row.assetId === asset.assetId || row.assetId === "*");
        return (
          part +
          (slabsOf(book, asset, agreement) === undefined ? 0 : postedUnits(book, asset, agreement).today * asset.price * (cost?.recallRate ?? 0))
        );
      }, 0),
    0,
  );
  return { shortfall, cost: (await stage(costs)) + constant, requirements };
};

const heldUnits = (book: Book, asset: AssetRow): number =>
  book.holdings.filter((row) => row.assetId === asset.assetId && row.quantity > 0).reduce((sum, row) => sum + row.quantity, 0);

const owed = (book: Book, asset: AssetRow, agreement: AgreementRow): number =>
  -book.holdings
    .filter((row) => row.assetId === asset.assetId && row.agreementId === agreement.agreementId && row.quantity < 0)
    .reduce((sum, row) => sum + row.quantity, 0);

const postedUnits = (book: Book, asset: AssetRow, agreement: AgreementRow): { today: number; locked: number } => {
  const rows = book.holdings.filter((row) => row.assetId === asset.assetId && row.agreementId === agreement.agreementId && row.quantity > 0);
  const isLocked = (until: string | undefined): boolean => until !== undefined && Date.parse(until) > Date.parse(book.settings.asOf ?? "1970-01-01");
  return {
    today: rows.reduce((sum, row) => sum + row.quantity, 0),
    locked: rows.filter((row) => isLocked(row.recallableFrom)).reduce((sum, row) => sum + row.quantity, 0),
  };
};

/** Slabs in units with their ratios; one endless slab where there is no tier table. */
const slabsOf = (book: Book, asset: AssetRow, agreement: AgreementRow): { units: number; ratio: number }[] | undefined => {
  const rule = book.eligibility.find((row) => row.agreementId === agreement.agreementId && row.assetId === asset.assetId);
  if (rule === undefined) return undefined;
  if (rule.tierTable === undefined) return [{ units: Infinity, ratio: 1 - (rule.haircut ?? 1) }];
  const tiers = book.tiers.filter((row) => row.tierTable === rule.tierTable && row.assetId === asset.assetId);
  return tiers.map((tier, k) => ({ units: tier.upTo - (tiers[k - 1]?.upTo ?? 0), ratio: tier.ratio }));
};

const arrivesLate = (book: Book, asset: AssetRow, agreement: AgreementRow): boolean => {
  if (book.settings.asOf === undefined || agreement.deadline === undefined) return false;
  const hours = (Date.parse(agreement.deadline) - Date.parse(book.settings.asOf)) / 3_600_000;
  const route = book.transfers.find((row) => row.from === asset.location && row.to === agreement.agreementId);
  return (route?.settleHours ?? asset.settleHours ?? 0) + (asset.unbondHours ?? 0) > hours;
};

/** Credit support amount against what is held: whole transfers of at least the minimum, delivered amounts rounded up and returned ones down. */
const requirementOf = (book: Book, agreement: AgreementRow): number => {
  if (agreement.requirement !== undefined) return agreement.requirement;
  const held = book.assets.reduce((sum, asset) => {
    let left = postedUnits(book, asset, agreement).today;
    return (slabsOf(book, asset, agreement) ?? []).reduce((value, slab) => {
      const part = Math.min(left, slab.units);
      left -= part;
      return value + part * slab.ratio * asset.price;
    }, sum);
  }, 0);
  const target = Math.max(0, (agreement.exposure ?? 0) + (agreement.independentAmount ?? 0) - (agreement.threshold ?? 0));
  const call = target - held;
  if (call >= (agreement.minimumTransferAmount ?? 0) && call > 0) {
    const step = agreement.roundingDelivery ?? 0;
    return held + (step > 0 ? Math.ceil(call / step - 1e-9) * step : call);
  }
  if (-call >= (agreement.theirMinimumTransferAmount ?? 0) && call < 0) {
    const step = agreement.roundingReturn ?? 0;
    return Math.max(0, held - (step > 0 ? Math.floor(-call / step + 1e-9) * step : -call));
  }
  return held;
};

type Builder = ReturnType<typeof createModelBuilder>;

const addBuffer = (
  book: Book,
  model: Builder,
  levels: readonly number[],
  free: readonly { terms: readonly (readonly [number, number])[] }[],
): void => {
  const wanted = book.settings.liquidityBuffer ?? 0;
  if (wanted <= 0) return;
  const [one, twoA, twoB] = levels as [number, number, number];
  levels.forEach((column, k) => {
    const owned = book.assets
      .filter((asset) => asset.hqlaClass === ["1", "2A", "2B"][k])
      .reduce((sum, asset) => sum + asset.quantity * asset.price * [1, 0.85, 0.5][k]!, 0);
    const row = model.addRow({ upper: owned });
    model.addEntry(row, column, 1);
    for (const [posted, ratio] of free[k]!.terms) model.addEntry(row, posted, ratio);
  });
  // Level 2 at most 40 %, level 2B at most 15 % of everything that counts.
  for (const [members, share] of [
    [[twoA, twoB], 0.4],
    [[twoB], 0.15],
  ] as const) {
    const row = model.addRow({ upper: 0 });
    for (const column of levels) model.addEntry(row, column, ((members as readonly number[]).includes(column) ? 1 : 0) - share);
  }
  const row = model.addRow({ lower: wanted });
  for (const column of [one, twoA, twoB]) model.addEntry(row, column, 1);
};

const isCapped = (book: Book): boolean =>
  book.settings.maxMovements !== undefined ||
  book.settings.maxMovementsPerLocation !== undefined ||
  book.agreements.some((row) => row.maxMovements !== undefined);

const addCaps = (book: Book, model: Builder, switches: readonly { column: number; agreement: AgreementRow; asset: AssetRow }[]): void => {
  const cap = (limit: number | undefined, counts: (one: (typeof switches)[number]) => boolean): void => {
    if (limit === undefined) return;
    const row = model.addRow({ upper: limit });
    for (const one of switches.filter(counts)) model.addEntry(row, one.column, 1);
  };
  cap(book.settings.maxMovements, () => true);
  for (const agreement of book.agreements) cap(agreement.maxMovements, (one) => one.agreement === agreement);
  for (const location of new Set(book.assets.map((asset) => asset.location)))
    cap(book.settings.maxMovementsPerLocation, (one) => one.asset.location === location);
};
