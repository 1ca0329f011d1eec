import type { PinRow } from "../core/collateral/book";
import type { ParsedBook } from "../core/tables/parse-book";
import type { CellPlace } from "./ports";

/** What a person wants of one line of the allocation. */
export interface PinRequest {
  readonly agreementId: string;
  readonly assetId: string;
  /** "" = wherever the asset is. */
  readonly location: string;
  readonly action: "pin" | "forbid";
  /** Units; absent for forbid. */
  readonly quantity?: number;
}

/** A pin as it stands in tblPins. */
export interface PinView extends CellPlace {
  readonly agreementId: string;
  readonly assetId: string;
  readonly location: string;
  readonly action: PinRow["action"];
  readonly quantity?: number;
  /** Written by the pane and unchanged since: it can be taken back with one press. */
  readonly isOurs: boolean;
}

/** A row of tblPins, by column. */
export type PinCells = Readonly<Record<string, string | number>>;

/** The cells of a pin. */
export const cellsOf = ({ agreementId, assetId, location, action, quantity }: PinRequest | PinView): PinCells => ({
  agreementId,
  assetId,
  location,
  action,
  quantity: quantity ?? "",
});

/** How the workbook remembers which rows are the pane's. */
export const textOf = (cells: PinCells): string => JSON.stringify(cells);

/** Lists the pins in force, and which of them the pane has written. */
export const pinsOf = ({ book }: ParsedBook, ours: readonly string[]): readonly PinView[] =>
  book.pins.map(({ agreementId, assetId, location, action, quantity, origin }) => {
    const pin = { agreementId, assetId, location: location ?? "", action, ...(quantity === undefined ? {} : { quantity }) };
    const place = { sheet: origin.sheet, address: `A${origin.sheetRow}` };
    return { ...pin, ...place, isOurs: ours.includes(textOf(cellsOf({ ...pin, ...place, isOurs: true }))) };
  });

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Finds the pin that speaks of a line of the allocation. */
export const pinOf = (
  pins: readonly PinView[],
  line: { readonly agreementId: string; readonly assetId: string; readonly location: string },
): PinView | undefined =>
  pins.find(
    (pin) =>
      (pin.agreementId.trim() === "*" || same(pin.agreementId, line.agreementId)) &&
      same(pin.assetId, line.assetId) &&
      (pin.location === "" || same(pin.location, line.location)),
  );
