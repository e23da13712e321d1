import type { EffectiveStart } from '#events/change.ts';
import type { Day } from '#events/days.ts';
import type { Source } from '#events/source.ts';
import type { ChangeId, EventId, Grade, InstrumentId, TermId } from '#events/values.ts';
import type { ChangeType } from '#events/verbs.ts';

/** An instrument as the record says it, in one state of knowledge. */
export type InstrumentView = {
  readonly instrumentId: InstrumentId;
  readonly eventId: EventId;
  readonly kind: string;
  readonly title: string;
  readonly executedAt?: string;
  readonly announcedAt?: string;
  readonly sources: readonly Source[];
  /** Of a document's version: place in its source's own order, from 1. */
  readonly sourceOrder?: number;
  readonly note?: string;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
  readonly retracted: boolean;
};

/** A change's own standing in law on the day asked about. */
export type ChangeStanding =
  | 'SCHEDULED'
  | 'PROSPECTIVE'
  | 'IN_FORCE'
  | 'EXPIRED'
  | 'VOIDED'
  | 'DISPLACED'
  | 'LAPSED';

/** One change with everything it takes from its instrument filled in. */
export type ChangeView = {
  readonly changeId: ChangeId;
  readonly eventId: EventId;
  readonly type: ChangeType;
  readonly instrument?: InstrumentView;
  /** Terms it names or brings in, in order. */
  readonly terms: readonly TermId[];
  readonly standing: ChangeStanding;
  /** As the source gives it; absent: not known. */
  readonly effectiveFrom?: EffectiveStart;
  readonly effectiveUntil?: string;
  /** Bounds of the start, inclusive; absent where open or not known. */
  readonly earliest?: Day;
  readonly latest?: Day;
  readonly executedAt?: string;
  readonly announcedAt?: string;
  readonly evidence: Grade;
  readonly sources: readonly Source[];
  readonly note?: string;
  /** Epoch milliseconds and place in the log. */
  readonly recordedAt: number;
  readonly position: number;
  /** The whole payload as the record says it now. */
  readonly data: { readonly [key: string]: unknown };
};
