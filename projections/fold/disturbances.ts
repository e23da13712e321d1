import { type DayNumber, NEVER } from '#events/days.ts';
import type { Dated } from './dates.ts';
import type { FateArrows } from './fate.ts';
import type { Knowledge } from './knowledge.ts';

/**
 * Days on which something behind in the order changes: a change ends, a voiding or a displacement begins or
 * ends, a conflict's change starts. Between two of them a later day's order only continues an earlier day's, so
 * what a change met on its own start day can be read off the last day before the next disturbance.
 */
export const disturbances = (
  { conflicts }: Knowledge,
  view: readonly Dated[],
  { voidings, displacers }: FateArrows,
): readonly DayNumber[] => {
  const arrows = [...voidings.values(), ...displacers.values()].flat();
  const contested = new Set(
    conflicts.flatMap(({ winner, changes }) => (winner === undefined ? [] : changes)),
  );
  const days = [
    ...view.map(({ until }) => until),
    ...arrows.map(({ by }) => by.from),
    ...view.filter(({ change }) => contested.has(change.changeId)).map(({ from }) => from),
  ];
  return [...new Set(days.filter((day) => day < NEVER))].toSorted((a, b) => a - b);
};

/** The last day on or before `limit` whose order still begins with that of `day`. */
export const undisturbedUntil = (
  disturbed: readonly DayNumber[],
  day: DayNumber,
  limit: DayNumber,
): DayNumber => {
  const next = disturbed.find((disturbance) => disturbance > day) ?? NEVER;
  return Math.min(limit, next - 1);
};
