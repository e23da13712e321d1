/**
 * Follows a log on a server into a local mirror, for as long as the store is open: connects, checks that the two
 * belong together, takes over what is there and what comes, and begins again when the server goes away.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { bounded } from './bounded.ts';
import { connectTo } from './clients.ts';
import { connectionTrouble } from './diagnose.ts';
import { LogDamaged, MirrorMismatch, StoreUnavailable } from './errors.ts';
import { intake } from './intake.ts';
import type { ServerAddress } from './server-address.ts';
import type { ServerLog } from './server-log.ts';
import { assertNewEnough } from './server-version.ts';
import type { MirrorFile, Placed } from './sqlite-mirror.ts';
import type { Behind, Progress } from './store.ts';

export type MirrorOptions = {
  readonly address: ServerAddress;
  readonly file: MirrorFile;
  /** How the names of the streams begin that are mirrored, as they are called on the server. */
  readonly prefix: string;
  /** The clock: epoch milliseconds UTC. */
  readonly now: () => number;
  /** Told now and then while the mirror is not level with the log yet. */
  readonly onProgress: (progress: Progress) => void;
  /** Called whenever the mirror has become level after it was not. */
  readonly onLevel: () => void;
};

/** Pauses between two tries to connect, ms. */
const firstPause = 100;
const longestPause = 5_000;
/** How long the server may take for a question, ms. */
const patience = 5_000;
/** How often a quiet server is asked whether it is still there, ms. */
const pulse = 5_000;

type Waiting = {
  readonly stream: string;
  readonly revision: number;
  readonly resolve: () => void;
};

const isFinal = (trouble: unknown): trouble is MirrorMismatch | LogDamaged =>
  trouble instanceof MirrorMismatch || trouble instanceof LogDamaged;

/** Whoever waits for it is told how it ends; nobody has to wait. */
const newWait = () => {
  const wait = Promise.withResolvers<void>();
  wait.promise.then(undefined, () => undefined);
  return wait;
};

export class Mirror {
  readonly #options: MirrorOptions;
  readonly #closing = new AbortController();
  readonly #waiting = new Set<Waiting>();
  #server: ServerLog | undefined;
  #level = newWait();
  #isLevel = false;
  /** It has become level since the last trouble. */
  #isNews = false;
  #pause = firstPause;
  #levelAt: number | undefined;
  #trouble: Error;
  #running: Promise<void> | undefined;

  constructor(options: MirrorOptions) {
    this.#options = options;
    this.#levelAt = options.file.reach().levelAt;
    const { name } = options.address;
    this.#trouble = new StoreUnavailable('STARTING', `The log at ${name} is being connected to.`);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** The connection. @throws why there is none */
  server(): ServerLog {
    if (this.#server !== undefined && this.#isLevel) return this.#server;
    throw this.#trouble;
  }

  /** Undefined while the mirror holds what the log has. */
  behind(): Behind | undefined {
    if (this.#isLevel) return undefined;
    return { since: this.#levelAt, trouble: this.#trouble };
  }

  /** Resolves when the mirror is level with the log; rejects when it never will be, or is closed. */
  async level(): Promise<void> {
    await this.#level.promise;
  }

  /** Resolves when a stream has been mirrored up to a revision. */
  seen(stream: string, revision: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ stream, revision, resolve });
      this.#tell(new Set([stream]));
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const { name } = this.#options.address;
    this.#level.reject(new StoreUnavailable('CLOSED', `The log at ${name} is closed.`));
    await this.#running;
    await this.#drop();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        const server = await this.#connected();
        await this.#follow(server, (await bounded(server.end(), patience))?.commit ?? 0n);
      } catch (trouble) {
        // A server that drops a slow subscriber is there all the same: on at once, where it was.
        if (this.#wasLevel()) continue;
        await this.#lose(trouble);
        if (isFinal(trouble)) return;
        await this.#rest();
      }
    }
  }

  /** Whether everything had been level since the last look; it is not, until it is again. */
  #wasLevel(): boolean {
    const was = this.#isNews;
    this.#isNews = false;
    return was;
  }

  async #rest(): Promise<void> {
    const { signal } = this.#closing;
    const ms = this.#pause * (0.5 + Math.random());
    this.#pause = Math.min(this.#pause * 2, longestPause);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }

  async #connected(): Promise<ServerLog> {
    const { address, file } = this.#options;
    this.#server ??= await connectTo(address);
    const server = this.#server;
    assertNewEnough(await bounded(server.version(), patience), address.name);
    const { event } = file.reach();
    if (event === undefined) return server;
    const there = await bounded(server.eventFrom(event), patience);
    const here = file.lastId();
    if (there?.id === here) return server;
    throw new MirrorMismatch(
      file.path,
      `ends with event ${here}, which the log at ${address.name} does not have there: it is another log, or an older copy of it was put back`,
    );
  }

  /** Until the connection is lost or the mirror is closed. */
  async #follow(server: ServerLog, end: bigint): Promise<void> {
    const { file, address, prefix } = this.#options;
    const { streamPrefix } = address;
    const { signal } = this.#closing;
    this.#tell(undefined);
    await intake(server, {
      after: file.reach().seen,
      prefix,
      streamPrefix,
      signal,
      onEvents: (events, seen) => this.#take(events, seen, end),
      onLevel: () => this.#becomeLevel(),
      pulse: { every: pulse, patience, onBeat: () => this.#beat() },
    });
  }

  #take(events: readonly Placed[], seen: Placed['place'] | undefined, end: bigint): void {
    const { file, onProgress, now } = this.#options;
    const levelAt = this.#isLevel ? { levelAt: now() } : {};
    file.take(events, { ...(seen && { seen }), ...levelAt });
    this.#tell(new Set(events.map(({ stream }) => stream)));
    if (this.#isLevel) return;
    const place = file.reach().seen?.commit ?? 0n;
    const share = end === 0n ? 1 : Math.min(1, Number(place) / Number(end));
    onProgress({ events: file.local.reading().head().position, share });
  }

  #becomeLevel(): void {
    if (!this.#isLevel) this.#options.onLevel();
    this.#isLevel = true;
    this.#isNews = true;
    this.#pause = firstPause;
    this.#beat();
    this.#options.file.take([], { levelAt: this.#options.now() });
    this.#level.resolve();
  }

  #beat(): void {
    if (this.#isLevel) this.#levelAt = this.#options.now();
  }

  async #lose(trouble: unknown): Promise<void> {
    const { address } = this.#options;
    if (this.#isLevel) {
      this.#isLevel = false;
      this.#level = newWait();
    }
    await this.#drop();
    if (isFinal(trouble)) {
      this.#trouble = trouble;
      this.#level.reject(trouble);
    } else if (!this.#closing.signal.aborted) {
      this.#trouble = await connectionTrouble(address, trouble);
    }
  }

  /** Wakes whoever waits for what these streams have got; undefined: any stream. */
  #tell(streams: ReadonlySet<string> | undefined): void {
    if (this.#waiting.size === 0) return;
    const reading = this.#options.file.local.reading();
    for (const one of this.#waiting) {
      const { stream, revision, resolve } = one;
      if (streams !== undefined && !streams.has(stream)) continue;
      if (reading.revisionOf(stream) < revision) continue;
      this.#waiting.delete(one);
      resolve();
    }
  }

  async #drop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    await bounded(server[Symbol.asyncDispose](), patience).catch(() => undefined);
  }
}
