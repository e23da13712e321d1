/** Appending to a log on a server: by expected revision, repeated until its outcome is known, read back from the mirror. */
import { setTimeout as sleep } from 'node:timers/promises';
import { bounded } from './bounded.ts';
import type { AppendRequest } from './check-append.ts';
import {
  AppendTooLarge,
  isLasting,
  RevisionConflict,
  StoreUnavailable,
  StreamClosed,
} from './errors.ts';
import { meets } from './expected-revision.ts';
import type { Mirror } from './mirror.ts';
import { repeated } from './repeated.ts';
import { verdictOn } from './server-errors.ts';
import { eventsForServer } from './server-event.ts';
import type { EventForServer } from './server-log.ts';
import type { SqliteReading } from './sqlite-read.ts';
import type { Appended, StoredEvent } from './store.ts';
import { Turns } from './turns.ts';

type Options = {
  readonly mirror: Mirror;
  /** What the mirror holds. */
  readonly reading: () => SqliteReading;
  /** Stands before the names of our streams on the server. */
  readonly streamPrefix: string;
};

/** How long an append tries to reach the server and waits for the mirror, ms. */
const patience = 10_000;
/** How long one call may take before its outcome counts as unknown, ms. */
const callPatience = 4_000;
/** Calls under way at a time: more would keep the mirror from its turn, and the server drops slow followers. */
const mostCalls = 64;
/** Between two tries of the same call, ms. */
const pause = 100;
/** Bytes of one append. A message above 16 MiB would break the other appends on its connection. */
const mostBytes = 12 * 1024 * 1024;

type Call = {
  readonly stream: string;
  readonly events: readonly EventForServer[];
  readonly bytes: number;
  /** Revision of the stream's last event, from 1; 0: none. */
  readonly revision: number;
  readonly deadline: number;
};

/** `actual`: the revision at which somebody else was first. `again`: it took more than one try. */
type Called = { readonly actual?: number; readonly again: boolean };

const bytesOf = (events: AppendRequest['events']): number =>
  events.reduce(
    (sum, { data, metadata, type }) =>
      sum + Buffer.byteLength(data) + Buffer.byteLength(metadata) + type.length,
    0,
  );

/** The error for what no second try can mend; undefined for the rest. */
const finalError = (error: unknown, { stream, bytes }: Call): Error | undefined => {
  if (error instanceof StoreUnavailable) return isLasting(error) ? error : undefined;
  const verdict = verdictOn(error);
  if (verdict.kind === 'tombstoned') return new StreamClosed(stream);
  if (verdict.kind === 'too-large') return new AppendTooLarge(stream, bytes, verdict.most);
  if (verdict.kind === 'denied') {
    return new StoreUnavailable(
      'DENIED',
      `The server lets this user not append to ${stream}.`,
      error,
    );
  }
  return undefined;
};

export class ServerAppends {
  readonly #options: Options;
  readonly #calls = new Turns(mostCalls);
  /** The last append to each stream that is under way; the next one waits for it. */
  readonly #queues = new Map<string, Promise<unknown>>();
  #trouble: StoreUnavailable | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Why the last append failed for reasons outside, until one succeeds. */
  get trouble(): StoreUnavailable | undefined {
    return this.#trouble;
  }

  /** The server is there again: what failed before says nothing about the next. */
  forgetTrouble(): void {
    this.#trouble = undefined;
  }

  /** Appends to one stream follow one another, so that of two that are the same the second is known as such. */
  async add(request: AppendRequest): Promise<Appended> {
    const { stream } = request;
    const before = this.#queues.get(stream);
    const appending = (async () => {
      await before;
      return this.#append(request);
    })();
    const settled = appending.then(
      () => undefined,
      () => undefined,
    );
    this.#queues.set(stream, settled);
    try {
      return await appending;
    } finally {
      if (this.#queues.get(stream) === settled) this.#queues.delete(stream);
    }
  }

  /** Resolves when everything that was accepted before is settled. */
  async drained(): Promise<void> {
    await Promise.all(this.#queues.values());
  }

  async #append(request: AppendRequest): Promise<Appended> {
    const { stream } = request;
    const deadline = performance.now() + patience;
    const bytes = bytesOf(request.events);
    if (bytes > mostBytes) throw new AppendTooLarge(stream, bytes, mostBytes);
    const events = eventsForServer(request.events);
    let appended = this.#echo(request);
    while (appended === undefined) {
      const revision = this.#stated(request);
      const { actual, again } = await this.#call({ stream, events, bytes, revision, deadline });
      await this.#mirrored(stream, actual ?? revision + events.length, deadline);
      const stored = this.#echo(request);
      if (stored !== undefined) appended = { ...stored, duplicate: actual !== undefined && !again };
      else this.#judge(request);
    }
    return appended;
  }

  /** Somebody else was first: whoever named no revision may try again. @throws RevisionConflict */
  #judge({ stream, expected }: AppendRequest): void {
    const actual = this.#options.reading().revisionOf(stream);
    const named = typeof expected === 'number' || expected === 'no-stream';
    if (named || !meets(expected, actual)) throw new RevisionConflict(stream, expected, actual);
  }

  /** The revision to be told to the server: it is told one always, because only then it knows a repetition. */
  #stated({ stream, expected }: AppendRequest): number {
    if (typeof expected === 'number') return expected;
    if (expected === 'no-stream') return 0;
    const revision = this.#options.reading().revisionOf(stream);
    if (meets(expected, revision)) return revision;
    throw new RevisionConflict(stream, expected, revision);
  }

  /** What the mirror has of these events; undefined when it has none. @throws DuplicateEvent */
  #echo(request: AppendRequest): Appended | undefined {
    const find = (id: string): StoredEvent | undefined => this.#options.reading().find(id);
    const known = request.events.filter(({ id }) => find(id) !== undefined).length;
    return known === 0 ? undefined : repeated(request, known, find);
  }

  /**
   * The very same call until its outcome is known: by the ids and the revision the server knows what it has stored
   * already, also when it died before it could say so.
   */
  async #call(call: Call): Promise<Called> {
    for (let again = false; ; again = true) {
      try {
        await this.#tried(call);
        this.#trouble = undefined;
        return { again };
      } catch (error) {
        const verdict = verdictOn(error);
        if (verdict.kind === 'conflict') return { actual: verdict.actual, again };
        this.#endWith(error, call);
      }
      await sleep(pause);
    }
  }

  /** Throws what a further try can't mend, or when there is no time left for one. */
  #endWith(error: unknown, call: Call): void {
    const final = finalError(error, call);
    if (final !== undefined) throw this.#noted(final);
    if (performance.now() + pause > call.deadline) throw this.#noted(this.#unknown(error, call));
  }

  async #tried({ stream, events, revision }: Call): Promise<void> {
    const expected = revision === 0 ? 'no_stream' : BigInt(revision - 1);
    const name = `${this.#options.streamPrefix}${stream}`;
    await this.#calls.take();
    try {
      const server = this.#options.mirror.server();
      await bounded(server.append(name, events, expected), callPatience);
    } finally {
      this.#calls.give();
    }
  }

  /** Waits until the mirror has a revision. */
  async #mirrored(stream: string, revision: number, deadline: number): Promise<void> {
    const left = Math.max(1_000, deadline - performance.now());
    try {
      await bounded(this.#options.mirror.seen(stream, revision), left);
    } catch (error) {
      const what = `What was appended to ${stream} has not come back from the server yet; try again with the same ids.`;
      throw this.#noted(new StoreUnavailable('UNREACHABLE', what, error));
    }
  }

  #unknown(error: unknown, { stream }: Call): StoreUnavailable {
    const why = this.#options.mirror.behind()?.trouble ?? error;
    const said = why instanceof Error ? why.message : String(why);
    const reason = why instanceof StoreUnavailable ? why.reason : 'UNREACHABLE';
    const what = `The append to ${stream} has no known outcome; try again with the same ids. ${said}`;
    return new StoreUnavailable(reason, what, error);
  }

  #noted<E extends Error>(error: E): E {
    if (error instanceof StoreUnavailable) this.#trouble = error;
    return error;
  }
}
