/** Thousands separated by commas, at most two decimals. */
export const money = (value: number): string => grouped(value, 2);

/** An amount of a currency, with as many decimals as its step has. @param rate base currency per unit; @param cent from centOfBase */
export const amountIn = (value: number, rate: number, cent = 0.01): string => grouped(value, decimalsIn(rate, cent));

/** Decimals with which amounts of a currency are written: 2, more for coins. @param rate base currency per unit; @param cent from centOfBase */
export const decimalsIn = (rate: number, cent = 0.01): number => Math.round(-Math.log10(centIn(rate, cent)));

/**
 * Step in which amounts of a currency are stated: 0.01, finer where a unit is worth more than 200 cents, such as a coin.
 *
 * @param rate base currency per unit; @param cent base currency that is a trifle, from centOfBase
 */
export const centIn = (rate: number, cent = 0.01): number =>
  rate <= 200 * cent ? 0.01 : Number(`1e-${Math.min(8, Math.ceil(Math.log10(rate / cent) - 1e-12))}`);

/** Units of an asset: two decimals of large numbers, else eight. */
export const units = (value: number): string => grouped(value, Math.abs(value) >= 1000 ? 2 : 8);

const grouped = (value: number, digits: number): string => {
  const [whole = "0", fraction = ""] = Number(Math.abs(value).toPrecision(15)).toFixed(digits).split(".");
  const tail = fraction.replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",")}${tail === "" ? "" : `.${tail}`}`;
};

/** A decimal as a percentage with at most two decimals. */
export const percent = (value: number): string => `${Number((value * 100).toFixed(2))} %`;

/** A decimal as a percentage with as many decimals as a repair needs, up to six. */
export const exactPercent = (value: number): string => `${Number((value * 100).toFixed(6))} %`;

/**
 * Step in which a repair states money: a cent; more where an engine cannot tell a cent, so that the number stated really cures.
 *
 * @param scale base currency of 1 in the model; @param rate base currency per unit of the money; @param cent from centOfBase
 */
export const moneyStep = (scale: number, rate: number, cent: number): number =>
  Math.max(centIn(rate, cent), Number(`1e${Math.ceil(Math.log10(Math.max(1e-12, (scale / rate) * 1e-9)))}`));

/** Step in which a repair states a share. */
export const shareStep = 1e-6;

/** A tenth of a step is an engine's noise, not a larger change. */
const noise = 0.1;

/** Rounds up to a step, down where the value falls. */
export const safely = (value: number, step: number, direction: "up" | "down"): number => {
  const steps = direction === "up" ? Math.ceil(value / step - noise) : Math.floor(value / step + noise);
  return Number((steps * step).toPrecision(15));
};
