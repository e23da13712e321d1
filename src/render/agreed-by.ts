import { type DayNumber, parseDay } from '#events/days.ts';
import { bounds } from '#events/edtf.ts';
import { dayOf, epochMs, isInstant } from '#events/instants.ts';
import type { ChangeView } from '#projections/change-view.ts';

/** A day of an agreement, in its zone. */
export type DayInZone = { readonly day: string; readonly zone: string };

const earliestOf = (date: string, zone: string): DayNumber =>
  isInstant(date) ? dayOf(epochMs(date), zone) : bounds(date).earliest;

/**
 * Whether the parties had bound themselves to a change by a day, as far as anybody can tell: on the earliest day on
 * which it may have been executed; where that is not known, on that of its announcement or start. True where nothing is.
 */
export const agreedBy = (
  { executedAt, announcedAt, earliest }: ChangeView,
  { day, zone }: DayInZone,
): boolean => {
  const dates = executedAt === undefined ? [announcedAt, earliest] : [executedAt];
  const known = dates.filter((date) => date !== undefined);
  return known.length === 0 || known.some((date) => earliestOf(date, zone) <= parseDay(day));
};
