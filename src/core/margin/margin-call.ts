import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";

/** Which amount an agreement asks for: the full 1994/95 form, variation margin only, or regulatory initial margin above its threshold. */
export type CreditSupportForm = "csa" | "vm" | "im";

/** The terms and balances of one margin call, all in one currency. */
export interface MarginCallTerms {
  /** > 0 = the counterparty's claim on us; under form `im` the initial margin that we must post. */
  readonly exposure: number;
  /** After-haircut value that the counterparty holds from us, settled and in transit; < 0 = we hold theirs. */
  readonly heldValue: number;
  readonly threshold?: number;
  readonly minimumTransferAmount?: number;
  readonly independentAmount?: number;
  /** Credit support amount of ours at least, whatever the form gives: an independent amount under marginApproach greaterOf. */
  readonly leastAmount?: number;
  /** Deliveries are rounded up to a multiple of this; 0 = not rounded. */
  readonly rounding?: number;
  /** Returns are rounded down to a multiple of this; default `rounding`. */
  readonly roundingReturn?: number;
  readonly theirIndependentAmount?: number;
  /** Default `threshold`. */
  readonly theirThreshold?: number;
  /** Default `minimumTransferAmount`. */
  readonly theirMinimumTransferAmount?: number;
  readonly form?: CreditSupportForm;
  /** Whether the counterparty posts too. Default: only where we already hold theirs. */
  readonly isTwoWay?: boolean;
}

/** What is called: > 0 we deliver, < 0 comes to us, 0 below the minimum transfer amount. */
export interface MarginCall {
  readonly amount: number;
  readonly explanation: Explanation;
}

const relativeDust = 1e-9;

/** Snaps a quotient that is a whole number but for rounding noise, so that 4.0000000001 lots are not rounded up to 5. */
const snapped = (quotient: number): number => {
  const whole = Math.round(quotient);
  return Math.abs(quotient - whole) <= relativeDust * Math.max(1, Math.abs(quotient)) ? whole : quotient;
};

/** Rounds a delivery up to a multiple; 0 leaves it. */
export const roundDelivery = (amount: number, multiple: number): number => (multiple > 0 ? Math.ceil(snapped(amount / multiple)) * multiple : amount);

/** Rounds a return down to a multiple; 0 leaves it. */
export const roundReturn = (amount: number, multiple: number): number => (multiple > 0 ? Math.floor(snapped(amount / multiple)) * multiple : amount);

/**
 * Calculates the Credit Support Amount that one party must have posted.
 *
 * csa: max(0, exposure + own independent amount - other independent amount - threshold); vm: max(0, exposure); im: max(0, exposure - threshold).
 *
 * @source ISDA 1994 Credit Support Annex (New York law), paragraph 3; BCBS-IOSCO d499 for the form `im`
 */
export const creditSupportAmount = (
  form: CreditSupportForm,
  exposure: number,
  independentAmount: number,
  otherIndependentAmount: number,
  threshold: number,
): number => {
  if (form === "vm") return Math.max(0, exposure);
  if (form === "im") return Math.max(0, exposure - threshold);
  return Math.max(0, exposure + independentAmount - otherIndependentAmount - threshold);
};

const requireAmount = (name: string, value: number, minimum?: number): number => {
  if (!Number.isFinite(value)) throw new DomainError("badInput", `${name} is not a number. Give an amount.`);
  if (minimum !== undefined && value < minimum) throw new DomainError("badInput", `${name} ${value} is below 0. Give it as a positive amount.`);
  return value;
};

/**
 * Calculates what a margin call moves today: the whole difference at or above the minimum transfer amount, else nothing.
 *
 * Deliveries are rounded up, returns down. A call that first gives back what the other side has posted returns it in full, unrounded, and
 * rounds only the part that is newly delivered.
 *
 * @returns amount in the currency of the terms, > 0 we deliver, < 0 comes to us, with the steps
 * @throws DomainError badInput with the term named
 * @source ISDA 1994 Credit Support Annex, paragraphs 3 and 13
 */
export const calculateMarginCall = (terms: MarginCallTerms): MarginCall => {
  const form = terms.form ?? "csa";
  const exposure = requireAmount("exposure", terms.exposure);
  const held = requireAmount("heldValue", terms.heldValue);
  const threshold = requireAmount("threshold", terms.threshold ?? 0, 0);
  const minimum = requireAmount("minimumTransferAmount", terms.minimumTransferAmount ?? 0, 0);
  const rounding = requireAmount("rounding", terms.rounding ?? 0, 0);
  const roundingBack = requireAmount("roundingReturn", terms.roundingReturn ?? rounding, 0);
  const independent = requireAmount("independentAmount", terms.independentAmount ?? 0, 0);
  const theirIndependent = requireAmount("theirIndependentAmount", terms.theirIndependentAmount ?? 0, 0);
  const theirThreshold = requireAmount("theirThreshold", terms.theirThreshold ?? threshold, 0);
  const theirMinimum = requireAmount("theirMinimumTransferAmount", terms.theirMinimumTransferAmount ?? minimum, 0);
  const isTwoWay = terms.isTwoWay ?? held < 0;

  const ours = Math.max(creditSupportAmount(form, exposure, independent, theirIndependent, threshold), terms.leastAmount ?? 0);
  const theirs = isTwoWay ? creditSupportAmount(form, -exposure, theirIndependent, independent, theirThreshold) : 0;
  const target = ours - theirs;
  const difference = target - held;
  const weMove = difference > 0;
  const size = Math.abs(difference);
  const gate = weMove ? minimum : theirMinimum;
  // Noise of a cent in a billion must not turn a call at exactly the minimum transfer amount into none.
  const dust = 1e-13 * (Math.abs(target) + Math.abs(held));
  const isCalled = size > dust && size >= gate - relativeDust * Math.max(1, gate);
  const givenBack = Math.min(size, Math.max(0, weMove ? -held : held));
  const newlyPosted = size - givenBack;
  const moved = !isCalled ? 0 : newlyPosted > 0 ? givenBack + roundDelivery(newlyPosted, rounding) : roundReturn(givenBack, roundingBack);
  const amount = moved === 0 ? 0 : weMove ? moved : -moved;

  const part = (name: string, value: number, note?: string): Explanation => ({
    name,
    value,
    unit: "money",
    from: [],
    ...(note === undefined ? {} : { note }),
  });
  return {
    amount,
    explanation: {
      name: "margin call",
      value: amount,
      unit: "money",
      note:
        amount > 0
          ? "we deliver"
          : amount < 0
            ? "comes to us"
            : isCalled
              ? "rounded to nothing"
              : size === 0
                ? "nothing is due"
                : "below the minimum transfer amount",
      from: [
        {
          ...part("credit support amount", target, formulas[form]),
          from: [part("ours", ours), part("theirs", theirs, isTwoWay ? "two-way" : "one-way")],
        },
        part("held value", held, "> 0 they hold ours, < 0 we hold theirs"),
        part("difference", difference, "credit support amount - held value"),
        part("minimum transfer amount", gate, "at or above it the whole difference moves"),
        part("given back", isCalled ? givenBack : 0, newlyPosted > 0 ? "in full" : "rounded down"),
        part("newly posted", isCalled ? newlyPosted : 0, "rounded up"),
      ],
    },
  };
};

const formulas: Record<CreditSupportForm, string> = {
  csa: "max(0, exposure + independentAmount - theirIndependentAmount - threshold)",
  vm: "max(0, exposure)",
  im: "max(0, exposure - threshold)",
};
