import type { TableExample } from "../../../support/table-run";
import { atFour, bothAtPar, oneCall, twoAssets } from "./small-tables";

/** What may be posted and when it arrives: deadlines, routes, locks, re-use, reserves, the liquidity buffer. */
export const stockAndTime: readonly TableExample[] = [
  { title: "transfer 1h before 17:00 ok, 2h late", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 80000 1 0.01
        P L2 500000 1 0.001
        Q L1 900000 1 0.03`, agreements: `
        agreementId currency requirement deadline
        A USD 100000 2026-11-22T17:00Z`, eligibility: bothAtPar, transfers: `
        from to settleHours
        L1 A 1
        L2 A 2`, settings: atFour }, byLocation: true, posted: { "P@L1>A": 80000, "Q@L1>A": 20000 } },
  { title: "deadline with offset: 18:00+01:00 = 17:00Z", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 80000 1 0.01
        P L2 500000 1 0.001
        Q L1 900000 1 0.03`, agreements: `
        agreementId currency requirement deadline
        A USD 100000 2026-11-22T18:00+01:00`, eligibility: bothAtPar, transfers: `
        from to settleHours
        L1 A 1
        L2 A 2`, settings: atFour }, byLocation: true, posted: { "P@L1>A": 80000, "Q@L1>A": 20000 } },
  { title: "Excel serial deadline 17:00", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 80000 1 0.01
        P L2 500000 1 0.001
        Q L1 900000 1 0.03`, agreements: `
        agreementId currency requirement deadline
        A USD 100000 ${46348 + 17 / 24}`, eligibility: bothAtPar, transfers: `
        from to settleHours
        L1 A 1
        L2 A 2`, settings: atFour }, byLocation: true, posted: { "P@L1>A": 80000, "Q@L1>A": 20000 } },
  { title: "cutoff passed leaves at midnight", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 80000 1 0.01
        Q L2 900000 1 0.03`, agreements: `
        agreementId currency requirement deadline
        A USD 50000 2026-11-22T23:00Z`, eligibility: bothAtPar, transfers: `
        from to settleHours cutoff
        L1 A 1 15:00
        L2 A 1 17:00`, settings: atFour }, byLocation: true, posted: { "Q@L2>A": 50000 } },
  { title: "cutoff at the very minute", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 80000 1 0.01
        Q L2 900000 1 0.03`, agreements: `
        agreementId currency requirement deadline
        A USD 50000 2026-11-22T23:00Z`, eligibility: bothAtPar, transfers: `
        from to settleHours cutoff
        L1 A 1 16:00
        L2 A 1 17:00`, settings: atFour }, byLocation: true, posted: { "P@L1>A": 50000 } },
  { title: "cutoff passed but next midnight is in time", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 80000 1 0.01
        Q L2 900000 1 0.03`, agreements: `
        agreementId currency requirement deadline
        A USD 50000 2026-11-23T01:00Z`, eligibility: bothAtPar, transfers: `
        from to settleHours cutoff
        L1 A 1 15:00
        L2 A 1 17:00`, settings: atFour }, byLocation: true, posted: { "P@L1>A": 50000 } },
  { title: "maxPerDay", tables: { assets: `
        assetId location quantity price fundingRate
        P L1 80000 1 0.01
        Q L2 900000 1 0.03`, agreements: `
        agreementId currency requirement
        A USD 50000`, eligibility: bothAtPar, transfers: `
        from to settleHours maxPerDay
        L1 A 1 12000` }, byLocation: true, posted: { "P@L1>A": 12000, "Q@L2>A": 38000 } },
  { title: "unbond 21 days, lost staking", tables: { assets: `
        assetId quantity price fundingRate unbondHours
        P 80000 1 0.01 504
        Q 900000 1 0.03 0`, agreements: `
        agreementId currency requirement deadline
        A USD 50000 2026-12-13T16:00Z
        B USD 50000 2026-12-13T15:59Z`, eligibility: bothAtPar, settings: atFour }, posted: { "P>A": 50000, "Q>B": 50000 } },
  { title: "recalled today is not reposted", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement
        A USD 0
        B USD 80000`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity
        A P 80000` }, posted: { "Q>B": 80000 }, moves: 2 },
  { title: "sameDayReuse", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement
        A USD 0
        B USD 80000`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity
        A P 80000`, settings: `
        key value
        sameDayReuse yes` }, posted: { "P>B": 80000 }, moves: 2 },
  { title: "lock-up stays and counts", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement
        A USD 30000
        B USD 80000`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity recallableFrom
        A P 50000 2026-11-23`, settings: atFour }, posted: { "P>A": 50000, "P>B": 30000, "Q>B": 50000 } },
  { title: "inTransitBack not postable today", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement
        B USD 80000`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity status
        B P 50000 inTransitBack` }, posted: { "P>B": 30000, "Q>B": 50000 } },
  { title: "reserved", tables: { assets: `
        assetId quantity price reserved fundingRate
        P 80000 1 30000 0.01
        Q 500000 1 0 0.02`, agreements: oneCall(100000), eligibility: bothAtPar }, posted: { "P>A": 50000, "Q>A": 50000 } },
  { title: "reuse from A to B 60%", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement reuseShare
        A USD 0 0.6
        B USD 200000 _`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity direction
        A P 100000 received` }, posted: { "P>B": 140000, "Q>B": 60000 } },
  { title: "segregated: never", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement reuseShare isSegregated
        A USD 0 0.6 yes
        B USD 200000 _ _`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity direction
        A P 100000 received` }, posted: { "P>B": 80000, "Q>B": 120000 } },
  { title: "HQLA buffer 40% cap on level 2", tables: { assets: `
        assetId quantity price hqlaClass fundingRate
        L1 100000 1 1 0.03
        L2A 400000 1 2A 0.01
        X 1000000 1 _ 0.05`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A L1 0
        A L2A 0
        A X 0`, settings: `
        key value
        liquidityBuffer 150000` },
    // unposted l1, l2a*.85 counted <= 2/3 l1. l1=100000: cap 66667: buffer max 166667 ; need 150000: with l1 = y: y + min(2/3 y, .85*z)>=150000 -> y>=90000. so L1 can post 10000; L2A cheapest .01: post p of L2A: .85(400000-p)>=50000 at y=100000 -> p<=341176: post 100000 of L2A.
    posted: { "L2A>A": 100000 } },
  { title: "HQLA 2B cap 15/85", tables: { assets: `
        assetId quantity price hqlaClass fundingRate
        L1 85000 1 1 0.01
        L2B 100000 1 2B 0.03
        X 1000000 1 _ 0.05`, agreements: oneCall(50000), eligibility: `
        agreementId assetId haircut
        A L1 0
        A L2B 0
        A X 0`, settings: `
        key value
        liquidityBuffer 95000` },
    // l1 y, 2b counted c<= min(.5*z, 15/85 y): y(1+15/85)>=95000 -> y>=80750: L1 post 4250. c=14250 -> z>=28500 -> L2B post up to 71500: 45750 posted L2B
    posted: { "L1>A": 4250, "L2B>A": 45750 } },
  { title: "2A and 2B together cap 40%", tables: { assets: `
        assetId quantity price hqlaClass fundingRate
        L1 60000 1 1 0.01
        L2A 100000 1 2A 0.5
        L2B 100000 1 2B 0.5
        X 1000000 1 _ 0.05`, agreements: oneCall(50000), eligibility: `
        agreementId assetId haircut
        A L1 0
        A X 0`, settings: `
        key value
        liquidityBuffer 90000` },
    // c1 + min(2/3 c1, ...) >=90000 -> c1>=54000: post 6000
    posted: { "L1>A": 6000, "X>A": 44000 } },
  // --- exclusions,
  { title: "quantityBasis free", tables: { assets: twoAssets, agreements: oneCall(100000), eligibility: bothAtPar, holdings: `
        agreementId assetId quantity
        A P 30000`, settings: `
        key value
        quantityBasis free` }, posted: { "P>A": 100000 } },
  { title: "free basis with in transit", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement
        A USD 200000`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity status
        A P 30000 settled
        A P 10000 inTransitOut
        A P 5000 inTransitBack`, settings: `
        key value
        quantityBasis free` }, posted: { "P>A": 120000, "Q>A": 80000 } },
  { title: "reserve with what is posted", tables: { assets: `
        assetId quantity price reserved fundingRate
        P 80000 1 50000 0.01
        Q 500000 1 0 0.02`, agreements: `
        agreementId currency requirement
        A USD 60000`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity
        A P 40000` }, posted: { "P>A": 30000, "Q>A": 30000 } },
  { title: "reuse of settled only and flagged no", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement reuseShare
        A USD 0 1
        B USD 200000 _`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity direction status reusable
        A P 10000 received settled yes
        A P 20000 received inTransitOut _
        A P 40000 received settled no` }, posted: { "P>B": 90000, "Q>B": 110000 } },
  { title: "late in transit does not count", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement deadline
        A USD 60000 2026-11-22T18:00Z`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity status expectedSettle
        A P 40000 inTransitOut 2026-11-22T19:00Z`, settings: atFour }, posted: { "P>A": 40000, "Q>A": 20000 } },
  { title: "settleHours of the rule goes before the asset's", tables: { assets: `
        assetId quantity price settleHours fundingRate
        P 80000 1 0.5 0.01
        Q 500000 1 3 0.02`, agreements: `
        agreementId currency requirement deadline
        A USD 60000 2026-11-22T17:00Z`, eligibility: `
        agreementId assetId haircut settleHours
        A P 0 2
        A Q 0 1`, settings: atFour }, posted: { "Q>A": 60000 } },
  { title: "late call: what is there stays", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement deadline
        A USD 60000 2026-11-22T15:00Z`, eligibility: bothAtPar, holdings: `
        agreementId assetId quantity
        A P 40000`, settings: atFour }, posted: { "P>A": 40000 }, short: { A: 20000 } },
];
