/** Requirement sets that the host advertises: Excel 2021, which the manifest asks for, as far as ExcelApi 1.14. */
export const defaultSets: Readonly<Record<string, string | number>> = {
  ExcelApi: "1.14",
  RichApiRuntime: 1.2,
  RichApiRuntimeFlag: 1.2,
  CustomFunctions: 1.9,
  CustomFunctionsRuntime: 1.3,
  SharedRuntime: 1.2,
  RibbonApi: 1.2,
  DialogApi: 1.2,
};
