import type { TableExample } from "../../../support/table-run";
import { agreements, assets, bothAtPar, eligibility, euro, oneCall, twoAssets } from "./small-tables";

/** What collateral is worth and what it costs: FX, haircuts, eligibility, carry. */
export const valuesAndCosts: readonly TableExample[] = [
  { title: "base EUR, call in USD", tables: { assets, agreements, eligibility, fx: `
        currency rate
        EUR 1
        USD 0.8` },
    // assets priced in base EUR; A 500000 USD = 400000 EUR
    posted: { "BTC>A": 400000 / 0.9, "TBILL>B": 320000 / 0.995 }, cost: 400000 / 0.9 * 0.01 + 320000 / 0.995 * 0.003, price: { A: 0.01 / 0.9, B: 0.003 / 0.995 } },
  { title: "fx haircut additive", tables: { assets: `
        assetId quantity price priceCurrency fundingRate
        BUND 1000000 1 EUR 0.02`, agreements: oneCall(500000), eligibility: `
        agreementId assetId haircut fxHaircut
        A BUND 0.005 0.08`, fx: `
        currency rate
        USD 1
        EUR 1.25` },
    posted: { "BUND>A": 500000 / (0.915 * 1.25) } },
  { title: "fx haircut product", tables: { assets: `
        assetId quantity price priceCurrency fundingRate
        BUND 1000000 1 EUR 0.02`, agreements: oneCall(500000), eligibility: `
        agreementId assetId haircut fxHaircut additionalHaircut
        A BUND 0.005 0.08 0.01`, fx: `
        currency rate
        USD 1
        EUR 1.25`, settings: `
        key value
        fxHaircutForm product` },
    posted: { "BUND>A": 500000 / (0.985 * 0.92 * 1.25) } },
  { title: "fxHaircutCurrencies frees", tables: { assets: `
        assetId quantity price priceCurrency fundingRate
        BUND 1000000 1 EUR 0.02`, agreements: `
        agreementId currency requirement fxHaircutCurrencies
        A USD 500000 USD,EUR`, eligibility: `
        agreementId assetId haircut fxHaircut
        A BUND 0.005 0.08`, fx: `
        currency rate
        USD 1
        EUR 1.25` },
    posted: { "BUND>A": 500000 / (0.995 * 1.25) } },
  { title: "call in coin ETH", tables: { assets: `
        assetId quantity price fundingRate
        BTC 20 60000 0.01
        USDC 1000000 1 0.05`, agreements: `
        agreementId currency requirement
        A ETH 100`, eligibility: `
        agreementId assetId haircut
        A BTC 0.1
        A USDC 0.02`, fx: `
        currency rate
        USD 1
        ETH 3000` },
    posted: { "BTC>A": 300000 / 0.9 / 60000 }, required: { A: 100 } },
  { title: "base BTC", tables: { assets: `
        assetId quantity price priceCurrency fundingRate
        USDC 1000000 1 USD 0.05
        BTC 2 1 BTC 0.01`, agreements: `
        agreementId currency requirement
        A USD 90000`, eligibility: `
        agreementId assetId haircut
        A BTC 0.1
        A USDC 0.02`, fx: `
        currency rate
        BTC 1
        USD 0.00001`, settings: `
        key value
        baseCurrency BTC` },
    posted: { "BTC>A": 1 } },
  { title: "own issue by group", tables: { assets: `
        assetId issuer issuerGroup quantity price fundingRate
        P BANKAG BANKGRP 80000 1 0.01
        Q OTHER OTHER 500000 1 0.02`, agreements: `
        agreementId counterparty counterpartyGroup currency requirement
        A BANKUK BANKGRP USD 50000`, eligibility: bothAtPar }, posted: { "Q>A": 50000 } },
  { title: "venue token and stablecoin issuer", tables: { assets: `
        assetId issuer quantity price fundingRate
        VTK VENUE 80000 1 0.01
        STB CIRC 80000 1 0.012
        Q _ 500000 1 0.02`, agreements: `
        agreementId counterparty currency requirement
        A VENUE USD 50000
        B CIRC USD 40000`, eligibility: `
        agreementId assetId haircut
        * VTK 0
        * STB 0
        * Q 0` }, posted: { "STB>A": 50000, "VTK>B": 40000 } },
  { title: "ownGroup", tables: { assets: `
        assetId issuerGroup quantity price fundingRate
        P US 80000 1 0.01
        Q OTHER 500000 1 0.02`, agreements: oneCall(50000), eligibility: bothAtPar, settings: `
        key value
        ownGroup us` }, posted: { "Q>A": 50000 } },
  { title: "exclusion wins over asset rule", tables: { assets: `
        assetId assetClass quantity price fundingRate
        P crypto 80000 1 0.01
        Q cash 500000 1 0.02`, agreements: oneCall(50000), eligibility: `
        agreementId assetId assetClass isIncluded haircut
        A P _ yes 0.1
        * _ crypto no _
        A Q _ _ 0` }, posted: { "Q>A": 50000 } },
  { title: "agreement rule before star; asset before class", tables: { assets: `
        assetId assetClass quantity price fundingRate
        P bond 800000 1 0.01`, agreements: `
        agreementId currency requirement
        A USD 50000
        B USD 50000
        C USD 50000`, eligibility: `
        agreementId assetId assetClass haircut
        * _ bond 0.5
        * P _ 0.2
        B _ bond 0.375` }, posted: { "P>A": 62500, "P>B": 80000, "P>C": 62500 } },
  { title: "rating and maturity bounds", tables: { assets: `
        assetId assetClass rating maturityYears quantity price fundingRate
        P bond AA 1 80000 1 0.01
        Q bond A 5 80000 1 0.02
        R bond BBB 5.01 80000 1 0.001
        S bond Aa3 10 800000 1 0.03`, agreements: oneCall(200000), eligibility: `
        agreementId assetClass ratingFrom ratingTo maturityFromYears maturityToYears haircut
        A bond AAA AA- _ 1 0.005
        A bond AAA A 1 5 0.04
        A bond AAA AA- 5 _ 0.1` },
    // P .995*80000=79600 ; Q .96*80000=76800 ; R out; S (200000-156400)/.9
    posted: { "P>A": 80000, "Q>A": 80000, "S>A": 43600 / 0.9 } },
  { title: "additional haircut and add-on", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement haircutAddOn
        A USD 60000 0.05`, eligibility: `
        agreementId assetId haircut additionalHaircut
        A P 0.1 0.1
        A Q 0.1 none` }, posted: { "P>A": 80000 } },
  { title: "priceAtVenue", tables: { assets: twoAssets, agreements: oneCall(50000), eligibility: `
        agreementId assetId haircut priceAtVenue
        A P 0 0.8
        A Q 0 1` }, posted: { "P>A": 62500 }, cost: 625 },
  // --- cost,
  { title: "carry parts and override", tables: { assets: `
        assetId assetClass quantity price fundingRate yieldWhilePosted stakingYield repoRate
        P bond 900000 1 0.02 0.005 _ 0.001
        Q cash 900000 1 0.05 _ _ _
        S coin 900000 1 0.01 _ 0.04 _`, agreements: `
        agreementId currency requirement interestRate
        A USD 100000 0.045`, eligibility: `
        agreementId assetId haircut
        A P 0.5
        A Q 0
        A S 0` },
    // P: (.02+.001-.005)/.5=.032; Q .005; S .05
    posted: { "Q>A": 100000 }, cost: 500 },
  { title: "custody and override by agreement", tables: { assets: twoAssets, agreements: `
        agreementId currency requirement
        A USD 70000
        B USD 70000`, eligibility: bothAtPar, costs: `
        assetId agreementId fundingRate custodyRate
        P A 0.03 _
        Q B _ 0.001` },
    // P at A .03, at B .01; Q at A .02, at B .021
    posted: { "Q>A": 70000, "P>B": 70000 }, cost: 1400 + 700 },
  { title: "earns but no over-post", tables: { assets: `
        assetId quantity price fundingRate
        P 900000 1 -0.01`, agreements: oneCall(100000), eligibility: `
        agreementId assetId haircut
        A P 0` }, posted: { "P>A": 100000 }, cost: -1000 },
  { title: "earns with overPostCap 20%", tables: { assets: `
        assetId quantity price fundingRate
        P 900000 1 -0.01`, agreements: `
        agreementId currency requirement overPostCap
        A USD 100000 0.2`, eligibility: `
        agreementId assetId haircut
        A P 0.25` }, posted: { "P>A": 160000 }, cost: -1600 },
  { title: "deliverRate and horizon", tables: { assets: twoAssets, agreements: oneCall(73000), eligibility: bothAtPar, costs: `
        assetId agreementId deliverRate
        P * 0.001` },
    // 30 days: P .01*30/365=.000822+.001=.00182; Q .02*30/365=.00164 -> Q
    posted: { "Q>A": 73000 } },
  // --- order,
  { title: "haircut 1 is worthless", tables: { assets: twoAssets, agreements: oneCall(10000), eligibility: `
        agreementId assetId haircut
        A P 1
        A Q 0.2` }, posted: { "Q>A": 12500 } },
  { title: "shortfall in own currency", tables: { assets: `
        assetId quantity price fundingRate
        P 100000 1 0.01`, agreements: `
        agreementId currency requirement
        A EUR 100000`, eligibility: `
        agreementId assetId haircut fxHaircut
        A P 0.02 0.08`, fx: euro }, posted: { "P>A": 100000 }, short: { A: 100000 - 90000 / 1.25 } },
  { title: "unmatched maturity means not eligible", tables: { assets: `
        assetId assetClass quantity price fundingRate
        P bond 900000 1 0.01
        Q cash 900000 1 0.02`, agreements: oneCall(10000), eligibility: `
        agreementId assetClass maturityToYears haircut
        A bond 1 0.005
        A cash _ 0` }, posted: { "Q>A": 10000 } },
];
