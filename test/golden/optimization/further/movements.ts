import type { TableExample } from "../../../support/table-run";
import { aYear, agreements, assets, bothAtPar, eligibility, oneCall, twoAssets , tbillAtB } from "./small-tables";

/** Lots, pieces, caps, pins, allowances, and the order of solving. */
export const movements: readonly TableExample[] = [
  { title: "lots round up with cheap remainder", tables: { assets: `
        assetId quantity price lotSize fundingRate
        Y 1000000 1 100000 0.02
        Z 1000000 1 _ 0.021`, agreements: oneCall(450000), eligibility: `
        agreementId assetId haircut
        A Y 0
        A Z 0` },
    posted: { "Y>A": 400000, "Z>A": 50000 }, cost: 8000 + 1050 },
  { title: "lots: one more lot beats dear remainder", tables: { assets: `
        assetId quantity price lotSize fundingRate
        Y 1000000 1 100000 0.02
        Z 1000000 1 _ 0.05`, agreements: oneCall(450000), eligibility: `
        agreementId assetId haircut
        A Y 0
        A Z 0` },
    posted: { "Y>A": 500000 }, cost: 10000 },
  { title: "two lots two sizes", tables: { assets: `
        assetId quantity price lotSize fundingRate
        Y 1000 100 70 0.02
        Z 1000 100 30 0.021`, agreements: oneCall(19000), eligibility: `
        agreementId assetId haircut
        A Y 0
        A Z 0` },
    // units of 100: need 190 units: 70a+30b>=190: a=1,b=4: 190 cost 70*.02+120*.021=1.4+2.52=3.92 ; a=2,b=2: 200: 2.8+1.26=4.06; a=3: 210 4.2; a=0,b=7: 210 4.41 -> min 3.92*100
    posted: { "Y>A": 70, "Z>A": 120 }, cost: 392 },
  { title: "lots with haircut and fx", tables: { assets: `
        assetId quantity price priceCurrency lotSize fundingRate
        Y 1000 100 EUR 10 0.02`, agreements: oneCall(45000), eligibility: `
        agreementId assetId haircut
        A Y 0.1`, fx: `
        currency rate
        USD 1
        EUR 1.25` },
    // unit worth 112.5 -> 400 units exactly: exact tie -> 40 lots
    posted: { "Y>A": 400 }, cost: 400 * 125 * 0.02 },
  { title: "minimum piece", tables: { assets: `
        assetId quantity price fundingRate
        P 80000 1 0.01
        Q 500000 1 0.02`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0`, costs: `
        assetId agreementId minimumPiece
        Q * 50000` },
    // Q piece 50000 min -> P 50000 Q 50000 cost 1500; or Q 100000 2000; P 80000+Q 50000 (30000 excess) worse
    posted: { "P>A": 50000, "Q>A": 50000 }, cost: 1500 },
  { title: "fixed cost beats cheaper carry", tables: { assets: `
        assetId quantity price fundingRate
        P 80000 1 0.01
        Q 500000 1 0.02`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0`, costs: `
        assetId agreementId deliverFixed
        P * 1000
        Q * 100`, settings: aYear },
    // P saves .01*80000=800 < 1000 -> Q alone
    posted: { "Q>A": 100000 }, moves: 1 },
  { title: "fixed cost, horizon long enough", tables: { assets: `
        assetId quantity price fundingRate
        P 80000 1 0.01
        Q 500000 1 0.02`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0`, costs: `
        assetId agreementId deliverFixed
        P * 1000
        Q * 100`, settings: `
        key value
        horizonDays 730` },
    posted: { "P>A": 80000, "Q>A": 20000 }, moves: 2 },
  { title: "cap of one movement", tables: { assets: `
        assetId quantity price fundingRate
        P 80000 1 0.01
        Q 500000 1 0.02`, agreements: `
        agreementId currency requirement maxMovements
        A USD 100000 1`, eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0` },
    posted: { "Q>A": 100000 }, moves: 1 },
  { title: "book cap 2: three calls", tables: { assets: `
        assetId quantity price fundingRate
        P 900000 1 0.01`, agreements: `
        agreementId currency requirement priority
        A USD 100000 3
        B USD 50000 1
        C USD 70000 2`, eligibility: `
        agreementId assetId haircut
        * P 0`, settings: `
        key value
        maxMovements 2` },
    posted: { "P>B": 50000, "P>C": 70000 }, short: { A: 100000 }, moves: 2 },
  { title: "recall costs keep dear posting", tables: { assets: `
        assetId quantity price fundingRate
        P 500000 1 0.03
        Q 500000 1 0.01`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0`, holdings: `
        agreementId assetId quantity
        A P 100000`, costs: `
        assetId agreementId recallFixed deliverFixed
        * * 60 60` , settings: `
        key value
        horizonDays 15` },
    // swap saves .02*100000*15/365 = 82.19 < 120 -> stay
    posted: { "P>A": 100000 }, moves: 0 },
  { title: "same, horizon 30 swaps", tables: { assets: `
        assetId quantity price fundingRate
        P 500000 1 0.03
        Q 500000 1 0.01`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0`, holdings: `
        agreementId assetId quantity
        A P 100000`, costs: `
        assetId agreementId recallFixed deliverFixed
        * * 60 60` },
    posted: { "Q>A": 100000 }, moves: 2 },
  { title: "movement allowance in money", tables: { assets: `
        assetId quantity price fundingRate
        P 80000 1 0.01
        Q 500000 1 0.02`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0`, settings: `
        key value
        movementAllowance 800
        horizonDays 365` },
    // P+Q costs 1200, Q alone 2000: 800 more: allowed exactly
    posted: { "Q>A": 100000 }, moves: 1 },
  { title: "movement allowance not enough", tables: { assets: `
        assetId quantity price fundingRate
        P 80000 1 0.01
        Q 500000 1 0.02`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0`, settings: `
        key value
        movementAllowance 799
        horizonDays 365` },
    posted: { "P>A": 80000, "Q>A": 20000 }, moves: 2 },
  { title: "pins", tables: { assets, agreements, eligibility, pins: `
        agreementId assetId action quantity
        A ETH atLeast 100000
        A BTC atMost 300000
        B TBILL forbid _` },
    // A: BTC 300000 (270000), ETH: 230000/.85=270588.2; B: USDC 400000
    posted: { "BTC>A": 300000, "ETH>A": 230000 / 0.85, "USDC>B": 400000 } },
  { title: "pin today's holding", tables: { assets, agreements, eligibility, holdings: `
        agreementId assetId quantity
        A USDC 123456
        B USDC 1000`, pins: `
        agreementId assetId action quantity
        A USDC pin _` },
    posted: { "USDC>A": 123456, "BTC>A": (500000 - 123456) / 0.9, ...tbillAtB } },
  { title: "pin to a number", tables: { assets, agreements, eligibility, pins: `
        agreementId assetId action quantity
        A BTC pin 111111` },
    posted: { "BTC>A": 111111, "ETH>A": 300000, "USDC>A": 500000 - 0.9 * 111111 - 255000, ...tbillAtB } },
  { title: "cap per location", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 80000 1 0.01
        Q L1 500000 1 0.02
        R L2 500000 1 0.05`, agreements: `
        agreementId currency requirement
        A USD 100000
        B USD 100000`, eligibility: `
        agreementId assetId haircut
        * P 0
        * Q 0
        * R 0`, settings: `
        key value
        maxMovementsPerLocation 1
        horizonDays 365` },
    // L1 one movement, L2 one: cheapest: Q->one, R->other
    cost: 2000 + 5000, moves: 2 },
  { title: "priorities strict", tables: { assets: `
        assetId quantity price fundingRate
        P 100000 1 0.01`, agreements: `
        agreementId currency requirement priority
        A USD 80000 2
        B USD 70000 1
        C USD 10000 _`, eligibility: `
        agreementId assetId haircut
        A P 0
        B P 0.5
        C P 0` },
    // B first: 100000*.5=50000 -> short 20000 though 100000 could cover A
    short: { A: 80000, B: 20000, C: 10000 } },
  { title: "VM before IM in one priority", tables: { assets: `
        assetId quantity price fundingRate
        P 100000 1 0.01`, agreements: `
        agreementId marginType currency requirement
        A IM USD 80000
        B VM USD 70000`, eligibility: `
        agreementId assetId haircut
        * P 0` }, short: { A: 50000, B: 0 } },
  { title: "tie by id", tables: { assets: `
        assetId quantity price fundingRate
        Q 500000 1 0.01
        P 80000 1 0.01`, agreements: `
        agreementId currency requirement
        B USD 50000
        A USD 50000`, eligibility: bothAtPar }, posted: { "P>A": 50000, "P>B": 30000, "Q>B": 20000 } },
  { title: "tie stays with today", tables: { assets: `
        assetId quantity price fundingRate
        Q 500000 1 0.01
        P 80000 1 0.01`, agreements: oneCall(50000), eligibility: bothAtPar, holdings: `
        agreementId assetId quantity
        A Q 50000` }, posted: { "Q>A": 50000 }, moves: 0 },
  { title: "day count 360", tables: { assets: twoAssets, agreements: oneCall(360000), eligibility: `
        agreementId assetId haircut
        A Q 0`, settings: `
        key value
        dayCount 360` }, cost: 360000 * 0.02 / 360 * 365 },
  { title: "cap 3 movements at two agreements, least cost", tables: { assets: `
        assetId quantity price fundingRate
        P 60000 1 0.01
        Q 500000 1 0.02`, agreements: `
        agreementId currency requirement
        A USD 50000
        B USD 40000`, eligibility: bothAtPar, settings: `
        key value
        maxMovements 2
        horizonDays 365` },
    // 2 movements: P 50000 -> A and Q 40000 -> B: 500+800=1300; or Q->A P->B: 1000+400 = 1400. -> 1300
    posted: { "P>A": 50000, "Q>B": 40000 }, moves: 2 },
  { title: "minimum piece and lot", tables: { assets: `
        assetId quantity price lotSize fundingRate
        P 500 100 10 0.01
        Q 90000 1 _ 0.03`, agreements: oneCall(30500), eligibility: bothAtPar, costs: `
        assetId agreementId minimumPiece
        Q * 5000` },
    // P 310 lots -> 31000 cost 310 (one lot over); or P 260 lots... Q>=5000: P 25500->260 units=26000, Q 5000 : 260+150=410. -> P 310
    posted: { "P>A": 310 }, cost: 310 },
  { title: "atLeast beyond requirement", tables: { assets: twoAssets, agreements: oneCall(10000), eligibility: bothAtPar, pins: `
        agreementId assetId action quantity
        A Q atLeast 15000` }, posted: { "Q>A": 15000 } },
  { title: "pin of a location", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 50000 1 0.01
        P L2 50000 1 0.02`, agreements: oneCall(40000), eligibility: `
        agreementId assetId haircut
        * P 0`, pins: `
        agreementId assetId location action
        A P L1 forbid` }, byLocation: true, posted: { "P@L2>A": 40000 } },
  { title: "movement allowance is money over the horizon of 30 days", tables: { assets: `
        assetId quantity price fundingRate
        P 80000 1 0.01
        Q 500000 1 0.02`, agreements: oneCall(100000), eligibility: bothAtPar, settings: `
        key value
        movementAllowance 66` },
    // 800*30/365 = 65.75 < 66 -> one move
    posted: { "Q>A": 100000 }, moves: 1 },
  { title: "movement allowance 65", tables: { assets: `
        assetId quantity price fundingRate
        P 80000 1 0.01
        Q 500000 1 0.02`, agreements: oneCall(100000), eligibility: bothAtPar, settings: `
        key value
        movementAllowance 65` }, posted: { "P>A": 80000, "Q>A": 20000 }, moves: 2 },
  { title: "equal priority: weight favours VM in base currency", tables: { assets: `
        assetId quantity price
        P 100000 1`, agreements: `
        agreementId marginType priority currency requirement
        A IM 1 USD 80000
        B VM 2 USD 70000`, eligibility: `
        agreementId assetId haircut
        * P 0` }, short: { B: 50000 } },
];
