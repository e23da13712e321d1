/**
 * A log on a server, read from a mirror beside the program. The server decides what is appended and in what order;
 * the mirror answers. An append is answered once the mirror has it, so that everybody reads what they wrote.
 */
import { checkAppend } from './check-append.ts';
import { StoreUnavailable, UnfitAppend } from './errors.ts';
import { examineServer } from './examine-server.ts';
import type { ExpectedRevision } from './expected-revision.ts';
import { Mirror } from './mirror.ts';
import type { ServerAddress } from './server-address.ts';
import { ServerAppends } from './server-appends.ts';
import { serverTime } from './server-time.ts';
import { clockSign, lastTimeSign, type Sign } from './sign.ts';
import type { LocalLog } from './sqlite-local.ts';
import { MirrorFile } from './sqlite-mirror.ts';
import type {
  AllOptions,
  Appended,
  Behind,
  EventPage,
  EventStore,
  EventToStore,
  Finding,
  FollowOptions,
  Head,
  Progress,
  StoredEvent,
  StreamOptions,
} from './store.ts';

export type MirroredOptions = {
  readonly address: ServerAddress;
  /** Absolute path of the mirror's file. */
  readonly mirror: string;
  /** The clock: epoch milliseconds UTC. */
  readonly now: () => number;
  readonly onProgress: (progress: Progress) => void;
};

/** How our streams begin; the mirror takes no others. */
const ours = 'agreement-';

/**
 * Opens the mirror and begins to follow the server behind it. It does not wait: `level()` does.
 *
 * @throws what opening the mirror's file throws, and MirrorMismatch
 */
export const openMirrored = (options: MirroredOptions): EventStore => new MirroredStore(options);

class MirroredStore implements EventStore {
  readonly #address: ServerAddress;
  readonly #now: () => number;
  readonly #file: MirrorFile;
  readonly #mirror: Mirror;
  readonly #appends: ServerAppends;
  #closing: Promise<void> | undefined;

  constructor({ address, mirror: path, now, onProgress }: MirroredOptions) {
    this.#address = address;
    this.#now = now;
    const { streamPrefix } = address;
    const prefix = `${streamPrefix}${ours}`;
    this.#file = MirrorFile.open(path, prefix);
    const onLevel = () => this.#appends.forgetTrouble();
    this.#mirror = new Mirror({ address, file: this.#file, prefix, now, onProgress, onLevel });
    const reading = () => this.#file.local.reading();
    this.#appends = new ServerAppends({ mirror: this.#mirror, reading, streamPrefix });
    this.#mirror.start();
  }

  async append(
    stream: string,
    events: readonly EventToStore[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    if (this.#closing !== undefined) {
      throw new StoreUnavailable('CLOSED', 'The log is closed; open it again before writing.');
    }
    const request = checkAppend(stream, events, expected);
    if (stream.startsWith(ours)) return this.#appends.add(request);
    throw new UnfitAppend(`On a server our streams are called ${ours}…, not ${stream}.`);
  }

  async *readStream(stream: string, options?: StreamOptions): AsyncGenerator<EventPage> {
    yield* this.#local().readStream(stream, options);
  }

  async *streams(): AsyncGenerator<string> {
    yield* this.#local().streams();
  }

  async *readAll(options?: AllOptions): AsyncGenerator<EventPage> {
    yield* this.#local().readAll(options);
  }

  follow(options: FollowOptions): AsyncIterable<EventPage> {
    return this.#local().follow(options);
  }

  async find(eventId: string): Promise<StoredEvent | undefined> {
    return this.#local().find(eventId);
  }

  async head(): Promise<Head> {
    return this.#local().head();
  }

  async *verify(options?: { readonly signal?: AbortSignal }): AsyncGenerator<Finding> {
    yield* this.#local().verify(options);
  }

  async *examine(options?: { readonly signal?: AbortSignal }): AsyncGenerator<Sign> {
    const local = this.#local();
    const server = this.#mirror.server();
    const [theirs, { recordedAt }] = [await serverTime(this.#address), await local.head()];
    if (theirs !== undefined) yield clockSign(theirs, this.#now(), "The server's clock");
    yield lastTimeSign(recordedAt, this.#now());
    yield* examineServer(server, local, this.#address.streamPrefix);
    yield* local.examine('MIRROR', options);
  }

  level(): Promise<void> {
    return this.#mirror.level();
  }

  behind(): Behind | undefined {
    return this.#mirror.behind();
  }

  trouble(): StoreUnavailable | undefined {
    return this.#appends.trouble;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#appends.drained();
    await this.#mirror.close();
    this.#file.close();
  }

  /** A mirror that was never level answers nothing: what it has may be a small part. */
  #local(): LocalLog {
    const behind = this.#mirror.behind();
    if (behind !== undefined && behind.since === undefined) throw behind.trouble;
    return this.#file.local;
  }
}
