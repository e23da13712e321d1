import { type DayNumber, FIRST_DAY, NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import { daysOf } from './bounds.ts';
import type { Change } from './change.ts';

/**
 * Model §6.4 and §6.12: the earliest day of execution; unknown, the earlier of announcement and start. A start
 * that does not come tells nothing against it.
 */
export const executionDay = (
  { executed, announced }: Pick<Change, 'executed' | 'announced'>,
  start: Bounds,
  zone: string,
): DayNumber => {
  if (executed !== undefined) return bounds(executed).earliest;
  const from = start.earliest >= NEVER ? FIRST_DAY : start.earliest;
  return announced === undefined ? from : Math.min(daysOf(announced, zone).earliest, from);
};
