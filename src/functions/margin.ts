import { DomainError } from "../core/basics/domain-error";
import type { Explanation } from "../core/basics/explanation";
import { healthFactor } from "../core/margin/health-factor";
import { calculateMarginCall } from "../core/margin/margin-call";
import { crossLiquidation, isolatedLiquidation } from "../core/margin/liquidation-price";
import { contractProfit, profitTypes } from "../core/margin/profit";
import type { SaccrNettingSet } from "../core/margin/saccr-exposure";
import { saccrAnswers } from "../core/margin/saccr-margin-agreement";
import { scenarioMargin as scenarioMarginOf, type ScenarioMargin } from "../core/margin/scenario-margin";
import { arrangeScenarioParameters, storedScenarioParameters } from "../core/margin/scenario-parameters";
import { toSaccrTrade } from "../core/margin/saccr-trade";
import { scheduleMargin as scheduleMarginOf } from "../core/margin/schedule-margin";
import { venueEquity, type VenueBalance } from "../core/margin/venue-equity";
import { venueMargin as venueMarginOf, withSettlementPrices, type VenuePosition } from "../core/margin/venue-margin";
import { arrangeSlabs } from "../core/margin/venue-slabs";
import { isOmitted, mapRows, readNumberCell, readTextCell, toArgumentMatrix, whereIs, type ArgumentCell } from "../core/tables/argument-columns";
import { readDate } from "../core/tables/argument-table";
import { readDebt, readHealthCollateral } from "../core/tables/arguments/health-argument";
import { readScenarioParameters } from "../core/tables/arguments/parameters-argument";
import { readNettingSets, readSaccrTrades, readScheduleTrades } from "../core/tables/arguments/trades-argument";
import { readVenueBalances, readVenuePositions, readVenueRules } from "../core/tables/arguments/venue-arguments";
import { explanationRows } from "../core/tables/explanation-rows";
import { choiceOption, numberOption, parseFunctionOptions, yesNoOption } from "../core/tables/function-options";
import { answerExcel } from "./excel-error";

const outputs = ["value", "table"] as const;

/** Refuses a whole column where `output=table` explains a single answer. */
const single = (rows: readonly (readonly unknown[])[]): void => {
  if (rows.length > 1 || (rows[0]?.length ?? 0) > 1) throw new DomainError("badInput", "output=table explains one result. Give single cells.");
};

const isOpen = (at: ArgumentCell): boolean => at.cell === null || at.cell === undefined || at.cell === "";

/**
 * Margin call under a credit support annex: what is delivered or returned today, after threshold, minimum transfer amount and rounding.
 * @customfunction MARGINCALL
 * @param exposure Above 0 = the counterparty's claim on us (we post). A cell or a column.
 * @param heldValue After-haircut value that the counterparty holds from us, settled and in transit; below 0 = we hold theirs.
 * @param [threshold] Unsecured amount, default 0.
 * @param [minimumTransferAmount] No transfer below it; at or above it the whole amount. Default 0.
 * @param [independentAmount] Added to what we post, default 0.
 * @param [rounding] Deliveries are rounded up and returns down to a multiple of it, default 0 (none).
 * @param [options] form=csa, vm or im; theirIndependentAmount=; theirThreshold=; theirMinimumTransferAmount=; roundingReturn=; twoWay=yes; output=table
 * @returns {any[][]} Above 0 we deliver, below 0 comes to us, 0 below the minimum transfer amount.
 * @helpurl https://localhost:3000/help/margincall.html
 */
export function marginCall(
  exposure: any[][],
  heldValue: any[][],
  threshold?: any[][],
  minimumTransferAmount?: any[][],
  independentAmount?: any[][],
  rounding?: any[][],
  options?: any[][],
): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, [
      "form",
      "theirIndependentAmount",
      "theirThreshold",
      "theirMinimumTransferAmount",
      "roundingReturn",
      "twoWay",
      "output",
    ]);
    const given = (key: string): Record<string, number> => (read.has(key) ? { [key]: numberOption(read, key, 0) } : {});
    const theirs = {
      form: choiceOption(read, "form", ["csa", "vm", "im"] as const, "csa"),
      ...given("theirIndependentAmount"),
      ...given("theirThreshold"),
      ...given("theirMinimumTransferAmount"),
      ...given("roundingReturn"),
      ...(read.has("twoWay") ? { isTwoWay: yesNoOption(read, "twoWay") } : {}),
    };
    const names = ["exposure", "heldValue", "threshold", "minimumTransferAmount", "independentAmount", "rounding"];
    let explained: readonly (readonly unknown[])[] = [];
    const rows = mapRows(names, [exposure, heldValue, threshold, minimumTransferAmount, independentAmount, rounding], (cells) => {
      const [exposureAt, heldAt, ...termCells] = cells as [ArgumentCell, ArgumentCell, ...ArgumentCell[]];
      const term = (index: number): number => {
        const at = termCells[index];
        return at === undefined || isOpen(at) ? 0 : readNumberCell(at, { name: names[index + 2] ?? "term", minimum: 0 });
      };
      const call = calculateMarginCall({
        exposure: readNumberCell(exposureAt, { name: "Exposure" }),
        heldValue: readNumberCell(heldAt, { name: "Held value" }),
        threshold: term(0),
        minimumTransferAmount: term(1),
        independentAmount: term(2),
        rounding: term(3),
        ...theirs,
      });
      explained = explanationRows(call.explanation);
      return call.amount;
    });
    if (choiceOption(read, "output", outputs, "value") === "value") return rows;
    single(rows);
    return explained;
  });
}

/** Rows by netting set, in the order in which the sets appear. */
const bySet = <T extends { readonly nettingSet: string }>(rows: readonly T[]): readonly (readonly [string, readonly T[]])[] => {
  const sets = new Map<string, T[]>();
  for (const row of rows) sets.set(row.nettingSet, [...(sets.get(row.nettingSet) ?? []), row]);
  return [...sets];
};

/** One set answers its number alone, several a row each; `output=table` the explanations below each other. */
const answerSets = (
  isTable: boolean,
  sets: readonly { readonly name: string; readonly value: number; readonly explanation: Explanation }[],
): readonly (readonly unknown[])[] => {
  if (isTable) {
    return sets.flatMap((set, index) => {
      const rows = explanationRows({ ...set.explanation, name: `${set.explanation.name} of ${set.name}` });
      return index === 0 ? rows : rows.slice(1);
    });
  }
  return sets.length === 1 ? [[sets[0]?.value ?? 0]] : sets.map((set) => [set.name, set.value]);
};

/**
 * Standardised initial margin of uncleared derivatives: 0.4 * Gross + 0.6 * NGR * Gross per netting set.
 * @customfunction SCHEDULEMARGIN
 * @param trades Table with the columns nettingSet, assetClass, notional, marketValue (above 0 = owed to us) and maturityYears.
 * @param [options] side=post (default, what we post) or collect; output=table
 * @returns {any[][]} Margin of the netting set; netting set and margin where there are several.
 * @helpurl https://localhost:3000/help/schedulemargin.html
 */
export function scheduleMargin(trades: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["side", "output"]);
    const side = choiceOption(read, "side", ["post", "collect"] as const, "post");
    const sets = bySet(readScheduleTrades(trades as any)).map(([name, rows]) => {
      const answer = scheduleMarginOf(name, rows, side);
      return { name, value: answer.margin, explanation: { ...answer.explanation, name: "initial margin" } };
    });
    return answerSets(choiceOption(read, "output", outputs, "value") === "table", sets);
  });
}

/**
 * Exposure at default under SA-CCR per netting set: 1.4 * (replacement cost + multiplier * add-on), all asset classes, margined and unmargined.
 * @customfunction SACCR
 * @param trades Table with nettingSet, assetClass, notional, direction, marketValue and what the class needs (see help): currency, hedgingSet, subClass, startYears, endYears, maturityYears, option columns.
 * @param [nettingSets] Table with the columns nettingSet, collateral, isMargined, threshold, minimumTransferAmount, nica, mporDays, marginAgreement. Left out: unmargined, without collateral.
 * @param [options] output=table; cap=no (leaves the cap at the unmargined exposure out); unverified=allowed (crypto factors from memory)
 * @returns {any[][]} EAD of the netting set; netting set and EAD where there are several.
 * @helpurl https://localhost:3000/help/saccr.html
 */
export function saccr(trades: any[][], nettingSets?: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["output", "cap", "unverified"]);
    const isUnverifiedAllowed = choiceOption(read, "unverified", ["allowed", "refused"] as const, "refused") === "allowed";
    const isCapped = yesNoOption(read, "cap", true);
    const rows = readSaccrTrades(trades as any).map((trade) => toSaccrTrade(trade, isUnverifiedAllowed));
    const terms = isOmitted(nettingSets as any) ? undefined : readNettingSets(nettingSets as any);
    const covered = bySet(rows).map(([name, trades]) => ({ terms: termsOf(name, terms), trades }));
    const sets = saccrAnswers(covered, isCapped);
    return answerSets(choiceOption(read, "output", outputs, "value") === "table", sets);
  });
}

const termsOf = (name: string, terms: readonly SaccrNettingSet[] | undefined): SaccrNettingSet => {
  if (terms === undefined) return { nettingSet: name, collateral: 0, isMargined: false };
  const found = terms.find((row) => row.nettingSet === name);
  if (found === undefined) throw new DomainError("badInput", `nettingSets has no row for ${name}. Add it.`);
  return found;
};

/**
 * Profit of a contract between two prices: linear q*m*(exit-entry); inverse q*m*(1/entry-1/exit) in coin; quanto q*m*(exit-entry) in coin.
 * @customfunction PROFIT
 * @param contractType linear, inverse or quanto.
 * @param quantity Contracts or units, above 0 = long. A cell or a column.
 * @param entryPrice Price at which the position was opened. A cell or a column.
 * @param exitPrice Price at which it is valued. A cell or a column.
 * @param [multiplier] Units per contract; inverse: quote currency per contract; quanto: coin per point. Default 1.
 * @returns {any[][]} Profit, below 0 = loss: in quote currency (linear) or in coin (inverse, quanto).
 * @helpurl https://localhost:3000/help/profit.html
 */
export function profit(contractType: any[][], quantity: any[][], entryPrice: any[][], exitPrice: any[][], multiplier?: any[][]): any[][] {
  return answerExcel(() =>
    mapRows(
      ["contractType", "quantity", "entryPrice", "exitPrice", "multiplier"],
      [contractType, quantity, entryPrice, exitPrice, multiplier],
      (cells) => {
        const [typeAt, quantityAt, entryAt, exitAt, multiplierAt] = cells as [ArgumentCell, ArgumentCell, ArgumentCell, ArgumentCell, ArgumentCell];
        const text = readTextCell(typeAt, "contractType");
        const type = profitTypes.find((name) => name === text.toLowerCase());
        if (type === undefined)
          throw new DomainError("badInput", `contractType${whereIs(typeAt)} "${text.slice(0, 20)}" is unknown. Use ${profitTypes.join(", ")}.`);
        const price = (at: ArgumentCell, name: string): number => readNumberCell(at, { name, minimum: 0, refusesZeroInColumn: true });
        const units = isOpen(multiplierAt) ? 1 : readNumberCell(multiplierAt, { name: "Multiplier", minimum: 0, isExclusive: true });
        return contractProfit(
          type,
          readNumberCell(quantityAt, { name: "Quantity" }),
          price(entryAt, "Entry price"),
          price(exitAt, "Exit price"),
          units,
        );
      },
    ),
  );
}

/**
 * Health factor of an account: weighted collateral over debt or maintenance margin, and the fall of all collateral prices that brings it to 1.
 * @customfunction HEALTH
 * @param collateral One weighted value, two columns (value, threshold), or a table with the columns value (or quantity and price) and threshold.
 * @param debtOrMargin Debt or maintenance margin; a column is added up.
 * @param [options] threshold=0.8 (weight of values that have none); output=table
 * @returns {any[][]} Health factor, and the fall as a decimal (below 0: already under 1, prices must rise).
 * @helpurl https://localhost:3000/help/health.html
 */
export function health(collateral: any[][], debtOrMargin: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["threshold", "output"]);
    const threshold = numberOption(read, "threshold", 1);
    if (!(threshold > 0 && threshold <= 1))
      throw new DomainError("badInput", `Option threshold=${threshold} must be above 0 and at most 1, such as 0.8.`);
    const debt = readDebt(debtOrMargin as any);
    const answer = healthFactor(readHealthCollateral(collateral as any, threshold), debt);
    const fall = answer.fallToOne ?? new DomainError("outsideDomain", "The collateral counts 0 or less: no move of prices brings the factor to 1.");
    if (choiceOption(read, "output", outputs, "value") === "value") return [[answer.factor, fall]];
    return [
      ["what", "value", "note"],
      ["health factor", answer.factor, "weighted collateral / debt"],
      ["fall to 1", fall, "1 - 1 / health factor, all collateral prices together, debt unchanged"],
      ["weighted collateral", answer.weighted, "sum of value * threshold"],
      ["debt or margin", debt, ""],
    ];
  });
}

const venueTypes = ["initial", "maintenance", "equity", "health", "liquidationPrice"] as const;

/**
 * Margin, equity, health or liquidation price of a venue account: slabs with deductions, cross and isolated positions, debts in full.
 * @customfunction VENUEMARGIN
 * @param positions Table with the columns contractType, underlying, quantity, markPrice, and as needed instrument, entryPrice, multiplier, settlementCurrency, leverage, marginMode, isolatedMargin, openOrderQuantity, optionType, strike, underlyingPrice.
 * @param rules Table with the columns underlying, upTo, unit (coin or value), imRate, mmRate, and as needed deduction, baseRate, stepPerUnit, validFrom.
 * @param [type] initial (default), maintenance, equity, health or liquidationPrice.
 * @param [balances] Table with the columns asset, quantity (below 0 = debt), price and ratio, or slabs in tierTable such as 10:0.98, 20:0.95, :0. Needed for equity, health and the liquidation price of cross-margined positions.
 * @param [options] unit=coin; agreementId=; underlying= or instrument= (liquidationPrice); asOf=2026-11-22T06:00; output=table
 * @returns {any[][]} Amount in the quote currency (unit=coin: in coins), health as equity over maintenance margin, or a price.
 * @helpurl https://localhost:3000/help/venuemargin.html
 */
export function venueMargin(positions: any[][], rules: any[][], type?: any, balances?: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["unit", "agreementId", "underlying", "instrument", "asOf", "output"]);
    const kind = venueTypeOf(type);
    const asOfText = read.get("asOf");
    const asOf = asOfText === undefined ? undefined : new Date(readDate(asOfText, "options", "asOf")).toISOString();
    const book = kind === "equity" ? new Map() : arrangeSlabs(readVenueRules(rules as any), asOf);
    const held = isOmitted(balances as any) ? undefined : readVenueBalances(balances as any);
    const rows = withSettlementPrices(
      readVenuePositions(positions as any, read.get("agreementId"), kind !== "initial" && kind !== "maintenance"),
      new Map((held ?? []).map((balance) => [balance.asset.toUpperCase(), balance.price])),
    );
    const cross = rows.filter((row) => row.marginMode === "cross");
    const explain = (): Explanation => {
      if (kind === "initial" || kind === "maintenance") return venueMarginOf(rows, book, kind);
      if (kind === "liquidationPrice") return liquidationOf(rows, cross, held, book, read.get("instrument"), read.get("underlying"));
      const equity = venueEquity(neededBalances(held), cross);
      if (kind === "equity") return equity;
      const margin = venueMarginOf(cross, book, "maintenance");
      if (Number(margin.value) === 0) throw new DomainError("outsideDomain", "The maintenance margin is 0: the health ratio has no end.");
      return {
        name: "health",
        value: Number(equity.value) / Number(margin.value),
        unit: "times",
        note: "equity / maintenance margin, cross-margined",
        from: [equity, margin],
      };
    };
    const answer = choiceOption(read, "unit", ["value", "coin"] as const, "value") === "coin" ? inCoins(explain(), rows, kind) : explain();
    return choiceOption(read, "output", outputs, "value") === "table" ? explanationRows(answer) : [[answer.value]];
  });
}

const venueTypeOf = (given: any): (typeof venueTypes)[number] => {
  const cell = Array.isArray(given) ? given[0]?.[0] : given;
  if (cell === null || cell === undefined || cell === "" || cell === 0) return "initial";
  const found = venueTypes.find((name) => name.toLowerCase() === String(cell).trim().toLowerCase());
  if (found === undefined) throw new DomainError("badInput", `type "${String(cell).slice(0, 20)}" is unknown. Use ${venueTypes.join(", ")}.`);
  return found;
};

const neededBalances = (balances: readonly VenueBalance[] | undefined): readonly VenueBalance[] => {
  if (balances === undefined) throw new DomainError("badInput", "balances are needed for this type. Give asset, quantity, price and ratio.");
  return balances;
};

const inCoins = (answer: Explanation, rows: readonly VenuePosition[], kind: string): Explanation => {
  const [first] = rows;
  const underlyings = new Set(rows.map((row) => row.underlying));
  if (first === undefined || underlyings.size !== 1 || (kind !== "initial" && kind !== "maintenance")) {
    throw new DomainError("badInput", "unit=coin works for initial and maintenance margin of one underlying.");
  }
  const isQuanto = first.contractType === "quanto";
  if (rows.some((row) => (row.contractType === "quanto") !== isQuanto || (isQuanto && row.settlementCurrency !== first.settlementCurrency)))
    throw new DomainError("badInput", "unit=coin needs positions that settle alike. Leave it out for the quote currency.");
  const own = first.contractType === "option" ? (first.underlyingPrice ?? first.markPrice) : first.markPrice;
  const price = isQuanto ? (first.settlementPrice ?? NaN) : own;
  const coin = isQuanto ? (first.settlementCurrency ?? "coin") : first.underlying;
  return { name: answer.name, value: Number(answer.value) / price, unit: coin, note: `${answer.value} / price ${price}`, from: [answer] };
};

const liquidationOf = (
  rows: readonly VenuePosition[],
  cross: readonly VenuePosition[],
  balances: readonly VenueBalance[] | undefined,
  book: ReturnType<typeof arrangeSlabs>,
  instrument: string | undefined,
  underlying: string | undefined,
): Explanation => {
  const chosen = rows.filter(
    (row) => (instrument === undefined || row.instrument === instrument) && (underlying === undefined || row.underlying === underlying),
  );
  const [first] = chosen;
  if (first === undefined) throw new DomainError("badInput", "positions has no row for the instrument or underlying of the options.");
  if (instrument === undefined && new Set(chosen.map((row) => row.underlying)).size > 1) {
    throw new DomainError("badInput", `positions hold several underlyings. Add the option underlying=${first.underlying}.`);
  }
  if (chosen.some((row) => row.marginMode !== first.marginMode) || (first.marginMode === "isolated" && chosen.length > 1)) {
    throw new DomainError("badInput", `Choose one isolated position: add the option instrument=${first.instrument}.`);
  }
  const found =
    first.marginMode === "isolated" ? isolatedLiquidation(first, book) : crossLiquidation(first.underlying, cross, neededBalances(balances), book);
  const part = (name: string, value: number | undefined): Explanation => ({ name, value: value ?? "none", unit: "price", from: [] });
  return {
    name: "liquidation price",
    value: found.nearest,
    unit: "price",
    note: "the nearer of both sides; equity = maintenance margin, other prices unchanged",
    from: [part("below", found.below), part("above", found.above), part("today", found.reference)],
  };
};

/**
 * Worst loss of a portfolio over a grid of price moves x volatility states, with extended moves, shocks and contingencies; options by Black-76.
 * @customfunction SCENARIOMARGIN
 * @param positions Table with the columns contractType (linear, inverse, option, spot), underlying, quantity, markPrice, and as needed multiplier, settlementCurrency, expiry, underlyingPrice, strike, optionType, volatility.
 * @param parameters Table with the columns key, underlying (or *) and value, or the name of a stored set: deribit_portfolio_margin.
 * @param [options] asOf=2026-11-22T10:00 (needed where positions expire); type=initial or maintenance; unit=value or coin; agreementId=; output=table
 * @returns {any[][]} Margin: in coins where all positions are of one underlying and settle in it, else in the quote currency.
 * @helpurl https://localhost:3000/help/scenariomargin.html
 */
export function scenarioMargin(positions: any[][], parameters: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["asOf", "type", "unit", "agreementId", "output"]);
    const asOfText = read.get("asOf");
    const asOf = asOfText === undefined ? undefined : readDate(asOfText, "options", "asOf");
    const unit = read.has("unit") ? choiceOption(read, "unit", ["value", "coin"] as const, "value") : undefined;
    const type = choiceOption(read, "type", ["riskMatrix", "initial", "maintenance"] as const, "riskMatrix");
    const matrix = toArgumentMatrix(parameters as any);
    const named = matrix.length === 1 && matrix[0]?.length === 1 ? matrix[0][0] : undefined;
    const rows = typeof named === "string" ? storedScenarioParameters(named.trim(), asOf) : readScenarioParameters(parameters as any);
    const answer = scenarioMarginOf(
      readVenuePositions(positions as any, read.get("agreementId"), false),
      arrangeScenarioParameters(rows),
      asOf,
      unit,
      type,
    );
    return choiceOption(read, "output", outputs, "value") === "value" ? [[answer.margin]] : scenarioTable(answer);
  });
}

/** The explanation with the grid of every book below it. */
const scenarioTable = (answer: ScenarioMargin): readonly (readonly unknown[])[] => [
  ...explanationRows(answer.explanation),
  ["", "", "", ""],
  ["scenario", "profit", "counted", "book"],
  ...answer.books.flatMap((book) => book.results.map((result) => [result.scenario.label, result.profit, result.counted, book.underlying])),
];
