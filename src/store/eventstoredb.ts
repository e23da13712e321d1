/**
 * EventStoreDB through its own client. The client keeps appends that are under way in one place for the whole
 * process, and disposing of one client breaks the appends of another: so there is one for each connection.
 */
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  START,
  StreamNotFoundError,
  streamNameFilter,
} from '@eventstore/db-client';
import type {
  EventForServer,
  ServerEvent,
  ServerLog,
  ServerPosition,
  StreamLimits,
  SubscribeOptions,
  Subscription,
} from './server-log.ts';

type Event = Parameters<EventStoreDBClient['appendToStream']>[1];
type Shared = { readonly client: EventStoreDBClient; users: number };

const shared = new Map<string, Shared>();

const taken = (connection: string): EventStoreDBClient => {
  const one = shared.get(connection) ?? {
    client: EventStoreDBClient.connectionString(connection),
    users: 0,
  };
  one.users += 1;
  shared.set(connection, one);
  return one.client;
};

const released = async (connection: string): Promise<void> => {
  const one = shared.get(connection);
  if (one === undefined) return;
  one.users -= 1;
  if (one.users > 0) return;
  shared.delete(connection);
  await one.client.dispose();
};

/** Read to the end: a reading that is left before goes on inside the client, and closing waits for it. */
const only = async (
  found: AsyncIterable<{ readonly event?: ServerEvent }>,
): Promise<ServerEvent | undefined> => (await Array.fromAsync(found))[0]?.event;

class EventStoreDb implements ServerLog {
  readonly #connection: string;
  readonly #client: EventStoreDBClient;

  constructor(connection: string) {
    this.#connection = connection;
    this.#client = taken(connection);
  }

  async version(): Promise<string> {
    return (await this.#client['capabilities']).serverVersion;
  }

  async append(
    stream: string,
    events: readonly EventForServer[],
    expected: bigint | 'no_stream',
  ): Promise<void> {
    await this.#client.appendToStream(stream, events as unknown as Event, {
      expectedRevision: expected,
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
    return released(this.#connection);
  }
}

/** Connects when it is first asked something. @throws an `Error` for a connection string that can't be read */
export const eventStoreDb = (connection: string): ServerLog => new EventStoreDb(connection);
