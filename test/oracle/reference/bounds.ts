import { type DayNumber, FIRST_DAY, isoDay, NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import { dayOf, epochMs, isInstant } from '#events/instants.ts';
import type { Source } from '#events/source.ts';
import { type Grade, strength } from '#events/values.ts';

export type Mode = 'REPORT' | 'EARLIEST' | 'LATEST';

export const dateOf = (text: string, zone: string): Bounds => {
  if (!isInstant(text)) return bounds(text);
  const day = dayOf(epochMs(text), zone);
  return { earliest: day, latest: day };
};

/** REPORT takes the latest day of a start; an unknown start is certain on no day. */
export const startDay = (date: Bounds, mode: Mode): DayNumber =>
  mode === 'EARLIEST' ? date.earliest : date.latest;

/** REPORT takes the earliest day of an end; an unknown or open end is certain on no day. */
export const endDay = (date: Bounds, mode: Mode): DayNumber => {
  if (mode === 'REPORT') return date.latest === NEVER ? NEVER : date.earliest;
  return mode === 'EARLIEST' ? date.earliest : date.latest;
};

/** EARLIEST and LATEST take one end of the bounds. */
export const collapsed = (date: Bounds, mode: Mode): Bounds => {
  if (mode === 'REPORT') return date;
  const day = mode === 'EARLIEST' ? date.earliest : date.latest;
  return { earliest: day, latest: day };
};

export const best = (sources: readonly Source[] | undefined): Grade => {
  const grades = (sources ?? []).map(({ grade }) => grade);
  return grades.toSorted((a, b) => strength(b) - strength(a))[0] ?? 'INFERRED';
};

export const laterOf = (a: Bounds, b: Bounds): Bounds => ({
  earliest: Math.max(a.earliest, b.earliest),
  latest: Math.max(a.latest, b.latest),
});

/** Absent where open or unknown. */
export const dayText = (day: DayNumber) =>
  day <= FIRST_DAY || day >= NEVER ? undefined : isoDay(day);
