import { decode } from '#events/codec.ts';
import { agreementId as parseAgreementId } from '#events/values.ts';
import { History } from '#projections/history.ts';
import type { EventStore, StoredEvent } from '#store/store.ts';
import { wholeStream } from '#store/whole-stream.ts';
import { streamOf } from './stream-name.ts';

/** Events whose histories are kept for whoever asks. */
const KEPT_EVENTS = 30_000;

type Kept = {
  readonly history: History;
  revision: number;
  /** The log's end when the history was last carried on: what lies before it is in. */
  head: number;
  /** Carrying on, while it runs. */
  running?: Promise<void> | undefined;
};

/**
 * Histories by agreement, read when they are asked for and carried on by what is new in the log. So an answer
 * always holds everything that was acknowledged before it was asked.
 */
export class Histories {
  readonly #store: Pick<EventStore, 'readStream' | 'head'>;
  readonly #kept = new Map<string, Kept>();
  readonly #most: number;
  #last: Kept | undefined;

  /**
   * @param most events whose histories are kept, over all agreements; beyond that the longest unused goes, but for the
   * last one
   */
  constructor(store: Pick<EventStore, 'readStream' | 'head'>, most = KEPT_EVENTS) {
    this.#store = store;
    this.#most = most;
  }

  /** Whether an agreement is there; once recorded it does not go away. */
  async has(agreement: string): Promise<boolean> {
    const revision = this.#kept.get(agreement)?.revision ?? 0;
    return revision > 0 || (await this.current(agreement)) !== undefined;
  }

  /**
   * The history up to a position at least, as far as the log goes; by default the log's end. Undefined for an agreement
   * that is not there.
   */
  async current(agreement: string, upTo?: number): Promise<History | undefined> {
    const known = this.#kept.get(agreement)?.head ?? 0;
    const isKnown = upTo !== undefined && upTo <= known;
    const position = isKnown ? upTo : await this.#reached(upTo);
    let kept = this.#kept.get(agreement);
    if (kept === undefined) {
      const parsed = parseAgreementId.safeParse(agreement);
      if (!parsed.success) return undefined;
      kept = { history: new History(parsed.data), revision: 0, head: 0 };
      this.#kept.set(agreement, kept);
    }
    while (kept.head < position) {
      kept.running ??= this.#carryOn(agreement, kept, position);
      await kept.running;
    }
    if (kept.revision === 0) {
      this.#kept.delete(agreement);
      return undefined;
    }
    this.#used(agreement, kept);
    return kept.history;
  }

  /** A replica may be asked for what it has not seen yet. */
  async #reached(upTo = Number.POSITIVE_INFINITY): Promise<number> {
    return Math.min(upTo, (await this.#store.head()).position);
  }

  async #carryOn(agreement: string, kept: Kept, position: number): Promise<void> {
    try {
      // Taken in one go, so that nobody sees an append in part.
      const gained = await wholeStream(this.#store, streamOf(agreement), kept.revision);
      for (const stored of gained) take(kept, stored);
      kept.head = position;
    } finally {
      kept.running = undefined;
    }
  }

  #used(agreement: string, kept: Kept): void {
    if (this.#last === kept) return;
    this.#last = kept;
    // Last in the map is the last used.
    this.#kept.delete(agreement);
    this.#kept.set(agreement, kept);
    if (this.#kept.size > 1) this.#forgetOldest();
  }

  #forgetOldest(): void {
    let events = [...this.#kept.values()].reduce((sum, { revision }) => sum + revision, 0);
    for (const [agreement, { revision }] of this.#kept) {
      if (events <= this.#most || this.#kept.size === 1) return;
      this.#kept.delete(agreement);
      events -= revision;
    }
  }
}

const take = (kept: Kept, stored: StoredEvent): void => {
  const event = decode(stored);
  if (event.type === 'Unreadable') kept.history.recordUnreadable(event);
  else kept.history.record(event);
  kept.revision = stored.revision;
};
