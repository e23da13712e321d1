import type { Day } from '#events/days.ts';
import { type Instant, isoInstant } from '#events/instants.ts';
import { acrossDays, type Paused } from '../across-days.ts';
import { Announcements } from '../announcements.ts';
import type { Coordinates } from '../coordinates.ts';
import { type History, stateAt } from '../history.ts';
import { countThrough, viewOf } from '../scenes.ts';
import { type Stretch, stretchesWhere } from '../stretches.ts';
import type { Condition } from './condition.ts';
import { holdsIn } from './holds.ts';

/** A place in what was known. */
export type Moment = {
  /** When the log accepted it; under PUBLIC knowledge, when it was public. */
  readonly at: Instant;
  /** The place in the log; absent under PUBLIC knowledge, where announcements count instead. */
  readonly position?: number;
};

/** A stretch of knowledge `[from, until)` in which a condition holds of the day asked about; what is absent lies open. */
export type KnownStretch = { readonly from?: Moment; readonly until?: Moment };

export type Bisection = {
  /** Along the days, as known at the point. The first one's `from` is the first day. */
  readonly days: readonly Stretch<Day>[];
  /** Along what was known up to the point, for its day. The first one's `from` is when we first knew. */
  readonly known: readonly KnownStretch[];
};

/** All boundaries are asked, for a condition may come and go. */
function* alongDays(
  history: History,
  condition: Condition,
  at: Coordinates,
): Paused<Bisection['days']> {
  const steps = yield* acrossDays(history, at, (state) => holdsIn(condition, state));
  return stretchesWhere<Day>(steps.map(({ from, seen }) => ({ from, holds: seen })));
}

const positions = (history: History, at: Coordinates): readonly Moment[] => {
  const { seen } = viewOf(history.events, at);
  return history.events.slice(0, seen).map(({ position, recordedAt }) => ({
    at: isoInstant(recordedAt) as Instant,
    position,
  }));
};

/** The moments at which something became public that the log holds up to the point. */
const announcements = (history: History, at: Coordinates): readonly Moment[] => {
  const { reading } = viewOf(history.events, at);
  const { position = Number.POSITIVE_INFINITY } = at;
  const read = history.events.slice(0, countThrough(history.events, position));
  const moments = new Announcements(read).until(reading);
  return moments.map((moment) => ({ at: isoInstant(moment) as Instant }));
};

/** The point as it stood at a moment; undefined: before anything was public. */
const pointAt = (at: Coordinates, moment: Moment | undefined): Coordinates => {
  if (moment === undefined) return { ...at, knownAt: '0001-01-01T00:00:00Z' as Instant };
  const { position } = moment;
  return position === undefined ? { ...at, knownAt: moment.at } : { ...at, position };
};

function* alongKnowledge(
  history: History,
  condition: Condition,
  at: Coordinates,
): Paused<Bisection['known']> {
  // Before the first event nothing is on record; before the first announcement the agreement is.
  const moments =
    at.knowledge === 'PUBLIC' ? [undefined, ...announcements(history, at)] : positions(history, at);
  const steps: { readonly from: Moment | undefined; readonly holds: boolean }[] = [];
  for (const from of moments) {
    const holds = holdsIn(condition, stateAt(history, pointAt(at, from)));
    steps.push({ from, holds });
    yield;
  }
  return stretchesWhere<Moment>(steps);
}

/**
 * Where a condition on the terms holds: on which days, as known at the point, and in which stretches of knowledge
 * for the day of the point, up to the point. A condition may hold, cease and hold again; every boundary is looked
 * at, so nothing is missed between them. What a question assumes is left out. One paper is recorded whole, yet
 * each event of it has its own position: a stretch may begin within a paper.
 *
 * It takes a state for each boundary, as many as the agreement has events and more, and pauses behind each of them.
 *
 * @param at with a position where the history may grow during a pause
 */
export function* bisecting(
  history: History,
  condition: Condition,
  at: Coordinates,
): Paused<Bisection> {
  const { assume: _, ...known } = at;
  const days = yield* alongDays(history, condition, known);
  return { days, known: yield* alongKnowledge(history, condition, known) };
}
