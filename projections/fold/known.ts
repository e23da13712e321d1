import { type DayNumber, FIRST_DAY, NEVER, parseDay } from '#events/days.ts';
import type { Bounds } from '#events/edtf.ts';
import { bounds } from '#events/edtf.ts';
import { type DataOf, isRecordOperation, type Recorded } from '#events/event.ts';
import { type EpochMs, endOfDay, epochMs, isInstant } from '#events/instants.ts';
import { lifted } from '#events/upcast.ts';
import type { Coordinates } from '../coordinates.ts';
import type { Revision } from '../state.ts';

/** How uncertain dates are read: see model §6.3. */
export type Uncertain = NonNullable<Coordinates['uncertain']>;

/** One event as the record says it at the coordinates. */
export type KnownEvent = {
  readonly event: Recorded;
  /** Its payload after corrections. */
  readonly data: Recorded['data'];
  /** The correction that says so. */
  readonly correctedBy?: Recorded;
  /** The retraction that takes it away. */
  readonly retractedBy?: Recorded;
};

/** The moment that `knownAt` stands for: a day counts to its end, in the zone first recorded. */
export const knownUntil = (at: Pick<Coordinates, 'knownAt'>, zone: string): EpochMs => {
  if (at.knownAt === undefined) return Number.MAX_VALUE;
  return isInstant(at.knownAt) ? epochMs(at.knownAt) : endOfDay(parseDay(at.knownAt), zone);
};

/** The day by which a date has come, for things that start. */
const startDay = (date: Bounds, uncertain: Uncertain): DayNumber =>
  uncertain === 'EARLIEST' ? date.earliest : date.latest;

/** The moment from which something announced at a date or instant is public. */
export const publicFrom = (date: string, zone: string, uncertain: Uncertain): EpochMs => {
  if (isInstant(date)) return epochMs(date);
  const from = startDay(bounds(date), uncertain);
  if (from >= NEVER) return Number.POSITIVE_INFINITY;
  return from <= FIRST_DAY ? Number.NEGATIVE_INFINITY : endOfDay(from, zone);
};

/** The rules validated it against the target's schema; a correction may predate the current version. */
const corrected = (target: Recorded, correction: KnownEvent): Recorded['data'] => {
  const { data } = correction.data as DataOf<'RecordCorrected'>;
  return lifted(target.type, 1, data) as unknown as Recorded['data'];
};

/** The last correction in the log that counts at the moment `until` (model §6.12, *Public*). */
const counting = (
  corrections: readonly KnownEvent[],
  counts: (announced: string | undefined) => EpochMs,
  until: EpochMs,
): KnownEvent | undefined => {
  let from = Number.NEGATIVE_INFINITY;
  let last: KnownEvent | undefined;
  for (const correction of corrections) {
    const data = correction.data as DataOf<'RecordCorrected'>;
    from = Math.max(from, counts(data.announcedAt));
    if (from <= until) last = correction;
  }
  return last;
};

export type Reading = {
  readonly knowledge: 'RECORDED' | 'PUBLIC';
  readonly until: EpochMs;
  readonly zone: string;
  readonly uncertain: Uncertain;
};

/** What counts from when: in RECORDED a correction counts as soon as it is read. */
const countsFrom = (reading: Reading) => (announced: string | undefined) =>
  reading.knowledge === 'PUBLIC' && announced !== undefined
    ? publicFrom(announced, reading.zone, reading.uncertain)
    : Number.NEGATIVE_INFINITY;

/**
 * Model §6.2: record operations, read from the last event back. Gives every event but the record operations
 * themselves, in log order, with what the record says of it.
 */
export const settle = (events: readonly Recorded[], reading: Reading): readonly KnownEvent[] => {
  const operations = new Operations(reading);
  const settled: KnownEvent[] = [];
  for (const event of events.toReversed()) {
    const known = operations.said(event);
    if (isRecordOperation(event)) operations.add(known);
    else settled.push(known);
  }
  return settled.reverse();
};

const AS_RECORDED: Reading = {
  knowledge: 'RECORDED',
  until: Number.MAX_VALUE,
  zone: 'UTC',
  uncertain: 'REPORT',
};

/** One event as the record says it behind record operations, whatever was announced. */
export const knownEvent = (event: Recorded, operations: readonly Recorded[]): KnownEvent =>
  settle([event, ...operations], AS_RECORDED)[0] ?? { event, data: event.data };

/** What is said anew of a change: of its own record, else of its instrument, from which it takes its dates. */
export const revisionOf = (known: KnownEvent, instrument: KnownEvent | undefined): Revision[] => {
  const { changeId } = known.data as DataOf<'TermAdded'>;
  if (known.retractedBy !== undefined) {
    return [{ changeId, how: 'RETRACTED', by: known.retractedBy.id }];
  }
  const correctedBy = known.correctedBy ?? instrument?.correctedBy;
  return correctedBy === undefined ? [] : [{ changeId, how: 'CORRECTED', by: correctedBy.id }];
};

/** The record operations met so far on the way back, and what they make of an earlier event. */
class Operations {
  readonly #retractions = new Map<string, Recorded>();
  readonly #corrections = new Map<string, KnownEvent[]>();
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  add(operation: KnownEvent): void {
    if (operation.retractedBy !== undefined) return;
    const { target } = operation.data as DataOf<'RecordRetracted' | 'RecordCorrected'>;
    if (operation.event.type === 'RecordRetracted') {
      if (!this.#retractions.has(target)) this.#retractions.set(target, operation.event);
      return;
    }
    const others = this.#corrections.get(target);
    if (others === undefined) this.#corrections.set(target, [operation]);
    else others.push(operation);
  }

  said(event: Recorded): KnownEvent {
    const retractedBy = this.#retractions.get(event.id);
    const corrections = this.#corrections.get(event.id);
    if (retractedBy === undefined && corrections === undefined) return { event, data: event.data };
    // They were met from the last one back; they count in log order.
    const inOrder = (corrections ?? []).toReversed();
    const last = counting(inOrder, countsFrom(this.#reading), this.#reading.until);
    return {
      event,
      data: last === undefined ? event.data : corrected(event, last),
      ...(last && { correctedBy: last.event }),
      ...(retractedBy && { retractedBy }),
    };
  }
}
