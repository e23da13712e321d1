/**
 * Group commit: appends queue up, and once per turn of the event loop all that wait go into one
 * transaction. What makes an append slow is waiting for the disk, and that is paid once per batch.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendRequest } from './check-append.ts';
import { StoreUnavailable } from './errors.ts';
import type { Appended } from './store.ts';

/** What became of one append, valid once its batch is durable. */
export type Outcome = { readonly appended: Appended } | { readonly refused: Error };

/**
 * Writes a batch and answers one outcome per request, in order, after the commit; or answers
 * undefined when another process holds the lock and nothing was done. Does not throw.
 */
export type Commit = (batch: readonly AppendRequest[]) => readonly Outcome[] | undefined;

type Waiting = {
  readonly request: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
};

/** Appends and UTF-16 units of payload in one batch; a single longer append is its own batch. */
const batchSize = 512;
const batchLength = 16 * 1024 * 1024;
/** Appends and UTF-16 units of payload waiting. What comes on top is refused. */
const queueSize = 20_000;
const queueLength = 128 * 1024 * 1024;
/** Pauses between two tries for the lock, ms: uneven, so that processes don't march in step. */
const leastPause = 1;
const morePause = 12;

/** How long appends that come one by one are committed without a turn of the event loop between, ms. */
const alone = 2;

/** The bare timer: a third of the wait that the one of `node:timers/promises` costs. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Options = {
  readonly commit: Commit;
  /** How long a batch waits for the lock, ms; then it is refused with `lockedOut`. */
  readonly patience: number;
  readonly lockedOut: () => Error;
};

export class GroupCommit {
  readonly #options: Options;
  #waiting: Waiting[] = [];
  #length = 0;
  #draining: Promise<void> | undefined;
  #closed = false;
  #lastBatch = 0;
  #lastTurn = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  add(request: AppendRequest): Promise<Appended> {
    const refusal = this.#refusal(request);
    if (refusal !== undefined) return Promise.reject(refusal);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#length += request.length;
      this.#draining ??= this.#drain();
    });
  }

  /** Refuses what comes from now on; resolves when everything accepted before is settled. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  #refusal(request: AppendRequest): StoreUnavailable | undefined {
    if (this.#closed) {
      return new StoreUnavailable('CLOSED', 'The log is closed; open it again before writing.');
    }
    const full = this.#waiting.length >= queueSize || this.#length + request.length > queueLength;
    if (!full) return undefined;
    return new StoreUnavailable(
      'OVERLOADED',
      `${this.#waiting.length} appends wait already; try again later, or write more slowly.`,
    );
  }

  /**
   * A turn lets others join the batch. Whoever appends alone, one after the other, has nobody to wait for; but
   * everything else that the process does must get its turn now and then.
   */
  async #gather(): Promise<void> {
    const isAlone = this.#lastBatch <= 1 && this.#waiting.length <= 1;
    if (isAlone && performance.now() - this.#lastTurn < alone) return;
    await nextTurn();
    this.#lastTurn = performance.now();
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#take();
      this.#lastBatch = batch.length;
      const outcomes = await this.#committed(batch.map(({ request }) => request));
      batch.forEach((waiting, place) => {
        const outcome = outcomes[place];
        if (outcome !== undefined && 'appended' in outcome) waiting.resolve(outcome.appended);
        else waiting.reject(outcome?.refused ?? new Error('The commit gave no outcome.'));
      });
    }
    this.#draining = undefined;
  }

  #take(): readonly Waiting[] {
    let count = 0;
    let length = 0;
    for (const { request } of this.#waiting) {
      const next = length + request.length;
      if (count === batchSize || (count > 0 && next > batchLength)) break;
      count += 1;
      length = next;
    }
    this.#length -= length;
    return this.#waiting.splice(0, count);
  }

  async #committed(batch: readonly AppendRequest[]): Promise<readonly Outcome[]> {
    const { commit, patience, lockedOut } = this.#options;
    const deadline = performance.now() + patience;
    for (;;) {
      const outcomes = commit(batch);
      if (outcomes !== undefined) return outcomes;
      if (performance.now() >= deadline) {
        const refused = lockedOut();
        return batch.map(() => ({ refused }));
      }
      await sleep(leastPause + Math.random() * morePause);
    }
  }
}
