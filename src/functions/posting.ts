import { DomainError } from "../core/basics/domain-error";
import { postingCost as postingCostOf, type PostingCost, type PostingTime } from "../core/margin/posting-cost";
import { collateralRecognition, regulatoryValueRatio } from "../core/regulation/collateral-recognition";
import { readDate } from "../core/tables/argument-table";
import { readPostingRows, type PostingRow } from "../core/tables/arguments/posting-argument";
import { numberOption, parseFunctionOptions, type FunctionOptions } from "../core/tables/function-options";
import { answerExcel } from "./excel-error";

const header = [
  "Asset",
  "Market value",
  "Value ratio",
  "Counts",
  "Regulatory ratio",
  "Regulatory value",
  "Carry per year",
  "Cost per day",
  "Once",
  "Over horizon",
  "Cost per covered unit",
  "Available from",
  "In time",
  "Note",
] as const;

/**
 * What posting each asset costs and from when it can be posted: funding, staking yield lost or kept, repo, delivery; lock-up, unbonding, settlement. What venue and regulator count stands side by side.
 * @customfunction POSTINGCOST
 * @param assets Table with assetId, quantity, price, and as needed haircut, fundingRate, stakingYield, keepsStaking (yes, no), repoRate, yieldWhilePosted, settleHours, unbondHours, lockedUntil, sco60Class and others (see help). tblAssets[#All] fits.
 * @param [options] asOf=2026-11-22T10:00; deadline=2026-11-23T16:00; horizonDays=30; dayCount=365
 * @returns {any[][]} A header and one row for each asset: market value, what counts at the venue and for regulatory capital, annual carry, cost per day, once and over the horizon, and available from.
 * @helpurl https://localhost:3000/help/postingcost.html
 */
export function postingCost(assets: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["asOf", "deadline", "horizonDays", "dayCount"]);
    const time = timeOf(read);
    return [header, ...readPostingRows(assets as any).map((row) => answerRow(row, time))];
  });
}

const timeOf = (options: FunctionOptions): PostingTime => {
  const at = (key: string): number | undefined => {
    const text = options.get(key);
    return text === undefined ? undefined : readDate(text, "options", key);
  };
  const positive = (key: string, fallback: number): number => {
    const value = numberOption(options, key, fallback);
    if (!(value > 0)) throw new DomainError("badInput", `Option ${key}=${value} must be above 0.`);
    return value;
  };
  const [now, deadline] = [at("asOf"), at("deadline")];
  return {
    ...(now === undefined ? {} : { now }),
    ...(deadline === undefined ? {} : { deadline }),
    horizonDays: positive("horizonDays", 30),
    dayCount: positive("dayCount", 365),
  };
};

/** A row with a bad cell is an error in that row; the others stand. */
const answerRow = (row: PostingRow, time: PostingTime): readonly unknown[] => {
  try {
    const { input, sco60Class, underlyingRatio } = row.read();
    const recognition = sco60Class === undefined ? undefined : collateralRecognition(sco60Class);
    const regulatoryRatio = recognition === undefined ? undefined : regulatoryValueRatio(recognition, underlyingRatio);
    const cost = postingCostOf({ ...input, ...(regulatoryRatio === undefined ? {} : { regulatoryRatio }) }, time);
    return [
      row.assetId,
      cost.marketValue,
      input.valueRatio,
      cost.counts,
      regulatoryRatio,
      cost.regulatoryValue,
      cost.carryRate,
      cost.costPerDay,
      cost.once,
      cost.overHorizon,
      cost.costPerCover,
      cost.availableFrom === undefined ? "" : new Date(cost.availableFrom).toISOString().slice(0, 16) + "Z",
      cost.isInTime === undefined ? "" : cost.isInTime ? "yes" : "no",
      noteOf(input, cost, recognition?.note),
    ];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const where = error.message.startsWith("assets ") ? "" : `${row.at}: `;
    return [row.assetId, new DomainError(error.code, (where + error.message).slice(0, 120)), ...header.slice(2).map(() => "")];
  }
};

/** What the numbers rest on, in words. */
const noteOf = (input: ReturnType<PostingRow["read"]>["input"], cost: PostingCost, recognition: string | undefined): string => {
  const staking = input.stakingYield === 0 ? "" : input.keepsStaking ? "staking yield kept while posted" : "staking yield lost while posted";
  const unbonding = input.unbondHours === 0 ? "" : `unbonding ${input.unbondHours} h${cost.unbondingLoss === 0 ? "" : " without yield"}`;
  const locked = input.lockedUntil === undefined ? "" : `locked until ${new Date(input.lockedUntil).toISOString().slice(0, 16)}Z`;
  const wait = cost.availableFrom === undefined && cost.hoursNeeded > 0 ? `${cost.hoursNeeded} h needed; add asOf for a time` : "";
  return [staking, unbonding, locked, wait, recognition ?? ""].filter((part) => part !== "").join(", ");
};
