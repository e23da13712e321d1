/** Following the log: one watch on it per store, and a cursor per follower. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventPage, FollowOptions } from './store.ts';

type Log = {
  readonly page: (after: number) => EventPage;
  /** Differs from its last answer once another connection has committed; undefined: none can. */
  readonly version: () => number | undefined;
};

/**
 * Knows when there may be something new: told at once of this store's commits, and asking for
 * other processes' commits, but only while somebody waits. It holds no events but the page it
 * read last, which the followers at the same place share.
 */
export class Tail {
  readonly #log: Log;
  readonly #interval: number;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #version: number | undefined;
  /** Rises with every wake; a page read before may lack something since. */
  #generation = 0;
  #last: { readonly after: number; readonly generation: number; readonly page: EventPage };
  #closed = false;

  /** @param interval how often other processes' commits are asked for, ms */
  constructor(log: Log, interval: number) {
    this.#log = log;
    this.#interval = interval;
    // Before any page is read, so that what comes after that page is noticed as a difference.
    this.#version = log.version();
    this.#last = { after: -1, generation: -1, page: [] };
  }

  get closed(): boolean {
    return this.#closed;
  }

  page(after: number): EventPage {
    const last = this.#last;
    if (last.after === after && last.generation === this.#generation) return last.page;
    const page = this.#log.page(after);
    this.#last = { after, generation: this.#generation, page };
    return page;
  }

  /** There is something new: wakes all who wait. */
  wake(): void {
    this.#generation += 1;
    for (const done of [...this.#waiting]) done();
  }

  /**
   * Resolves at the next wake, or when the signal aborts. To be called in the same turn as the page
   * was read and found empty: nothing of this process can come in between then, and what another
   * process commits is a difference to the version known before.
   */
  changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        if (this.#waiting.size === 0) this.#rest();
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
      if (this.#version !== undefined) {
        this.#timer ??= setInterval(() => this.#look(), this.#interval);
      }
    });
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

async function* pagesAfter(tail: Tail, after: number, signal: AbortSignal) {
  let cursor = after;
  while (!signal.aborted && !tail.closed) {
    const page = tail.page(cursor);
    const last = page.at(-1);
    if (last === undefined) {
      await tail.changed(signal);
      continue;
    }
    cursor = last.position;
    yield page;
    // A long history must not keep everybody else from their turn.
    await nextTurn();
  }
}

/** The same, stopped by either of two: the caller's signal and the reader that goes away. */
async function* pagesUntil(tail: Tail, { after, signal }: FollowOptions, stopped: AbortController) {
  const stop = () => stopped.abort();
  if (signal.aborted) return;
  signal.addEventListener('abort', stop);
  try {
    yield* pagesAfter(tail, after, stopped.signal);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * The pages after a position, for ever. Ends when the signal aborts, when the reader stops (even
 * while it waits for a page, which a bare generator would not), or when the tail is closed;
 * nothing is left behind then.
 */
export const follow = (tail: Tail, options: FollowOptions): AsyncIterableIterator<EventPage> => {
  const stopped = new AbortController();
  const pages = pagesUntil(tail, options, stopped);
  return {
    next: () => pages.next(),
    return: () => {
      stopped.abort();
      return pages.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
