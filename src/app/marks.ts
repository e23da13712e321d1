import type { EventStore } from '#store/store.ts';

export type Mark = 'CAUGHT_UP' | 'HEARTBEAT';

/** When a feed says where it stands: where history ends, and in long silences. */
export class Marks {
  readonly #store: Pick<EventStore, 'behind' | 'head'>;
  readonly #heartbeat: number;
  /** Where history ends; not known while the log here is not where the feed begins. */
  #end: number | undefined;
  #hasCaughtUp = false;
  #isBehind = false;
  #silentSince = performance.now();

  /** @param heartbeat how long the feed stays silent at most, ms */
  constructor(store: Pick<EventStore, 'behind' | 'head'>, heartbeat: number) {
    this.#store = store;
    this.#heartbeat = heartbeat;
  }

  /** Whether a feed at a position has history behind it. */
  isAtEnd(position: number): boolean {
    return this.#end !== undefined && position >= this.#end;
  }

  /** The feed has said something. */
  heard(): void {
    this.#silentSince = performance.now();
  }

  /** Looks where history ends for a feed that begins at a position: another replica may have been further. */
  async look(position: number): Promise<void> {
    const { position: end } = await this.#store.head();
    if (end >= position) this.#end = end;
  }

  /**
   * What is to be said at a position; it counts as said then. While the log can't be followed nobody has caught up;
   * when it can be again, history ends once more.
   */
  async due(position: number): Promise<Mark | undefined> {
    const wasBehind = this.#isBehind;
    this.#isBehind = this.#store.behind() !== undefined;
    if (wasBehind && !this.#isBehind) {
      this.#hasCaughtUp = false;
      this.#end = undefined;
    }
    if (this.#end === undefined) await this.look(position);
    const mark = this.#markAt(position);
    if (mark !== undefined) this.heard();
    return mark;
  }

  #markAt(position: number): Mark | undefined {
    if (!this.#hasCaughtUp && !this.#isBehind && this.isAtEnd(position)) {
      this.#hasCaughtUp = true;
      return 'CAUGHT_UP';
    }
    return performance.now() - this.#silentSince < this.#heartbeat ? undefined : 'HEARTBEAT';
  }
}
