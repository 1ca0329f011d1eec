import examples from "../../fixtures/worked-examples.json";
import { runBook, smallBook, type SmallBook, type SmallRun } from "../../support/small-book";

interface Example {
  readonly id: string;
  readonly inputs: any;
  readonly expected: any;
}

const example = (id: string): Example => {
  const found = (examples as unknown as { examples: Example[] }).examples.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`${id} is not in the worked examples`);
  return found;
};

const failures = (run: SmallRun) => run.report.checks.filter((check) => !check.passed);

/** Assets worth 1 a unit, a year of cost: the form of the OPT examples. */
const opt = (inputs: any): SmallBook => ({
  assets: inputs.assets.map((asset: any) => ({ assetId: asset.id, quantity: asset.market_value, fundingRate: asset.annual_cost })),
  agreements: inputs.agreements.map((agreement: any) => ({ agreementId: agreement.id, requirement: agreement.requirement })),
  eligibility: inputs.agreements.flatMap((agreement: any) =>
    Object.entries(agreement.eligible).map(([assetId, haircut]) => ({ agreementId: agreement.id, assetId, haircut: haircut as number })),
  ),
});

describe("worked examples of the allocation", () => {
  test("LP-01: ten assets, five accounts", async () => {
    const { inputs, expected } = example("LP-01");
    const accounts = inputs.account_exposure.map((_: number, j: number) => `account${j}`);
    const worth = (i: number): number => inputs.asset_quantity[i] * inputs.asset_value[i];
    const run = await runBook(
      smallBook({
        assets: inputs.asset_quantity.map((quantity: number, i: number) => ({ assetId: `asset${i}`, quantity, price: inputs.asset_value[i] })),
        agreements: accounts.map((agreementId: string, j: number) => ({ agreementId, requirement: inputs.account_exposure[j] })),
        eligibility: accounts.flatMap((agreementId: string, j: number) =>
          inputs.asset_quantity.map((_: number, i: number) => ({
            agreementId,
            assetId: `asset${i}`,
            haircut: 1 - inputs.valuation_percentage_matrix[i][j] / 100,
          })),
        ),
        // The example charges |tier - duration| for a whole asset: spread over its market value.
        costs: accounts.flatMap((agreementId: string, j: number) =>
          inputs.asset_quantity.map((_: number, i: number) => ({
            assetId: `asset${i}`,
            agreementId,
            fundingRate: Math.abs(inputs.asset_tier[i] - inputs.account_duration[j]) / worth(i),
          })),
        ),
      }),
    );
    expect(failures(run)).toEqual([]);
    expect(run.outcome.solve.objective).toBeCloseTo(expected.objective, 9);
    // As written, in steps that can be delivered: a hundred-millionth more.
    expect(run.costPerYear).toBeCloseTo(expected.objective, 6);
  });

  test("OPT-01: closed form, with shadow prices", async () => {
    const { inputs, expected } = example("OPT-01");
    const run = await runBook(smallBook(opt(inputs)));
    expect(failures(run)).toEqual([]);
    expect(run.outcome.solve.objective).toBeCloseTo(expected.cost, 4);
    for (const [pair, amount] of Object.entries(expected.allocation)) expect(run.posted[pair]! / (amount as number)).toBeCloseTo(1, 6);
    for (const line of run.outcome.coverage) expect(line.marginalCost).toBeCloseTo(expected.shadow_price[line.agreementId], 9);
  });

  test("OPT-02: at most half of the value posted at A in BTC", async () => {
    const { inputs, expected } = example("OPT-02");
    const run = await runBook(smallBook({ ...opt(inputs), limits: [{ scopeId: "A", group: "BTC", limit: 0.5, limitBasis: "posted", valueBasis: "afterHaircut" }] }));
    expect(failures(run)).toEqual([]);
    expect(run.outcome.solve.objective).toBeCloseTo(expected.cost, 4);
    for (const [pair, amount] of Object.entries(expected.allocation)) expect(run.posted[pair]! / (amount as number)).toBeCloseTo(1, 6);
    expect(run.outcome.coverage[0]!.marginalCost).toBeCloseTo(expected.shadow_price.A, 9);
  });

  test("OPT-06: whole lots over-post by what a lot forces", async () => {
    const { inputs, expected } = example("OPT-06");
    const run = await runBook(
      smallBook({
        assets: [{ assetId: inputs.asset, quantity: 1_000_000, lotSize: inputs.lot, fundingRate: inputs.cost }],
        agreements: [{ agreementId: "A", requirement: inputs.requirement }],
        eligibility: [{ agreementId: "A", assetId: inputs.asset, haircut: 0 }],
      }),
    );
    expect(failures(run)).toEqual([]);
    expect(run.posted).toEqual({ [`${inputs.asset}>A`]: expected.posted });
    expect(run.costPerYear).toBeCloseTo(expected.cost, 6);
    expect(run.outcome.coverage[0]!.excess).toBeCloseTo(expected.over_collateral, 6);
  });

  test("CSA-01: the requirement comes from the terms", async () => {
    const { inputs, expected } = example("CSA-01");
    const run = await runBook(
      smallBook({
        assets: [{ assetId: "USD", assetClass: "cash", quantity: 20_000_000 }],
        agreements: [{ agreementId: "A", exposure: inputs.exposure, independentAmount: inputs.independent_amount, threshold: inputs.threshold, marginMethod: "csa" }],
        eligibility: [{ agreementId: "A", assetClass: "cash", haircut: 0 }],
      }),
    );
    expect(failures(run)).toEqual([]);
    expect(run.outcome.coverage[0]!.required).toBe(expected.credit_support_amount);
    expect(run.posted).toEqual({ "USD>A": expected.credit_support_amount });
  });
});
