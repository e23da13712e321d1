import { decode } from '#events/codec.ts';
import { agreementId as parseAgreementId } from '#events/values.ts';
import { History } from '#projections/history.ts';
import type { EventStore, StoredEvent } from '#store/store.ts';
import { streamOf } from './stream-name.ts';

/** Events whose histories are kept at most, over all agreements; beyond that the longest unused goes. */
const KEPT_EVENTS = 200_000;

type Kept = { readonly history: History; revision: number };

/**
 * Histories by agreement, read when they are asked for and carried on by what is new in the log. So an answer
 * always holds everything that was acknowledged before it was asked.
 */
export class Histories {
  readonly #store: Pick<EventStore, 'readStream'>;
  readonly #kept = new Map<string, Kept>();

  constructor(store: Pick<EventStore, 'readStream'>) {
    this.#store = store;
  }

  /** The history up to the log's end; undefined for an agreement that is not there. */
  async current(agreement: string): Promise<History | undefined> {
    const parsed = parseAgreementId.safeParse(agreement);
    if (!parsed.success) return undefined;
    const kept = this.#kept.get(agreement) ?? { history: new History(parsed.data), revision: 0 };
    for await (const page of this.#store.readStream(streamOf(agreement), {
      after: kept.revision,
    })) {
      for (const stored of page) take(kept, stored);
    }
    if (kept.revision === 0) return undefined;
    // Last in the map is the last used.
    this.#kept.delete(agreement);
    this.#kept.set(agreement, kept);
    this.#forgetOldest();
    return kept.history;
  }

  #forgetOldest(): void {
    let events = [...this.#kept.values()].reduce((sum, { revision }) => sum + revision, 0);
    for (const [agreement, { revision }] of this.#kept) {
      if (events <= KEPT_EVENTS || this.#kept.size === 1) return;
      this.#kept.delete(agreement);
      events -= revision;
    }
  }
}

/** Two readers may bring the same page; each event is taken once. */
const take = (kept: Kept, stored: StoredEvent): void => {
  if (stored.revision !== kept.revision + 1) return;
  const event = decode(stored);
  if (event.type === 'Unreadable') kept.history.recordUnreadable(event);
  else kept.history.record(event);
  kept.revision = stored.revision;
};
