import { z } from 'zod';
import { agreementRecorded, coverageStated, pointTagged } from './agreement.ts';
import { claimAssessed, claimReported, claimResolved } from './claims.ts';
import type { EpochMs } from './instants.ts';
import { instrumentRecorded } from './instruments.ts';

import { conflictResolved, recordCorrected, recordRetracted } from './record.ts';
import { type eventId, line } from './values.ts';
import { type ChangeType, changeSchemas } from './verbs.ts';

/** Every event there can be, with the schema of its payload at its current version. */
export const eventSchemas = {
  AgreementRecorded: agreementRecorded,
  CoverageStated: coverageStated,
  PointTagged: pointTagged,
  InstrumentRecorded: instrumentRecorded,
  ...changeSchemas,
  ClaimReported: claimReported,
  ClaimAssessed: claimAssessed,
  ClaimResolved: claimResolved,
  RecordCorrected: recordCorrected,
  RecordRetracted: recordRetracted,
  ConflictResolved: conflictResolved,
} as const;
export type EventType = keyof typeof eventSchemas;
export const EVENT_TYPES = Object.keys(eventSchemas) as readonly EventType[];

/** The payload of an event type. */
export type DataOf<T extends EventType> = z.infer<(typeof eventSchemas)[T]>;

/** Who and what caused an event. */
export const metadata = z.strictObject({
  /** The person or program that gave the command. */
  by: line,
  commandId: line,
  correlationId: line,
  causationId: line.exactOptional(),
  importedFrom: line.exactOptional(),
});
export type Metadata = z.infer<typeof metadata>;

/** What the rules decide: a fact without its identity. */
export type Decided<T extends EventType = EventType> = {
  readonly [K in T]: { readonly type: K; readonly data: DataOf<K> };
}[T];

/** An event of one type; `id` is a UUIDv5 of the agreement and the natural key. */
export type EventOf<T extends EventType> = {
  readonly [K in T]: {
    readonly id: z.infer<typeof eventId>;
    readonly type: K;
    readonly data: DataOf<K>;
    readonly metadata: Metadata;
  };
}[T];
export type Event = EventOf<EventType>;
export type ChangeEvent = EventOf<ChangeType>;

/**
 * An event as the log holds it. `revision` counts from 1 in its stream, `position` rises strictly over the
 * whole log, `recordedAt` never falls along `position`.
 */
export type Recorded<E extends Event = Event> = E & {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: EpochMs;
};

/** True for the twenty kinds of change: what an instrument does to a term or to the agreement. */
export const isChange = (event: Recorded): event is Recorded<ChangeEvent> =>
  event.type in changeSchemas;

/** True for what corrects or retracts the record of another event. */
export const isRecordOperation = (
  event: Recorded,
): event is Recorded<EventOf<'RecordCorrected' | 'RecordRetracted'>> =>
  event.type === 'RecordCorrected' || event.type === 'RecordRetracted';
