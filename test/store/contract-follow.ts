import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { EventPage, EventStore } from '#store/store.ts';
import type { Open } from './contract.ts';
import { anEvent, aStream, firstOf, gathered, idsOf, someEvents } from './events.ts';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** Appends one event after another, with a turn of the loop in between now and then. */
const write = async (store: EventStore, stream: string, count: number): Promise<void> => {
  for (let place = 0; place < count; place += 1) {
    await store.append(stream, [anEvent({ place })], place);
    if (place % 7 === 0) await nextTurn();
  }
};

/** A reader that lets the loop turn many times before it asks for the next page. */
async function* slowed(pages: AsyncIterable<EventPage>): AsyncGenerator<EventPage> {
  for await (const page of pages) {
    for (let turn = 0; turn < 40; turn += 1) await nextTurn();
    yield page;
  }
}

export const followContract = (open: Open): void => {
  test('a follower passes from old to new without gap or double while writers append', async () => {
    const { store } = await open();
    const { position: after } = await store.head();
    const streams = Array.from({ length: 8 }, aStream);
    const isOurs = ({ stream }: { readonly stream: string }) => streams.includes(stream);
    await Promise.all(streams.map((stream) => store.append(stream, someEvents(200), 'no-stream')));
    const writing = Promise.all(
      streams.map(async (stream) => {
        for (let place = 0; place < 40; place += 1) await store.append(stream, [anEvent()], 'any');
      }),
    );
    const total = 8 * 240;
    const followers = Array.from({ length: 6 }, async (_, place) => {
      // Each begins at another moment of the writing.
      for (let turn = 0; turn < place * 5; turn += 1) await nextTurn();
      const { signal } = new AbortController();
      return firstOf(store.follow({ after, signal }), total, isOurs);
    });
    await writing;
    const truth = (await gathered(store.readAll({ after }))).filter(isOurs);
    expect(truth).toHaveLength(total);
    for (const seen of await Promise.all(followers)) expect(idsOf(seen)).toEqual(idsOf(truth));
  });

  test('a follower that is cut and comes back at its last event misses nothing', async () => {
    const { store } = await open();
    const stream = aStream();
    const { position } = await store.head();
    const writing = write(store, stream, 150);
    const seen: string[] = [];
    let after = position;
    while (seen.length < 150) {
      const abort = new AbortController();
      for await (const page of store.follow({ after, signal: abort.signal })) {
        seen.push(...idsOf(page.filter((event) => event.stream === stream)));
        after = page.at(-1)?.position ?? after;
        abort.abort();
      }
    }
    await writing;
    expect(seen).toEqual(idsOf(await gathered(store.readStream(stream))));
  });

  test('a slow follower loses nothing and holds nobody up', async () => {
    const { store } = await open();
    const stream = aStream();
    const { position: after } = await store.head();
    const { signal } = new AbortController();
    const isOurs = (event: { readonly stream: string }) => event.stream === stream;
    const quick = firstOf(store.follow({ after, signal }), 600, isOurs);
    const slow = firstOf(slowed(store.follow({ after, signal })), 600, isOurs);
    await write(store, stream, 600);
    const truth = idsOf(await gathered(store.readStream(stream)));
    expect(idsOf(await quick)).toEqual(truth);
    expect(idsOf(await slow)).toEqual(truth);
  });

  test('a follower from beyond the end waits for what comes after its place', async () => {
    const { store } = await open();
    const stream = aStream();
    const { events } = await store.append(stream, someEvents(3), 'no-stream');
    const { signal } = new AbortController();
    const after = events.at(-1)?.position ?? 0;
    const following = firstOf(
      store.follow({ after, signal }),
      1,
      (event) => event.stream === stream,
    );
    await nextTurn();
    const next = await store.append(stream, [anEvent()], 3);
    expect(await following).toEqual(next.events);
  });

  test('an abort ends waiting followers quietly and leaves no listener', async () => {
    const { store } = await open();
    const { position: after } = await store.head();
    const abort = new AbortController();
    const before = listeners(abort.signal);
    const followers = Array.from({ length: 50 }, () =>
      gathered(store.follow({ after, signal: abort.signal })),
    );
    await nextTurn();
    expect(listeners(abort.signal)).toBeGreaterThan(before);
    abort.abort();
    const seen = await Promise.all(followers);
    expect(seen.every((events) => events.length === 0)).toBe(true);
    expect(listeners(abort.signal)).toBe(before);
  });

  test('a follower whose signal has aborted already sees nothing', async () => {
    const { store } = await open();
    await store.append(aStream(), [anEvent()], 'any');
    expect(await gathered(store.follow({ after: 0, signal: AbortSignal.abort() }))).toEqual([]);
  });

  test('a reader that goes away leaves no listener, even while it waits', async () => {
    const { store } = await open();
    const stream = aStream();
    const { signal } = new AbortController();
    const { position: after } = await store.head();
    await store.append(stream, [anEvent()], 'any');
    for await (const _ of store.follow({ after, signal })) break;
    expect(listeners(signal)).toBe(0);
    const waiting = store.follow({ after: (await store.head()).position, signal });
    const iterator = waiting[Symbol.asyncIterator]();
    const next = iterator.next();
    await nextTurn();
    expect(listeners(signal)).toBe(1);
    await iterator.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(listeners(signal)).toBe(0);
  });

  test('closing the store ends its followers', async () => {
    const { store } = await open();
    const { position: after } = await store.head();
    const abort = new AbortController();
    const following = gathered(store.follow({ after, signal: abort.signal }));
    await nextTurn();
    await store[Symbol.asyncDispose]();
    expect(await following).toEqual([]);
    expect(listeners(abort.signal)).toBe(0);
  });
};
