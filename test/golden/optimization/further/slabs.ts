import type { TableExample } from "../../../support/table-run";
import { atFour, euro, oneCall } from "./small-tables";

/** Slabs, cliffs, debts and disputes. */
export const slabs: readonly TableExample[] = [
  { title: "value tiers, two agreements own slabs each", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01
        USD 9000000 1 0.04`, agreements: `
        agreementId currency requirement
        A USD 300000
        B USD 300000`, eligibility: `
        agreementId assetId haircut tierTable
        * BTC _ t
        * USD 0 _`, tiers: `
        tierTable assetId tierUnit upTo ratio
        t BTC value 200000 0.95
        t BTC value 400000 0.8
        t BTC value _ 0` },
    // each: 200000*.95=190000, need 110000/.8=137500 => 337500 => 33.75 BTC each 67.5<100
    posted: { "BTC>A": 33.75, "BTC>B": 33.75 }, cost: 6750 },
  { title: "coin tiers start after locked", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01
        USD 9000000 1 0.0124`, agreements: oneCall(250000), eligibility: `
        agreementId assetId haircut tierTable
        * BTC _ t
        * USD 0 _`, tiers: `
        tierTable assetId tierUnit upTo ratio
        t BTC coin 10 0.9
        t BTC coin 20 0.8
        t BTC coin _ 0.5`, holdings: `
        agreementId assetId quantity status recallableFrom
        A BTC 15 settled 2030-01-01`, settings: `
        key value
        asOf 2026-11-22T16:00Z` },
    // locked 15 -> 90000+40000=130000. need 120000. next 5 coins at .8: 40000 (cost .01/.8=.0125 > .0124) USD cheaper! so USD 120000
    posted: { "BTC>A": 15, "USD>A": 120000 } },
  { title: "cliff", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01
        USD 9000000 1 0.04`, agreements: oneCall(250000), eligibility: `
        agreementId assetId haircut tierTable
        * BTC _ t
        * USD 0 _`, tiers: `
        tierTable assetId tierUnit tierMode upTo ratio
        t BTC coin cliff 20 0.95
        t BTC coin cliff 60 0.6
        t BTC coin cliff _ 0` },
    // options: 20 coins -> 190000 cost 2000 + USD 60000*.04=2400 => 4400; or all BTC at .6: 250000/.6=416666.67 -> 41.67 coins cost 4166.67 -> cheaper
    posted: { "BTC>A": 250000 / 6000 } },
  { title: "cliff, stays at bound", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01
        USD 9000000 1 0.03`, agreements: oneCall(250000), eligibility: `
        agreementId assetId haircut tierTable
        * BTC _ t
        * USD 0 _`, tiers: `
        tierTable assetId tierUnit tierMode upTo ratio
        t BTC coin cliff 20 0.95
        t BTC coin cliff 60 0.6
        t BTC coin cliff _ 0` },
    posted: { "BTC>A": 20, "USD>A": 60000 } },
  { title: "debt counts in full and is repaid first", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01
        USD 9000000 1 0.04`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        * BTC 0.2
        * USD 0`, holdings: `
        agreementId assetId quantity
        A BTC -3` },
    // required 100000+30000; BTC: first 3 coins repay at full 30000; then 100000/.8=125000 -> 12.5 coins: 15.5
    posted: { "BTC>A": 15.5 } },
  { title: "debt in an asset that we do not repay", tables: { assets: `
        assetId quantity price fundingRate
        BTC 1 10000 0.5
        USD 9000000 1 0.04`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        * BTC 0.2
        * USD 0`, holdings: `
        agreementId assetId quantity
        A BTC -3` },
    posted: { "USD>A": 130000 } },
  { title: "tierCurrency EUR value", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01
        USD 9000000 1 0.0121`, agreements: oneCall(200000), eligibility: `
        agreementId assetId haircut tierTable
        * BTC _ t
        * USD 0 _`, fx: euro, tiers: `
        tierTable assetId tierUnit tierCurrency upTo ratio
        t BTC value EUR 80000 0.9
        t BTC value EUR 200000 0.8` }, posted: { "BTC>A": 10, "USD>A": 110000 } },
  { title: "star rows of a table, own rows win", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01
        ETH 100 1000 0.005`, agreements: oneCall(100000), eligibility: `
        agreementId assetId tierTable
        * BTC t
        * ETH t`, tiers: `
        tierTable assetId tierUnit upTo ratio
        t * coin 20 0.5
        t BTC coin _ 0.8` },
    // ETH 20 coins *1000*.5=10000 at cost .005/.5=.01; BTC .01/.8=.0125 : ETH 20; BTC 90000/.8/10000=11.25
    posted: { "ETH>A": 20, "BTC>A": 11.25 } },
  { title: "disputed fills the first slab", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01`, agreements: oneCall(100000), eligibility: `
        agreementId assetId tierTable
        * BTC t`, tiers: `
        tierTable assetId tierUnit upTo ratio
        t BTC coin 10 0.9
        t BTC coin _ 0.5`, holdings: `
        agreementId assetId quantity status
        A BTC 4 disputed` },
    // 6 coins at .9 = 54000; 46000/.5/10000=9.2 -> 15.2
    posted: { "BTC>A": 15.2 } },
  { title: "two inventory lines share slabs", tables: { assets: `
        assetId location quantity price fundingRate
        BTC L1 8 10000 0.02
        BTC L2 100 10000 0.01`, agreements: oneCall(100000), eligibility: `
        agreementId assetId tierTable
        * BTC t`, tiers: `
        tierTable assetId tierUnit upTo ratio
        t BTC coin 10 0.9
        t BTC coin _ 0.5`, holdings: `
        agreementId assetId location quantity recallableFrom
        A BTC L1 4 2030-01-01`, settings: atFour }, byLocation: true,
    // 10 coins: 90000; 10000/.5=2 coins -> 12 total; 4 locked L1, 8 from L2
    posted: { "BTC@L1>A": 4, "BTC@L2>A": 8 } },
  { title: "debt and tiers: debt repaid first in full, then slabs", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01`, agreements: oneCall(100000), eligibility: `
        agreementId assetId tierTable
        * BTC t`, tiers: `
        tierTable assetId tierUnit upTo ratio
        t BTC coin 10 0.9
        t BTC coin _ 0.5`, holdings: `
        agreementId assetId quantity
        A BTC -2` }, posted: { "BTC>A": 14 } },
  { title: "additional haircut on slabs", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01`, agreements: oneCall(100000), eligibility: `
        agreementId assetId tierTable additionalHaircut
        * BTC t 0.1`, tiers: `
        tierTable assetId tierUnit upTo ratio
        t BTC coin 10 0.9
        t BTC coin _ 0.5` },
    // 80000 + 20000/.4/10000=5 -> 15
    posted: { "BTC>A": 15 } },
  { title: "OPT-08 form: cheapest slab fills first across two assets", tables: { assets: `
        assetId quantity price fundingRate
        BTC 60 10000 0.02
        ETH 300 1000 0.02`, agreements: oneCall(600000), eligibility: `
        agreementId assetId tierTable
        * BTC t
        * ETH t`, tiers: `
        tierTable assetId tierUnit upTo ratio
        t BTC coin 20 0.95
        t BTC coin 50 0.8
        t BTC coin _ 0.6
        t ETH coin 100 0.9
        t ETH coin _ 0.7` },
    // BTC 20: 190000; ETH 100: 90000; BTC 30 more at .8: 240000 -> 520000; ETH .7: 80000/700=114.2857
    posted: { "BTC>A": 50, "ETH>A": 100 + 80000 / 700 } },
  { title: "dated tiers: the newest that has begun", tables: { assets: `
        assetId quantity price fundingRate
        BTC 100 10000 0.01`, agreements: oneCall(90000), eligibility: `
        agreementId assetId tierTable
        * BTC t`, settings: atFour, tiers: `
        tierTable assetId tierUnit upTo ratio validFrom
        t BTC coin _ 0.9 2026-01-01
        t BTC coin _ 0.6 2026-11-01
        t BTC coin _ 0.1 2026-12-01` }, posted: { "BTC>A": 15 } },
];
