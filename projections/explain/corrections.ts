import type { Recorded } from '#events/event.ts';
import type { EventId } from '#events/values.ts';
import { canonicalJson } from '../canonical.ts';
import type { Change } from '../fold/change.ts';
import { type KnownEvent, settle } from '../fold/known.ts';
import { viewOf } from '../scenes.ts';
import type { Correction } from './explanation.ts';
import type { Ground } from './ground.ts';

/** What the record says of each event at the point. */
export type Record = {
  /** By the id of the change's own event. */
  readonly changes: ReadonlyMap<EventId, KnownEvent>;
  readonly instruments: ReadonlyMap<string, KnownEvent>;
};

export const recordAt = ({ history, at }: Pick<Ground, 'history' | 'at'>): Record => {
  const { reading, seen } = viewOf(history.events, at);
  const settled = settle(history.events.slice(0, seen), reading);
  const papers = settled.flatMap((known) =>
    known.event.type === 'InstrumentRecorded'
      ? [[known.event.data.instrumentId, known] as const]
      : [],
  );
  return {
    changes: new Map(settled.map((known) => [known.event.id, known])),
    instruments: new Map(papers),
  };
};

type Fields = { readonly [name: string]: unknown };

const differing = (before: Fields, now: Fields): Correction['fields'] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(now[name] ?? null))
    .map((name) => ({
      name,
      ...(name in before && { before: before[name] }),
      ...(name in now && { now: now[name] }),
    }));

const reasonOf = (operation: Recorded): string =>
  operation.type === 'RecordCorrected' || operation.type === 'RecordRetracted'
    ? operation.data.reason
    : '';

const correctionOf = (
  known: KnownEvent | undefined,
  of: Correction['of'],
): readonly Correction[] => {
  const { correctedBy } = known ?? {};
  if (known === undefined || correctedBy === undefined) return [];
  const fields = differing(known.event.data, known.data);
  const { id, recordedAt } = correctedBy;
  return [{ eventId: id, of, reason: reasonOf(correctedBy), recordedAt, fields }];
};

/** The corrections that count for a change: of its own record and of its paper's. */
export const correctionsOf = (change: Change, record: Record): readonly Correction[] => [
  ...correctionOf(record.changes.get(change.eventId), 'CHANGE'),
  ...correctionOf(record.instruments.get(change.instrumentId), 'INSTRUMENT'),
];

/** The retraction that takes a change away, with the reason that was given. */
export const retractionOf = (
  change: Change,
  record: Record,
): { readonly recordedAt: number; readonly reason: string } | undefined => {
  const { retractedBy } = record.changes.get(change.eventId) ?? {};
  return retractedBy && { recordedAt: retractedBy.recordedAt, reason: reasonOf(retractedBy) };
};
