import type { TableExample } from "../../../support/table-run";
import { cash, cashAtPar, csaTables, heldCash } from "./small-tables";

/** Requirements from the terms of an agreement or the rules of a venue. */
export const calls: readonly TableExample[] = [
  { title: "threshold eats all", tables: csaTables("exposure threshold", "4000000 5000000"), required: { A: 0 }, posted: {} },
  { title: "exactly the threshold", tables: csaTables("exposure threshold", "5000000 5000000"), required: { A: 0 } },
  { title: "MTA exact tie delivers", tables: csaTables("exposure threshold minimumTransferAmount", "5500000 5000000 500000"), required: { A: 500000 } },
  { title: "one cent below MTA", tables: csaTables("exposure threshold minimumTransferAmount", "5499999.99 5000000 500000"), required: { A: 0 } },
  { title: "rounding up with zero threshold", tables: csaTables("exposure minimumTransferAmount roundingDelivery", "1234567 100000 10000"), required: { A: 1240000 } },
  { title: "call over held, whole difference rounded", tables: csaTables("exposure threshold minimumTransferAmount roundingDelivery", "9234567 5000000 100000 10000", heldCash(3000000)), required: { A: 3000000 + 1240000 } },
  { title: "return rounded down", tables: csaTables("exposure threshold minimumTransferAmount roundingDelivery roundingReturn", "7000000 5000000 100000 10000 25000", heldCash(3234567)), required: { A: 3234567 - 1225000 } },
  { title: "return below their MTA, above ours", tables: csaTables("exposure minimumTransferAmount theirMinimumTransferAmount", "2000000 100000 500000", heldCash(2300000)), required: { A: 2300000 } },
  { title: "return at their MTA", tables: csaTables("exposure minimumTransferAmount theirMinimumTransferAmount", "2000000 100000 300000", heldCash(2300000)), required: { A: 2000000 } },
  { title: "negative exposure returns all", tables: csaTables("exposure minimumTransferAmount", "-1000000 100000", heldCash(2300000)), required: { A: 0 }, posted: {}, moves: 1 },
  { title: "negative exposure but IA stays", tables: csaTables("exposure independentAmount", "-1000000 2500000", heldCash(2300000)), required: { A: 1500000 } },
  { title: "their IA reduces", tables: csaTables("exposure independentAmount theirIndependentAmount threshold", "3000000 2000000 1000000 500000"), required: { A: 3500000 } },
  { title: "in transit out counts, back does not, disputed does not", tables: csaTables("exposure minimumTransferAmount", "1000000 50000", { holdings: `
        agreementId assetId quantity status
        A USD 500000 settled
        A USD 300000 inTransitOut
        A USD 150000 inTransitBack
        A USD 120000 disputed` }), required: { A: 1000000 } },
  { title: "in transit decides MTA", tables: csaTables("exposure minimumTransferAmount", "850000 100000", { holdings: `
        agreementId assetId quantity status
        A USD 500000 settled
        A USD 300000 inTransitOut` }), required: { A: 800000 } },
  { title: "held after haircut in EUR asset", tables: { assets: `
        assetId assetClass quantity price priceCurrency fundingRate
        USD cash 9000000 1 USD 0.05
        BUND bond 9000000 1 EUR 0.01`, agreements: `
        agreementId currency exposure minimumTransferAmount
        A USD 1000000 100000`, eligibility: `
        agreementId assetId haircut fxHaircut
        A USD 0 0
        A BUND 0.02 0.08`, fx: `
        currency rate
        USD 1
        EUR 1.2`, holdings: `
        agreementId assetId quantity
        A BUND 850000` },
    // held 850000*1.2*.9 = 918000; D=82000<100000 -> R = 918000
    required: { A: 918000 }, posted: { "BUND>A": 850000 } },
  { title: "rating threshold zero beside threshold at other", tables: { assets: cash, agreements: `
        agreementId currency exposure threshold
        A USD 1000000 0
        B USD 1000000 _
        C USD 1000000 1000000`, eligibility: cashAtPar }, required: { A: 1000000, B: 1000000, C: 0 } },
  { title: "csa in ETH", tables: { assets: `
        assetId quantity price
        ETH 1000 3000`, agreements: `
        agreementId currency exposure threshold minimumTransferAmount roundingDelivery
        A ETH 120.3 20 10 0.5`, eligibility: `
        agreementId assetId haircut
        A ETH 0.2`, fx: `
        currency rate
        USD 1
        ETH 3000` }, required: { A: 100.5 }, posted: { "ETH>A": 125.625 } },
  { title: "JPY in EUR book", tables: { assets: `
        assetId quantity price priceCurrency
        JGB 1000 100000 JPY
        EUR 9000000 1 EUR`, agreements: `
        agreementId currency exposure minimumTransferAmount roundingDelivery
        A JPY 50000001 10000000 1000000`, eligibility: `
        agreementId assetId haircut fxHaircut
        A JGB 0.02 0.08
        A EUR 0 0.08`, fx: `
        currency rate
        EUR 1
        JPY 0.00625` }, required: { A: 51000000 } },
  { title: "IM form: exposure is IM, group threshold share", tables: csaTables("marginType exposure threshold minimumTransferAmount", "IM 52000000 50000000 500000"), required: { A: 2000000 } },
  { title: "rounding of a noisy quotient", tables: csaTables("exposure roundingDelivery", "0.3 0.1"), required: { A: 0.3 } },
  { title: "VM and IM distinct", tables: { assets: cash, agreements: `
        agreementId csaId marginType marginApproach currency exposure independentAmount threshold
        VM K VM distinct USD 3000000 2000000 1000000
        IM K IM distinct USD 60000000 _ 50000000`, eligibility: cashAtPar }, required: { VM: 4000000, IM: 10000000 } },
  { title: "allocated", tables: { assets: cash, agreements: `
        agreementId csaId marginType marginApproach currency exposure independentAmount threshold
        VM K VM allocated USD 3000000 12000000 1000000
        IM K IM allocated USD 60000000 _ 50000000`, eligibility: cashAtPar }, required: { VM: 4000000, IM: 10000000 } },
  { title: "greater of: IA wins", tables: { assets: cash, agreements: `
        agreementId csaId marginType marginApproach currency exposure independentAmount threshold
        VM K VM greaterOf USD 3000000 12000000 1000000
        IM K IM greaterOf USD 60000000 _ 50000000`, eligibility: cashAtPar }, required: { VM: 2000000, IM: 12000000 } },
  { title: "greater of below MTA to what is held", tables: { assets: cash, agreements: `
        agreementId csaId marginType marginApproach currency exposure independentAmount threshold minimumTransferAmount
        VM K VM greaterOf USD 3000000 12000000 1000000 _
        IM K IM greaterOf USD 60000000 _ 50000000 500000`, eligibility: cashAtPar, holdings: `
        agreementId assetId quantity
        IM USD 11800000` },
    // CSA = max(10m, 12m) = 12m; held 11.8m; D = 0.2m < 0.5m -> R = 11.8m
    required: { VM: 2000000, IM: 11800000 } },
  { title: "greater of with rounding", tables: { assets: cash, agreements: `
        agreementId csaId marginType marginApproach currency exposure independentAmount roundingDelivery
        VM K VM greaterOf USD 0 1234567 _
        IM K IM greaterOf USD 300000 _ 10000`, eligibility: cashAtPar }, required: { VM: 0, IM: 1240000 } },
  // --- venue,
  { title: "buffer decides", tables: csaTables("initialMargin maintenanceMargin bufferMultiple unrealisedProfit", "100000 60000 2 -5000"), required: { A: 125000 } },
  { title: "initial decides, profit not counted", tables: csaTables("initialMargin maintenanceMargin bufferMultiple unrealisedProfit", "100000 60000 1.5 5000"), required: { A: 100000 } },
  { title: "profit counts", tables: csaTables("initialMargin maintenanceMargin bufferMultiple unrealisedProfit profitCounts", "100000 60000 1.5 5000 yes"), required: { A: 95000 } },
  { title: "profit above margin", tables: csaTables("initialMargin maintenanceMargin bufferMultiple unrealisedProfit profitCounts", "100000 60000 1.5 500000 yes"), required: { A: 0 } },
  { title: "only maintenance given", tables: csaTables("maintenanceMargin bufferMultiple unrealisedProfit", "60000 1.3 -2000"), required: { A: 80000 } },
  { title: "linear positions with slab rules", tables: csaTables("marginMethod bufferMultiple", "venue 1.5", { positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice
        A BTCPERP linear BTC 12 90000 88000`, rules: `
        underlying upTo unit imRate mmRate
        BTC 10 coin 0.05 0.04
        BTC _ coin 0.1 0.08` }),
    // notional 12*88000=1056000. IM: rate 0.1 of notional less deduction: limit 10 coin = 880000*(.1-.05)=44000 -> 105600-44000=61600; MM .08: 84480-880000*.04=35200 -> 49280; x1.5=73920; loss 24000 -> 97920
    required: { A: 97920 } },
  { title: "inverse coin margined", tables: { assets: `
        assetId quantity price
        BTC 10 50000`, agreements: `
        agreementId currency marginMethod bufferMultiple
        A BTC venue 2`, eligibility: `
        agreementId assetId haircut
        A BTC 0.1`, fx: `
        currency rate
        USD 1
        BTC 50000`, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice multiplier
        A BTCUSD inverse BTC 1000 40000 50000 100`, rules: `
        underlying upTo unit imRate mmRate
        BTC _ coin 0.05 0.03` },
    // contracts 1000*100 USD = 100000 USD = 2 BTC at mark 50000; IM .1 BTC; MM .06*2=.12; profit = 1000*100*(1/40000-1/50000)=0.5 BTC not counted
    required: { A: 0.12 }, posted: { "BTC>A": 0.12 / 0.9 } },
  { title: "inverse short loss", tables: { assets: `
        assetId quantity price
        BTC 10 50000`, agreements: `
        agreementId currency marginMethod
        A BTC venue`, eligibility: `
        agreementId assetId haircut
        A BTC 0.1`, fx: `
        currency rate
        USD 1
        BTC 50000`, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice multiplier
        A BTCUSD inverse BTC -1000 40000 50000 100`, rules: `
        underlying upTo unit imRate mmRate
        BTC _ coin 0.05 0.03` },
    required: { A: 0.6 } },
  { title: "quanto", tables: { assets: cash, agreements: `
        agreementId currency marginMethod
        A USD venue`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice multiplier settlementCurrency
        A ETHQ quanto ETH 10 3000 2900 0.0001 BTC
        A BTCP linear BTC 1 60000 60000 1 USD`, rules: `
        underlying upTo unit imRate mmRate
        ETH _ value 0.1 0.05
        BTC _ value 0.05 0.03` },
    // ETHQ: units 10*.0001=0.001 ; profit = .001*(2900-3000) = -0.1 BTC = -6000 USD; value = .001*60000*2900=174000 -> IM 17400 ; BTC IM 3000 -> 20400 + 6000
    required: { A: 26400 } },
  { title: "two instruments, same underlying; short loss", tables: { assets: cash, agreements: `
        agreementId currency marginMethod bufferMultiple profitCounts
        A USD venue 1.2 yes`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice
        A P1 linear BTC 2 50000 60000
        A P2 linear BTC -1 50000 60000`, rules: `
        underlying upTo unit imRate mmRate
        BTC 50000 value 0.05 0.04
        BTC _ value 0.1 0.09` },
    // P1 value 120000: IM 12000-2500=9500; MM 10800-2500=8300. P2 60000: IM 6000-2500=3500 ; MM 5400-2500=2900; IM 13000 ; MM 11200*1.2=13440; profit 20000-10000=10000 counts -> 3440
    required: { A: 3440 } },
  { title: "published deduction", tables: { assets: cash, agreements: `
        agreementId currency marginMethod bufferMultiple
        A USD venue 3`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice
        A P1 linear BTC 2 60000 60000`, rules: `
        underlying upTo unit imRate mmRate deduction
        BTC 50000 value 0.05 0.04 _
        BTC _ value 0.1 0.09 2500` }, required: { A: 3 * (120000 * 0.09 - 2500) } },
  { title: "base rate and step per unit", tables: { assets: cash, agreements: `
        agreementId currency marginMethod
        A USD venue`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice
        A P1 linear BTC 40 60000 60000`, rules: `
        underlying upTo unit baseRate mmRate stepPerUnit
        BTC _ coin 0.02 0.01 0.00005` }, required: { A: 2400000 * (0.02 + 40 * 0.00005) } },
  { title: "open orders enlarge initial margin", tables: { assets: cash, agreements: `
        agreementId currency marginMethod
        A USD venue`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice openOrderQuantity
        A P1 linear BTC 2 60000 60000 3`, rules: `
        underlying upTo unit imRate mmRate
        BTC _ value 0.1 0.05` }, required: { A: 30000 } },
  { title: "leverage asks for more", tables: { assets: cash, agreements: `
        agreementId currency marginMethod
        A USD venue`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice leverage
        A P1 linear BTC 2 60000 60000 5`, rules: `
        underlying upTo unit imRate mmRate
        BTC _ value 0.1 0.05` }, required: { A: 24000 } },
  { title: "schedule IM, threshold and MTA", tables: { assets: cash, agreements: `
        agreementId marginType currency marginMethod threshold minimumTransferAmount roundingDelivery
        A IM USD schedule 1000000 500000 10000`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice assetClass notional maturityYears marketValue
        A S1 trade IRS 1 1 1 interestRate 100000000 3 -2000000
        A S2 trade IRS 1 1 1 interestRate 50000000 1 500000` },
    // gross: 2% of 100m = 2m; 1% of 50m = .5m => 2.5m ; post: values 2m and -0.5m : NGR=1.5/2=.75; IM=.4*2.5+.6*.75*2.5=1+1.125=2.125m; less 1m = 1.125m >= .5m -> rounded 1.13m
    required: { A: 1130000 } },
  { title: "schedule IM comes back, rounded down", tables: { assets: cash, agreements: `
        agreementId marginType currency marginMethod threshold minimumTransferAmount roundingDelivery roundingReturn
        A IM USD schedule 1000000 500000 100000 10000`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice assetClass notional maturityYears marketValue
        A S1 trade IRS 1 1 1 interestRate 100000000 3 -2000000
        A S2 trade IRS 1 1 1 interestRate 50000000 1 500000`, ...heldCash(2000000) },
    // 1.125m of 2m stays: 0.875m too much, 0.87m comes back.
    required: { A: 1130000 } },
  { title: "one instrument in two rows: the net size, at the lower leverage", tables: { assets: cash, agreements: `
        agreementId currency marginMethod
        A USD venue`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice leverage
        A P1 linear BTC 3 60000 60000 10
        A P1 linear BTC -1 60000 60000 5`, rules: `
        underlying upTo unit imRate mmRate
        BTC _ value 0.1 0.05` },
    // 2 * 60,000 / 5
    required: { A: 24000 } },
  { title: "historical var", tables: { assets: cash, agreements: `
        agreementId currency marginMethod confidence horizonDays
        A USD var 0.9 4`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice
        A P1 linear BTC 1 100 100`, prices: `
        date BTC
        2026-01-01 100
        2026-01-02 110
        2026-01-03 99
        2026-01-04 108.9
        2026-01-05 87.12
        2026-01-06 87.12
        2026-01-07 95.832
        2026-01-08 91.0404
        2026-01-09 91.0404
        2026-01-10 100.14444
        2026-01-11 100.14444` },
    // returns: .1,-.1,.1,-.2,0,.1,-.05,0,.1,0 ; sorted -.2,-.1,-.05..; type 7 at (n-1)*.1=.9: -.2+.9*.1=-.11 -> 11 *sqrt4=22
    required: { A: 22 } },
  { title: "historical es", tables: { assets: cash, agreements: `
        agreementId currency marginMethod confidence horizonDays
        A USD es 0.85 1`, eligibility: cashAtPar, positions: `
        agreementId instrument contractType underlying quantity entryPrice markPrice
        A P1 linear BTC -1 100 100`, prices: `
        date BTC
        2026-01-01 100
        2026-01-02 110
        2026-01-03 99
        2026-01-04 108.9
        2026-01-05 87.12
        2026-01-06 87.12
        2026-01-07 95.832
        2026-01-08 91.0404
        2026-01-09 91.0404
        2026-01-10 100.14444
        2026-01-11 100.14444` },
    // short: losses .1 x4; m=1.5: (.1+.5*.1)/1.5=.1 -> 10
    required: { A: 10 } },
];
