import saCcrParameters from "./data/counterparty-risk/sa_ccr_parameters.json";
import euCrr3501d from "./data/crypto/eu_crr3_501d.json";
import sco60Groups from "./data/crypto/sco60_groups.json";
import sco60Rules from "./data/crypto/sco60_rules.json";
import usCftcPilot from "./data/crypto/us_cftc_pilot.json";
import binanceUnimmrBands from "./data/exchange-margin/binance_unimmr_bands.json";
import cmeMarginSamples from "./data/exchange-margin/cme_margin_samples.json";
import deribitOptionMargin from "./data/exchange-margin/deribit_option_margin.json";
import deribitPortfolioMargin from "./data/exchange-margin/deribit_portfolio_margin.json";
import deribitPortfolioMarginHistory from "./data/exchange-margin/deribit_portfolio_margin_history.json";
import deribitStandardMargin from "./data/exchange-margin/deribit_standard_margin.json";
import okxPortfolioMargin from "./data/exchange-margin/okx_portfolio_margin.json";
import spanScenarios from "./data/exchange-margin/span_scenarios.json";
import venueMarginFormulas from "./data/exchange-margin/venue_margin_formulas.json";
import basel2OrUs10d from "./data/haircuts/basel2_or_us_10d.json";
import basel3Final10d from "./data/haircuts/basel3_final_10d.json";
import haircutFloorsCre56 from "./data/haircuts/haircut_floors_cre56.json";
import usUmr12cfr45AppB10d from "./data/haircuts/us_umr_12cfr45_appB_10d.json";
import cdmFieldMap from "./data/interchange/cdm_field_map.json";
import aaveV3DeployMainnet from "./data/lending-protocols/aave_v3_deploy_mainnet.json";
import compoundV3MainnetUsdc from "./data/lending-protocols/compound_v3_mainnet_usdc.json";
import compoundV3MainnetUsdt from "./data/lending-protocols/compound_v3_mainnet_usdt.json";
import lendingRules from "./data/lending-protocols/lending_rules.json";
import lcrCaps from "./data/liquidity/lcr_caps.json";
import frtbLiquidityHorizons from "./data/market-risk/frtb_liquidity_horizons.json";
import eu20162251Art8 from "./data/uncleared-margin/eu_2016_2251_art8.json";
import umrImSchedule from "./data/uncleared-margin/umr_im_schedule.json";
import umrThresholds from "./data/uncleared-margin/umr_thresholds.json";
import binanceCollateralRatios from "./data/venue-collateral/binance_collateral_ratios.json";
import bybitCollateralRatios from "./data/venue-collateral/bybit_collateral_ratios.json";
import cryptoComCollateralRatios from "./data/venue-collateral/crypto_com_collateral_ratios.json";
import deribitCollateralRatios from "./data/venue-collateral/deribit_collateral_ratios.json";
import hyperliquidCollateralRatios from "./data/venue-collateral/hyperliquid_collateral_ratios.json";
import krakenCollateralRatios from "./data/venue-collateral/kraken_collateral_ratios.json";
import kucoinCollateralRatios from "./data/venue-collateral/kucoin_collateral_ratios.json";
import okxCollateralRatios from "./data/venue-collateral/okx_collateral_ratios.json";
import venueTierEndpoints from "./data/venue-collateral/venue_tier_endpoints.json";
import { DomainError } from "../basics/domain-error";
import type { RegulationRow, RegulationTable } from "./regulation-table";

/** Every table of rules, in alphabetical order of family and id. A new table is a new file and its line here. */
export const regulationTables: readonly RegulationTable[] = [
  saCcrParameters,
  euCrr3501d,
  sco60Groups,
  sco60Rules,
  usCftcPilot,
  binanceUnimmrBands,
  cmeMarginSamples,
  deribitOptionMargin,
  deribitPortfolioMargin,
  deribitPortfolioMarginHistory,
  deribitStandardMargin,
  okxPortfolioMargin,
  spanScenarios,
  venueMarginFormulas,
  basel2OrUs10d,
  basel3Final10d,
  haircutFloorsCre56,
  usUmr12cfr45AppB10d,
  cdmFieldMap,
  aaveV3DeployMainnet,
  compoundV3MainnetUsdc,
  compoundV3MainnetUsdt,
  lendingRules,
  lcrCaps,
  frtbLiquidityHorizons,
  eu20162251Art8,
  umrImSchedule,
  umrThresholds,
  binanceCollateralRatios,
  bybitCollateralRatios,
  cryptoComCollateralRatios,
  deribitCollateralRatios,
  hyperliquidCollateralRatios,
  krakenCollateralRatios,
  kucoinCollateralRatios,
  okxCollateralRatios,
  venueTierEndpoints,
] as unknown as readonly RegulationTable[];

/**
 * Finds a table by its id. The shape of the rows is fixed by the family and checked by a test over every file.
 *
 * @throws DomainError notFound with the id
 */
export const regulationTable = <Row extends RegulationRow>(id: string): RegulationTable<Row> => {
  const table = regulationTables.find((candidate) => candidate.id === id);
  if (table === undefined) throw new DomainError("notFound", `There is no regulation table ${id}. Add its file to regulation/data.`);
  return table as RegulationTable<Row>;
};

/**
 * Picks the version of a table that is in force on a day.
 *
 * @param versions tables of the same rule, at least one
 * @param asOf ISO date; undefined = the latest version
 * @throws DomainError notFound with the first day of the earliest version, or the last day of the latest one
 */
export const versionInForce = <Table extends RegulationTable>(versions: readonly Table[], asOf: string | undefined): Table => {
  const sorted = [...versions].sort((a, b) => ((a.effectiveFrom ?? "") < (b.effectiveFrom ?? "") ? -1 : 1));
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  if (first === undefined || last === undefined) throw new DomainError("internal", "No version of a regulation table was given.");
  if (asOf === undefined) return last;
  const inForce = sorted.filter((table) => (table.effectiveFrom ?? "") <= asOf && (table.effectiveTo === null || asOf <= table.effectiveTo));
  const found = inForce[inForce.length - 1];
  if (found !== undefined) return found;
  if (asOf < (first.effectiveFrom ?? "")) {
    throw new DomainError("notFound", `${first.id} applies from ${first.effectiveFrom}; asOf ${asOf} is earlier. Use a later asOf.`);
  }
  throw new DomainError("notFound", `${last.id} applied until ${last.effectiveTo}; no version covers asOf ${asOf}.`);
};
