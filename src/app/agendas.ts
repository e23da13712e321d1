import { setImmediate as nextTurn } from 'node:timers/promises';
import { Agenda } from '#projections/agenda.ts';
import type { EventStore } from '#store/store.ts';
import type { Histories } from './histories.ts';
import { agreementOf } from './stream-name.ts';

/** Appends that are looked at before others get their turn. */
const AT_ONCE = 100;

type Kept = { readonly agenda: Agenda; covered: number };

/**
 * The days to come of all agreements, shared by all subscribers. They are small, and stay when the histories that
 * they were read from go.
 */
export class Agendas {
  readonly #store: Pick<EventStore, 'streams' | 'readAll' | 'head'>;
  readonly #histories: Histories;
  readonly #kept = new Map<string, Kept>();
  /** Up to here the agendas of all agreements are there. */
  #covered = 0;
  #running: Promise<void> | undefined;

  constructor(store: Pick<EventStore, 'streams' | 'readAll' | 'head'>, histories: Histories) {
    this.#store = store;
    this.#histories = histories;
  }

  /** The agenda of an agreement, with all that was recorded up to a position, as far as the log goes. */
  async of(agreement: string, position: number): Promise<Agenda | undefined> {
    const known = this.#kept.get(agreement);
    if (known !== undefined && known.covered >= position) return known.agenda;
    const history = await this.#histories.current(agreement, position);
    const { position: end } = await this.#store.head();
    if (history === undefined) return undefined;
    const kept = this.#kept.get(agreement) ?? { agenda: new Agenda(), covered: 0 };
    this.#kept.set(agreement, kept);
    while (!kept.agenda.catchUp(history, AT_ONCE)) await nextTurn();
    kept.covered = Math.max(kept.covered, Math.min(position, end));
    return kept.agenda;
  }

  /** The agendas of all agreements that have days ahead, with all that was recorded up to a position, as far as the log goes. */
  async all(position: number): Promise<readonly (readonly [agreement: string, agenda: Agenda])[]> {
    const end = Math.min(position, (await this.#store.head()).position);
    while (this.#covered < end) {
      this.#running ??= this.#coverAll();
      await this.#running;
    }
    return [...this.#kept].flatMap(([agreement, { agenda }]) =>
      agenda.isEmpty ? [] : [[agreement, agenda] as const],
    );
  }

  async #coverAll(): Promise<void> {
    try {
      const { position } = await this.#store.head();
      for (const agreement of await this.#changed()) await this.of(agreement, position);
      this.#covered = position;
    } finally {
      this.#running = undefined;
    }
  }

  /** The agreements of which something was recorded behind what is covered. */
  async #changed(): Promise<ReadonlySet<string>> {
    const streams = new Set<string>();
    if (this.#covered === 0) for await (const stream of this.#store.streams()) streams.add(stream);
    else {
      for await (const page of this.#store.readAll({ after: this.#covered })) {
        for (const { stream } of page) streams.add(stream);
      }
    }
    return new Set([...streams].flatMap((stream) => agreementOf(stream) ?? []));
  }
}
