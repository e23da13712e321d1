import { FIRST_DAY, isoDay, NEVER } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { isChange } from '#events/event.ts';
import type { ChangeId } from '#events/values.ts';
import type { DiffEntry } from './diff/entry.ts';
import type { MaterialFlag } from './diff/material-rules.ts';
import { diffStates } from './diff/terms.ts';
import { type History, stateAt } from './history.ts';

/** Rules by which a difference matters; `undefined` where no day is known on which to look. */
export type Judged = ReadonlySet<MaterialFlag> | undefined;

const flagsIn = (entries: readonly DiffEntry[]): ReadonlySet<MaterialFlag> =>
  new Set(entries.flatMap(({ material }) => material.map(({ flag }) => flag)));

/** The changes that an event is, or whose record it touches. */
const touched = (history: History, event: Recorded): readonly ChangeId[] => {
  if (isChange(event)) return [event.data.changeId];
  if (event.type === 'InstrumentRecorded') {
    const { instrumentId } = event.data;
    return history.events.flatMap((other) =>
      isChange(other) && other.data.instrumentId === instrumentId ? other.data.changeId : [],
    );
  }
  if (event.type !== 'RecordCorrected' && event.type !== 'RecordRetracted') return [];
  const target = history.events.find(({ id }) => id === event.data.target);
  // A target lies before its operation, so this ends.
  return target === undefined ? [] : touched(history, target);
};

/** The first days of changes as known up to a position. */
const firstDays = (history: History, changes: ReadonlySet<ChangeId>, position: number) =>
  history
    .scene({ effectiveOn: isoDay(0), position })
    .view.filter(({ change, from }) => changes.has(change.changeId) && from < NEVER)
    .map(({ from }) => Math.max(from, FIRST_DAY + 1));

/**
 * What a recorded event did that matters: the rules that the difference trips between the states before and
 * behind it, on the first days of the changes that it is about. None for what is no change.
 */
export const materialityOf = (history: History, event: Recorded): Judged => {
  if (event.type === 'InstrumentRecorded') return new Set();
  const changes = new Set(touched(history, event));
  if (changes.size === 0) return new Set();
  const [before, behind] = [event.position - 1, event.position];
  const days = new Set([
    ...firstDays(history, changes, before),
    ...firstDays(history, changes, behind),
  ]);
  if (days.size === 0) return undefined;
  const entries = [...days].flatMap((day) => {
    const at = { effectiveOn: isoDay(day) };
    const old = stateAt(history, { ...at, position: before });
    return diffStates(old, stateAt(history, { ...at, position: behind })).entries;
  });
  return flagsIn(entries);
};

/** What matters about a change that takes effect: its part of the difference between the day before and its first. */
export const materialityOnFirstDay = (
  history: History,
  changeId: ChangeId,
  position: number,
): Judged => {
  const [day] = firstDays(history, new Set([changeId]), position);
  if (day === undefined) return undefined;
  const [before, first] = [day - 1, day].map((on) =>
    stateAt(history, { effectiveOn: isoDay(on), position }),
  );
  if (before === undefined || first === undefined) return undefined;
  const { entries } = diffStates(before, first);
  return flagsIn(entries.filter(({ causedBy }) => causedBy.includes(changeId)));
};
