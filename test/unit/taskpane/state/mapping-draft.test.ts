import {
  findMappingGap,
  missingColumns,
  openDraft,
  openQuestions,
  toMapping,
  withColumn,
  withKind,
} from "../../../../src/taskpane/state/mapping-draft";
import { custodySource, doubtfulSource } from "../pane-fixtures";

describe("the draft of a mapping", () => {
  it("opens with what the headers propose, and with no answer to what has to be asked", () => {
    const draft = openDraft(custodySource);
    expect(draft.kind).toBe("assets");
    expect(draft.columns.map(({ column }) => column)).toEqual(["assetId", "", "quantity", "price", "priceCurrency"]);
    expect(draft.columns.map((column) => openQuestions("assets", column))).toEqual([[], [], ["decimalSign"], [], []]);
    expect(findMappingGap(draft)).toEqual({ text: "Nominal: say which sign stands before the decimals.", header: "Nominal" });
  });

  it("becomes what the workbook remembers once all is said", () => {
    const said = withColumn(openDraft(custodySource), "Nominal", { decimalSign: "," });
    expect(findMappingGap(said)).toBeUndefined();
    expect(toMapping(custodySource, { ...said, kind: "assets" })).toEqual({
      sheet: "Custody",
      kind: "assets",
      columns: [
        { header: "ISIN", column: "assetId" },
        { header: "Bezeichnung", column: "" },
        { header: "Nominal", column: "quantity", decimalSign: "," },
        { header: "Kurs", column: "price" },
        { header: "Ccy", column: "priceCurrency" },
      ],
    });
  });

  it("asks of haircuts what they say and how they are written, even where the header is ours", () => {
    let draft = openDraft(doubtfulSource);
    expect(findMappingGap(draft)?.text).toBe("haircut: say whether it holds haircuts or valuation percentages.");
    draft = withColumn(draft, "haircut", { column: "valuationPercentage", isMeaningSaid: true });
    expect(findMappingGap(draft)?.text).toBe("haircut: say what its numbers mean.");
    draft = withColumn(draft, "haircut", { unit: "percent" });
    expect(findMappingGap(draft)).toBeUndefined();
    expect(toMapping(doubtfulSource, { ...draft, kind: "eligibility" }).columns[2]).toEqual({
      header: "haircut",
      column: "valuationPercentage",
      unit: "percent",
    });
  });

  it("gives a column of ours to one header only, and names what is still missing", () => {
    const draft = withColumn(openDraft(custodySource), "Bezeichnung", { column: "assetId" });
    expect(draft.columns.map(({ column }) => column)).toEqual(["", "assetId", "quantity", "price", "priceCurrency"]);
    expect(missingColumns(withKind(custodySource, "eligibility"))).toContain("haircut or valuationPercentage or marginPercentage or tierTable");
    expect(findMappingGap(withKind(custodySource, ""))).toEqual({ text: "Choose what the table holds." });
  });

  it("opens a remembered mapping as it was said", () => {
    const mapping = toMapping(custodySource, { ...withColumn(openDraft(custodySource), "Nominal", { decimalSign: "." }), kind: "assets" });
    const draft = openDraft({ ...custodySource, kind: "assets", mapping });
    expect(findMappingGap(draft)).toBeUndefined();
    expect(toMapping(custodySource, { ...draft, kind: "assets" })).toEqual(mapping);
  });
});
