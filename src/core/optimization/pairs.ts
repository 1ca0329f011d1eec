import type { Issue } from "../basics/issue";
import type { AgreementRow, AssetRow, Book, EligibilityRow } from "../collateral/book";
import type { LatenessOf } from "./arrival-time";
import type { CostsOf } from "./carry-rate";
import { coveredValues, type Valued } from "./collateral-value";
import type { EligibilityOf } from "./eligibility";
import type { RateOf } from "./fx-rates";
import { fxHaircutOf, totalHaircut } from "./haircut-terms";
import type { HoldingBalance } from "./holdings-today";
import { normalName } from "./name-match";
import { applyPins, impossiblePins, withoutYieldingPins } from "./pins";
import type { Demand, HaircutTerms, Pair, PinRule, RefusedPair, Slice, Supply, ValuePool } from "./problem-shape";
import { rowIssue } from "./row-issue";
import { netSlices, skipUnits, tierLookup, type TierSlices } from "./value-slices";

/** What the pairs are resolved from. */
export interface PairSources {
  readonly book: Book;
  readonly supplies: readonly Supply[];
  readonly demands: readonly Demand[];
  readonly balances: (asset: AssetRow, agreement: AgreementRow) => HoldingBalance | undefined;
  readonly eligibilityOf: EligibilityOf;
  readonly costsOf: CostsOf;
  readonly latenessOf: LatenessOf;
  readonly rateOf: RateOf;
  readonly issues: Issue[];
  /** Keeps what arrives too late among the pairs, shut. */
  readonly keepsLate: boolean;
}

/** Pairs that may be used, those that may not, and what follows from them. */
export interface ResolvedPairs {
  readonly pairs: readonly Pair[];
  readonly refused: readonly RefusedPair[];
  readonly pools: readonly ValuePool[];
  readonly pins: readonly PinRule[];
  /** Keys of pins that cannot be met whatever is posted. */
  readonly yielding: ReadonlySet<string>;
  /** Units locked at an agreement where they are not eligible. */
  readonly stuckAt: (supply: number, demand: number) => number;
  readonly stuck: (supply: number) => number;
  /** Units of a supply that must stay posted. */
  readonly locked: (supply: number) => number;
  /** Largest over-collateral of a demand, base currency. */
  readonly overPost: (demand: number) => OverPost;
}

/** Resolves every inventory line against every agreement, agreement by agreement. */
export const resolvePairs = (sources: PairSources): ResolvedPairs => {
  const { supplies, demands, issues, book } = sources;
  const tiers = tierLookup(book.tiers, book.settings, sources.rateOf);
  const drafts: PairDraft[] = [];
  const refused: RefusedPair[] = [];
  const stuck = new Map<string, number>();
  const ties = new Set<EligibilityRow>();
  demands.forEach((demand, demandIndex) => {
    supplies.forEach((supply, supplyIndex) => {
      const answer = resolvePair(sources, supply, demand, tiers.tiersOf, ties);
      if (typeof answer === "object") drafts.push({ ...answer, supply: supplyIndex, demand: demandIndex });
      else {
        refused.push({
          supply: supplyIndex,
          demand: demandIndex,
          reason: answer,
          isLate: answer.startsWith("arrives") || answer.startsWith("locked until"),
        });
        const locked = sources.balances(supply.row, demand.row)?.locked ?? 0;
        if (locked > 0) stuck.set(`${supplyIndex}|${demandIndex}`, locked);
      }
    });
  });
  issues.push(...tiers.issues);
  const pooled = buildPools(sources, drafts);
  const pinned = applyPins({
    rows: book.pins,
    pairs: pooled.pairs,
    supplies,
    demands,
    todayAt: (supply, demand) => sources.balances(supplies[supply]!.row, demands[demand]!.row)?.posted ?? 0,
    issues,
  });
  const yielding = new Set(impossiblePins(pinned.pairs, pinned.rules));
  const pairs = withoutYieldingPins(pinned.pairs, pinned.rules, yielding);
  const locked = new Float64Array(supplies.length);
  for (const pair of pooled.pairs) locked[pair.supply]! += Math.min(pair.atLeast, pair.today);
  return {
    pairs,
    yielding,
    refused,
    pools: pooled.pools,
    pins: pinned.rules,
    stuckAt: (supply, demand) => stuck.get(`${supply}|${demand}`) ?? 0,
    stuck: (supply) => demands.reduce((sum, _, demand) => sum + (stuck.get(`${supply}|${demand}`) ?? 0), 0),
    locked: (supply) => locked[supply]!,
    overPost: overPostCaps({ ...pinned, pools: pooled.pools, supplies, demands }, hasMovementCaps(book)),
  };
};

type PairDraft = Omit<Pair, "pool"> & { readonly tiers?: TierSlices; readonly priceFactor: number };

const resolvePair = (
  sources: PairSources,
  supply: Supply,
  demand: Demand,
  tiersOf: (tierTable: string, asset: AssetRow) => TierSlices | undefined,
  ties: Set<EligibilityRow>,
): Omit<PairDraft, "supply" | "demand"> | string => {
  const { settings } = sources.book;
  const asset = supply.row;
  const eligibility = sources.eligibilityOf(asset, demand.row);
  if (!eligibility.isEligible) {
    if (eligibility.tie !== undefined && !ties.has(eligibility.tie[1])) {
      ties.add(eligibility.tie[1]);
      sources.issues.push(
        rowIssue(
          eligibility.tie[1].origin,
          "error",
          "eligibility-tie",
          `Rows ${eligibility.tie[0].origin.row} and ${eligibility.tie[1].origin.row} both fit ${asset.assetId} at ${demand.agreementId} with different terms.`,
          "Delete one, or make one more specific (an agreement, an asset).",
        ),
      );
    }
    return eligibility.reason;
  }
  const { rule } = eligibility;
  const fxHaircut = fxHaircutOf(rule, asset, demand.row);
  const additionalHaircut = (rule.additionalHaircut ?? 0) + (demand.row.haircutAddOn ?? 0);
  const priceFactor = rule.priceAtVenue === undefined ? 1 : rule.priceAtVenue / asset.price;
  const tiers = rule.tierTable === undefined ? undefined : tiersOf(rule.tierTable, asset);
  if (rule.tierTable !== undefined && tiers === undefined) return `tier table ${rule.tierTable} has no rows for ${asset.assetId}`;
  if (rule.haircut === undefined && tiers === undefined) return "haircut is blank";
  const best = tiers === undefined ? 1 - (rule.haircut ?? 1) : Math.max(0, ...tiers.slices.map((slice) => slice.ratio));
  const total = totalHaircut(1 - best, fxHaircut, additionalHaircut, settings.fxHaircutForm);
  if (total >= 1) return "worth nothing after haircut";
  const terms: HaircutTerms = { rule, haircut: 1 - best, fxHaircut, additionalHaircut, total };
  const balance = sources.balances(asset, demand.row);
  const today = balance?.posted ?? 0;
  const late = sources.latenessOf(asset, demand.row, rule);
  const isShut = late !== undefined && today === 0;
  if (isShut && !sources.keepsLate) return late;
  const locked = balance?.locked ?? 0;
  return {
    terms,
    valueRatio: (1 - total) * priceFactor,
    costs: sources.costsOf(asset, demand.row),
    today,
    atLeast: locked,
    locked: Math.min(locked, today),
    atMost: late === undefined ? Infinity : today,
    boundReasons: [...(late === undefined ? [] : [late]), ...(locked > 0 ? ["cannot be recalled yet"] : [])],
    priceFactor,
    ...(isShut ? { isShut } : {}),
    ...(tiers === undefined ? {} : { tiers }),
  };
};

/** Groups pairs that share a balance at the venue: slabs and debts count over all inventory lines of the asset. */
const buildPools = (sources: PairSources, drafts: readonly PairDraft[]): { pairs: Pair[]; pools: ValuePool[] } => {
  const { settings } = sources.book;
  const pools = new Map<string, ValuePool & { pairs: number[] }>();
  const indexOf = new Map<string, number>();
  const withDebt = new Set<string>();
  const sameAsset = new Map<string, Supply[]>();
  for (const supply of sources.supplies) {
    const asset = normalName(supply.row.assetId);
    sameAsset.set(asset, [...(sameAsset.get(asset) ?? []), supply]);
  }
  const pairs = drafts.map((draft, pairIndex): Pair => {
    const { tiers, priceFactor, ...pair } = draft;
    const supply = sources.supplies[pair.supply]!;
    const demand = sources.demands[pair.demand]!;
    const asset = normalName(supply.row.assetId);
    const lines = (sameAsset.get(asset) ?? []).map((other) => sources.balances(other.row, demand.row));
    const debt = lines.reduce((sum, balance) => sum + (balance?.debt ?? 0), 0);
    if (tiers === undefined && debt === 0) return { ...pair, pool: -1 };
    const key = `${pair.demand}|${asset}|${pair.terms.rule.origin.row}`;
    let pool = pools.get(key);
    if (pool === undefined) {
      const disputed = lines.reduce((sum, balance) => sum + (balance?.disputed ?? 0), 0);
      const flat: Slice[] = [{ units: Infinity, ratio: 1 - pair.terms.haircut }];
      const slices = skipUnits(tiers?.slices ?? flat, disputed);
      const isFirst = !withDebt.has(`${pair.demand}|${asset}`);
      withDebt.add(`${pair.demand}|${asset}`);
      pool = {
        demand: pair.demand,
        assetId: supply.row.assetId,
        mode: tiers?.mode ?? "marginal",
        debt: isFirst ? debt : 0,
        slices: netSlices(slices, pair.terms.fxHaircut, pair.terms.additionalHaircut, settings.fxHaircutForm, priceFactor),
        ...(tiers === undefined ? {} : { tierTable: pair.terms.rule.tierTable ?? "" }),
        unitValue: supply.unitValue,
        pairs: [],
      };
      indexOf.set(key, pools.size);
      pools.set(key, pool);
    }
    pool.pairs.push(pairIndex);
    return { ...pair, pool: indexOf.get(key) ?? -1 };
  });
  return { pairs, pools: [...pools.values()] };
};

const hasMovementCaps = (book: Book): boolean =>
  book.settings.maxMovements !== undefined ||
  book.settings.maxMovementsPerLocation !== undefined ||
  book.agreements.some((row) => row.maxMovements !== undefined);

type OverPost = Pick<Demand, "overPostCap" | "roundingRoom" | "heldAnyway">;

/**
 * Says how much more than required may be posted.
 *
 * Where the agreement states overPostCap: that share of the requirement. Else nothing, except what cannot be avoided: one lot or one
 * smallest piece, what cannot be recalled, and today's excess where recalling it costs money or counts against a cap. So a yielding
 * asset is never posted without need.
 */
const overPostCaps = (
  { pairs, rules, pools, supplies, demands }: Valued & { readonly rules: readonly PinRule[] },
  isCapped: boolean,
): ((demand: number) => OverPost) => {
  const today = coveredValues(
    { pairs, pools, supplies, demands },
    Float64Array.from(pairs, (pair) => pair.today),
  );
  const sticky = demands.map(() => isCapped);
  for (const pair of pairs) if (pair.today > 0 && pair.costs.recallRate + pair.costs.recallFixed > 0) sticky[pair.demand] = true;
  const coarse = new Float64Array(demands.length);
  const stays = new Float64Array(demands.length);
  for (const pair of pairs) {
    if (pair.isShut === true) continue;
    const supply = supplies[pair.supply]!;
    const ratio = Math.max(pair.valueRatio, pools[pair.pool]?.debt ? 1 : 0);
    const lot = supply.hasLots ? supply.step * supply.unitValue : 0;
    coarse[pair.demand] = Math.max(coarse[pair.demand]!, ratio * Math.max(lot, pair.costs.minimumPiece));
    // A pin above the inventory must not make room for anything else; a trace more, so that the inventory is what binds.
    stays[pair.demand]! += Math.min(pair.atLeast, Math.max(supply.available, pair.today) * (1 + 1e-6)) * supply.unitValue * ratio;
  }
  for (const pin of rules) {
    const pair = pairs[pin.pairs[0] ?? -1];
    if (pair === undefined || !pin.isJoint) continue;
    const most = pin.pairs.reduce((sum, p) => sum + supplies[pairs[p]!.supply]!.available * (1 + 1e-6), 0);
    stays[pair.demand]! += Math.min(pin.lower, most) * supplies[pair.supply]!.unitValue * Math.max(pair.valueRatio, pools[pair.pool]?.debt ? 1 : 0);
  }
  return (index) => {
    const demand = demands[index]!;
    const stated = demand.row.overPostCap;
    const heldAnyway = Math.max(stays[index]!, sticky[index] === true && stated === undefined ? today[index]! : 0);
    const roundingRoom = stated === undefined ? coarse[index]! : 0;
    const cap = Math.max(roundingRoom, (stated ?? 0) * demand.required);
    return { overPostCap: Math.max(cap, heldAnyway - demand.required, 0), roundingRoom, heldAnyway };
  };
};
