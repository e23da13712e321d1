/** What is asked of a server that keeps a log: the one face of EventStoreDB's client and of KurrentDB's. */
/** A place in a server's whole log; 64 bits each. */
export type ServerPosition = { readonly commit: bigint; readonly prepare: bigint };

/** An event as a client gives it. */
export type ServerEvent = {
  readonly streamId: string;
  readonly id: string;
  /** From 0, as these servers count. */
  readonly revision: bigint;
  readonly type: string;
  /** Whether `data` was stored as JSON; a parsed value then, where it could be parsed. */
  readonly isJson: boolean;
  readonly data: unknown;
  /** A parsed value, or bytes that are no JSON; absent where there is none. */
  readonly metadata?: unknown;
  readonly created: Date;
  readonly position?: ServerPosition;
};

/** An event as a client takes it. */
export type EventForServer = {
  readonly id: string;
  readonly type: string;
  readonly contentType: 'application/json' | 'application/octet-stream';
  /** A plain object for JSON, else bytes: a `Uint8Array` itself and no `Buffer`. */
  readonly data: object;
  readonly metadata: object;
};

/** What a stream is told to forget, by its own metadata or by a system's defaults. */
export type StreamLimits = {
  readonly maxAge?: number;
  readonly maxCount?: number;
  /** Revisions before it (from 0) are gone. */
  readonly truncateBefore?: number | 'start' | 'end';
};

/**
 * What comes after a place, in the order of the log, for ever: a readable stream of objects. `caughtUp` is emitted
 * whenever everything that was there has been sent. After `error` nothing comes any more, and no other mark.
 */
export interface Subscription {
  read(): { readonly event?: ServerEvent } | null;
  on(event: 'readable' | 'caughtUp' | 'end', listener: () => void): unknown;
  on(event: 'error', listener: (trouble: Error) => void): unknown;
  unsubscribe(): Promise<void>;
}

export type SubscribeOptions = {
  /** Exclusive; undefined: from the beginning. */
  readonly after: ServerPosition | undefined;
  /** Only streams whose names begin so. */
  readonly prefix: string;
  /** Everything up to here was looked at. Must not throw. */
  readonly onCheckpoint: (position: ServerPosition) => void;
};

/** All of it throws the client's own errors (`server-errors.ts` knows them), and nothing is bounded in time. */
export interface ServerLog extends AsyncDisposable {
  /** As the server says it, such as `23.10.7`; `unknown` where it is too old to say. */
  version(): Promise<string>;
  /** Appends all or none, at the revision of the stream's last event (from 0). The same call twice is stored once. */
  append(
    stream: string,
    events: readonly EventForServer[],
    expected: bigint | 'no_stream',
  ): Promise<void>;
  /** The first event at a position or behind it. */
  eventFrom(position: ServerPosition): Promise<ServerEvent | undefined>;
  /** Where the whole log ends now, system events included. */
  end(): Promise<ServerPosition | undefined>;
  subscribe(options: SubscribeOptions): Subscription;
  /** Events of a stream from its first; none where there is no such stream. */
  readStream(stream: string): AsyncIterable<ServerEvent>;
  limitsOf(stream: string): Promise<StreamLimits>;
}
