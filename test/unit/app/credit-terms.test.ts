import { createTimelessSolver } from "../../support/timeless-solver";
import { createCollateralApp } from "../../../src/app/create-collateral-app";
import type { CellValue } from "../../../src/core/basics/cell-value";
import { createDeskMachine } from "../../support/desk-machine";
import { createMemoryWorkbook, type MemoryWorkbook } from "../../support/memory-workbook";

const machine = createDeskMachine();

const workbookOf = (tables: Readonly<Record<string, readonly (readonly CellValue[])[]>>): MemoryWorkbook =>
  createMemoryWorkbook(Object.entries(tables).map(([kind, values]) => ({ name: `tbl${kind}`, sheet: kind, rowIndex: 4, columnIndex: 0, values })));

const tables = (leverage: number) => ({
  Assets: [
    ["assetId", "quantity", "price", "assetClass"],
    ["USD", 1e6, 1, "cash"],
    ["BOND", 1e6, 1, "bond"],
  ],
  Agreements: [
    ["agreementId", "counterparty", "currency", "requirement"],
    ["A", "Bank A", "USD", 84_000],
  ],
  Eligibility: [
    ["agreementId", "assetId", "haircut"],
    ["*", "USD", "none"],
    ["*", "BOND", 0.11],
  ],
  Costs: [
    ["assetId", "agreementId", "fundingRate"],
    ["USD", "*", 0.06],
    ["BOND", "*", 0.001],
  ],
  Counterparties: [
    ["counterparty", "pd", "Leverage", "limit"],
    ["bank a", "", leverage, 150_000],
  ],
  Scorecard: [
    ["attribute", "weight"],
    ["intercept", -6],
    ["leverage", 0.5],
  ],
  Grades: [
    ["grade", "upTo", "haircutAddOn", "limitShare"],
    ["strong", 0.01, "none", 1],
    ["fair", 0.05, 0.05, 0.6],
    ["weak", "", 0.1, 0.3],
  ],
});

const runOf = async (leverage: number) => {
  const workbook = workbookOf(tables(leverage));
  const summary = await createCollateralApp({ workbook, machine, solver: createTimelessSolver(), version: "0" }).run().done;
  const rowsOf = (name: string) => workbook.written.find((sheet) => sheet.name === name)?.rows ?? [];
  const posted = (asset: string) => summary.outcome?.lines.find((line) => line.assetId === asset)?.quantity ?? 0;
  return { summary, rowsOf, posted };
};

it("posts as the agreement asks to a strong counterparty", async () => {
  const { summary, posted, rowsOf } = await runOf(1);
  expect(summary.checks?.passed).toBe(true);
  expect(posted("BOND")).toBeCloseTo(84_000 / 0.89, 0);
  expect(rowsOf("Run log").find((row) => row[4] === "Credit: bank a")?.[5]).toBe("strong");
});

it("adds the haircut of a fair one and keeps to its share of the limit: 90,000 market value, bonds at 84 %, the rest cash", async () => {
  const { summary, posted, rowsOf } = await runOf(4.5);
  expect(summary.checks?.passed).toBe(true);
  // Bonds b and cash c: b + c = 90,000 and 0.84 b + 0.95 c = 84,000; the add-on of 5 % is taken off cash as well.
  const bond = (0.95 * 90_000 - 84_000) / (0.95 - 0.84);
  expect(posted("BOND")).toBeCloseTo(bond, 0);
  expect(posted("USD")).toBeCloseTo(90_000 - bond, 0);
  const formula = rowsOf("Allocation")
    .find((row) => row[1] === "BOND")
    ?.find((cell) => typeof cell === "object") as { formula: string };
  expect(formula.formula).toContain("-Grades!$C$7");
  const tree = rowsOf("Analysis").filter(([section]) => section === "Requirement");
  expect(tree.map((row) => String(row[1]).trim())).toEqual(
    expect.arrayContaining(["counterparty bank a", "leverage", "haircut add-on", "limit share"]),
  );
});

it("names the counterparty's limit where a weak one cannot be covered within it", async () => {
  const { summary } = await runOf(9);
  expect(summary.outcome?.coverage[0]?.isCovered).toBe(false);
  expect(JSON.stringify(summary.outcome?.conflicts)).toMatch(/bank a/i);
});

it("takes an add-on typed into the agreement without any table of counterparties, and looks it up there again", async () => {
  const { Counterparties: _none, Scorecard: _score, Grades: _grades, ...rest } = tables(1);
  const [header = [], row = []] = rest.Agreements;
  const workbook = workbookOf({
    ...rest,
    Agreements: [
      [...header, "haircutAddOn"],
      [...row, 0.05],
    ],
  });
  const summary = await createCollateralApp({ workbook, machine, solver: createTimelessSolver(), version: "0" }).run().done;
  expect(summary.checks?.passed).toBe(true);
  expect(summary.outcome?.lines[0]?.quantity).toBeCloseTo(84_000 / 0.84, 0);
  const line = workbook.written.find((sheet) => sheet.name === "Allocation")?.rows[0];
  expect(JSON.stringify(line?.find((cell) => typeof cell === "object"))).toContain("-Agreements!$E$6");
});
