import reference from "../../../fixtures/worked-examples.json";
import type { TableExample } from "../../../support/table-run";
import { cash, cashAtPar, limitTable } from "./small-tables";

const example = (id: string): any => (reference as unknown as { examples: any[] }).examples.find((candidate) => candidate.id === id);

const table = (header: string, rows: readonly (readonly unknown[])[]): string => [header, ...rows.map((row) => row.join(" "))].join("\n");

/** OPT-01 and OPT-02 as people write them down. */
const allocation = (id: string, limits?: string): TableExample => {
  const { inputs, expected } = example(id);
  return {
    title: id,
    tables: {
      assets: table(
        "assetId quantity price fundingRate",
        inputs.assets.map((asset: any) => [asset.id, asset.market_value, 1, asset.annual_cost]),
      ),
      agreements: table(
        "agreementId currency requirement",
        inputs.agreements.map((agreement: any) => [agreement.id, "USD", agreement.requirement]),
      ),
      eligibility: table(
        "agreementId assetId haircut",
        inputs.agreements.flatMap((agreement: any) => Object.entries(agreement.eligible).map((pair) => [agreement.id, ...pair])),
      ),
      ...(limits === undefined ? {} : { limits: limitTable(limits) }),
    },
    posted: expected.allocation,
    cost: expected.cost,
    price: expected.shadow_price,
  };
};

/** Costs of |tier - duration| for a whole asset, spread over its market value; haircuts from valuation percentages. */
const lp01 = (): TableExample => {
  const { inputs, expected } = example("LP-01");
  const assets: readonly number[] = inputs.asset_quantity.map((_: number, i: number) => i);
  const accounts: readonly number[] = inputs.account_exposure.map((_: number, j: number) => j);
  const pairs = assets.flatMap((i) => accounts.map((j) => [i, j] as const));
  return {
    title: "LP-01",
    tables: {
      assets: table(
        "assetId quantity price",
        assets.map((i) => [`asset${i}`, inputs.asset_quantity[i], inputs.asset_value[i]]),
      ),
      agreements: table(
        "agreementId currency requirement",
        accounts.map((j) => [`account${j}`, "USD", inputs.account_exposure[j]]),
      ),
      eligibility: table(
        "agreementId assetId valuationPercentage",
        pairs.map(([i, j]) => [`account${j}`, `asset${i}`, inputs.valuation_percentage_matrix[i][j] / 100]),
      ),
      costs: table(
        "assetId agreementId fundingRate",
        pairs.map(([i, j]) => [
          `asset${i}`,
          `account${j}`,
          Math.abs(inputs.asset_tier[i] - inputs.account_duration[j]) / (inputs.asset_quantity[i] * inputs.asset_value[i]),
        ]),
      ),
    },
    cost: expected.objective,
  };
};

const opt06 = (): TableExample => {
  const { inputs, expected } = example("OPT-06");
  return {
    title: "OPT-06",
    tables: {
      assets: table("assetId quantity price lotSize fundingRate", [[inputs.asset, 1_000_000, 1, inputs.lot, inputs.cost]]),
      agreements: table("agreementId currency requirement", [["A", "USD", inputs.requirement]]),
      eligibility: table("agreementId assetId haircut", [["A", inputs.asset, 0]]),
    },
    posted: { [`${inputs.asset}>A`]: expected.posted },
    cost: expected.cost,
  };
};

const csa01 = (): TableExample => {
  const { inputs, expected } = example("CSA-01");
  return {
    title: "CSA-01",
    tables: {
      assets: cash,
      agreements: table("agreementId currency exposure independentAmount threshold", [
        ["A", "USD", inputs.exposure, inputs.independent_amount, inputs.threshold],
      ]),
      eligibility: cashAtPar,
    },
    required: { A: expected.credit_support_amount },
    posted: { "USD>A": expected.credit_support_amount },
  };
};

/** The reference's own examples as tables, so that they go the way of a user's: read, solved, verified, written, and in a cell. */
export const fromWorkedExamples: readonly TableExample[] = [
  lp01(),
  allocation("OPT-01"),
  allocation("OPT-02", "agreement A asset BTC max 0.5 posted afterHaircut _ _ _ _ _"),
  opt06(),
  csa01(),
];
