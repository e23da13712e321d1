/** What a store can throw. Each has a stable `code` and one sentence that says what to do. */
import type { ExpectedRevision } from './expected-revision.ts';

/** Another writer was faster, or the writer was mistaken about the stream. Nothing was stored. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
  readonly code = 'REVISION_CONFLICT';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** Revision of the stream's last event; 0 when it has none. */
  readonly actual: number;

  constructor(stream: string, expected: ExpectedRevision, actual: number) {
    super(
      `Stream ${stream} is at revision ${actual}, the writer expected ${expected}; read it again and decide anew.`,
    );
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** Of the events of an append some are stored already and some are not. Nothing was stored. */
export class DuplicateEvent extends Error {
  override readonly name = 'DuplicateEvent';
  readonly code = 'DUPLICATE_EVENT';
  readonly stream: string;
  readonly eventId: string;

  constructor(stream: string, eventId: string, where: string) {
    super(
      `Event ${eventId} ${where}, so these events can't be appended to ${stream}; a retry must repeat exactly the events of the first try.`,
    );
    this.stream = stream;
    this.eventId = eventId;
  }
}

/**
 * An id is taken by an event of another stream. Nothing was stored, and no retry mends it: an id is made of its agreement,
 * so somebody else's program has put that event there.
 */
export class EventElsewhere extends Error {
  override readonly name = 'EventElsewhere';
  readonly code = 'EVENT_ELSEWHERE';
  readonly stream: string;
  readonly eventId: string;
  /** The stream that has the event. */
  readonly elsewhere: string;

  constructor(stream: string, eventId: string, elsewhere: string) {
    super(
      `Event ${eventId} is in stream ${elsewhere} already, so it can't be appended to ${stream}; no retry mends that, only a log without the event that lies in ${elsewhere}.`,
    );
    this.stream = stream;
    this.eventId = eventId;
    this.elsewhere = elsewhere;
  }
}

/** What was handed to `append` can't be stored as it is. The caller's mistake. */
export class UnfitAppend extends Error {
  override readonly name = 'UnfitAppend';
  readonly code = 'UNFIT_APPEND';
}

/** More at once than the server takes. Nothing was stored. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
  readonly code = 'APPEND_TOO_LARGE';

  constructor(stream: string, bytes: number, most: number | undefined) {
    const limit = most === undefined ? 'the server takes less' : `the server takes ${most}`;
    super(
      `The append to ${stream} has ${bytes} bytes and ${limit} at once; record it in smaller papers, or raise the server's MaxAppendSize.`,
    );
  }
}

export type Unavailability =
  | 'DISK_FULL'
  | 'IO'
  | 'LOCKED'
  | 'READ_ONLY'
  | 'OVERLOADED'
  | 'CLOSED'
  | 'UNSUPPORTED'
  | 'STARTING'
  | 'UNREACHABLE'
  | 'DENIED'
  | 'OTHER';

/** The log can't be used now. An append that ends so is not acknowledged: retry the same ids. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly code = 'STORE_UNAVAILABLE';
  readonly reason: Unavailability;

  constructor(reason: Unavailability, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}

const lasting: ReadonlySet<Unavailability> = new Set(['DENIED', 'UNSUPPORTED']);

/** Whether it is a trouble that waiting does not mend. */
export const isLasting = (trouble: unknown): boolean =>
  trouble instanceof StoreUnavailable && lasting.has(trouble.reason);

/** A newer version of this program wrote the log. */
export class LogTooNew extends Error {
  override readonly name = 'LogTooNew';
  readonly code = 'LOG_TOO_NEW';

  constructor(path: string, found: number, known: number) {
    super(
      `The log ${path} has format ${found} and this version knows formats up to ${known}; start the newer version that wrote it, or name another log.`,
    );
  }
}

/** The file is there and is something else. It has not been touched. */
export class NotALog extends Error {
  override readonly name = 'NotALog';
  readonly code = 'NOT_A_LOG';

  constructor(path: string, what: string) {
    super(`${path} ${what}; name another path for the log, or move that file away.`);
  }
}

/** The folder or the file can't be written by this user. */
export class NotWritable extends Error {
  override readonly name = 'NotWritable';
  readonly code = 'NOT_WRITABLE';

  constructor(place: string, cause?: unknown) {
    super(
      `${place} is not writable by this user; give it write permission (the log and its -wal and -shm files lie there), or name another path for the log.`,
      cause === undefined ? undefined : { cause },
    );
  }
}

/** Where a log is damaged; what can't be told is left out. */
export type DamagedPlace = { readonly position?: number; readonly stream?: string };

/** It is our log, and what is in it is not what was written. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';
  readonly code = 'LOG_DAMAGED';
  readonly position: number | undefined;
  readonly stream: string | undefined;

  constructor(path: string, what: string, place: DamagedPlace = {}, cause?: unknown) {
    super(
      `The log ${path} is damaged: ${what}; run "codicil verify" for the whole extent, and restore the file from a backup; a mirror may be deleted, it is built anew.`,
      cause === undefined ? undefined : { cause },
    );
    this.position = place.position;
    this.stream = place.stream;
  }
}

/** The mirror and the log on the server don't belong together. Neither has been touched. */
export class MirrorMismatch extends Error {
  override readonly name = 'MirrorMismatch';
  readonly code = 'MIRROR_MISMATCH';

  constructor(path: string, what: string) {
    super(
      `${path} ${what}; if the server is the right one, delete the mirror (the file and its -wal and -shm) and it is built anew, or name another with --mirror.`,
    );
  }
}

/** An administrator has closed the stream on the server for good. Nothing was stored. */
export class StreamClosed extends Error {
  override readonly name = 'StreamClosed';
  readonly code = 'STREAM_CLOSED';
  readonly stream: string;

  constructor(stream: string) {
    super(
      `Stream ${stream} was tombstoned on the server and takes no events any more; what it held can be read as far as it was mirrored.`,
    );
    this.stream = stream;
  }
}

/** A log can't be copied there. What was there before is untouched; what was copied of it may be there in part. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
  readonly code = 'COPY_REFUSED';

  constructor(why: string) {
    super(
      `The log can't be copied there: ${why}; copy it to an empty store, or to one that has nothing but its beginning.`,
    );
  }
}

/** The connection string names no store that this build can open. */
export class UnknownStore extends Error {
  override readonly name = 'UnknownStore';
  readonly code = 'UNKNOWN_STORE';
}
