import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createApp } from '#app/create-app.ts';
import { streamOf } from '#app/stream-name.ts';
import { connectTo } from '#store/clients.ts';
import { openStore } from '#store/open.ts';
import { type ServerAddress, serverAddress } from '#store/server-address.ts';
import { eventsForServer, received } from '#store/server-event.ts';
import type { ServerLog } from '#store/server-log.ts';
import type { EventStore, EventToStore } from '#store/store.ts';
import { madeUp } from './made-up.ts';
import { against, type Measured } from './measure.ts';

const CLIENTS = 64;
const url = process.env['KURRENTDB_URL'] ?? '';

/** The client itself, with nothing of ours around it. */
type Bare = {
  append(stream: string, events: readonly EventToStore[]): Promise<unknown>;
  read(stream: string): AsyncIterable<unknown>;
};

const plain = (events: readonly EventToStore[]) =>
  events.map(({ id, type, data, metadata }) => ({
    id,
    type,
    data: JSON.parse(data),
    metadata: JSON.parse(metadata),
  }));

const bareOf = async (address: ServerAddress): Promise<Bare> => {
  const connection = address.for(address.product);
  if (address.product === 'esdb') {
    const { EventStoreDBClient, jsonEvent } = await import('@eventstore/db-client');
    const client = EventStoreDBClient.connectionString(connection);
    return {
      append: (stream, events) =>
        client.appendToStream(stream, plain(events).map(jsonEvent), {
          expectedRevision: 'no_stream',
        }),
      read: (stream) => client.readStream(stream),
    };
  }
  const { KurrentDBClient, jsonEvent } = await import('@kurrent/kurrentdb-client');
  const client = KurrentDBClient.connectionString(connection);
  return {
    append: (stream, events) =>
      client.appendToStream(stream, plain(events).map(jsonEvent), { streamState: 'no_stream' }),
    read: (stream) => client.readStream(stream),
  };
};

type Append = (stream: string, event: EventToStore) => Promise<unknown>;

/** Each event to a stream of its own, so many at a time. */
const appending = (append: Append, operations: number, clients: number) => ({
  operations,
  prepare: () => {
    const left = [...madeUp(operations)];
    return async () => {
      const client = async () => {
        for (let event = left.pop(); event !== undefined; event = left.pop()) {
          await append(`agreement-${randomUUID()}`, event);
        }
      };
      await Promise.all(Array.from({ length: clients }, client));
    };
  },
});

type Ways = { readonly bare: Bare; readonly log: ServerLog; readonly prefix: string };

const againstBare = async (
  what: string,
  append: Append,
  { bare, prefix }: Ways,
  quick: boolean,
): Promise<readonly Measured[]> => {
  const [count, rounds] = quick ? [200, 3] : [2_000, 11];
  const anchor: Append = (stream, event) => bare.append(`${prefix}${stream}`, [event]);
  const found: Measured[] = [];
  for (const clients of [1, CLIENTS]) {
    const many = clients === 1 ? 'one client' : `${clients} clients`;
    const operations = clients === 1 ? count / 4 : count;
    const other = ['the bare client', appending(anchor, operations, clients)] as const;
    const ours = [`${what}, ${many}`, appending(append, operations, clients)] as const;
    found.push(await against(ours, other, rounds));
  }
  return found;
};

/** With no mirror beside it, which would follow what both append. */
const measureAdapter = (ways: Ways, quick: boolean) => {
  const append: Append = (stream, event) =>
    ways.log.append(`${ways.prefix}${stream}`, eventsForServer([event]), 'no_stream');
  return againstBare('append through the adapter', append, ways, quick);
};

const measureWhole = (ways: Ways, store: EventStore, quick: boolean) => {
  const append: Append = (stream, event) => store.append(stream, [event], 0);
  return againstBare('append and see it in the mirror', append, ways, quick);
};

const measureRead = async ({ bare, log, prefix }: Ways, quick: boolean): Promise<Measured> => {
  const operations = quick ? 1_000 : 20_000;
  const stream = `${prefix}read-${randomUUID()}`;
  const events = madeUp(operations);
  for (let n = 0; n < operations; n += 500) {
    const some = eventsForServer(events.slice(n, n + 500));
    await log.append(stream, some, n === 0 ? 'no_stream' : BigInt(n - 1));
  }
  const reading = (read: () => Promise<unknown>) => ({
    operations,
    prepare: () => async () => void (await read()),
  });
  return await against(
    [
      'read through the adapter',
      reading(async () => {
        for await (const event of log.readStream(stream)) received(event);
      }),
    ],
    [
      'the bare client',
      reading(async () => {
        for await (const _ of bare.read(stream));
      }),
    ],
    quick ? 3 : 21,
  );
};

/** The same agreement on a server and in a file, asked the same. */
const measureAsOf = async (store: EventStore, file: EventStore, quick: boolean) => {
  const operations = quick ? 100 : 500;
  const agreement = 'bench';
  for (const one of [store, file]) {
    await one.append(streamOf(agreement), madeUp(1_000, { agreement, terms: 20 }), 0);
  }
  const asking = async (one: EventStore) => {
    const { views } = await createApp({ store: one, now: Date.now });
    return {
      operations,
      prepare: () => async () => {
        for (let n = 0; n < operations; n += 1) {
          const day = `201${n % 8}-0${1 + (n % 9)}-1${n % 10}`;
          await views.stateAt(agreement, { effectiveOn: day as never });
        }
      },
    };
  };
  return against(
    ['as-of question on a mirror', await asking(store)],
    ['on a file', await asking(file)],
    quick ? 3 : 7,
  );
};

/** A log on the server that KURRENTDB_URL names, against its bare client and against a file. */
export const measureServer = async (
  folder: string,
  quick: boolean,
): Promise<readonly Measured[] | string> => {
  if (url === '') return '  skipped: a log on a server (KURRENTDB_URL names none)';
  const prefix = `bench${randomUUID().slice(0, 8)}-`;
  const connection = `${url}${url.includes('?') ? '&' : '?'}streamPrefix=${prefix}`;
  const address = serverAddress(connection);
  await using log = await connectTo(address);
  const ways: Ways = { bare: await bareOf(address), log, prefix };
  const alone = [...(await measureAdapter(ways, quick)), await measureRead(ways, quick)];
  await using store = await openStore(connection, { mirror: join(folder, 'mirror.db') });
  await using file = await openStore(`sqlite:${join(folder, 'file.db')}`);
  return [
    ...alone,
    ...(await measureWhole(ways, store, quick)),
    await measureAsOf(store, file, quick),
  ];
};
