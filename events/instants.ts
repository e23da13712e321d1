import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type DayNumber, dayNumber } from './days.ts';
import { bounds, edtf } from './edtf.ts';

/** An exact moment as milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

const FORM =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/;

/** True for text that names an exact moment rather than a date. */
export const isInstant = (text: string): boolean => FORM.test(text);

/** Days up to the 28th are in every month, so that nothing but the digits has to be read. */
const PLAIN =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

/** Milliseconds of an ISO 8601 instant; finer digits are cut off. @throws {RangeError} for no instant. */
export const epochMs = (text: string): EpochMs =>
  // biome-ignore lint/style/noRestrictedGlobals: it reads no clock, and Temporal takes many times as long
  PLAIN.test(text) ? Date.parse(text) : Temporal.Instant.from(text).epochMilliseconds;

/** ISO 8601 in UTC with milliseconds, e.g. `2025-01-21T14:03:07.000Z`. */
export const isoInstant = (ms: EpochMs): string =>
  // biome-ignore lint/style/noRestrictedGlobals: it reads no clock, and Temporal takes many times as long
  new Date(ms).toISOString();

const DAY_MS = 86_400_000;

/** The first moment that a date or an instant may name; days begin in UTC. */
export const earliestMs = (date: string): EpochMs =>
  isInstant(date) ? epochMs(date) : bounds(date).earliest * DAY_MS;

const parses = (text: string): boolean => {
  if (!FORM.test(text)) return false;
  try {
    return Number.isFinite(epochMs(text));
  } catch {
    return false;
  }
};

/** An exact moment with its offset, `2025-01-21T14:03:07Z`. */
export const instant = z
  .string()
  .refine(parses, {
    error: 'expected an instant with its offset, like 2025-01-21T14:03:07Z',
  })
  .brand<'Instant'>();
export type Instant = z.infer<typeof instant>;

/** A date (EDTF or `unknown`) or an exact moment. */
export const edtfOrInstant = z.union([instant, edtf], {
  error:
    'expected an EDTF date (2025-01-21, 2025-03~, "[..2026-04-27]", unknown) or an instant (2025-01-21T14:03:07Z)',
});
export type EdtfOrInstant = z.infer<typeof edtfOrInstant>;

const isZone = (zone: string): boolean => {
  try {
    Temporal.PlainDate.from('2000-01-01').toZonedDateTime(zone);
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
};

/** An IANA time zone such as `America/Los_Angeles`. */
export const timeZone = z
  .string()
  .max(60)
  .refine(isZone, { error: 'expected an IANA time zone, like America/Los_Angeles or UTC' });

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const starts = new Map<string, EpochMs>();
const KEEP = 100_000;

/** The first moment of a day in a time zone. */
export const startOfDay = (days: DayNumber, zone: string): EpochMs => {
  const key = `${days} ${zone}`;
  const hit = starts.get(key);
  if (hit !== undefined) return hit;
  // Counted from the first, because the day behind the last of the year 9999 can not be written.
  const ms = EPOCH.add({ days }).toZonedDateTime(zone).epochMilliseconds;
  if (starts.size >= KEEP) starts.clear();
  starts.set(key, ms);
  return ms;
};

/** The last millisecond of a day in a time zone. */
export const endOfDay = (days: DayNumber, zone: string): EpochMs => startOfDay(days + 1, zone) - 1;

/** The last day asked for in a zone, and the moments that it holds. */
const lastDays = new Map<
  string,
  { readonly from: EpochMs; readonly until: EpochMs; day: DayNumber }
>();

/** The calendar day of a moment in a time zone. */
export const dayOf = (ms: EpochMs, zone: string): DayNumber => {
  const last = lastDays.get(zone);
  if (last !== undefined && last.from <= ms && ms < last.until) return last.day;
  const date = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const day = dayNumber(date.year, date.month, date.day);
  lastDays.set(zone, { from: startOfDay(day, zone), until: startOfDay(day + 1, zone), day });
  return day;
};

/** Minutes that a zone's clocks are ahead of UTC at a moment, rounded to the minute: -300 in New York in winter. */
export const minutesAhead = (ms: EpochMs, zone: string): number => {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return Math.round(offsetNanoseconds / 60e9);
};
