import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replacementCost, saccrMultiplier, saccrParts } from "../../../src/core/margin/saccr-exposure";
import { volatilityShock } from "../../../src/core/margin/scenario-grid";
import { adjustedExposureOf, collateralValue, tieredValue } from "../../../src/functions/collateral-value";
import { haircutFloorOf, haircutScale } from "../../../src/functions/haircut";
import { health, marginCall, profit, saccr, scheduleMargin, venueMargin } from "../../../src/functions/margin";
import { installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

interface WorkedExample {
  readonly id: string;
  readonly title: string;
  readonly inputs: any;
  readonly expected: any;
  readonly tolerance: { readonly rel?: number; readonly abs?: number };
}

const examples = (JSON.parse(readFileSync(join(__dirname, "../../fixtures/worked-examples.json"), "utf8")) as { examples: WorkedExample[] }).examples;

const cell = (value: unknown): any[][] => [[value]];
const omitted = null as any;
const first = (answer: any[][]): any => answer[0]?.[0];
const open = (tiers: any[][]): any[][] => tiers.map(([upTo, ratio]) => [upTo ?? "", ratio]);

/** What our functions answer to an example's inputs, under the names of its expected values. */
const answers: Readonly<Record<string, (inputs: any) => Record<string, unknown>>> = {
  "HC-01": ({ E, He, C, Hc_10d, Hfx_10d, N_R, T_M, round_haircut_to }) => {
    const scaled = (h: number): number => first(haircutScale(cell(h), cell(10), cell(T_M), cell(N_R), cell(`round=${round_haircut_to}`)));
    const [Hc, Hfx] = [scaled(Hc_10d), scaled(Hfx_10d)];
    return {
      Hc,
      Hfx,
      collateral_after_haircut: first(collateralValue(cell(C), cell(1), cell(Hc), cell(Hfx))),
      E_star: first(adjustedExposureOf(cell(E), cell(C), cell(He), cell(Hc), cell(Hfx))),
    };
  },
  "HC-03": ({ E, C, Hc, Hfx, CCF }) => ({ CEA_star: CCF * first(adjustedExposureOf(cell(E), cell(C), cell(0), cell(Hc), cell(Hfx))) }),
  "HC-05": ({ E, He_10d, T_M, N_R, C_cash }) => {
    const He = first(haircutScale(cell(He_10d), cell(10), cell(T_M), cell(N_R)));
    return { He, E_star: C_cash.map((C: number) => first(adjustedExposureOf(cell(E), cell(C), cell(He), cell(0)))) };
  },
  "HC-08": ({ E, C, Hc }) => ({ E_star: first(adjustedExposureOf(cell(E), cell(C), cell(0), cell(Hc))) }),
  "HC-10": ({ holdings }) => {
    const total = holdings.reduce((sum: number, row: any) => sum + row.value, 0);
    const after = holdings.reduce((sum: number, row: any) => sum + first(collateralValue(cell(row.value), cell(1), cell(row.haircut))), 0);
    return { haircut: 1 - after / total };
  },
  "HC-11": ({ cash, collateral, f }) => {
    const rows = haircutFloorOf(cell(f), cell("none"), cell(collateral), cell(cash), cell("output=table"));
    return { f: rows[1]?.[1], H: rows[2]?.[1], breach: rows[3]?.[1] };
  },
  "HC-12": ({ lent, received, f_lent, f_received }) => {
    const rows = haircutFloorOf(cell(f_received), cell(f_lent), cell(received), cell(lent), cell("output=table"));
    return { f: rows[1]?.[1], H: rows[2]?.[1], breach: rows[3]?.[1] };
  },
  "IM-02": ({ trades }) => schedule(trades),
  "IM-03": ({ trades }) => schedule(trades),
  "CSA-01": ({ exposure, independent_amount, threshold }) => ({
    credit_support_amount: first(marginCall(cell(exposure), cell(0), cell(threshold), omitted, cell(independent_amount))),
  }),
  "SACCR-1": ({ trades }) => {
    const rows = trades.map((trade: any) => [
      "NS", "interestRate", trade.notional, trade.sign ?? 1, trade.mtm, trade.ccy, trade.S, trade.E,
      trade.option ?? "", trade.K ?? "", trade.P ?? "", trade.T ?? "",
    ]);
    return exposureParts([["nettingSet", "assetClass", "notional", "direction", "marketValue", "currency", "startYears", "endYears", "optionType", "strike", "underlyingPrice", "optionExpiryYears"], ...rows]);
  },
  "SACCR-3": ({ trades }) => {
    const rows = trades.map((trade: any) => ["NS", "commodity", trade.class, "", trade.notional, trade.sign, trade.mtm, trade.M]);
    return exposureParts([["nettingSet", "assetClass", "subClass", "hedgingSet", "notional", "direction", "marketValue", "maturityYears"], ...rows]);
  },
  "SACCR-6": ({ V, C, TH, MTA, NICA, addon }) => {
    const terms = { nettingSet: "NS", collateral: C, isMargined: true, threshold: TH, minimumTransferAmount: MTA, nica: NICA };
    const multiplier = saccrMultiplier(V, C, addon);
    return {
      RC: replacementCost(V, terms),
      multiplier,
      PFE: multiplier * addon,
      EAD: saccrParts(V, terms, { name: "add-on", value: addon, unit: "money", from: [] }).exposure,
    };
  },
  "CX-01": ({ quantity, price, tiers_usdt }) => ({ collateral_value: first(tieredValue(cell(quantity), cell(price), open(tiers_usdt), cell("unit=value"))) }),
  "CX-04": ({ quantity, tiers_coin }) => ({ effective_coin: tieredValue(quantity.map((one: number) => [one]), cell(1), open(tiers_coin)).map((row) => row[0]) }),
  "CX-06": ({ quantity, ratio }) => ({ effective_coin: first(tieredValue(cell(quantity), cell(1), [["", ratio]])) }),
  "CX-08": ({ quantity, price, haircut }) => ({ collateral_value: first(collateralValue(cell(quantity), cell(price), cell(haircut))) }),
  "PX-01": ({ liabilities }) => {
    const positions = liabilities.map((row: any) => ["spot", row.asset, -row.value, 1]);
    const rules = liabilities.flatMap((row: any) => row.tiers.map(([upTo, rate]: any[]) => [row.asset, upTo ?? "", "value", rate, rate]));
    return {
      initial_margin: first(venueMargin([["contractType", "underlying", "quantity", "markPrice"], ...positions], [["underlying", "upTo", "unit", "imRate", "mmRate"], ...rules])),
    };
  },
  "PX-02": ({ contracts, multiplier, price, leverage }) => {
    const positions = [["contractType", "underlying", "quantity", "markPrice", "multiplier", "leverage"], ["inverse", "BTC", contracts, price, multiplier, leverage]];
    const rules = [["underlying", "upTo", "unit", "imRate", "mmRate"], ["BTC", "", "coin", 1 / leverage, 0.005]];
    return { initial_margin_coin: first(venueMargin(positions, rules, "initial", omitted, cell("unit=coin"))) };
  },
  "PX-04": ({ cases }) => ({
    margin_usdc: cases.map((one: any) => {
      const positions = [["contractType", "underlying", "quantity", "markPrice"], ["linear", one.coin, one.size, one.price]];
      const rules = [["underlying", "upTo", "unit", "imRate", "mmRate", "stepPerUnit"], [one.coin, "", "coin", one.base, one.base, one.step]];
      return first(venueMargin(positions, rules, one.type === "IM" ? "initial" : "maintenance"));
    }),
  }),
  "PX-06": ({ days, shock_30d, power }) => ({ shock: volatilityShock(shock_30d, days, power) }),
  "PX-08": ({ contracts, multiplier, entry, exit }) => ({ pnl_xbt: first(profit(cell("inverse"), cell(contracts), cell(entry), cell(exit), cell(multiplier))) }),
  "HF-01": ({ cases }) => ({ health_factor: cases.map((one: any) => first(health(one.collateral, cell(one.debt)))) }),
};

const schedule = (trades: any[]): Record<string, unknown> => {
  const table = [["nettingSet", "assetClass", "notional", "marketValue", "maturityYears"], ...trades.map((trade) => ["NS", trade.asset_class, trade.notional, trade.pv, trade.maturity_years])];
  const rows = scheduleMargin(table, cell("side=collect; output=table"));
  const named = (name: string): unknown => rows.find((row) => String(row[0]).trim() === name)?.[1];
  return { gross_im: named("Gross"), ngr: named("NGR"), im: first(scheduleMargin(table, cell("side=collect"))) };
};

const exposureParts = (table: any[][]): Record<string, unknown> => {
  const rows = saccr(table, omitted, cell("output=table"));
  const named = (name: string): unknown => rows.find((row) => String(row[0]).trim() === name)?.[1];
  return { RC: named("RC"), addon: named("aggregate add-on"), multiplier: named("multiplier"), EAD: first(saccr(table)) };
};

const isClose = (actual: unknown, expected: unknown, tolerance: WorkedExample["tolerance"]): boolean => {
  if (Array.isArray(expected)) return Array.isArray(actual) && actual.length === expected.length && expected.every((one, index) => isClose(actual[index], one, tolerance));
  if (typeof expected !== "number") return actual === expected;
  return typeof actual === "number" && Math.abs(actual - expected) <= Math.max(tolerance.abs ?? 0, (tolerance.rel ?? 0) * Math.abs(expected)) + 1e-12;
};

describe("worked examples of haircuts, margin and venues", () => {
  const ours = examples.filter((example) => /^(HC|IM|CSA|SACCR|CX|PX|HF)-/.test(example.id));

  it("covers every example of these kinds", () => {
    expect(ours.map((example) => example.id).filter((id) => answers[id] === undefined)).toEqual([]);
    expect(ours.length).toBe(23);
  });

  it.each(ours.map((example) => [example.id, example.title, example] as const))("%s %s", (id, _title, example) => {
    const answer = answers[id]?.(example.inputs) ?? {};
    for (const [name, expected] of Object.entries(example.expected)) {
      if (!isClose(answer[name], expected, example.tolerance)) throw new Error(`${id} ${name}: ${JSON.stringify(answer[name])} instead of ${JSON.stringify(expected)}`);
    }
  });
});
