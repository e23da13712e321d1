import type { Edtf } from '#events/edtf.ts';
import { type EdtfOrInstant, epochMs, type Instant, isoInstant } from '#events/instants.ts';

const UNKNOWN = 'unknown' as Edtf;
const FIRST = epochMs('0001-01-01T00:00:00Z');
const LAST = epochMs('9998-12-31T23:59:59Z');

/** The moment that so many seconds since 1970 name; `unknown` outside the years 1 to 9998, and where it is no number. */
export const momentOf = (epochSeconds: number): EdtfOrInstant => {
  const ms = epochSeconds * 1_000;
  return ms >= FIRST && ms <= LAST ? (isoInstant(ms) as Instant) : UNKNOWN;
};

/** The day, in UTC, of what `momentOf` gave or of a date; undefined where it names none. */
export const dayOf = (announcedAt: EdtfOrInstant): Edtf | undefined => {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(announcedAt)?.[0];
  return day === undefined ? undefined : (day as Edtf);
};
