import type { TableExample } from "../../../support/table-run";
import { aYear, agreements, assets, atFour, bothAtPar, eligibility, eligibleAtA, euro, limitTable, oneCall, twoAssets, twoDeep , tbillAtB } from "./small-tables";

/** Limits: bases, scopes, groups, the larger of two, sizes, minimums, soft ones. */
export const limits: readonly TableExample[] = [
  { title: "OPT-03: what is short, and each change that cures it alone",
    // 0.85 * 300,000 + 200,000 = 455,000; 45,000 / 0.85 = 52,941.18 more ETH.
    tables: { assets, agreements: oneCall(500000), eligibility: `
        agreementId assetId haircut
        A BTC 0.1
        A ETH 0.15`, limits: limitTable("agreement A asset BTC max 200000 amount afterHaircut _ _ _ _ _") },
    short: { A: 45000 },
    says: [/make 45,000 USDC eligible at A/, /from 200,000 to 245,000 USD/, /by 45,000 to 455,000 USD/, /add 52,941\.18 ETH/] },
  { title: "limit 50% of posted, market", tables: { assets, agreements, eligibility, limits: limitTable("agreement A asset BTC max 0.5 posted market _ _ _ _ _") },
    // x = y: 0.9x + 0.85x = 500000
    posted: { "BTC>A": 500000 / 1.75, "ETH>A": 500000 / 1.75, ...tbillAtB }, price: { A: 0.04 / 1.75 } },
  { title: "limit 40% of requirement after haircut", tables: { assets, agreements, eligibility, limits: limitTable("agreement A asset BTC max 0.4 requirement afterHaircut _ _ _ _ _") },
    posted: { "BTC>A": 200000 / 0.9, "ETH>A": 300000, "USDC>A": 45000, ...tbillAtB } },
  { title: "larger of 15% or 60000", tables: { assets, agreements: oneCall(500000), eligibility: eligibleAtA, limits: limitTable("agreement A asset BTC max 0.15 posted market 60000 _ _ _ _") },
    // BTC b, ETH 300000 (255000), rest USDC 245000-0.9b. posted total = b+300000+245000-0.9b = 545000+0.1b; 15% => b=.15(545000+.1b) => b=81750/(0.985)
    posted: { "BTC>A": 81750 / 0.985, "ETH>A": 300000, "USDC>A": 245000 - 0.9 * 81750 / 0.985 } },
  { title: "larger of 5% or 60000", tables: { assets, agreements: oneCall(500000), eligibility: eligibleAtA, limits: limitTable("agreement A asset BTC max 0.05 posted market 60000 _ _ _ _") },
    posted: { "BTC>A": 60000, "ETH>A": 300000, "USDC>A": 245000 - 54000 } },
  { title: "applies only above 600000: keep below", tables: { assets, agreements: oneCall(500000), eligibility: eligibleAtA, limits: limitTable("agreement A asset BTC max 0.3 posted market _ 600000 _ _ _") },
    // BTC alone posts 555555.56 < 600000: limit does not apply
    posted: { "BTC>A": 500000 / 0.9 } },
  { title: "applies above 500000", tables: { assets, agreements: oneCall(500000), eligibility: eligibleAtA, limits: limitTable("agreement A asset BTC max 0.3 posted market _ 500000 _ _ _"), settings: aYear },
    // BTC-only posts 555k > 500k so applies; option 1: total<=500000: only by USDC: x_btc*.9+x_eth*.85+usdc=500000 with total<=500000 -> only USDC and needs 500000>400000; with BTC b: b+u<=500000, .9b+u=500000 -> b=0, short. infeasible (u<=400000). Option 2: b<=.3(b+e+u), e=300000,u: 500000=.9b+255000+u; b=.3(b+300000+245000-.9b) -> b=163500/(1-.03)=168556.70
    posted: { "BTC>A": 163500 / 0.97, "ETH>A": 300000, "USDC>A": 245000 - 0.9 * 163500 / 0.97 } },
  { title: "minimum 30% ETH of posted value", tables: { assets, agreements: oneCall(500000), eligibility: eligibleAtA, limits: limitTable("agreement A asset ETH min 0.3 posted afterHaircut _ _ _ _ _") },
    posted: { "BTC>A": 350000 / 0.9, "ETH>A": 150000 / 0.85 } },
  { title: "each asset at most 60% of posted value", tables: { assets, agreements: oneCall(500000), eligibility: eligibleAtA, limits: limitTable("agreement A asset EACH max 0.6 posted afterHaircut _ _ _ _ _") },
    posted: { "BTC>A": 300000 / 0.9, "ETH>A": 200000 / 0.85 } },
  { title: "issue 10% limit", tables: { assets: `
        assetId quantity price outstanding averageDailyVolume fundingRate
        X 5000 100 20000 4000 0.01
        Y 10000 100 _ _ 0.02`, agreements: oneCall(270000), eligibility: `
        agreementId assetId haircut
        A X 0.1
        A Y 0.1`, limits: limitTable("agreement A asset X max 0.1 issue market _ _ _ _ _") },
    posted: { "X>A": 2000, "Y>A": 1000 } },
  { title: "ADV 25% book over two", tables: { assets: `
        assetId quantity price outstanding averageDailyVolume fundingRate
        X 5000 100 20000 4000 0.01
        Y 10000 100 _ _ 0.02`, agreements: `
        agreementId currency requirement
        A USD 90000
        B USD 90000`, eligibility: `
        agreementId assetId haircut
        * X 0.1
        A Y 0.1
        B Y 0.2`, limits: limitTable("book ALL asset X max 0.25 averageDailyVolume market _ _ _ _ _") },
    // X 1000 units in total; either A: saves 100000 of Y at A (1000 units); at B 1000 X gives 90000: Y units at B 1125 avoided -> better B
    posted: { "X>B": 1000, "Y>A": 1000 } },
  { title: "class limit at counterparty over VM and IM", tables: { assets: `
        assetId quantity price assetClass fundingRate
        BTC 10 100000 crypto 0.01
        ETH 200 3000 crypto 0.012
        USD 900000 1 cash 0.05`, agreements: `
        agreementId counterparty marginType currency requirement
        VM1 BANK VM USD 300000
        IM1 BANK IM USD 200000`, eligibility: `
        agreementId assetClass haircut
        * crypto 0.2
        * cash 0`, limits: limitTable("counterparty BANK class crypto max 250000 amount market _ _ _ _ _") },
    cost: 250000 * 0.01 + (500000 - 200000) * 0.05 },
  { title: "issuer limit EACH, rest unissued", tables: { assets: `
        assetId quantity price issuer fundingRate
        P 500000 1 ACME 0.01
        Q 500000 1 ACME 0.011
        R 500000 1 BETA 0.02
        S 500000 1 _ 0.03`, agreements: oneCall(400000), eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0
        A R 0
        A S 0`, limits: limitTable("agreement EACH issuer EACH max 0.25 requirement market _ _ _ _ _") },
    posted: { "P>A": 100000, "R>A": 100000, "S>A": 200000 } },
  { title: "total amount limit in EUR over book", tables: { assets: `
        assetId quantity price fundingRate
        P 500000 1 0.01
        Q 500000 1 0.02`, agreements: `
        agreementId currency requirement
        A USD 100000
        B USD 100000`, eligibility: `
        agreementId assetId haircut
        * P 0.5
        * Q 0`, fx: `
        currency rate
        USD 1
        EUR 1.1`, limits: limitTable("book ALL total _ max 250000 amount market _ _ _ _ EUR") },
    // 275000 USD total market: p+q<=275000; .5p+q=200000 -> p=150000,q=125000; cost p cheaper per cover? P .01/.5=.02 = Q .02 tie on cover; cost equal 4000 any split
    cost: 4000 },
  { title: "country limit and sector limit", tables: { assets: `
        assetId quantity price issuerCountry sector fundingRate
        P 500000 1 DE energy 0.01
        Q 500000 1 DE bank 0.02
        R 500000 1 US energy 0.03
        S 500000 1 FR tech 0.04`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0
        A R 0
        A S 0`, limits: limitTable(`
        agreement A country DE max 0.5 posted market _ _ _ _ _
        agreement A sector energy max 0.4 posted market _ _ _ _ _`) },
    // p+q<=50000; p+r<=40000; cost min: p=40000 q=10000 s=50000: 400+200+2000=2600 ; p=0..: p, q=50-p, r=40-p, s=10+p: cost= .01p+.02(50-p)+.03(40-p)+.04(10+p)= 1.0+1.2+.4 + p(.01-.02-.03+.04)=0 tie! 
    cost: 2600 },
  { title: "currency limit", tables: { assets: `
        assetId quantity price priceCurrency denominationCurrency fundingRate
        BUND 500000 1 EUR EUR 0.01
        TB 500000 1 USD USD 0.02`, agreements: oneCall(200000), eligibility: `
        agreementId assetId haircut
        A BUND 0
        A TB 0`, fx: `
        currency rate
        USD 1
        EUR 1.25`, limits: limitTable("agreement A currency EUR max 0.25 requirement market _ _ _ _ _") },
    posted: { "BUND>A": 40000, "TB>A": 150000 } },
  { title: "soft limit breached when cover needs it", tables: { assets: twoAssets, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A Q 0`, limits: limitTable("agreement A asset Q max 60000 amount market _ _ soft 2 _") }, posted: { "Q>A": 100000 } },
  { title: "soft limit kept though dear", tables: { assets: `
        assetId quantity price fundingRate
        P 800000 1 0.01
        Q 500000 1 0.9`, agreements: oneCall(100000), eligibility: bothAtPar, limits: limitTable("agreement A asset P max 60000 amount market _ _ soft 0.001 _") }, posted: { "P>A": 60000, "Q>A": 40000 } },
  { title: "two soft limits, penalties choose", tables: { assets: `
        assetId quantity price fundingRate
        P 800000 1 0.01
        Q 500000 1 0.9`, agreements: oneCall(100000), eligibility: bothAtPar, limits: limitTable(`
        agreement A asset P max 30000 amount market _ _ soft 1 _
        agreement A asset Q max 30000 amount market _ _ soft 3 _`) }, posted: { "P>A": 70000, "Q>A": 30000 } },
  { title: "hard minimum that cannot be met", tables: { assets: `
        assetId quantity price fundingRate
        P 800000 1 0.01
        Q 20000 1 0.02`, agreements: oneCall(100000), eligibility: bothAtPar, limits: limitTable("agreement A asset Q min 50000 amount market _ _ _ _ _") }, posted: { "P>A": 80000, "Q>A": 20000 }, says: [/30000|30,000/] },
  { title: "csa scope limit", tables: { assets: twoAssets + `
        
        R 900000 1 0.05`, agreements: `
        agreementId csaId currency requirement
        A K USD 60000
        B K USD 60000
        C M USD 60000`, eligibility: bothAtPar + `
        
        * R 0`, limits: limitTable("csa EACH asset Q max 10000 amount market _ _ _ _ _") }, cost: 80000 * 0.01 + 20000 * 0.02 + 80000 * 0.05 },
  { title: "location scope limit", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 80000 1 0.01
        P L2 80000 1 0.02
        Q L3 900000 1 0.05`, agreements: oneCall(100000), eligibility: bothAtPar, limits: limitTable("location L1 total _ max 50000 amount market _ _ _ _ _") }, byLocation: true, posted: { "P@L1>A": 50000, "P@L2>A": 50000 } },
  { title: "larger of, amount in EUR", tables: { assets: twoDeep, agreements: oneCall(100000), eligibility: bothAtPar, fx: euro, limits: limitTable("agreement A asset P max 0.3 posted market 40000 _ _ _ EUR") }, posted: { "P>A": 50000, "Q>A": 50000 } },
  { title: "applies above EUR 90000 = 112500: not at 100000", tables: { assets: twoDeep, agreements: oneCall(100000), eligibility: bothAtPar, fx: euro, limits: limitTable("agreement A asset P max 0.3 posted market _ 90000 _ _ EUR") }, posted: { "P>A": 100000 } },
  { title: "applies above EUR 70000 = 87500: yes at 100000", tables: { assets: twoDeep, agreements: oneCall(100000), eligibility: bothAtPar, fx: euro, limits: limitTable("agreement A asset P max 0.3 posted market _ 70000 _ _ EUR") }, posted: { "P>A": 30000, "Q>A": 70000 } },
  { title: "issuerGroup falls back to issuer", tables: { assets: `
        assetId issuer issuerGroup quantity price fundingRate
        P ACME _ 900000 1 0.01
        R ACMEUK ACME 900000 1 0.011
        Q _ _ 900000 1 0.02`, agreements: oneCall(100000), eligibility: bothAtPar + `
        
        * R 0`, limits: limitTable("agreement A issuerGroup ACME max 60000 amount market _ _ _ _ _") }, posted: { "P>A": 60000, "Q>A": 40000 } },
  { title: "counterpartyGroup falls back to counterparty", tables: { assets: twoDeep, agreements: `
        agreementId counterparty counterpartyGroup currency requirement
        A BANK _ USD 50000
        B BANKUK BANK USD 50000
        C OTHER _ USD 50000`, eligibility: bothAtPar, limits: limitTable("counterpartyGroup BANK asset P max 60000 amount market _ _ _ _ _") }, cost: 110000 * 0.01 + 40000 * 0.02 },
  { title: "requirement basis in EUR", tables: { assets: twoDeep, agreements: `
        agreementId currency requirement
        A EUR 80000`, eligibility: bothAtPar, fx: euro, limits: limitTable("agreement A asset P max 0.25 requirement market _ _ _ _ _") }, posted: { "P>A": 25000, "Q>A": 75000 } },
  { title: "requirement basis over counterparty of two currencies", tables: { assets: twoDeep, agreements: `
        agreementId counterparty currency requirement
        A X EUR 80000
        B X USD 100000`, eligibility: bothAtPar, fx: euro, limits: limitTable("counterparty X asset P max 0.25 requirement market _ _ _ _ _") }, cost: 50000 * 0.01 + 150000 * 0.02 },
  { title: "two limits overlap: class 60%, asset 40% of posted", tables: { assets: `
        assetId assetClass quantity price fundingRate
        P c 900000 1 0.01
        R c 900000 1 0.015
        Q d 900000 1 0.02`, agreements: oneCall(100000), eligibility: bothAtPar + `
        
        * R 0`, limits: limitTable(`
        agreement A class c max 0.6 posted market _ _ _ _ _
        agreement A asset EACH max 0.4 posted market _ _ _ _ _`) }, posted: { "P>A": 40000, "R>A": 20000, "Q>A": 40000 } },
  { title: "validFrom in the future does not bind", tables: { assets: twoDeep, agreements: oneCall(100000), eligibility: bothAtPar, settings: atFour, limits: `
        scope scopeId limitType group limit limitBasis valueBasis validFrom
        agreement A asset P 1000 amount market 2026-12-01` }, posted: { "P>A": 100000 } },
  { title: "min 2 classes each 20% of requirement after haircut", tables: { assets: `
        assetId assetClass quantity price fundingRate
        P c 900000 1 0.01
        R e 900000 1 0.015
        Q d 900000 1 0.02`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0
        A R 0.5
        A Q 0.2`, limits: limitTable("agreement A class EACH min 0.2 requirement afterHaircut _ _ _ _ _") }, posted: { "P>A": 60000, "R>A": 40000, "Q>A": 25000 } },
  { title: "zero limit forbids", tables: { assets: twoDeep, agreements: oneCall(100000), eligibility: bothAtPar, limits: limitTable("agreement A asset P max 0 amount market _ _ _ _ _") }, posted: { "Q>A": 100000 } },
  { title: "locked above the maximum stays, nothing else of it", tables: { assets: twoDeep, agreements: oneCall(100000), eligibility: bothAtPar, limits: limitTable("agreement A asset P max 20000 amount market _ _ _ _ _"), holdings: `
        agreementId assetId quantity recallableFrom
        A P 30000 2026-12-01`, settings: atFour }, posted: { "P>A": 30000, "Q>A": 70000 } },
  { title: "posted above the maximum, recallable: comes back", tables: { assets: twoDeep, agreements: oneCall(100000), eligibility: bothAtPar, limits: limitTable("agreement A asset P max 20000 amount market _ _ _ _ _"), holdings: `
        agreementId assetId quantity
        A P 30000` }, posted: { "P>A": 20000, "Q>A": 80000 }, moves: 2 },
  { title: "book share of posted", tables: { assets: twoDeep, agreements: `
        agreementId currency requirement
        A USD 60000
        B USD 40000`, eligibility: `
        agreementId assetId haircut
        A P 0
        A Q 0
        B P 0
        B Q 0`, limits: limitTable("book ALL asset P max 0.7 posted market _ _ _ _ _") }, cost: 700 + 600 },
  { title: "issue limit in units over scope counterparty with two inventory lines", tables: { assets: `
        assetId location quantity price outstanding fundingRate
        X L1 500 100 10000 0.01
        X L2 5000 100 10000 0.011
        Y L1 9000 100 _ 0.02`, agreements: `
        agreementId counterparty currency requirement
        A Z USD 100000
        B Z USD 100000`, eligibility: `
        agreementId assetId haircut
        * X 0
        * Y 0`, limits: limitTable("counterparty Z asset X max 0.1 issue market _ _ _ _ _") }, cost: 50000 * 0.01 + 50000 * 0.011 + 100000 * 0.02 },
  { title: "soft and hard together: soft yields", tables: { assets: twoDeep, agreements: oneCall(100000), eligibility: bothAtPar, limits: limitTable(`
        agreement A asset P max 40000 amount market _ _ hard _ _
        agreement A asset Q max 20000 amount market _ _ soft _ _`) }, posted: { "P>A": 40000, "Q>A": 60000 } },
];
