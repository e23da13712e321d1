/** What the servers and their clients were seen to do, and what the adapters rest on. */
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { bounded } from '#store/bounded.ts';
import { connectTo } from '#store/clients.ts';
import { serverAddress } from '#store/server-address.ts';
import { verdictOn } from '#store/server-errors.ts';
import { eventsForServer } from '#store/server-event.ts';
import type { ServerEvent, ServerLog, ServerPosition } from '#store/server-log.ts';
import type { EventToStore } from '#store/store.ts';
import type { Product, Server } from '../servers/find.ts';
import { anEvent, idsOf, someEvents } from './events.ts';
import { aPrefix } from './on-server.ts';

const ended = 10_000;

/** What only a test does to a server. */
type Tampering = {
  deleteStream(stream: string): Promise<unknown>;
  tombstoneStream(stream: string): Promise<unknown>;
  setStreamMetadata(stream: string, limits: { maxCount?: number }): Promise<unknown>;
};

/** The client itself; the one of this product, because two can't live in one process. */
export const tampering = async (server: Server, product: Product): Promise<Tampering> => {
  const { connection } = { connection: serverAddress(server.url(product, 'x')).for(product) };
  if (product === 'kurrentdb') {
    const { KurrentDBClient } = await import('@kurrent/kurrentdb-client');
    return KurrentDBClient.connectionString(connection);
  }
  const { EventStoreDBClient } = await import('@eventstore/db-client');
  return EventStoreDBClient.connectionString(connection);
};

/** Events that a subscription gives, until there are so many. */
export const subscribed = async (
  log: ServerLog,
  { prefix, after, count }: { prefix: string; after?: ServerPosition; count: number },
): Promise<readonly ServerEvent[]> => {
  const events: ServerEvent[] = [];
  const subscription = log.subscribe({ prefix, after, onCheckpoint: () => undefined });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  subscription.on('error', reject);
  subscription.on('readable', () => {
    for (let item = subscription.read(); item !== null; item = subscription.read()) {
      if (item.event !== undefined) events.push(item.event);
    }
    if (events.length >= count) resolve();
  });
  await bounded(promise, ended);
  await subscription.unsubscribe();
  return events;
};

export const serverContract = (server: Server, product: Product): void => {
  const open = async (): Promise<ServerLog> => {
    const log = await connectTo(serverAddress(server.url(product, 'x')));
    onTestFinished(async () => log[Symbol.asyncDispose]());
    // The first reading of a client must find the server there.
    await log.end();
    return log;
  };
  const aName = (): string => `${aPrefix()}agreement-${randomUUID()}`;
  const forServer = (events: readonly EventToStore[]) => eventsForServer(events);
  const idsIn = async (log: ServerLog, stream: string) =>
    idsOf(await Array.fromAsync(log.readStream(stream)));
  const refusal = async (appending: Promise<void>) => {
    const [result] = await Promise.allSettled([appending]);
    return result.status === 'rejected' ? verdictOn(result.reason) : 'appended';
  };

  test('a wrong revision fails, and tells the right one', async () => {
    const log = await open();
    const stream = aName();
    await log.append(stream, forServer(someEvents(3)), 'no_stream');
    for (const wrong of [0n, 1n, 3n, 'no_stream'] as const) {
      const verdict = await refusal(log.append(stream, forServer([anEvent()]), wrong));
      expect(verdict).toEqual({ kind: 'conflict', actual: 3 });
    }
    const none = await refusal(log.append(aName(), forServer([anEvent()]), 0n));
    expect(none).toEqual({ kind: 'conflict', actual: 0 });
    expect(await idsIn(log, stream)).toHaveLength(3);
  });

  test('the very same call twice is stored once, also behind later events', async () => {
    const log = await open();
    const stream = aName();
    const events = forServer(someEvents(2));
    await log.append(stream, events, 'no_stream');
    await log.append(stream, forServer([anEvent()]), 1n);
    await log.append(stream, events, 'no_stream');
    expect(await idsIn(log, stream)).toHaveLength(3);
  });

  test('the same ids at another revision are stored again, so a repetition keeps its revision', async () => {
    const log = await open();
    const stream = aName();
    const events = forServer(someEvents(2));
    await log.append(stream, events, 'no_stream');
    await log.append(stream, events, 1n);
    expect(await idsIn(log, stream)).toEqual([...idsOf(events), ...idsOf(events)]);
  });

  test('an append of known and new events is a conflict', async () => {
    const log = await open();
    const stream = aName();
    const known = anEvent();
    await log.append(stream, forServer([known]), 'no_stream');
    const verdict = await refusal(log.append(stream, forServer([known, anEvent()]), 'no_stream'));
    expect(verdict).toMatchObject({ kind: 'conflict' });
    expect(await idsIn(log, stream)).toEqual([known.id]);
  });

  test('other data under a known id is dropped in silence', async () => {
    const log = await open();
    const stream = aName();
    const event = anEvent({ said: 'first' });
    await log.append(stream, forServer([event]), 'no_stream');
    await log.append(stream, forServer([{ ...event, data: '{"said":"second"}' }]), 'no_stream');
    const stored = await Array.fromAsync(log.readStream(stream));
    expect(stored.map(({ data }) => data)).toEqual([{ said: 'first' }]);
  });

  test('more than a megabyte at once is too large, and tells the limit', async () => {
    const log = await open();
    const stream = aName();
    const half = () => anEvent({ prose: 'x'.repeat(600_000) });
    const verdict = await refusal(log.append(stream, forServer([half(), half()]), 'no_stream'));
    expect(verdict).toMatchObject({ kind: 'too-large' });
    expect(await idsIn(log, stream)).toEqual([]);
    await log.append(stream, forServer([half()]), 'no_stream');
  });

  test('a stream that is not there is empty, has no limits, and is not made by asking', async () => {
    const log = await open();
    const stream = aName();
    expect([await idsIn(log, stream), await log.limitsOf(stream)]).toEqual([[], {}]);
  });

  test('a tombstoned stream takes nothing any more', async () => {
    const log = await open();
    const stream = aName();
    await log.append(stream, forServer([anEvent()]), 'no_stream');
    await (await tampering(server, product)).tombstoneStream(stream);
    const verdict = await refusal(log.append(stream, forServer([anEvent()]), 0n));
    expect(verdict).toEqual({ kind: 'tombstoned' });
  });

  test('a deleted stream goes on where it was', async () => {
    const log = await open();
    const stream = aName();
    await log.append(stream, forServer(someEvents(3)), 'no_stream');
    await (await tampering(server, product)).deleteStream(stream);
    expect(await idsIn(log, stream)).toEqual([]);
    await log.append(stream, forServer([anEvent()]), 2n);
    const [event] = await Array.fromAsync(log.readStream(stream));
    expect(event?.revision).toBe(3n);
  });

  test('what a limit hides is still in the whole log', async () => {
    const log = await open();
    const prefix = aPrefix();
    const stream = `${prefix}agreement-limited`;
    const events = someEvents(5);
    await log.append(stream, forServer(events), 'no_stream');
    await (await tampering(server, product)).setStreamMetadata(stream, { maxCount: 2 });
    expect(await log.limitsOf(stream)).toMatchObject({ maxCount: 2 });
    expect(await idsIn(log, stream)).toEqual(idsOf(events.slice(3)));
    expect(idsOf(await subscribed(log, { prefix, count: 5 }))).toEqual(idsOf(events));
  });

  test('a subscription begins behind its place, a reading at it', async () => {
    const log = await open();
    const prefix = aPrefix();
    const events = someEvents(3);
    await log.append(`${prefix}agreement-a`, forServer(events), 'no_stream');
    const all = await subscribed(log, { prefix, count: 3 });
    expect(idsOf(all)).toEqual(idsOf(events));
    const after = all[1]?.position ?? { commit: 0n, prepare: 0n };
    expect(idsOf(await subscribed(log, { prefix, after, count: 1 }))).toEqual([events[2]?.id]);
    expect((await log.eventFrom(after))?.id).toBe(events[1]?.id);
    const { commit = 0n } = (await log.end()) ?? {};
    expect(commit).toBeGreaterThanOrEqual(all[2]?.position?.commit ?? 1n);
  });

  test('the version is told', async () => {
    expect(await (await open()).version()).toMatch(/^\d+\.\d+/);
  });
};
