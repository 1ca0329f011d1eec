const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A file that the user chose. */
export interface ChosenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Wires the page's file chooser. @returns what opens it */
export function createFileChooser(onChosen: (file: Promise<ChosenFile>) => void): () => void {
  const chooser = document.getElementById("file-chooser") as HTMLInputElement;
  chooser.addEventListener("change", () => {
    const file = chooser.files?.[0];
    if (!file) return;
    onChosen(file.arrayBuffer().then((buffer) => ({ name: file.name, bytes: new Uint8Array(buffer) })));
    // The same file chosen again must be noticed again.
    chooser.value = "";
  });
  return () => chooser.click();
}

/** Hands a workbook to the browser as a download. */
export function downloadWorkbook(bytes: Uint8Array, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type: XLSX_TYPE }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
