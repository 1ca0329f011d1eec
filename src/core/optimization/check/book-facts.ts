import type { AgreementRow, AssetRow, Book, CostRow, HoldingRow } from "../../collateral/book";
import { centOfBase } from "../base-cent";

/** Requirement by agreement id, in its own currency. */
export type Requirements = ReadonlyMap<string, { readonly requirement: number }>;

/** Look-ups into the raw tables, shared by the checks. Nothing here comes from the problem or the model. */
export interface BookFacts {
  readonly book: Book;
  readonly requirements: Requirements;
  readonly assetByKey: ReadonlyMap<string, AssetRow>;
  readonly agreementById: ReadonlyMap<string, AgreementRow>;
  /** Base currency that is a trifle: 0.01, less where the base is a coin. */
  readonly cent: number;
  /** Base currency per unit of a currency; NaN where there is no rate. */
  rate(currency: string): number;
  /** Inventory lines by asset id in lower case without outer spaces. */
  readonly linesOfAsset: ReadonlyMap<string, readonly AssetRow[]>;
  /** The inventory line that a holding means. */
  lineOf(holding: HoldingRow): AssetRow | undefined;
  /** Holdings of one inventory line at one agreement, in the order of the table. */
  holdingsOf(asset: AssetRow, agreementId: string): readonly HoldingRow[];
  /** Results of line-terms by pair, kept because many checks ask. */
  readonly termsMemo: Map<string, unknown>;
  /** Cost rows by `asset|agreement` in lower case, the first of each. */
  readonly costRow: ReadonlyMap<string, CostRow>;
}

/** Makes the look-ups. */
export const bookFacts = (book: Book, requirements: Requirements): BookFacts => {
  const ofId = new Map<string, AssetRow[]>();
  for (const asset of book.assets) {
    const id = asset.assetId.trim().toLowerCase();
    ofId.set(id, [...(ofId.get(id) ?? []), asset]);
  }
  const meant = new Map(book.holdings.map((holding) => [holding, lineMeant(ofId.get(holding.assetId.trim().toLowerCase()) ?? [], holding)]));
  const held = new Map<string, HoldingRow[]>();
  for (const [holding, asset] of meant) {
    const key = `${asset?.key ?? ""}\n${holding.agreementId.trim().toLowerCase()}`;
    held.set(key, [...(held.get(key) ?? []), holding]);
  }
  const rates = new Map(book.fx.map((row) => [row.currency.toUpperCase(), row.rate]));
  rates.set(book.settings.baseCurrency.toUpperCase(), 1);
  return {
    book,
    requirements,
    cent: centOfBase(book),
    assetByKey: new Map(book.assets.map((row) => [row.key, row])),
    agreementById: new Map(book.agreements.map((row) => [row.agreementId, row])),
    rate: (currency) => rates.get(currency.toUpperCase()) ?? NaN,
    linesOfAsset: ofId,
    lineOf: (holding) => meant.get(holding),
    holdingsOf: (asset, agreementId) => held.get(`${asset.key}\n${agreementId.trim().toLowerCase()}`) ?? [],
    termsMemo: new Map(),
    costRow: new Map([...book.costs].reverse().map((row) => [`${row.assetId.trim().toLowerCase()}|${row.agreementId.trim().toLowerCase()}`, row])),
  };
};

const lineMeant = (lines: readonly AssetRow[], holding: HoldingRow): AssetRow | undefined =>
  lines.find((asset) => same(asset.location, holding.location) && same(asset.account, holding.account)) ??
  single(lines.filter((asset) => fits(holding.location, asset.location) && fits(holding.account, asset.account))) ??
  single(lines);

/** Same name without case and outer spaces; two blanks are the same place. */
export const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

const fits = (given: string, own: string): boolean => given.trim() === "" || same(given, own);

const single = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

/** Units of a line posted at an agreement today: settled, or under way and in time. */
export const postedToday = (facts: BookFacts, asset: AssetRow, agreementId: string): number =>
  postedHoldings(facts, asset, agreementId).reduce((sum, holding) => sum + holding.quantity, 0);

/** Of those, units that cannot be recalled: recallable only later, or still under way. */
export const lockedToday = (facts: BookFacts, asset: AssetRow, agreementId: string): number => {
  const { asOf } = facts.book.settings;
  return postedHoldings(facts, asset, agreementId)
    .filter(
      (holding) =>
        holding.status === "inTransitOut" ||
        (asOf !== undefined && holding.recallableFrom !== undefined && Date.parse(asUtc(holding.recallableFrom)) > Date.parse(asUtc(asOf))),
    )
    .reduce((sum, holding) => sum + holding.quantity, 0);
};

const postedHoldings = (facts: BookFacts, asset: AssetRow, agreementId: string): readonly HoldingRow[] =>
  facts.holdingsOf(asset, agreementId).filter((holding) => {
    if (holding.direction !== "posted" || holding.quantity <= 0) return false;
    if (holding.status === "disputed" || holding.status === "inTransitBack") return false;
    const deadline = facts.agreementById.get(agreementId)?.deadline;
    const isLate =
      holding.status === "inTransitOut" &&
      deadline !== undefined &&
      holding.expectedSettle !== undefined &&
      Date.parse(asUtc(holding.expectedSettle)) > Date.parse(asUtc(deadline));
    return !isLate;
  });

/** Reads date texts without a zone as UTC. */
export const asUtc = (text: string): string => (/\d[T ]\d/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? `${text.replace(" ", "T")}Z` : text);

/** What the finest written step of an asset, 1e-8 of a unit, is worth in base currency: more than a cent where a unit is worth millions. */
export const stepWorth = (facts: BookFacts, asset: AssetRow): number => 1.1e-8 * asset.price * facts.rate(asset.priceCurrency);
