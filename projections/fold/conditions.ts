import type { ConditionalStart } from '#events/change.ts';
import { type DayNumber, NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import { beginning, daysOf, NOT_AT_ALL, notBefore, UNKNOWN } from './bounds.ts';
import type { Change } from './change.ts';
import { executionDay } from './execution.ts';
import type { Knowledge } from './knowledge.ts';
import type { Uncertain } from './known.ts';

export type Resolution = {
  readonly outcome: 'SATISFIED' | 'WAIVED' | 'FAILED';
  readonly day: Bounds;
};

/** What a start that waits for conditions has come to. */
export type Waits = {
  /** The first day on which it has lapsed; NEVER when it has not. */
  readonly lapses: DayNumber;
  readonly conditions: readonly { readonly conditionId: string; readonly met: DayNumber }[];
};

/** The resolutions of conditions, those resolved behind `executedBy` left out; of several the first. */
export const resolutionsOf = (
  { changes, zone }: Knowledge,
  executedBy: DayNumber,
): ReadonlyMap<string, Resolution> => {
  const resolutions = new Map<string, Resolution>();
  for (const change of changes) {
    if (change.type !== 'ConditionResolved') continue;
    const { conditionId, outcome } = change.data;
    const day = typeof change.from === 'string' ? daysOf(change.from, zone) : UNKNOWN;
    if (resolutions.has(conditionId) || executionDay(change, day, zone) > executedBy) continue;
    resolutions.set(conditionId, { outcome, day });
  }
  return resolutions;
};

/** The days on which a condition may have been met. */
const daysMet = (resolution: Resolution | undefined): Bounds =>
  resolution === undefined || resolution.outcome === 'FAILED' ? NOT_AT_ALL : resolution.day;

/** Days before which the start can not lie, whatever the conditions: `notBefore` and the execution. */
const floors = (change: Change, { notBefore: stated }: ConditionalStart): readonly Bounds[] => {
  const floor = stated === undefined ? [] : [bounds(stated)];
  if (change.executed === undefined) return floor;
  const day = bounds(change.executed).earliest;
  return [...floor, { earliest: day, latest: day }];
};

/** Model §6.3: where a start that waits for conditions lies, and what it still waits for. */
export const waiting = (
  change: Change,
  from: ConditionalStart,
  resolutions: ReadonlyMap<string, Resolution>,
  uncertain: Uncertain,
): { readonly start: Bounds; readonly waits: Waits } => {
  const begins = (date: Bounds) => beginning(date, uncertain);
  const stop = from.longStop === undefined ? NEVER : begins(bounds(from.longStop));
  const parts = from.onConditions.map(({ conditionId }) => {
    const resolution = resolutions.get(conditionId);
    const days = daysMet(resolution);
    const failed = resolution?.outcome === 'FAILED' ? begins(resolution.day) : NEVER;
    return { conditionId, days, met: begins(days), failed };
  });
  const missed = stop < NEVER && parts.some(({ met }) => met > stop);
  const lapses = Math.min(missed ? stop + 1 : NEVER, ...parts.map(({ failed }) => failed));
  const waits = { lapses, conditions: parts.map(({ conditionId, met }) => ({ conditionId, met })) };
  if (missed || parts.some(({ days }) => days.earliest >= NEVER)) {
    return { start: NOT_AT_ALL, waits };
  }
  const days = [...floors(change, from), ...parts.map((part) => part.days)];
  return { start: days.reduce(notBefore), waits };
};
