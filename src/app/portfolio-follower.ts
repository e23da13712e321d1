import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDamage, removeIndex } from '#portfolio/connection.ts';
import type { Gain } from '#portfolio/index-writer.ts';
import { PortfolioIndex } from '#portfolio/portfolio-index.ts';
import type { EventStore, Progress } from '#store/store.ts';
import { PROJECTION_VERSION } from './answer.ts';
import type { Histories } from './histories.ts';
import { type Gap, gainsIn } from './portfolio-gains.ts';

/** Beyond such a gap nobody waits for the index with a bounded patience: folding is over sooner. */
const HOPELESS_GAP = 20_000;
/** Events that are written at once. */
const BATCH = 2_000;

export type PortfolioOptions = {
  /** Path of the index; absent: it lies in memory. */
  readonly path?: string;
  /** How long a question waits for the index to hold all that it is asked for, ms. Default 2,000. */
  readonly patience?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Whether it goes on behind every append, from the first question on, or at once where it was begun before. */
  readonly follow?: boolean;
};

/** Carries the index on with the log: when it is asked, and behind every append where it is told to follow. */
export class PortfolioFollower {
  readonly #store: EventStore;
  readonly #histories: Histories;
  readonly #options: PortfolioOptions;
  readonly #closing = new AbortController();
  #opening: Promise<PortfolioIndex> | undefined;
  #running: Promise<void> | undefined;
  #following: Promise<void> | undefined;

  constructor(store: EventStore, histories: Histories, options: PortfolioOptions = {}) {
    this.#store = store;
    this.#histories = histories;
    this.#options = options;
    const { path, follow } = options;
    if (follow === true && path !== undefined && existsSync(path)) this.follow();
  }

  /** The index once it holds everything up to a position; undefined when that takes too long, or it can't be kept. */
  async reaching(position: number): Promise<PortfolioIndex | undefined> {
    const giveUp = performance.now() + (this.#options.patience ?? 2_000);
    if (this.#options.follow === true) this.follow();
    try {
      for (;;) {
        const index = await this.#opened();
        const missing = position - index.follows().checkpoint;
        if (missing <= 0) return index;
        const left = giveUp - performance.now();
        const isHopeless = missing > HOPELESS_GAP && left < Number.POSITIVE_INFINITY;
        const running = this.#carrying(index);
        if (left <= 0 || isHopeless) return undefined;
        await within(running, left);
      }
    } catch (trouble) {
      return this.#giveUp(trouble);
    }
  }

  /** Goes on behind every append from now on. */
  follow(): void {
    this.#following ??= this.#follow(this.#closing.signal);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.#running, this.#following]);
    const index = await this.#opening?.catch(() => undefined);
    index?.close();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    try {
      const { position } = await this.#store.head();
      await this.#carryOnNow();
      for await (const _ of this.#store.follow({ after: position, signal })) {
        await this.#carryOnNow();
      }
    } catch {
      // The log can't be read now; whoever asks carries the index on.
    }
  }

  async #carryOnNow(): Promise<void> {
    try {
      await this.#carrying(await this.#opened());
    } catch (trouble) {
      await this.#giveUp(trouble);
    }
  }

  /** Carrying on, which runs once at a time. */
  #carrying(index: PortfolioIndex): Promise<void> {
    if (this.#running !== undefined) return this.#running;
    const running = this.#carryOn(index).finally(() => {
      this.#running = undefined;
    });
    // Perhaps nobody waits for it; who does is told of what went wrong.
    running.catch(() => undefined);
    this.#running = running;
    return running;
  }

  /** What can't be used is given up until it is asked for again; damage begins it anew. Other trouble is the log's. */
  async #giveUp(trouble: unknown): Promise<undefined> {
    if (!(trouble instanceof Error) || !('errcode' in trouble)) return;
    const index = await this.#opening?.catch(() => undefined);
    this.#opening = undefined;
    index?.close();
    const { path } = this.#options;
    if (isDamage(trouble) && path !== undefined) removeIndex(path);
  }

  #opened(): Promise<PortfolioIndex> {
    this.#opening ??= this.#open().catch((trouble) => {
      this.#opening = undefined;
      throw trouble;
    });
    return this.#opening;
  }

  async #open(): Promise<PortfolioIndex> {
    const index = new PortfolioIndex(PROJECTION_VERSION, this.#options.path);
    await this.#bind(index);
    return index;
  }

  /** An index belongs to a log with the same beginning, and the last event taken in in the same place. */
  async #bind(index: PortfolioIndex): Promise<void> {
    const { generation, origin, checkpoint, event } = index.follows();
    const first = (await this.#eventAt(1)) ?? '';
    const last = checkpoint === 0 ? '' : await this.#eventAt(checkpoint);
    if (origin !== first || event !== last) index.beginAnew(generation, first);
  }

  /** Names the event there: who records the same file in a new log gets the same ids at another time. */
  async #eventAt(position: number): Promise<string | undefined> {
    for await (const [event] of this.#store.readAll({ after: position - 1, upTo: position })) {
      return event && `${event.id} ${event.recordedAt}`;
    }
    return undefined;
  }

  async #carryOn(index: PortfolioIndex): Promise<void> {
    await this.#bind(index);
    const { generation, checkpoint } = index.follows();
    const { position } = await this.#store.head();
    if (position <= checkpoint) return;
    await this.#takeIn(index, { generation, after: checkpoint, upTo: position });
    const event = await this.#eventAt(position);
    if (event === undefined || this.#closing.signal.aborted) return;
    index.reach({ generation, checkpoint: position, event });
  }

  async #takeIn(index: PortfolioIndex, gap: Gap): Promise<void> {
    const { generation, after, upTo } = gap;
    let gains: Gain[] = [];
    let [taken, waiting] = [0, 0];
    const log = { store: this.#store, histories: this.#histories };
    const { signal } = this.#closing;
    for await (const gain of gainsIn(log, { index, gap, signal })) {
      gains.push(gain);
      waiting += gain.revision - gain.after;
      if (waiting < BATCH) continue;
      index.put(gains, generation);
      taken += waiting;
      this.#options.onProgress?.({ events: taken, share: Math.min(1, taken / (upTo - after)) });
      [gains, waiting] = [[], 0];
    }
    if (gains.length > 0) index.put(gains, generation);
  }
}

/** Resolves when the work is done, or its time is up. */
const within = async (work: Promise<void>, patience: number): Promise<void> => {
  if (patience === Number.POSITIVE_INFINITY) return work;
  await Promise.race([work, sleep(patience, undefined, { ref: false })]);
};
