import { type DayNumber, FIRST_DAY, isoDay, NEVER } from '#events/days.ts';
import type { PendingChange } from '../state.ts';
import { termsOf } from './change.ts';
import type { Dated } from './dates.ts';
import type { Scene } from './scene.ts';
import { sheetOn } from './sheet.ts';

/** The changes that are not in force yet on a day, or never will be. */
export type Pending = {
  readonly scheduled: readonly Dated[];
  readonly prospective: readonly Dated[];
  readonly lapsed: readonly Dated[];
};

const lapsed = (dated: Dated, day: DayNumber): boolean =>
  dated.waits !== undefined && dated.waits.lapses <= day;

/** What waits for conditions is prospective until it starts, never scheduled. */
const standing = (dated: Dated, day: DayNumber): keyof Pending | undefined => {
  if (lapsed(dated, day)) return 'lapsed';
  if (dated.waits !== undefined) return day < dated.from ? 'prospective' : undefined;
  return day < dated.start.earliest ? 'scheduled' : undefined;
};

/** The order of what is pending. */
export const byStart = (a: Dated, b: Dated): number =>
  a.start.earliest - b.start.earliest || a.change.position - b.change.position;

/** Model §6.12, *Lists*. */
export const pendingOn = (scene: Scene, day: DayNumber): Pending => {
  const { fates } = sheetOn(scene, day);
  const found = Map.groupBy(scene.view, (dated) => standing(dated, day));
  const those = (named: keyof Pending): readonly Dated[] =>
    (found.get(named) ?? []).filter((dated) => fates.stands(dated)).toSorted(byStart);
  return {
    scheduled: those('scheduled'),
    prospective: those('prospective'),
    lapsed: those('lapsed'),
  };
};

/** A day for the answer; absent where open or unknown. */
export const shownDay = (day: DayNumber) =>
  day <= FIRST_DAY || day >= NEVER ? undefined : isoDay(day);

/** One pending change for the answer. */
export const pendingChange = (
  dated: Dated,
  standing: PendingChange['standing'],
  day: DayNumber,
): PendingChange => {
  const earliest = shownDay(dated.start.earliest);
  const latest = shownDay(dated.start.latest);
  const open = dated.waits?.conditions.filter(({ met }) => met > day) ?? [];
  return {
    changeId: dated.change.changeId,
    instrumentId: dated.change.instrumentId,
    standing,
    terms: termsOf(dated.change),
    ...(earliest && { earliest }),
    ...(latest && { latest }),
    conditions: open.map(({ conditionId }) => conditionId),
  };
};
