import type { DataValidation } from "hucre";
import type { DocumentState } from "../excel-host/document-state";
import type { FileChoiceList } from "./workbook-file";

/** Finds the lists of choices that the add-in has put on a sheet; the host remembers them, the grid does not know them. */
export function choiceListsOf(state: DocumentState, sheetName: string): FileChoiceList[] {
  const sheet = state.sheets.find((one) => one.name === sheetName);
  return (sheet?.bags ?? []).flatMap(({ what, address, values }) => {
    if (what !== "dataValidation") return [];
    const list = (values.values.Rule as { list?: { source?: unknown } } | undefined)?.list;
    const alert = values.values.ErrorAlert as { title?: string; message?: string; style?: string } | null | undefined;
    // A list that stands in cells is none of ours.
    if (typeof list?.source !== "string" || list.source.startsWith("=")) return [];
    const text = { ...(alert?.title ? { title: alert.title } : {}), ...(alert?.message ? { message: alert.message } : {}) };
    return [{ range: address, choices: list.source.split(","), isStrict: (alert?.style ?? "Stop") === "Stop", ...text }];
  });
}

/** The lists as a file holds them, with those that were in the file before; a list of the add-in's own replaces one of the same cells. */
export function writtenValidations(kept: readonly DataValidation[] | undefined, lists: readonly FileChoiceList[]): DataValidation[] {
  const own = new Set(lists.map(({ range }) => range));
  return [
    ...(kept ?? []).filter(({ range }) => !own.has(range)),
    ...lists.map(({ range, choices, isStrict, title, message }): DataValidation => ({
      type: "list",
      values: [...choices],
      range,
      allowBlank: true,
      showErrorMessage: true,
      errorStyle: isStrict ? "stop" : "warning",
      ...(title === undefined ? {} : { errorTitle: title }),
      ...(message === undefined ? {} : { errorMessage: message }),
    })),
  ];
}
