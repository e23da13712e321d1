/** Following the log: one watch on it per store, and a cursor per follower. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventPage, FollowOptions } from './store.ts';

type Log = {
  /** Events after a position and up to another, as many as fit a page. */
  readonly page: (after: number, upTo: number) => EventPage;
  /** Differs from its last answer once another connection has committed; undefined: none can. */
  readonly version: () => number | undefined;
};

/** Events that followers get at a time, and how many such chunks are held for those close behind. */
const CHUNK = 64;
const CHUNKS = 64;
/** UTF-16 units of the events held, but for one chunk. */
const LENGTH = 16 * 1024 * 1024;

/** `length`: UTF-16 units of its events; `endedAt`: the generation in which the log ended behind it. */
type Chunk = { readonly page: EventPage; readonly length: number; readonly endedAt: number };
const NOT_YET = -1;
const EMPTY: Chunk = { page: [], length: 0, endedAt: NOT_YET };

/** Somebody who waits for the log to change. */
type Waiting = { wake(): void };

/**
 * Knows when there may be something new: told at once of this store's commits, and asking for
 * other processes' commits, but only while somebody waits. It holds the events read last, so that
 * a thousand followers, each at a place of its own, hold them once and not a thousand times.
 */
export class Tail {
  readonly #log: Log;
  readonly #interval: number;
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | undefined;
  #version: number | undefined;
  /** Rises with every wake; a page read before may lack something since. */
  #generation = 0;
  readonly #chunks = new Map<number, Chunk>();
  #closed = false;

  /** @param interval how often other processes' commits are asked for, ms */
  constructor(log: Log, interval: number) {
    this.#log = log;
    this.#interval = interval;
    // Before any page is read, so that what comes after that page is noticed as a difference.
    this.#version = log.version();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Some of the events after a position, those of one chunk; empty at the log's end. */
  page(after: number): EventPage {
    const start = Math.floor(after / CHUNK) * CHUNK;
    return this.#chunk(start, after - start).slice(after - start);
  }

  /** Events are the same objects for all followers, wherever in the chunk they stand; only what is missing is read. */
  #chunk(start: number, place: number): EventPage {
    let chunk = this.#chunks.get(start) ?? EMPTY;
    while (chunk.page.length <= place && chunk.endedAt !== this.#generation) {
      chunk = this.#grown(chunk, start);
    }
    // Last in the map is the last used.
    this.#chunks.delete(start);
    this.#chunks.set(start, chunk);
    this.#forgetOldest();
    return chunk.page;
  }

  /** Long events come a few at a time, so that one look may not be enough. */
  #grown({ page, length }: Chunk, start: number): Chunk {
    const more = this.#log.page(start + page.length, start + CHUNK);
    if (more.length === 0) return { page, length, endedAt: this.#generation };
    const longer = more.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    return { page: [...page, ...more], length: length + longer, endedAt: NOT_YET };
  }

  #forgetOldest(): void {
    let length = 0;
    for (const chunk of this.#chunks.values()) length += chunk.length;
    for (const [start, chunk] of this.#chunks) {
      if (this.#chunks.size === 1 || (this.#chunks.size <= CHUNKS && length <= LENGTH)) return;
      this.#chunks.delete(start);
      length -= chunk.length;
    }
  }

  /** There is something new: wakes all who wait. */
  wake(): void {
    this.#generation += 1;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const each of waiting) each.wake();
  }

  /**
   * Wakes whoever waits at the next wake. To be called in the same turn as the page was read and found empty:
   * nothing of this process can come in between then, and what another process commits is a difference to the
   * version known before.
   */
  wait(one: Waiting): void {
    this.#waiting.add(one);
    if (this.#version !== undefined)
      this.#timer ??= setInterval(() => this.#look(), this.#interval);
  }

  leave(one: Waiting): void {
    this.#waiting.delete(one);
    if (this.#waiting.size === 0) this.#rest();
  }

  close(): void {
    this.#closed = true;
    this.wake();
  }

  #look(): void {
    const version = this.#asked();
    if (version === this.#version) return;
    this.#version = version;
    this.wake();
  }

  /** A log that can't be asked counts as changed: those who wait then meet the trouble itself. */
  #asked(): number {
    try {
      return this.#log.version() ?? 0;
    } catch {
      return -1;
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const DONE: IteratorResult<EventPage> = { done: true, value: undefined };

/**
 * A follower's place. No generator: one that waits would hold the page that it gave last, and a server
 * may have thousands that wait.
 */
class Follower implements AsyncIterableIterator<EventPage> {
  readonly #tail: Tail;
  readonly #signal: AbortSignal;
  #cursor: number;
  #gave = false;
  #stopped = false;
  #woken: (() => void) | undefined;

  constructor(tail: Tail, { after, signal }: FollowOptions) {
    this.#tail = tail;
    this.#cursor = after;
    this.#signal = signal;
    if (signal.aborted) this.#stopped = true;
    else signal.addEventListener('abort', this);
  }

  async next(): Promise<IteratorResult<EventPage>> {
    // A long history must not keep everybody else from their turn.
    if (this.#gave) await nextTurn();
    while (!this.#stopped && !this.#tail.closed) {
      const page = this.#read();
      if (page.length > 0) return { done: false, value: page };
      await this.#changed();
    }
    this.#stop();
    return DONE;
  }

  async return(): Promise<IteratorResult<EventPage>> {
    this.#stop();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  wake(): void {
    this.#woken?.();
    this.#woken = undefined;
  }

  /** The signal aborts. */
  handleEvent(): void {
    this.#stop();
  }

  /** What is there behind the place, at which it stands from then on. @throws as the log does */
  #read(): EventPage {
    try {
      const page = this.#tail.page(this.#cursor);
      this.#cursor = page.at(-1)?.position ?? this.#cursor;
      this.#gave = page.length > 0;
      return page;
    } catch (trouble) {
      this.#stop();
      throw trouble;
    }
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#woken = resolve;
      this.#tail.wait(this);
    });
  }

  #stop(): void {
    this.#stopped = true;
    this.#signal.removeEventListener('abort', this);
    this.#tail.leave(this);
    this.wake();
  }
}

/**
 * The pages after a position, for ever. Ends when the signal aborts, when the reader stops (even
 * while it waits for a page), or when the tail is closed; nothing is left behind then.
 */
export const follow = (tail: Tail, options: FollowOptions): AsyncIterableIterator<EventPage> =>
  new Follower(tail, options);
