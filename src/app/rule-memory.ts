import { fold, foldOnto, type RuleState } from '#agreement/rule-state.ts';
import { decode } from '#events/codec.ts';
import type { Recorded } from '#events/event.ts';
import type { EventStore, StoredEvent } from '#store/store.ts';
import { wholeStream } from '#store/whole-stream.ts';
import { streamOf } from './stream-name.ts';

/** The rules can not judge a history that this program can not read in full. Nothing was recorded. */
export class HistoryUnreadable extends Error {
  override readonly name = 'HistoryUnreadable';
  readonly code = 'HISTORY_UNREADABLE';
}

/** Events whose rule states are kept at most, over all agreements: 60 MB. */
const KEPT_EVENTS = 60_000;

const readable = (stored: StoredEvent): Recorded => {
  const event = decode(stored);
  if (event.type !== 'Unreadable') return event;
  throw new HistoryUnreadable(
    `Event ${event.id} (revision ${event.revision} of ${event.stream}) can not be read: ${event.reason}`,
  );
};

/** The stored events as events. @throws HistoryUnreadable */
export const allReadable = (stored: readonly StoredEvent[]): readonly Recorded[] =>
  stored.map(readable);

/**
 * Rule states by agreement, carried on by what is new in the log, so that a write costs what is new and not what
 * is old. A state may be read until the next wait only: then somebody else may carry it on.
 *
 * When there are too many, those that go are drawn by lot. To drop the longest unused would serve nobody where more
 * agreements than fit are written in turn: each would go just before it is wanted. So as many are there as fit.
 */
export class RuleMemory {
  readonly #store: Pick<EventStore, 'readStream'>;
  readonly #most: number;
  readonly #states = new Map<string, RuleState>();
  /** The agreements of `#states`, in no order. */
  readonly #names: string[] = [];
  #events = 0;

  /** @param most events whose states are kept; the one that was written last stays whatever its size */
  constructor(store: Pick<EventStore, 'readStream'>, most = KEPT_EVENTS) {
    this.#store = store;
    this.#most = most;
  }

  /** The state at the end of the agreement's stream, as the log has it now. */
  async current(agreement: string): Promise<RuleState> {
    for (;;) {
      const after = this.#states.get(agreement)?.revision ?? 0;
      const stored = await wholeStream(this.#store, streamOf(agreement), after);
      const state = this.note(agreement, allReadable(stored));
      if (state !== undefined) return state;
    }
  }

  /** Carries a state on by events just read or appended; absent when some before them are missing here. */
  note(agreement: string, events: readonly Recorded[]): RuleState | undefined {
    const known = this.#states.get(agreement) ?? fold(agreement, []);
    const { revision } = known;
    const fresh = events.filter((event) => event.revision > revision);
    const first = fresh[0];
    if (first !== undefined && first.revision !== revision + 1) return undefined;
    const state = foldOnto(known, fresh);
    if (!this.#states.has(agreement)) this.#names.push(agreement);
    this.#states.set(agreement, state);
    this.#events += fresh.length;
    while (this.#events > this.#most && this.#names.length > 1) this.#forgetOne(agreement);
    return state;
  }

  #forgetOne(but: string): void {
    const place = Math.floor(Math.random() * this.#names.length);
    const name = this.#names[place];
    if (name === undefined || name === but) return;
    this.#names[place] = this.#names.at(-1) ?? name;
    this.#names.pop();
    this.#events -= this.#states.get(name)?.revision ?? 0;
    this.#states.delete(name);
  }
}
