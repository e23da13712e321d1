/** A server that is cut off, frozen, slow, or killed, under writers and followers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { EventStore, EventToStore } from '#store/store.ts';
import { wholeStream } from '#store/whole-stream.ts';
import type { OwnServer, Product } from '../servers/find.ts';
import { aProxy, type Mode } from '../servers/proxy.ts';
import { anEvent, aStream, gathered, idsOf, someEvents } from '../store/events.ts';
import { aPrefix, aReplica } from '../store/on-server.ts';
import { PATIENCE, scaled } from './scale.ts';

const WRITERS = 64;
/** An append has an answer by then, whatever the server does; ours waits for ten seconds, and a call for four. */
const ANSWERED_MS = 20_000;

type Try = { readonly events: readonly EventToStore[]; acknowledged: boolean };

/** Writes to a stream of its own, one append after the other, each once more where its outcome is unknown. */
const write = async (store: EventStore, stream: string, isOver: () => boolean): Promise<Try[]> => {
  const tries: Try[] = [];
  let revision = 0;
  while (!isOver()) {
    const one: Try = { events: someEvents(1 + (tries.length % 3)), acknowledged: false };
    tries.push(one);
    for (let again = 0; again < 3 && !one.acknowledged; again += 1) {
      const asked = performance.now();
      const [result] = await Promise.allSettled([store.append(stream, one.events, revision)]);
      expect(performance.now() - asked).toBeLessThan(ANSWERED_MS);
      one.acknowledged = result.status === 'fulfilled';
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'STORE_UNAVAILABLE' });
      } else revision = result.value.revision;
    }
    // What has no known outcome may be there; whoever goes on must look.
    if (!one.acknowledged) return tries;
  }
  return tries;
};

/** Every acknowledged append is there once, and every other one wholly or not at all, in order. */
const judge = (tries: readonly Try[], ids: readonly string[]): void => {
  const expected = tries.flatMap(({ events, acknowledged }) => {
    const there = events.filter(({ id }) => ids.includes(id)).length;
    expect([0, events.length]).toContain(there);
    if (acknowledged) expect(there).toBe(events.length);
    return there === 0 ? [] : idsOf(events);
  });
  expect(ids).toEqual(expected);
};

/** What a follower sees from now on, until it is told that this was all. */
const follower = (store: EventStore, after: number) => {
  const abort = new AbortController();
  const seen = gathered(store.follow({ after, signal: abort.signal }));
  return {
    end: async (position: number) => {
      await expect.poll(async () => (await store.head()).position, PATIENT).toBe(position);
      await sleep(200);
      abort.abort();
      return idsOf(await seen);
    },
  };
};

const LONG = { timeout: PATIENCE };
const PATIENT = { timeout: 60_000, interval: 50 };

/** Writers and followers through trouble: nothing acknowledged is lost, nobody misses or sees anything twice. */
const throughTrouble = async (
  writer: EventStore,
  reader: EventStore,
  trouble: () => Promise<void>,
): Promise<void> => {
  const { position } = await writer.head();
  const followers = [follower(writer, position), follower(reader, position)];
  let over = false;
  const streams = Array.from({ length: WRITERS }, aStream);
  const writing = streams.map((stream) => write(writer, stream, () => over));
  await trouble();
  over = true;
  const tries = await Promise.all(writing);
  await writer.level();
  // A last one behind them all: once it is seen, everything is.
  const end = await writer.append(aStream(), [anEvent()], 0);
  for (const [n, stream] of streams.entries()) {
    judge(tries[n] ?? [], idsOf(await wholeStream(writer, stream)));
  }
  const all = idsOf(await gathered(writer.readAll({ after: position })));
  expect(new Set(all).size).toBe(all.length);
  for (const one of followers) expect(await one.end(end.position)).toEqual(all);
  expect([writer.behind(), writer.trouble()]).toEqual([undefined, undefined]);
};

export const serverFaults = (server: OwnServer, product: Product): void => {
  const throughProxy = async () => {
    const proxy = await aProxy(server.host, server.port);
    const url = server.url(product, aPrefix());
    const way = url.replace(`:${server.port}`, `:${proxy.port}`);
    return { proxy, writer: await aReplica(way), reader: await aReplica(url) };
  };

  test.each<[Mode, number]>([
    ['cut', 700],
    ['frozen', 6_000],
    ['half-open', 6_000],
    ['slow', 3_000],
  ])('a connection that is %s loses nothing', LONG, async (mode, ms) => {
    const { proxy, writer, reader } = await throughProxy();
    await throughTrouble(writer, reader, async () => {
      await sleep(300);
      proxy.to(mode);
      await sleep(ms);
      proxy.to('open');
      await expect.poll(() => writer.behind(), PATIENT).toBeUndefined();
      await sleep(500);
    });
  });

  test(
    'while the server does not answer, reading goes on and says how old it is',
    LONG,
    async () => {
      const { proxy, writer } = await throughProxy();
      const stream = aStream();
      await writer.append(stream, someEvents(3), 0);
      const before = Date.now();
      proxy.to('frozen');
      const appending = writer.append(stream, [anEvent()], 3);
      await expect(appending).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await expect.poll(() => writer.behind()?.since, PATIENT).toBeLessThanOrEqual(Date.now());
      expect(writer.behind()?.since).toBeGreaterThan(before - 10_000);
      expect(await wholeStream(writer, stream)).toHaveLength(3);
      expect(writer.trouble()).toMatchObject({ code: 'STORE_UNAVAILABLE' });
      proxy.to('open');
      await writer.level();
      const { revision } = await writer.append(stream, [anEvent()], 'any');
      expect(await wholeStream(writer, stream)).toHaveLength(revision);
    },
  );

  test(`a server that is killed under ${WRITERS} writers loses nothing`, LONG, async () => {
    const url = server.url(product, aPrefix());
    const [writer, reader] = [await aReplica(url), await aReplica(url)];
    for (let times = scaled(2, 20); times > 0; times -= 1) {
      await throughTrouble(writer, reader, async () => {
        await sleep(200 + Math.random() * 400);
        await server.kill();
        await expect.poll(() => writer.behind()?.trouble.message, PATIENT).toBeDefined();
        await sleep(500);
        await server.start();
        await expect.poll(() => writer.behind(), PATIENT).toBeUndefined();
        await expect.poll(() => reader.behind(), PATIENT).toBeUndefined();
        await sleep(300);
      });
    }
  });
};
