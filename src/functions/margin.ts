import { DomainError } from "../core/basics/domain-error";
import { calculateMarginCall } from "../core/margin/margin-call";
import { mapRows, readNumberCell, type ArgumentCell } from "../core/tables/argument-columns";
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
      "form", "theirIndependentAmount", "theirThreshold", "theirMinimumTransferAmount", "roundingReturn", "twoWay", "output",
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
