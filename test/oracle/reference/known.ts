import { FIRST_DAY, NEVER, parseDay } from '#events/days.ts';
import { bounds } from '#events/edtf.ts';
import type { DataOf, EventType, Recorded } from '#events/event.ts';
import { isChange } from '#events/event.ts';
import { endOfDay, epochMs, isInstant } from '#events/instants.ts';
import type { EventId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import type { Revision } from '#projections/state.ts';
import { type Mode, startDay } from './bounds.ts';
import type { Body, Change } from './change.ts';

export type Said<T extends EventType> = {
  readonly event: Recorded;
  readonly data: DataOf<T>;
  readonly away: boolean;
};

/** What is known at the question's coordinates, record operations read (§6.1, §6.2). */
export type Known = {
  readonly zone: string;
  readonly all: readonly Said<EventType>[];
  readonly changes: readonly Change[];
  readonly revised: readonly Revision[];
};

export const firstZone = (events: readonly Recorded[]): string => {
  for (const event of events) if (event.type === 'AgreementRecorded') return event.data.timeZone;
  return 'UTC';
};

type Clock = { readonly zone: string; readonly mode: Mode };

/** The moment from which a date counts as known: a day from its end; Infinity: never. */
const momentOf = (text: string, { zone, mode }: Clock): number => {
  if (isInstant(text)) return epochMs(text);
  const day = startDay(bounds(text), mode);
  if (day === FIRST_DAY) return Number.NEGATIVE_INFINITY;
  return day === NEVER ? Number.POSITIVE_INFINITY : endOfDay(day, zone);
};

const limitOf = (at: Coordinates, zone: string): number => {
  if (at.knownAt === undefined) return Number.MAX_VALUE;
  return isInstant(at.knownAt) ? epochMs(at.knownAt) : endOfDay(parseDay(at.knownAt), zone);
};

/** The record operations among the events that count. */
class Operations {
  readonly #events: readonly Recorded[];
  readonly #ignored: ReadonlySet<EventId>;

  constructor(events: readonly Recorded[], ignored: ReadonlySet<EventId> = new Set()) {
    this.#events = events;
    this.#ignored = ignored;
  }

  retraction(of: Recorded): Recorded | undefined {
    return this.#events.findLast(
      (e) =>
        e.type === 'RecordRetracted' &&
        e.data.target === of.id &&
        e.position > of.position &&
        !this.away(e),
    );
  }

  away(event: Recorded): boolean {
    return this.retraction(event) !== undefined;
  }

  corrections(of: Recorded): Recorded[] {
    return this.#events.filter(
      (e) =>
        e.type === 'RecordCorrected' &&
        e.data.target === of.id &&
        e.position > of.position &&
        !this.#ignored.has(e.id) &&
        !this.away(e),
    );
  }

  data(event: Recorded): Recorded['data'] {
    const last = this.corrections(event).at(-1);
    if (last === undefined) return event.data;
    const correction = this.data(last) as DataOf<'RecordCorrected'>;
    return correction.data as Recorded['data'];
  }
}

/** In PUBLIC: corrections that do not count yet. */
const early = (events: readonly Recorded[], limit: number, clock: Clock): Set<EventId> => {
  const all = new Operations(events);
  const late = new Set<EventId>();
  for (const event of events) {
    let from = Number.NEGATIVE_INFINITY;
    for (const correction of all.corrections(event)) {
      const { announcedAt } = all.data(correction) as DataOf<'RecordCorrected'>;
      if (announcedAt !== undefined) from = Math.max(from, momentOf(announcedAt, clock));
      if (from > limit) late.add(correction.id);
    }
  }
  return late;
};

const published = (sources: readonly { published?: string }[] | undefined, clock: Clock) =>
  Math.min(
    Number.POSITIVE_INFINITY,
    ...(sources ?? []).flatMap((s) =>
      s.published === undefined ? [] : [momentOf(s.published, clock)],
    ),
  );

const announcement = (change: Body['data'], paper: DataOf<'InstrumentRecorded'> | undefined) =>
  change.announcedAt ?? paper?.announcedAt;

/** The moment from which the public knew of it; undefined: always known. */
const publicFrom = (said: Said<EventType>, all: readonly Said<EventType>[], clock: Clock) => {
  const { event, data } = said;
  if (event.type === 'ClaimReported') {
    return momentOf((data as DataOf<'ClaimReported'>).reportedAt, clock);
  }
  if (event.type === 'ClaimAssessed' || event.type === 'ClaimResolved') {
    return momentOf((data as DataOf<'ClaimResolved'>).on, clock);
  }
  if (!isChange(event)) return undefined;
  const change = data as Body['data'];
  const paper = saidOf(all, 'InstrumentRecorded').find(
    (i) => i.data.instrumentId === change.instrumentId,
  );
  const announced = announcement(change, paper?.data);
  if (announced !== undefined && announced !== 'unknown') return momentOf(announced, clock);
  return published(change.sources ?? paper?.data.sources, clock);
};

export const saidOf = <T extends EventType>(all: readonly Said<EventType>[], type: T): Said<T>[] =>
  all.filter(({ event }) => event.type === type) as unknown as Said<T>[];

const changeOf = ({ event, data, away }: Said<EventType>): Change => {
  const body = { type: event.type, data } as unknown as Body;
  const { changeId, instrumentId } = body.data;
  return { id: changeId, instrumentId, position: event.position, body, away };
};

const revision = (
  event: Recorded,
  operations: Operations,
  read: readonly Recorded[],
): Revision[] => {
  if (!isChange(event)) return [];
  const { changeId, instrumentId } = event.data;
  const retraction = operations.retraction(event);
  if (retraction !== undefined) return [{ changeId, how: 'RETRACTED', by: retraction.id }];
  const paper = read.find(
    (other) => other.type === 'InstrumentRecorded' && other.data.instrumentId === instrumentId,
  );
  const correction =
    operations.corrections(event).at(-1) ?? (paper && operations.corrections(paper).at(-1));
  return correction === undefined ? [] : [{ changeId, how: 'CORRECTED', by: correction.id }];
};

export const knownAt = (events: readonly Recorded[], at: Coordinates): Known => {
  const zone = firstZone(events);
  const clock = { zone, mode: at.uncertain ?? 'REPORT' } as const;
  const limit = limitOf(at, zone);
  const isPublic = at.knowledge === 'PUBLIC';
  const read = events.filter(
    (e) =>
      e.position <= (at.position ?? Number.POSITIVE_INFINITY) &&
      (isPublic || e.recordedAt <= limit),
  );
  const operations = new Operations(read, isPublic ? early(read, limit, clock) : undefined);
  const every = read.map((event) => ({
    event,
    data: operations.data(event),
    away: operations.away(event),
  })) as unknown as Said<EventType>[];
  const all = every.filter((said) => !isPublic || (publicFrom(said, every, clock) ?? 0) <= limit);
  return {
    zone,
    all,
    changes: all.filter(({ event }) => isChange(event)).map(changeOf),
    revised: all.flatMap(({ event }) => revision(event, operations, read)),
  };
};
