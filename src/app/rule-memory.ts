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

/** Events whose rule states are kept at most, over all agreements; beyond that the longest unused goes. */
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
 */
export class RuleMemory {
  readonly #store: Pick<EventStore, 'readStream'>;
  readonly #states = new Map<string, RuleState>();

  constructor(store: Pick<EventStore, 'readStream'>) {
    this.#store = store;
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
    const fresh = events.filter(({ revision }) => revision > known.revision);
    const first = fresh[0];
    if (first !== undefined && first.revision !== known.revision + 1) return undefined;
    const state = foldOnto(known, fresh);
    // Last in the map is the last used.
    this.#states.delete(agreement);
    this.#states.set(agreement, state);
    this.#forgetOldest(agreement);
    return state;
  }

  #forgetOldest(but: string): void {
    let kept = [...this.#states.values()].reduce((sum, { revision }) => sum + revision, 0);
    for (const [agreement, { revision }] of this.#states) {
      if (kept <= KEPT_EVENTS || agreement === but) return;
      this.#states.delete(agreement);
      kept -= revision;
    }
  }
}
