/**
 * The log's port: what every store promises, whatever engine keeps it. The contract suite in
 * `test/store/contract.ts` is the same promise in executable form.
 */
import type { StoreUnavailable } from './errors.ts';
import type { ExpectedRevision } from './expected-revision.ts';
import type { Sign } from './sign.ts';

/** What a writer hands in. `data` and `metadata` are JSON text, opaque to the store. */
export type EventToStore = {
  /** A lower-case UUID. The same id appended twice is stored once. */
  readonly id: string;
  readonly type: string;
  /** Version of the shape of `data`, from 1. */
  readonly schemaVersion: number;
  readonly data: string;
  readonly metadata: string;
  /**
   * For copies of a log only: when the log that it comes from accepted it, epoch milliseconds UTC. Absent: now.
   * Where it would fall along `position`, the time of the event before stands.
   */
  readonly recordedAt?: number;
};

export type StoredEvent = EventToStore & {
  readonly stream: string;
  /** Place in its stream: 1 is the first event, in every store, and there are no holes. */
  readonly revision: number;
  /** Place in the whole log: rises strictly in the order of commits; a safe integer. */
  readonly position: number;
  /** When the log accepted it, epoch milliseconds UTC; never falls along `position`. */
  readonly recordedAt: number;
};

export type Appended = {
  /** Revision and position of the last event. */
  readonly revision: number;
  readonly position: number;
  /** The events as they are in the log; for a duplicate, as they were stored the first time. */
  readonly events: readonly StoredEvent[];
  /** Every id was in this stream already, so nothing was written. */
  readonly duplicate: boolean;
};

/** At least one event and at most 1,000, in order. */
export type EventPage = readonly StoredEvent[];

/** The end of the log; 0 and 0 while it is empty. */
export type Head = { readonly position: number; readonly recordedAt: number };

/** One thing wrong with the log, as precisely placed as can be told. */
export type Finding = {
  readonly kind: 'FILE' | 'UNREADABLE' | 'ALTERED' | 'GAP' | 'REVISION' | 'TIME';
  readonly message: string;
  readonly position?: number;
  readonly stream?: string;
};

/** What is read here is not, or not for certain, all that the log holds. */
export type Behind = {
  /** When it last was, epoch milliseconds UTC; undefined: it never was, and nothing can be read yet. */
  readonly since: number | undefined;
  /** What stands in the way. */
  readonly trouble: Error;
};

/** How far a store has got that has to take in a log before it can be read. */
export type Progress = {
  readonly events: number;
  /** From 0 to 1, by the length of what was looked at. */
  readonly share: number;
};

export type StreamOptions = {
  /** Exclusive: the last revision not wanted. Default 0. */
  readonly after?: number;
  readonly signal?: AbortSignal;
};

export type AllOptions = {
  /** Exclusive: the last position not wanted. Default 0. */
  readonly after?: number;
  /** Inclusive. Default: the end as it is when reading begins. */
  readonly upTo?: number;
  readonly signal?: AbortSignal;
};

export type FollowOptions = { readonly after: number; readonly signal: AbortSignal };

/**
 * An append-only log of events in streams.
 *
 * Trouble is thrown: `StoreUnavailable` when the log can't be written or read now, `LogDamaged`
 * when what was read is not what was written. Reading ends quietly when its signal aborts.
 */
export interface EventStore extends AsyncDisposable {
  /**
   * Appends all events or none, and resolves only once they are durable.
   *
   * Ids that are all in this stream already make it a duplicate, whatever `expected` says, and
   * answer what was stored the first time: a retry is always safe. Data is not compared.
   * A writer that knows the rules should state a revision: with `any`, networked stores recognise
   * a duplicate on a best-effort basis only.
   *
   * @throws RevisionConflict  the stream is not where `expected` says
   * @throws DuplicateEvent    some ids are known and some are not
   * @throws EventElsewhere    an id is in another stream
   * @throws UnfitAppend       what was handed in can't be stored as it is
   * @throws StoreUnavailable  not stored, or the outcome is unknown: retry with the same ids
   */
  append(
    stream: string,
    events: readonly EventToStore[],
    expected: ExpectedRevision,
  ): Promise<Appended>;
  /** The events of one stream; none when there is no such stream. */
  readStream(stream: string, options?: StreamOptions): AsyncIterable<EventPage>;
  /** Names of all streams that have events, each once, in an order that stays the same. */
  streams(): AsyncIterable<string>;
  /** Every event up to the log's end as it is when reading begins. */
  readAll(options?: AllOptions): AsyncIterable<EventPage>;
  /**
   * What is there after a position, then what comes, for ever, without gap or double. Ends on
   * abort, and when the store is closed. A follower holds one page at most; a slow one reads on
   * from the log itself, so that it costs nobody anything and loses nothing.
   */
  follow(options: FollowOptions): AsyncIterable<EventPage>;
  find(eventId: string): Promise<StoredEvent | undefined>;
  head(): Promise<Head>;
  /** Checks the whole log and yields what is wrong with it; yields nothing for a sound one. */
  verify(options?: { readonly signal?: AbortSignal }): AsyncIterable<Finding>;
  /** What is wrong with the store or could go wrong, and what is well; may read the whole log. */
  examine(options?: { readonly signal?: AbortSignal }): AsyncIterable<Sign>;
  /** Resolves once all that the log holds now can be read here: an embedded log at once. @throws StoreUnavailable */
  level(): Promise<void>;
  /** Undefined while everything can be read that the log holds: an embedded log always. */
  behind(): Behind | undefined;
  /** Why the last write failed, until a write succeeds again. For health checks. */
  trouble(): StoreUnavailable | undefined;
  /** Refuses new appends, drains those accepted, ends followers, closes. Safe to repeat. */
  [Symbol.asyncDispose](): Promise<void>;
}
