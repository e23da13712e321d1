import { type DayNumber, FIRST_DAY, NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import { dayOf, epochMs, isInstant } from '#events/instants.ts';
import type { Uncertain } from './known.ts';

export const UNKNOWN: Bounds = { earliest: FIRST_DAY, latest: NEVER };

/** The bounds of what does not come at all. */
export const NOT_AT_ALL: Bounds = { earliest: NEVER, latest: NEVER };

/** The days of an EDTF date; of an instant, its day in the zone. */
export const daysOf = (date: string, zone: string): Bounds => {
  if (!isInstant(date)) return bounds(date);
  const day = dayOf(epochMs(date), zone);
  return { earliest: day, latest: day };
};

/** The day on which something counts as begun; in REPORT that by which it certainly has. */
export const beginning = (date: Bounds, uncertain: Uncertain): DayNumber =>
  uncertain === 'EARLIEST' ? date.earliest : date.latest;

/** The day on which something counts as over; in REPORT an unknown or open end never comes. */
export const ending = (date: Bounds, uncertain: Uncertain): DayNumber => {
  if (uncertain === 'LATEST') return date.latest;
  return uncertain === 'REPORT' && date.latest >= NEVER ? NEVER : date.earliest;
};

/** A date of which EARLIEST or LATEST takes one end. */
export const pinned = (date: Bounds, uncertain: Uncertain): Bounds => {
  if (uncertain === 'REPORT') return date;
  const day = uncertain === 'EARLIEST' ? date.earliest : date.latest;
  return { earliest: day, latest: day };
};

/** Neither bound before the same bound of the other. */
export const notBefore = (date: Bounds, floor: Bounds): Bounds => ({
  earliest: Math.max(date.earliest, floor.earliest),
  latest: Math.max(date.latest, floor.latest),
});

export const overlap = (a: Bounds, b: Bounds): boolean =>
  a.earliest <= b.latest && b.earliest <= a.latest;
