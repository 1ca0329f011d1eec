import { DomainError } from "../basics/domain-error";

/** What posting one holding is worked out from. Rates are annual decimals of market value. */
export interface PostingInput {
  readonly quantity: number;
  /** Base currency per unit. */
  readonly price: number;
  /** 1 - haircut of the agreement or venue; undefined = not known. */
  readonly valueRatio?: number;
  /** 1 - supervisory haircut, 0 where it is not recognised; undefined = not known. */
  readonly regulatoryRatio?: number;
  /** Funding, or what the asset would earn elsewhere. */
  readonly fundingRate: number;
  readonly custodyRate: number;
  /** Earned while the asset is posted: coupon, lending. */
  readonly yieldWhilePosted: number;
  /** Paid to us by the holder. */
  readonly interestRate: number;
  /** Earned by staking today; lost while posted unless it is kept. */
  readonly stakingYield: number;
  readonly keepsStaking: boolean;
  /** What repo or lending would earn if the asset were not posted. */
  readonly repoRate: number;
  /** Once, decimal of market value, and money. */
  readonly deliverRate: number;
  readonly deliverFixed: number;
  readonly settleHours: number;
  readonly unbondHours: number;
  /** UTC milliseconds. */
  readonly lockedUntil?: number;
}

/** When, until when and for how long. Times are UTC milliseconds. */
export interface PostingTime {
  readonly now?: number;
  readonly deadline?: number;
  readonly horizonDays: number;
  readonly dayCount: number;
}

/** What posting a holding costs, what it counts for, and from when. Money is in the price's currency. */
export interface PostingCost {
  readonly marketValue: number;
  readonly counts?: number;
  readonly regulatoryValue?: number;
  /** Annual decimal; < 0 = posting earns. */
  readonly carryRate: number;
  readonly costPerDay: number;
  /** Delivery, and the staking yield of the days of unbonding. */
  readonly once: number;
  /** Staking yield that is lost while unbonding, part of `once`. */
  readonly unbondingLoss: number;
  readonly overHorizon: number;
  /** Carry per unit of value that counts, annual decimal. */
  readonly costPerCover?: number;
  readonly availableFrom?: number;
  readonly hoursNeeded: number;
  readonly isInTime?: boolean;
}

const hour = 3_600_000;

/**
 * Calculates what posting one holding costs and from when it counts.
 *
 * carry = fundingRate + custodyRate + repoRate + stakingYield (0 where it is kept) - yieldWhilePosted - interestRate; available from = max(now,
 * lockedUntil) + unbonding + settlement; once = delivery + stakingYield for the hours of unbonding.
 *
 * @throws DomainError badInput where staking is kept although the asset is unbonded first
 */
export const postingCost = (input: PostingInput, time: PostingTime): PostingCost => {
  if (input.keepsStaking && input.unbondHours > 0 && input.stakingYield !== 0) {
    throw new DomainError("badInput", "keepsStaking is yes but unbondHours is above 0: what is unbonded earns no staking yield. Clear one.");
  }
  const marketValue = input.quantity * input.price;
  const lost = input.keepsStaking ? 0 : input.stakingYield;
  const carryRate = input.fundingRate + input.custodyRate + input.repoRate + lost - input.yieldWhilePosted - input.interestRate;
  const costPerDay = (marketValue * carryRate) / time.dayCount;
  const unbondingLoss = (marketValue * input.stakingYield * input.unbondHours) / 24 / time.dayCount;
  const once = marketValue * input.deliverRate + input.deliverFixed + unbondingLoss;
  const hoursNeeded = input.unbondHours + input.settleHours;
  const start = time.now === undefined ? input.lockedUntil : Math.max(time.now, input.lockedUntil ?? time.now);
  const availableFrom = start === undefined ? undefined : start + hoursNeeded * hour;
  return {
    marketValue,
    ...(input.valueRatio === undefined ? {} : { counts: marketValue * input.valueRatio }),
    ...(input.regulatoryRatio === undefined ? {} : { regulatoryValue: marketValue * input.regulatoryRatio }),
    carryRate,
    costPerDay,
    once,
    unbondingLoss,
    overHorizon: costPerDay * time.horizonDays + once,
    ...(input.valueRatio === undefined || input.valueRatio === 0 ? {} : { costPerCover: carryRate / input.valueRatio }),
    ...(availableFrom === undefined ? {} : { availableFrom }),
    hoursNeeded,
    ...(availableFrom === undefined || time.deadline === undefined ? {} : { isInTime: availableFrom <= time.deadline }),
  };
};
