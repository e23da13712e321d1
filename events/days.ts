import { z } from 'zod';

/** A calendar day as the number of days since 1970-01-01 (proleptic Gregorian); may be negative. */
export type DayNumber = number;

/** Earlier than any day a source can name: an open start. Fits an Int32Array. */
export const FIRST_DAY: DayNumber = -0x40000000;
/** Later than any day a source can name: an open or unknown end. Fits an Int32Array. */
export const NEVER: DayNumber = 0x40000000;

/**
 * Days since 1970-01-01 of a civil date. Months count from 1; days beyond the month's length carry over.
 * Source: H. Hinnant, "chrono-compatible low-level date algorithms" (days_from_civil).
 */
export const dayNumber = (year: number, month: number, day: number): DayNumber => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
};

/** The inverse of {@link dayNumber}: `[year, month, day]`, month from 1 (Hinnant's civil_from_days). */
export const civil = (days: DayNumber): readonly [number, number, number] => {
  const z0 = days + 719468;
  const era = Math.floor(z0 / 146097);
  const doe = z0 - era * 146097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return [year, month, doy - Math.floor((153 * mp + 2) / 5) + 1];
};

const pad = (n: number, width: number) => String(n).padStart(width, '0');

/** `YYYY-MM-DD` of a day number between the years 0000 and 9999. */
export const isoDay = (days: DayNumber): Day => {
  const [year, month, day] = civil(days);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as Day;
};

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  return isoDay(parseDay(text)) === text;
};

const ZERO = '0'.charCodeAt(0);

/** The number that two digits of a text stand for. */
const twoDigits = (text: string, at: number): number =>
  (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;

/** Day number of a well-formed `YYYY-MM-DD`. */
export const parseDay = (text: string): DayNumber =>
  dayNumber(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8));

/** A calendar day `YYYY-MM-DD` that exists, years 0000 to 9999. */
export const day = z
  .string()
  .refine(isDay, { error: 'expected a day that exists, written YYYY-MM-DD, like 2025-01-21' })
  .brand<'Day'>();
export type Day = z.infer<typeof day>;
