import type { Issue } from "../basics/issue";
import type { AssetRow, Settings } from "../collateral/book";
import { isCash } from "./carry-rate";
import type { RateOf } from "./fx-rates";
import type { HoldingBalance } from "./holdings-today";
import type { Supply } from "./problem-shape";
import { rowIssue } from "./row-issue";

/** Turns inventory rows into supplies: value per unit in base currency and what may be posted. @param cent base currency that is a trifle */
export const buildSupplies = (
  assets: readonly AssetRow[],
  balances: readonly HoldingBalance[],
  settings: Settings,
  rateOf: RateOf,
  issues: Issue[],
  cent: number,
): Supply[] => {
  const ofAsset = new Map<AssetRow, HoldingBalance[]>();
  for (const balance of balances) ofAsset.set(balance.asset, [...(ofAsset.get(balance.asset) ?? []), balance]);
  return assets.map((row) => {
    const rate = rateOf(row.priceCurrency);
    if (rate === undefined) {
      issues.push(
        rowIssue(
          row.origin,
          "error",
          "missing-fx",
          `No fx rate for ${row.priceCurrency}, the price currency of ${row.assetId}.`,
          `Add ${row.priceCurrency} to tblFx.`,
        ),
      );
    }
    const own = ofAsset.get(row) ?? [];
    const sum = (pick: (balance: HoldingBalance) => number): number => own.reduce((total, balance) => total + pick(balance), 0);
    const posted = sum((balance) => balance.posted);
    const blocked = sum((balance) => balance.blocked);
    const returning = sum((balance) => balance.returning);
    const owned = settings.quantityBasis === "free" ? row.quantity + posted + blocked + returning : row.quantity;
    const reserved = row.reserved ?? 0;
    const reusable = sum((balance) => balance.reusable);
    if (posted + blocked > owned * (1 + 1e-9)) {
      issues.push(
        rowIssue(
          row.origin,
          "warning",
          "holdings-exceed-inventory",
          `${row.assetId}: ${posted + blocked} units are posted but only ${owned} are owned.`,
          "Quantity holds all that is owned, incl. what is posted; or set quantityBasis to free.",
        ),
      );
    }
    const unitValue = row.price * (rate ?? 1);
    return {
      row,
      key: row.key,
      unitValue,
      owned,
      reserved,
      blocked,
      reusable,
      // What is on its way back stays unposted, so it serves the reserve.
      available: Math.max(0, owned - blocked - Math.max(reserved, settings.sameDayReuse ? 0 : returning)) + reusable,
      postedToday: posted,
      step: row.lotSize ?? writtenStep(row, (unitValue * 0.01) / cent),
      hasLots: row.lotSize !== undefined && row.lotSize > writtenStep(row, (unitValue * 0.01) / cent),
    };
  });
};

/**
 * Smallest step in which a quantity is written: 0.01 for cash (0.001 of units worth 2 to 10, such as dinars; dearer ones as below), else the
 * power of ten worth at most a tenth of a cent, between 1e-2 and 1e-8 units.
 *
 * @param unitValue base currency where a cent of it is 0.01, else a hundred of its cents
 */
const writtenStep = (row: AssetRow, unitValue: number): number => {
  if (isCash(row) && unitValue < 10) return unitValue < 2 ? 0.01 : 0.001;
  const digits = Math.ceil(Math.log10(Math.max(unitValue, 1e-9) / 0.001));
  return Number(`1e-${Math.min(8, Math.max(2, digits))}`);
};
