/** Takes what a subscription gives, append by append, until it fails or is told to end. */
import { bounded } from './bounded.ts';
import { received } from './server-event.ts';
import type { ServerLog, ServerPosition, Subscription } from './server-log.ts';
import type { Placed } from './sqlite-mirror.ts';

export type IntakeOptions = {
  /** Exclusive; undefined: from the beginning. */
  readonly after: ServerPosition | undefined;
  /** How the names of the wanted streams begin on the server, and how much of that is none of their own name. */
  readonly prefix: string;
  readonly streamPrefix: string;
  readonly signal: AbortSignal;
  /** Whole appends, in order, and up to where everything was looked at. May be called without events. */
  readonly onEvents: (events: readonly Placed[], seen: ServerPosition | undefined) => void;
  /** Everything that the server had has been given to `onEvents`. */
  readonly onLevel: () => void;
  readonly pulse: {
    /** How often the server is asked whether it is still there, and how long it may take, ms. */
    readonly every: number;
    readonly patience: number;
    /** It was there. */
    readonly onBeat: () => void;
  };
};

/** The mark that a server itself leaves in a stream that was tombstoned; its revision is the last there can be. */
const TOMBSTONE = '$streamDeleted';

/** Most events taken over at once, so that others get their turn. */
const most = 1_000;

class Intake {
  readonly #subscription: Subscription;
  readonly #options: IntakeOptions;
  readonly #ended = Promise.withResolvers<void>();
  /** What has come and not been handed on; its last append may be there in part only. */
  #pending: Placed[] = [];
  #checkpoint: ServerPosition | undefined;
  #isLevel = false;
  #turn: NodeJS.Immediate | undefined;

  constructor(server: ServerLog, options: IntakeOptions) {
    this.#options = options;
    const { after, prefix } = options;
    // It may end before anybody waits for that.
    this.#ended.promise.then(undefined, () => undefined);
    this.#subscription = server.subscribe({
      after,
      prefix,
      onCheckpoint: (position) => {
        this.#checkpoint = position;
        this.#soon();
      },
    });
    this.#subscription.on('readable', () => this.#soon());
    this.#subscription.on('caughtUp', () => {
      this.#isLevel = true;
      this.#soon();
    });
    this.#subscription.on('error', (trouble) => this.#ended.reject(trouble));
    this.#subscription.on('end', () =>
      this.#ended.reject(new Error('The subscription has ended.')),
    );
  }

  /** Resolves when the signal aborts. @throws what ends it otherwise */
  async run(server: ServerLog): Promise<void> {
    const { signal, pulse } = this.#options;
    const stop = () => this.#ended.resolve();
    signal.addEventListener('abort', stop);
    const heart = setInterval(() => {
      bounded(server.end(), pulse.patience).then(pulse.onBeat, this.#ended.reject);
    }, pulse.every);
    try {
      if (signal.aborted) return;
      await this.#ended.promise;
    } finally {
      clearInterval(heart);
      clearImmediate(this.#turn);
      signal.removeEventListener('abort', stop);
      // What is left to come is nobody's; neither is a failure to say so.
      this.#subscription.on('error', () => undefined);
      await bounded(this.#subscription.unsubscribe(), pulse.patience).catch(() => undefined);
    }
  }

  /** What comes within one turn of the event loop is taken over together. */
  #soon(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      try {
        this.#drain();
      } catch (trouble) {
        this.#ended.reject(trouble);
      }
    });
  }

  #drain(): void {
    const isAll = this.#read();
    const [isLevel, checkpoint] = [this.#isLevel && isAll, this.#checkpoint];
    const events = this.#whole(isLevel);
    const seen = isAll && this.#pending.length === 0 ? checkpoint : undefined;
    if (events.length > 0 || seen !== undefined) this.#options.onEvents(events, seen);
    if (seen !== undefined) this.#checkpoint = undefined;
    if (isLevel) {
      this.#isLevel = false;
      this.#options.onLevel();
    }
    if (!isAll) this.#soon();
  }

  /** Whether there is nothing left to read now. */
  #read(): boolean {
    for (let count = 0; count < most; count += 1) {
      const item = this.#subscription.read();
      if (item === null) return true;
      const { event } = item;
      if (event?.position !== undefined && event.type !== TOMBSTONE) {
        const one = received(event);
        const stream = one.stream.slice(this.#options.streamPrefix.length);
        this.#pending.push({ ...one, stream, place: event.position });
      }
    }
    return false;
  }

  /**
   * The appends that are there in full. The events of one follow one another on the server, so one is complete when
   * its last event has come, or something of another stream; and when nothing more is to come.
   */
  #whole(nothingMore: boolean): readonly Placed[] {
    const last = this.#pending.at(-1);
    if (last === undefined || last.left === 0 || nothingMore) return this.#pending.splice(0);
    const start = this.#pending.findLastIndex(
      ({ left, stream }) => left === 0 || stream !== last.stream,
    );
    return this.#pending.splice(0, start + 1);
  }
}

/** Resolves when the signal aborts. @throws what the subscription, the server or the taker throws */
export const intake = async (server: ServerLog, options: IntakeOptions): Promise<void> =>
  new Intake(server, options).run(server);
