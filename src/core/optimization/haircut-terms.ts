import type { AgreementRow, AssetRow, EligibilityRow, Settings } from "../collateral/book";
import { sameName } from "./name-match";

/** FX haircut that applies to a pair: decimal, 0 where currencies agree or the rule says never. */
export const fxHaircutOf = (rule: EligibilityRow, asset: AssetRow, agreement: AgreementRow): number => {
  const haircut = rule.fxHaircut ?? 0;
  if (haircut === 0 || rule.fxRule === "never") return 0;
  if (rule.fxRule === "always") return haircut;
  const free = agreement.fxHaircutCurrencies.length > 0 ? agreement.fxHaircutCurrencies : [agreement.currency];
  return free.some((currency) => sameName(currency, asset.denominationCurrency)) ? 0 : haircut;
};

/**
 * Joins the parts of a haircut, at most 1 and at least 0.
 *
 * additive: haircut + fx + additional (Basel, US rule, CDM). product: 1 - (1 - haircut - additional)(1 - fx).
 *
 * @source CRE22.49 ff. and CDM collateral valuation treatment for the sum
 */
export const totalHaircut = (haircut: number, fxHaircut: number, additional: number, form: Settings["fxHaircutForm"]): number => {
  const own = Math.min(1, haircut + additional);
  const total = form === "product" ? 1 - (1 - own) * (1 - fxHaircut) : own + fxHaircut;
  return Math.min(1, Math.max(0, total));
};
