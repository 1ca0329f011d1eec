import type { AgreementRow, AssetRow, Book, LimitRow } from "../../src/core/collateral/book";
import { createModelBuilder } from "../../src/core/lp/model-builder";
import type { LinearModel } from "../../src/core/lp/linear-model";
import type { Solver } from "../../src/core/lp/solver";

/** Least total shortfall, least weighted breach of soft limits given it, least cost given both. Base currency. */
export interface LimitOpinion {
  readonly shortfall: number;
  readonly breach: number;
  readonly cost: number;
}

/** One linear piece of a limit: sum of weights over (asset, agreement) plus a soft breach must not exceed the bound. */
interface Piece {
  readonly weights: ReadonlyMap<string, number>;
  readonly bound: number;
  readonly soft: number | undefined;
}

/** A limit instance: any one of its alternatives must hold in full. */
type Instance = readonly (readonly Piece[])[];

/**
 * Works out flat-haircut books with limits of every kind again from the tables: the larger of two bounds and limits above a size are
 * tried case by case, so there is neither a binary nor a big-M. Undefined where there would be too many cases.
 */
export const limitOpinion = async (book: Book, solver: Solver): Promise<LimitOpinion | undefined> => {
  const instances = book.limits.flatMap((row) => instancesOf(book, row));
  const cases = instances.reduce((product, instance) => product * instance.length, 1);
  if (cases > 24) return undefined;
  let best: LimitOpinion | undefined;
  for (let number = 0; number < cases; number++) {
    let rest = number;
    const pieces = instances.flatMap((instance) => {
      const chosen = instance[rest % instance.length]!;
      rest = Math.floor(rest / instance.length);
      return chosen;
    });
    const found = await solveCase(book, pieces, solver);
    if (found !== undefined && (best === undefined || isBetter(found, best))) best = found;
  }
  return best;
};

const isBetter = (a: LimitOpinion, b: LimitOpinion): boolean => {
  if (Math.abs(a.shortfall - b.shortfall) > 1e-6) return a.shortfall < b.shortfall;
  if (Math.abs(a.breach - b.breach) > 1e-6) return a.breach < b.breach;
  return a.cost < b.cost;
};

const rateOf = (book: Book, currency: string): number =>
  currency === book.settings.baseCurrency ? 1 : (book.fx.find((row) => row.currency === currency)?.rate ?? NaN);

const keyOf = (asset: AssetRow, agreement: AgreementRow): string => `${asset.key}>${agreement.agreementId}`;

/** 1 - haircut - FX haircut of the only rule of the pair; undefined where there is none. */
const ratioOf = (book: Book, asset: AssetRow, agreement: AgreementRow): number | undefined => {
  const rule = book.eligibility.find((row) => row.agreementId === agreement.agreementId && row.assetId === asset.assetId);
  if (rule === undefined) return undefined;
  const fx = asset.denominationCurrency === agreement.currency ? 0 : (rule.fxHaircut ?? 0);
  const own = 1 - (rule.haircut ?? 1);
  const ratio = book.settings.fxHaircutForm === "product" ? own * (1 - fx) : own - fx;
  return ratio > 0 ? ratio : undefined;
};

const pairsOf = (book: Book): { asset: AssetRow; agreement: AgreementRow; ratio: number }[] =>
  book.agreements.flatMap((agreement) =>
    book.assets.flatMap((asset) => {
      const ratio = ratioOf(book, asset, agreement);
      return ratio === undefined ? [] : [{ asset, agreement, ratio }];
    }),
  );

const scopeName = (row: LimitRow, asset: AssetRow, agreement: AgreementRow): string => {
  if (row.scope === "book" || row.scopeId === "ALL") return "";
  if (row.scope === "agreement") return agreement.agreementId;
  if (row.scope === "csa") return agreement.csaId!;
  if (row.scope === "counterparty") return agreement.counterparty!;
  if (row.scope === "counterpartyGroup") return agreement.counterpartyGroup!;
  return asset.location;
};

const groupName = (row: LimitRow, asset: AssetRow): string => {
  if (row.limitType === "asset") return asset.assetId;
  if (row.limitType === "class") return asset.assetClass!;
  if (row.limitType === "issuer") return asset.issuer!;
  if (row.limitType === "currency") return asset.denominationCurrency;
  return "";
};

const instancesOf = (book: Book, row: LimitRow): Instance[] => {
  const all = pairsOf(book);
  const rate = rateOf(book, row.currency ?? book.settings.baseCurrency);
  const scopes = new Set(
    all.map((pair) => scopeName(row, pair.asset, pair.agreement)).filter((name) => name === "" || row.scopeId === "EACH" || row.scopeId === name),
  );
  return [...scopes].flatMap((scope) => {
    const inScope = all.filter((pair) => scopeName(row, pair.asset, pair.agreement) === scope);
    const groups = new Set(
      inScope.map((pair) => groupName(row, pair.asset)).filter((name) => name === "" || row.group === "EACH" || row.group === name),
    );
    return [...groups].flatMap((group) => {
      const members = inScope.filter((pair) => groupName(row, pair.asset) === group);
      const assets = row.limitBasis === "issue" ? [...new Set(members.map((pair) => pair.asset.assetId))] : [undefined];
      return assets.map((assetId) =>
        instance(book, row, rate, scope, inScope, assetId === undefined ? members : members.filter((pair) => pair.asset.assetId === assetId)),
      );
    });
  });
};

type Pairs = ReturnType<typeof pairsOf>;

const instance = (book: Book, row: LimitRow, rate: number, scope: string, inScope: Pairs, members: Pairs): Instance => {
  const weight = ({ ratio }: Pairs[number]): number => (row.valueBasis === "market" ? 1 : ratio);
  const sum = (pairs: Pairs, share: number, into = new Map<string, number>()): Map<string, number> => {
    for (const pair of pairs) {
      const key = keyOf(pair.asset, pair.agreement);
      const own = row.limitBasis === "issue" && pairs === members ? 1 : weight(pair);
      into.set(key, (into.get(key) ?? 0) + share * own);
    }
    return into;
  };
  const sign = row.direction === "max" ? 1 : -1;
  const soft = row.hardOrSoft === "soft" ? (row.softPenalty ?? 1) : undefined;
  const constant = (amount: number): Piece => ({ weights: sum(members, sign), bound: sign * amount, soft });
  const required = book.agreements
    .filter((agreement) => row.scope === "location" || scopeName(row, book.assets[0]!, agreement) === scope)
    .reduce((total, agreement) => total + (agreement.requirement ?? 0) * rateOf(book, agreement.currency), 0);
  const first = members[0]?.asset;
  const unit = first === undefined ? 0 : first.price * rateOf(book, first.priceCurrency);
  const main: Piece =
    row.limitBasis === "posted"
      ? { weights: sum(members, sign, sum(inScope, -sign * row.limit)), bound: 0, soft }
      : constant(
          row.limitBasis === "amount"
            ? row.limit * rate
            : row.limitBasis === "requirement"
              ? row.limit * required
              : row.limit * (first?.outstanding ?? NaN) * unit,
        );
  const alternatives: Piece[][] = [[main]];
  if (row.orAmount !== undefined) alternatives.push([constant(row.orAmount * rate)]);
  if (row.appliesAbove !== undefined) alternatives.push([{ weights: sum(inScope, 1), bound: row.appliesAbove * rate, soft: undefined }]);
  return alternatives;
};

const solveCase = async (book: Book, pieces: readonly Piece[], solver: Solver): Promise<LimitOpinion | undefined> => {
  const builder = createModelBuilder();
  const years = book.settings.horizonDays / book.settings.dayCount;
  const columns = new Map<string, number>();
  const cost: number[] = [];
  const short: number[] = [];
  const breach: number[] = [];
  const stock = new Map(
    book.assets.map((asset) => [asset.key, builder.addRow({ upper: asset.quantity * asset.price * rateOf(book, asset.priceCurrency) })]),
  );
  for (const agreement of book.agreements) {
    const required = (agreement.requirement ?? 0) * rateOf(book, agreement.currency);
    const row = builder.addRow({ lower: required, upper: required });
    const column = builder.addColumn();
    short[column] = 1;
    builder.addEntry(row, column, 1);
    for (const { asset, ratio } of pairsOf(book).filter((pair) => pair.agreement === agreement)) {
      const x = builder.addColumn();
      columns.set(keyOf(asset, agreement), x);
      cost[x] = (asset.fundingRate ?? 0) * years;
      builder.addEntry(row, x, ratio);
      builder.addEntry(stock.get(asset.key)!, x, 1);
    }
  }
  for (const piece of pieces) {
    const row = builder.addRow({ upper: piece.bound });
    for (const [key, weight] of piece.weights) builder.addEntry(row, columns.get(key)!, weight);
    if (piece.soft === undefined) continue;
    const column = builder.addColumn();
    breach[column] = piece.soft;
    builder.addEntry(row, column, -1);
  }
  const stage = async (goal: readonly number[]): Promise<number | undefined> => {
    const objective = Float64Array.from({ length: builder.columnCount }, (_, c) => goal[c] ?? 0);
    const model: LinearModel = { ...builder.build(), objective };
    const result = await solver.solve(model, {});
    if (result.terminationStatus === "infeasible") return undefined;
    const value = result.objective;
    const row = builder.addRow({ upper: value + 1e-7 });
    objective.forEach((weight, c) => builder.addEntry(row, c, weight));
    return value;
  };
  const shortfall = await stage(short);
  if (shortfall === undefined) return undefined;
  const breached = await stage(breach);
  const least = await stage(cost);
  return breached === undefined || least === undefined ? undefined : { shortfall, breach: breached, cost: least };
};
