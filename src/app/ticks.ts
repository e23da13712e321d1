import type { EventPage } from '#store/store.ts';

const NOTHING: EventPage = [];

/** Somebody who waits for a tick; or for the end, when there will be none any more. */
type Waiting = { tick(closed: boolean): void };

/** One timer for all who want to look at the clock now and then; it rests while nobody does. */
export class Ticker {
  readonly #interval: number;
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param interval ms */
  constructor(interval: number) {
    this.#interval = interval;
  }

  /** Calls at each tick until it is removed. */
  add(one: Waiting): void {
    if (this.#closed) return one.tick(true);
    this.#waiting.add(one);
    this.#timer ??= setInterval(() => this.#tick(), this.#interval);
  }

  remove(one: Waiting): void {
    this.#waiting.delete(one);
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Ends whoever waits, and whoever comes. */
  close(): void {
    this.#closed = true;
    this.#tick();
  }

  #tick(): void {
    for (const one of [...this.#waiting]) one.tick(this.#closed);
  }
}

type Come = (page: EventPage | undefined | PromiseLike<undefined>) => void;

/**
 * Pages as they come and, where none has come at a tick, an empty one. The first is an empty one: whoever starts at
 * the log's end need not wait. Made of as little as it can be, because thousands may wait at a time.
 */
export class PagesOrTicks {
  readonly #source: AsyncIterator<EventPage>;
  readonly #ticker: Ticker;
  #started = false;
  #asked = false;
  /** What the source gave, or why it failed, while nobody waited. */
  #ready: Promise<EventPage | undefined> | undefined;
  #come: Come | undefined;

  constructor(source: AsyncIterable<EventPage>, ticker: Ticker) {
    this.#source = source[Symbol.asyncIterator]();
    this.#ticker = ticker;
  }

  /** The next page, an empty one at a tick, or nothing when there will be none any more. */
  next(): Promise<EventPage | undefined> {
    if (!this.#started) {
      this.#started = true;
      return Promise.resolve(NOTHING);
    }
    const ready = this.#ready;
    this.#ready = undefined;
    if (ready !== undefined) return ready;
    if (!this.#asked) this.#ask();
    return new Promise((resolve) => {
      this.#come = resolve;
      this.#ticker.add(this);
    });
  }

  async stop(): Promise<void> {
    this.#ticker.remove(this);
    await this.#source.return?.();
  }

  #ask(): void {
    this.#asked = true;
    this.#source.next().then(
      ({ done, value }) => this.#give(Promise.resolve(done === true ? undefined : value)),
      (trouble) => this.#give(Promise.reject(trouble)),
    );
  }

  #give(result: Promise<EventPage | undefined>): void {
    this.#asked = false;
    if (this.#come === undefined) {
      // Whoever asks next is told; until then a failure is nobody's.
      result.catch(() => undefined);
      this.#ready = result;
    } else this.#tell(result as Promise<undefined>);
  }

  tick(closed: boolean): void {
    this.#tell(closed ? undefined : NOTHING);
  }

  #tell(page: EventPage | undefined | Promise<undefined>): void {
    const come = this.#come;
    this.#come = undefined;
    this.#ticker.remove(this);
    come?.(page);
  }
}
