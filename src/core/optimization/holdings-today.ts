import type { Issue } from "../basics/issue";
import type { AgreementRow, AssetRow, Book, HoldingRow } from "../collateral/book";
import { utcMilliseconds } from "./effective-date";
import { normalName, sameName } from "./name-match";
import { rowIssue } from "./row-issue";

/** What tblHoldings says about one inventory line at one agreement, in units. */
export interface HoldingBalance {
  readonly asset: AssetRow;
  readonly agreement: AgreementRow;
  /** Posted or on the way out: counts there. */
  posted: number;
  /** Of `posted`: cannot be recalled yet. */
  locked: number;
  /** Ours and away, but counted nowhere: disputed, or arriving after the deadline. */
  blocked: number;
  /** Of `blocked`: disputed, so it fills the venue's slabs. */
  disputed: number;
  /** On the way back to us: not postable in this run, unless the same day counts. */
  returning: number;
  /** Owed at the venue, > 0. */
  debt: number;
  /** Received from them and free to be posted on. */
  reusable: number;
}

/** Balances of today, in the order of tblHoldings. */
export interface HoldingsToday {
  readonly balances: readonly HoldingBalance[];
  readonly issues: readonly Issue[];
}

/**
 * Sums tblHoldings by inventory line and agreement.
 *
 * A holding is found by assetId, location and account; where the book has just one line of the asset, that one is meant.
 */
export const readHoldings = (book: Book): HoldingsToday => {
  const issues: Issue[] = [];
  const balances = new Map<string, HoldingBalance>();
  const agreements = new Map(book.agreements.map((row) => [normalName(row.agreementId), row]));
  for (const holding of book.holdings) {
    const agreement = agreements.get(normalName(holding.agreementId));
    const asset = inventoryLineOf(book.assets, holding);
    if (agreement === undefined) {
      issues.push(
        rowIssue(
          holding.origin,
          "error",
          "unknown-agreement",
          `Agreement ${holding.agreementId} is not in tblAgreements.`,
          "Correct the id or add the agreement.",
        ),
      );
    } else if (asset === undefined) {
      // What we received need not be in our inventory; without a price it just cannot be re-used.
      const isOurs = holding.direction === "posted";
      issues.push(
        rowIssue(
          holding.origin,
          isOurs ? "error" : "info",
          "unknown-holding",
          `Holding ${holding.assetId} fits no single line of tblAssets.`,
          "Give it the assetId, location and account of one tblAssets row.",
        ),
      );
    } else {
      const key = `${asset.key}\n${agreement.agreementId}`;
      const balance = balances.get(key) ?? { asset, agreement, posted: 0, locked: 0, blocked: 0, disputed: 0, returning: 0, debt: 0, reusable: 0 };
      addHolding(balance, holding, book.settings);
      balances.set(key, balance);
    }
  }
  return { balances: [...balances.values()], issues };
};

const inventoryLineOf = (assets: readonly AssetRow[], holding: HoldingRow): AssetRow | undefined => {
  const sameId = assets.filter((asset) => sameName(asset.assetId, holding.assetId));
  const exact = sameId.filter(
    (asset) => normalName(asset.location) === normalName(holding.location) && normalName(asset.account) === normalName(holding.account),
  );
  if (exact.length > 0) return exact[0];
  const isCompatible = (given: string, own: string): boolean => given.trim() === "" || normalName(given) === normalName(own);
  const compatible = sameId.filter((asset) => isCompatible(holding.location, asset.location) && isCompatible(holding.account, asset.account));
  if (compatible.length === 1) return compatible[0];
  return sameId.length === 1 ? sameId[0] : undefined;
};

const addHolding = (balance: HoldingBalance, holding: HoldingRow, settings: Book["settings"]): void => {
  const { quantity } = holding;
  const { agreement } = balance;
  if (holding.direction === "received") {
    const mayReuse = holding.reusable !== false && agreement.isSegregated !== true && holding.status === "settled";
    if (mayReuse && quantity > 0) balance.reusable += quantity * (agreement.reuseShare ?? 0);
    return;
  }
  if (quantity < 0) {
    balance.debt -= quantity;
    return;
  }
  if (holding.status === "inTransitBack") balance.returning += quantity;
  else if (holding.status === "disputed" || arrivesLate(holding, agreement)) {
    balance.blocked += quantity;
    if (holding.status === "disputed") balance.disputed += quantity;
  } else {
    balance.posted += quantity;
    const recallable = utcMilliseconds(holding.recallableFrom);
    const now = utcMilliseconds(settings.asOf);
    const isLocked = recallable !== undefined && now !== undefined && recallable > now;
    // What is on its way out cannot be turned back in this run.
    if (isLocked || holding.status === "inTransitOut") balance.locked += quantity;
  }
};

const arrivesLate = (holding: HoldingRow, agreement: AgreementRow): boolean => {
  const arrival = utcMilliseconds(holding.expectedSettle);
  const deadline = utcMilliseconds(agreement.deadline);
  return holding.status === "inTransitOut" && arrival !== undefined && deadline !== undefined && arrival > deadline;
};
