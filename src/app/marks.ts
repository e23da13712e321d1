import type { EventStore } from '#store/store.ts';

export type Mark = 'CAUGHT_UP' | 'HEARTBEAT';

/** When a feed says where it stands: where history ends, and in long silences. */
export class Marks {
  readonly #store: Pick<EventStore, 'behind' | 'head'>;
  readonly #heartbeat: number;
  #end: number;
  #hasCaughtUp = false;
  #isBehind = false;
  #silentSince = performance.now();

  /**
   * @param end the position where history ends
   * @param heartbeat how long the feed stays silent at most, ms
   */
  constructor(store: Pick<EventStore, 'behind' | 'head'>, end: number, heartbeat: number) {
    this.#store = store;
    this.#end = end;
    this.#heartbeat = heartbeat;
  }

  get end(): number {
    return this.#end;
  }

  /** The feed has said something. */
  heard(): void {
    this.#silentSince = performance.now();
  }

  /**
   * What is to be said at a position; it counts as said then. While the log can't be followed nobody has caught up;
   * when it can be again, history ends once more.
   */
  async due(position: number): Promise<Mark | undefined> {
    const wasBehind = this.#isBehind;
    this.#isBehind = this.#store.behind() !== undefined;
    if (wasBehind && !this.#isBehind) {
      this.#end = (await this.#store.head()).position;
      this.#hasCaughtUp = false;
    }
    const mark = this.#markAt(position);
    if (mark !== undefined) this.heard();
    return mark;
  }

  #markAt(position: number): Mark | undefined {
    if (!this.#hasCaughtUp && !this.#isBehind && position >= this.#end) {
      this.#hasCaughtUp = true;
      return 'CAUGHT_UP';
    }
    return performance.now() - this.#silentSince < this.#heartbeat ? undefined : 'HEARTBEAT';
  }
}
