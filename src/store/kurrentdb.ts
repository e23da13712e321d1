/** KurrentDB through its own client, which talks to EventStoreDB from 23.10 on as well. */
import {
  BACKWARDS,
  END,
  KurrentDBClient,
  START,
  StreamNotFoundError,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import type {
  EventForServer,
  ServerEvent,
  ServerLog,
  ServerPosition,
  StreamLimits,
  SubscribeOptions,
  Subscription,
} from './server-log.ts';

type Event = Parameters<KurrentDBClient['appendToStream']>[1];

const only = async (
  found: AsyncIterable<{ readonly event?: ServerEvent }>,
): Promise<ServerEvent | undefined> => (await Array.fromAsync(found))[0]?.event;

class KurrentDb implements ServerLog {
  readonly #client: KurrentDBClient;

  constructor(connection: string) {
    this.#client = KurrentDBClient.connectionString(connection);
  }

  async version(): Promise<string> {
    return (await this.#client['capabilities']).serverVersion;
  }

  async append(
    stream: string,
    events: readonly EventForServer[],
    expected: bigint | 'no_stream',
  ): Promise<void> {
    // Any other name for it is ignored, and would mean that every revision will do.
    await this.#client.appendToStream(stream, events as unknown as Event, {
      streamState: expected,
    });
  }

  async eventFrom(fromPosition: ServerPosition): Promise<ServerEvent | undefined> {
    return only(this.#client.readAll({ fromPosition, maxCount: 1 }));
  }

  async end(): Promise<ServerPosition | undefined> {
    const last = { fromPosition: END, direction: BACKWARDS, maxCount: 1 } as const;
    return (await only(this.#client.readAll(last)))?.position;
  }

  subscribe({ after, prefix, onCheckpoint }: SubscribeOptions): Subscription {
    const filter = streamNameFilter({
      prefixes: [prefix],
      checkpointReached: (_, position) => onCheckpoint(position),
    });
    return this.#client.subscribeToAll({ fromPosition: after ?? START, filter });
  }

  async *readStream(stream: string): AsyncGenerator<ServerEvent> {
    try {
      for await (const { event } of this.#client.readStream(stream)) if (event) yield event;
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
  }

  async limitsOf(stream: string): Promise<StreamLimits> {
    return (await this.#client.getStreamMetadata(stream)).metadata ?? {};
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#client.dispose();
  }
}

/** Connects when it is first asked something. @throws an `Error` for a connection string that can't be read */
export const kurrentDb = (connection: string): ServerLog => new KurrentDb(connection);
