/** Writes numbers, shares and times in the display language. */
export interface NumberText {
  /** Money: no decimals from 1,000 up, cents below, more digits for small coin amounts. */
  readonly money: (value: number) => string;
  /** The rest of an amount, in the precision of that amount: cents beside thousands, more digits beside coins; "" when it is nothing there. */
  readonly rest: (value: number, of: number) => string;
  /** Units of an asset, as precise as they matter. */
  readonly quantity: (value: number) => string;
  readonly count: (value: number) => string;
  /** A decimal share such as 0.184 as 18.4 %; a very small one as <0.1 %, never as none. */
  readonly share: (value: number) => string;
  /** A decimal rate such as 0.04321 as 4.32 %, with four decimals below 0.1 %, where stablecoins live; or with the decimals given. */
  readonly percent: (value: number, decimals?: number) => string;
  /** A probability: four decimals, and "<0.0001" rather than a zero. */
  readonly probability: (value: number) => string;
  readonly seconds: (value: number) => string;
  /** "09:41 UTC", with the local time beside it where that differs. */
  readonly time: (isoUtc: string) => string;
  /** "Nov 20, 2026", the UTC day. */
  readonly day: (isoUtc: string) => string;
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

const formats = (
  language: string,
  style: "decimal" | "percent" = "decimal",
): ((maximumFractionDigits: number, minimumFractionDigits?: number) => (value: number) => string) => {
  const made = new Map<string, Intl.NumberFormat>();
  return (most, least = 0) =>
    (value) => {
      const name = `${most}/${least}`;
      let format = made.get(name);
      if (!format) {
        format = new Intl.NumberFormat(language, { style, maximumFractionDigits: most, minimumFractionDigits: least });
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
  const percents = formats(language, "percent");
  const rate = (value: number, decimals = value !== 0 && Math.abs(value) < 0.001 ? 4 : 2): string => percents(decimals, decimals)(value);
  const probability = (value: number): string => (value < 0.0001 ? `<${fixed(4, 4)(0.0001)}` : fixed(4, 4)(value));
  const utcDay = (isoUtc: string): string => {
    const at = new Date(isoUtc);
    return Number.isNaN(at.getTime()) ? isoUtc : day(language, "UTC").format(at);
  };
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
    const localDay = day(language, localZone).format(at);
    const isSameDay = localDay === day(language, "UTC").format(at);
    const isSame = isSameDay && local === clock(language, "UTC").format(at);
    // West and east of Greenwich the same moment can be another day.
    return `${day(language, "UTC").format(at)}, ${isSame ? utc : `${utc} (${isSameDay ? local : `${localDay}, ${local}`} here)`}`;
  };
  return {
    money,
    rest,
    quantity,
    count: fixed(0),
    // A gap of less is not none.
    share: (value) => (value > 0 && value < 0.0005 ? `<${percent.format(0.001)}` : percent.format(value)),
    percent: rate,
    probability,
    seconds: fixed(1),
    time,
    day: utcDay,
  };
};
