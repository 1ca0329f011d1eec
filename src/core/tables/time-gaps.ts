/** Which days count between two time stamps. */
export type Calendar = "every-day" | "weekdays";

/** Sunday 1899-12-31 is serial 1, so serial mod 7 is 0 on Saturday and 1 on Sunday. */
const isWeekend = (serial: number): boolean => {
  const day = ((Math.floor(serial) % 7) + 7) % 7;
  return day === 0 || day === 1;
};

const median = (values: number[]): number => {
  const sorted = values.slice().sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Finds the first time (0-based) that is not later than the one before it; undefined when all rise. */
export const firstNotRising = (times: readonly number[]): number | undefined => {
  for (let i = 1; i < times.length; i++) if (!(times[i]! > times[i - 1]!)) return i;
  return undefined;
};

/** Guesses the calendar: a daily series without any Saturday or Sunday trades on weekdays. */
export const guessCalendar = (times: readonly number[]): Calendar => {
  if (times.length < 6) return "every-day";
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  return median(gaps) >= 0.9 && !times.some(isWeekend) ? "weekdays" : "every-day";
};

/** Length of a gap in days, weekend days left out in the weekday calendar. */
const gapLength = (from: number, to: number, calendar: Calendar): number => {
  if (calendar === "every-day") return to - from;
  let weekendDays = 0;
  const span = Math.floor(to) - Math.floor(from);
  const weeks = Math.floor(span / 7);
  weekendDays += weeks * 2;
  for (let day = Math.floor(from) + weeks * 7 + 1; day <= Math.floor(to); day++) if (isWeekend(day)) weekendDays++;
  return to - from - weekendDays;
};

/**
 * Measures each step between time stamps against the usual one.
 *
 * @param times rising serial dates (days)
 * @param spacing usual distance in days; omitted = median
 * @returns for each time but the first, its distance from the one before in units of the usual spacing
 */
export const relativeGaps = (times: readonly number[], calendar: Calendar, spacing?: number): number[] => {
  const gaps = times.slice(1).map((time, i) => gapLength(times[i]!, time, calendar));
  const usual = spacing ?? (gaps.length === 0 ? 1 : median(gaps));
  return gaps.map((gap) => gap / usual);
};
