/** A log on a server and its mirrors: what is beyond the contract of every store. */
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { connectTo } from '#store/clients.ts';
import { copyLog } from '#store/copy-log.ts';
import { openStore } from '#store/open.ts';
import { serverAddress } from '#store/server-address.ts';
import { eventsForServer } from '#store/server-event.ts';
import type { EventForServer } from '#store/server-log.ts';
import type { EventStore } from '#store/store.ts';
import { wholeStream } from '#store/whole-stream.ts';
import type { Product, Server } from '../servers/find.ts';
import { tampering } from './contract-server.ts';
import { anEvent, aStream, firstOf, gathered, idsOf, someEvents } from './events.ts';
import { aPrefix, aReplica } from './on-server.ts';
import { aPath, opened } from './open-sqlite.ts';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

/** How many races there are in the suite, and by `npm run faults`. */
const races = process.env['FAULTS'] === 'full' ? 10_000 : 200;

const troublesOf = async (store: EventStore) =>
  (await Array.fromAsync(store.examine())).filter(({ ok }) => !ok);

export const mirrorContract = (server: Server, product: Product): void => {
  const url = (prefix: string): string => server.url(product, prefix);
  /** Writes to the server past us, as a program of somebody else would. */
  const foreignly = async (prefix: string, stream: string, events: readonly EventForServer[]) => {
    const log = await connectTo(serverAddress(url(prefix)));
    onTestFinished(async () => log[Symbol.asyncDispose]());
    await log.append(`${prefix}${stream}`, events, 'no_stream');
  };
  /** Waits until a replica has as many events. */
  const reached = async (store: EventStore, position: number): Promise<void> => {
    await expect.poll(async () => (await store.head()).position).toBeGreaterThanOrEqual(position);
  };

  test('what one replica records, another has under the same position and time', async () => {
    const connection = url(aPrefix());
    const [a, b] = [await aReplica(connection), await aReplica(connection)];
    for (let place = 0; place < 20; place += 1) {
      await (place % 2 === 0 ? a : b).append(aStream(), someEvents(1 + (place % 3)), 'no-stream');
    }
    const { position } = await b.head();
    await reached(a, position);
    expect(await gathered(a.readAll())).toEqual(await gathered(b.readAll()));
    expect(position).toBe((await gathered(a.readAll())).length);
  });

  test('an append of another replica is seen whole or not at all', async () => {
    const connection = url(aPrefix());
    const [writer, reader] = [await aReplica(connection), await aReplica(connection)];
    const stream = aStream();
    const sizes = new Set<number>();
    const { signal } = new AbortController();
    const following = firstOf(reader.follow({ after: 0, signal }), 60, (event) => {
      sizes.add(event.revision);
      return true;
    });
    const seen = new Set<number>();
    const looking = setInterval(async () => {
      seen.add((await wholeStream(reader, stream)).length);
    }, 1);
    for (let place = 0; place < 3; place += 1) {
      await writer.append(stream, someEvents(20), place * 20);
    }
    await following;
    clearInterval(looking);
    expect([...seen].filter((length) => length % 20 !== 0)).toEqual([]);
  });

  test('a mirror that is lost is built anew, and says the same', async () => {
    const connection = url(aPrefix());
    const first = await aReplica(connection);
    for (let place = 0; place < 30; place += 1) await first.append(aStream(), someEvents(7), 0);
    expect(await gathered((await aReplica(connection)).readAll())).toEqual(
      await gathered(first.readAll()),
    );
  });

  test('two processes may share a mirror', async () => {
    const connection = url(aPrefix());
    const path = aPath();
    const [a, b] = [await aReplica(connection, path), await aReplica(connection, path)];
    const stream = aStream();
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 2 ? a : b).append(stream, [anEvent()], 'any')),
    );
    expect(await wholeStream(a, stream)).toHaveLength(40);
    expect(await gathered(b.readAll())).toEqual(await gathered(a.readAll()));
  });

  test('a mirror of other streams, of another log, or of one that was put back is refused', async () => {
    const path = aPath();
    const connection = url(aPrefix());
    const store = await aReplica(connection, path);
    await store.append(aStream(), someEvents(3), 0);
    await store[Symbol.asyncDispose]();
    const other = openStore(url(aPrefix()), { mirror: path });
    await expect(other).rejects.toMatchObject({ code: 'MIRROR_MISMATCH' });
    using db = new DatabaseSync(path);
    db.exec('UPDATE mirrored SET event_commit = event_commit + 4096, event_prepare = event_commit');
    const opening = openStore(connection, { mirror: path });
    await expect(opening).rejects.toMatchObject({ code: 'MIRROR_MISMATCH' });
    await expect(opening).rejects.toThrow(/delete the mirror/);
  });

  test('a log of its own is not taken for a mirror, nor a mirror for a log', async () => {
    const path = aPath();
    await (await opened(path))[Symbol.asyncDispose]();
    const mirrored = openStore(url(aPrefix()), { mirror: path });
    await expect(mirrored).rejects.toMatchObject({ code: 'NOT_A_LOG' });
    const mirror = aPath();
    await (await aReplica(url(aPrefix()), mirror))[Symbol.asyncDispose]();
    await expect(opened(mirror)).rejects.toThrow(/is the mirror of a log on a server/);
  });

  test('writers of two replicas lose no update', { timeout: 600_000 }, async () => {
    const connection = url(aPrefix());
    const replicas = [await aReplica(connection), await aReplica(connection)];
    const stream = aStream();
    let won = 0;
    const write = async (store: EventStore): Promise<void> => {
      let revision = 0;
      while (won < races) {
        revision += (await wholeStream(store, stream, revision)).length;
        const [result] = await Promise.allSettled([
          store.append(stream, [anEvent({ after: revision })], revision),
        ]);
        if (result.status === 'fulfilled') won += 1;
        else expect(result.reason).toMatchObject({ code: 'REVISION_CONFLICT' });
      }
    };
    await Promise.all([...replicas, ...replicas].map(write));
    const events = await wholeStream(replicas[0] ?? (replicas[1] as EventStore), stream);
    expect(events.map(({ data }) => JSON.parse(data).after)).toEqual(events.map((_, n) => n));
    expect(events).toHaveLength(won);
  });

  test('a retry on another replica that has not seen the first try is stored once', async () => {
    const connection = url(aPrefix());
    const [a, b] = [await aReplica(connection), await aReplica(connection)];
    const stream = aStream();
    const events = someEvents(3);
    await Promise.all([a.append(stream, events, 0), b.append(stream, events, 0)]);
    const again = await b.append(stream, events, 'any');
    expect(again).toMatchObject({ duplicate: true, revision: 3 });
    expect(await wholeStream(a, stream)).toHaveLength(3);
  });

  test('a log moves from a file to a server and back, and says the same', async () => {
    const file = await opened(':memory:');
    const streams = Array.from({ length: 5 }, aStream);
    for (let place = 0; place < 40; place += 1) {
      await file.append(streams[place % 5] ?? '', someEvents(1 + (place % 4)), 'any');
    }
    const there = await aReplica(url(aPrefix()));
    const back = await opened(':memory:');
    const moved = await copyLog(file, there, quiet);
    const returned = await copyLog(there, back, quiet);
    expect(returned.digest).toBe(moved.digest);
    expect(await gathered(back.readAll())).toEqual(await gathered(file.readAll()));
    expect(await copyLog(file, there, quiet)).toMatchObject({ copied: 0, digest: moved.digest });
  });

  test('what others write into our streams is kept, and told', async () => {
    const prefix = aPrefix();
    const id = anEvent().id;
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
    const octets = { contentType: 'application/octet-stream', metadata: {} } as const;
    await foreignly(prefix, 'agreement-foreign', [
      { ...octets, id, type: 'SomebodyElses', data: bytes('no JSON') },
      { ...octets, id: anEvent().id, type: 'TermAdded', data: bytes('\xff\xfe\x00') },
      { ...octets, id, type: 'SomebodyElses', data: bytes('{}') },
      {
        id: anEvent().id,
        type: 'x',
        contentType: 'application/json',
        data: { n: 1 },
        metadata: { codicil: 7 },
      },
    ]);
    const store = await aReplica(url(prefix));
    const events = await wholeStream(store, 'agreement-foreign');
    expect(events.map(({ revision }) => revision)).toEqual([1, 2, 3, 4]);
    expect(events[0]).toMatchObject({ type: 'SomebodyElses', data: 'no JSON', schemaVersion: 1 });
    const kinds = (await troublesOf(store)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['FOREIGN', 'REPEATED']);
    // Nobody else is disturbed by it.
    await store.append(aStream(), [anEvent()], 0);
  });

  test('limits and deletions are told, and what was mirrored stays', async () => {
    const prefix = aPrefix();
    const store = await aReplica(url(prefix));
    const [limited, closed, sound] = ['agreement-limited', 'agreement-closed', 'agreement-sound'];
    for (const stream of [limited, closed, sound]) await store.append(stream, someEvents(5), 0);
    const client = await tampering(server, product);
    await client.setStreamMetadata(`${prefix}${limited}`, { maxCount: 2 });
    await client.tombstoneStream(`${prefix}${closed}`);
    const told = (await troublesOf(store)).map(({ kind, stream }) => `${kind} ${stream}`);
    expect(told.toSorted()).toEqual([`GAP ${closed}`, `GAP ${limited}`, `LIMIT ${limited}`]);
    for (const stream of [limited, closed, sound]) {
      expect(await wholeStream(store, stream)).toHaveLength(5);
    }
    await expect(store.append(closed, [anEvent()], 5)).rejects.toMatchObject({
      code: 'STREAM_CLOSED',
    });
    expect(await store.append(limited, [anEvent()], 5)).toMatchObject({ revision: 6 });
    expect(store.trouble()).toBeUndefined();
  });

  test('an append that the server finds too large is refused, and the next goes on', async () => {
    const store = await aReplica(url(aPrefix()));
    const half = () => anEvent({ prose: 'x'.repeat(600_000) });
    const appending = store.append(aStream(), [half(), half()], 0);
    await expect(appending).rejects.toMatchObject({ code: 'APPEND_TOO_LARGE' });
    const huge = store.append(
      aStream(),
      Array.from({ length: 20 }, () => anEvent({ prose: 'é'.repeat(1_000_000) })),
      0,
    );
    await expect(huge).rejects.toMatchObject({ code: 'APPEND_TOO_LARGE' });
    await store.append(aStream(), [half()], 0);
  });

  test('a sound log has no troubles to tell', async () => {
    const store = await aReplica(url(aPrefix()));
    await store.append(aStream(), someEvents(10), 0);
    expect(await troublesOf(store)).toEqual([]);
  });

  test('events that are written with our note come back to the letter', async () => {
    const prefix = aPrefix();
    const event = { ...anEvent(), schemaVersion: 3, metadata: '{"codicil":"mine","a":1}' };
    await foreignly(prefix, 'agreement-ours', eventsForServer([event]));
    const [stored] = await wholeStream(await aReplica(url(prefix)), 'agreement-ours');
    expect(stored).toMatchObject(event);
    expect(idsOf(stored ? [stored] : [])).toEqual([event.id]);
  });
};
