import { decode } from '#events/codec.ts';
import { parseDay } from '#events/days.ts';
import { dayOf } from '#events/instants.ts';
import type { Point } from '#portfolio/matching.ts';
import type { Zones } from '#portfolio/portfolio-index.ts';
import { isOneCommand } from '#projections/portfolio/advance.ts';
import type { EventStore } from '#store/store.ts';
import type { Question } from './question.ts';
import { knownMoment, positionOf } from './resolve-question.ts';

type Log = Pick<EventStore, 'readAll' | 'head'>;

/** Whether the index can tell: it holds what the record says, with uncertain dates reported as they are. */
export const isIndexed = (at: Question): boolean =>
  at.knowledge !== 'PUBLIC' &&
  at.executedBy === undefined &&
  at.assume === undefined &&
  at.version === undefined &&
  at.tag === undefined &&
  at.cursor === undefined &&
  at.asOf === undefined &&
  (at.uncertain ?? 'REPORT') === 'REPORT';

const recordedAt = async (log: Log, position: number): Promise<number> => {
  for await (const [event] of log.readAll({ after: position - 1, upTo: position })) {
    if (event !== undefined) return event.recordedAt;
  }
  return Number.POSITIVE_INFINITY;
};

/** The last position, up to a limit, that was recorded by a moment: recording times never fall. */
export const lastPositionBy = async (log: Log, moment: number, limit: number): Promise<number> => {
  const head = await log.head();
  if (head.position <= limit && head.recordedAt <= moment) return head.position;
  let [low, high] = [0, limit];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await recordedAt(log, middle)) <= moment) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** Whether a position lies inside of a command, where the index holds nothing (see `advance`). */
const isInside = async (log: Log, position: number): Promise<boolean> => {
  if (position === 0) return false;
  const pages = await Array.fromAsync(log.readAll({ after: position - 1, upTo: position + 1 }));
  const [event, next] = pages.flat();
  if (event === undefined || next?.stream !== event.stream) return false;
  const [a, b] = [decode(event), decode(next)];
  return a.type !== 'Unreadable' && b.type !== 'Unreadable' && isOneCommand(a, b);
};

/** Whether the index holds what is asked at these points: none of them lies inside of a command. */
export const isHeldAt = async (log: Log, points: readonly Point[]): Promise<boolean> => {
  const positions = new Set(points.map(({ position }) => position));
  const inside = await Promise.all([...positions].map((position) => isInside(log, position)));
  return !inside.includes(true);
};

type Present = { readonly now: number; readonly position: number };

/**
 * The points at which agreements are asked: one for all, or, where today or the end of a day of knowledge depends on
 * the zone, one for each that comes of it. @throws {QuestionError}
 */
export const pointsOf = async (
  log: Log,
  at: Question,
  { present, zones }: { readonly present: Present; readonly zones: readonly Zones[] },
): Promise<readonly Point[]> => {
  const position = positionOf(at, present);
  const positions = new Map<number, number>();
  const found = new Map<string, Point & { readonly zones: Zones[] }>();
  for (const pair of zones) {
    const [zone, zoneFirst] = pair;
    const day = at.effectiveOn === undefined ? dayOf(present.now, zone) : parseDay(at.effectiveOn);
    const moment = knownMoment(zoneFirst, at.knownAt, present);
    const upTo = positions.get(moment) ?? (await lastPositionBy(log, moment, position));
    positions.set(moment, upTo);
    const key = `${day} ${upTo}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { day, position: upTo, zones: [pair] });
    else known.zones.push(pair);
  }
  const points = [...found.values()];
  return points.length === 1
    ? points.map(({ day, position: upTo }) => ({ day, position: upTo }))
    : points;
};
