/** Writes numbers, shares and times in the display language. */
export interface NumberText {
  /** Money: no decimals from 1,000 up, cents below, more digits for small coin amounts. */
  readonly money: (value: number) => string;
  /** The rest of an amount, in the precision of that amount: cents beside thousands, more digits beside coins; "" when it is nothing there. */
  readonly rest: (value: number, of: number) => string;
  /** Units of an asset, as precise as they matter. */
  readonly quantity: (value: number) => string;
  readonly count: (value: number) => string;
  /** A decimal share such as 0.184 as 18.4 %. */
  readonly share: (value: number) => string;
  readonly seconds: (value: number) => string;
  /** "09:41 UTC", with the local time beside it where that differs. */
  readonly time: (isoUtc: string) => string;
}

const clock = (language: string, timeZone?: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(timeZone ? { timeZone } : {}) });

const day = (language: string, timeZone?: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", ...(timeZone ? { timeZone } : {}) });

/** The language itself where Intl knows it, else English: Office may hand over a tag that the browser refuses. */
const knownLanguage = (language: string): string => {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en-US";
  } catch {
    return "en-US";
  }
};

const formats = (language: string): ((maximumFractionDigits: number, minimumFractionDigits?: number) => (value: number) => string) => {
  const made = new Map<string, Intl.NumberFormat>();
  return (most, least = 0) =>
    (value) => {
      const name = `${most}/${least}`;
      let format = made.get(name);
      if (!format) {
        format = new Intl.NumberFormat(language, { maximumFractionDigits: most, minimumFractionDigits: least });
        made.set(name, format);
      }
      // -0 would be written as "-0".
      return format.format(value === 0 ? 0 : value);
    };
};

/** Makes the writers for a language tag; an unknown tag gives English. `localZone` is for tests. */
export const numberText = (displayLanguage: string, localZone?: string): NumberText => {
  const language = knownLanguage(displayLanguage);
  const fixed = formats(language);
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const money = (value: number): string => {
    const size = Math.abs(value);
    if (size >= 999.995) return fixed(0)(value);
    return size >= 1 || size === 0 ? fixed(2, 2)(value) : fixed(6, 2)(value);
  };
  const rest = (value: number, of: number): string => {
    if (Math.abs(value) >= 999.995) return money(value);
    const decimals = Math.abs(of) >= 1000 ? 2 : 6;
    return Math.abs(value) < 0.5 * 10 ** -decimals ? "" : fixed(decimals, 2)(value);
  };
  const quantity = (value: number): string => fixed(Math.abs(value) >= 1000 ? 2 : 6)(value);
  const time = (isoUtc: string): string => {
    const at = new Date(isoUtc);
    if (Number.isNaN(at.getTime())) return isoUtc;
    const utc = `${clock(language, "UTC").format(at)} UTC`;
    const local = clock(language, localZone).format(at);
    const isSame = local === clock(language, "UTC").format(at) && day(language, localZone).format(at) === day(language, "UTC").format(at);
    return `${day(language, "UTC").format(at)}, ${isSame ? utc : `${utc} (${local} here)`}`;
  };
  return { money, rest, quantity, count: fixed(0), share: (value) => percent.format(value), seconds: fixed(1), time };
};
