import { type Day, type DayNumber, isoDay } from '#events/days.ts';
import type { Coordinates } from './coordinates.ts';
import { type History, stateAt } from './history.ts';
import type { AgreementState } from './state.ts';

/** Work that pauses behind each state that it asked for. */
export type Paused<T> = Generator<undefined, T>;

/** What was seen from one day on; `from` absent: before all days on which an answer may change. */
export type Seen<T> = { readonly from: Day | undefined; readonly seen: T };

/** Looks at the state before all boundaries and on each of them, as known at the point. */
export function* acrossDays<T>(
  history: History,
  at: Coordinates,
  look: (state: AgreementState, day: DayNumber) => T,
): Paused<readonly Seen<T>[]> {
  const { limits } = history.scene(at);
  const all: Seen<T>[] = [];
  for (const [i, day] of [(limits[0] ?? 0) - 1, ...limits].entries()) {
    const effectiveOn = isoDay(day);
    const seen = look(stateAt(history, { ...at, effectiveOn }), day);
    all.push({ from: i === 0 ? undefined : effectiveOn, seen });
    yield;
  }
  return all;
}
