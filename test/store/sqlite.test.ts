import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '#store/open.ts';
import { assertSoundSqlite } from '#store/sqlite-connection.ts';
import { log } from '#store/sqlite-schema.ts';
import { storeContract } from './contract.ts';
import { anEvent, aStream, firstOf, gathered, idsOf, someEvents } from './events.ts';
import { aFolder } from './folder.ts';
import { aPath, opened, openFile, openMemory } from './open-sqlite.ts';

storeContract('the SQLite log in a file', openFile);
storeContract('the SQLite log in memory', openMemory);

test('a log is created with its folder, in the newest format, in WAL mode', async () => {
  const path = join(aFolder(), 'new', 'folder', 'log.db');
  const store = await openStore(`sqlite:${path}`);
  await store.append(aStream(), [anEvent()], 'any');
  await store[Symbol.asyncDispose]();
  using db = new DatabaseSync(path);
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: log.steps.length });
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(readdirSync(dirname(path))).toContain('log.db');
});

test('every writing connection has synchronous FULL', async () => {
  let connection: DatabaseSync | undefined;
  const store = await opened(aPath(), {
    onOpen: (db) => {
      connection = db;
    },
  });
  await store.append(aStream(), [anEvent()], 'any');
  expect(connection?.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
});

test('a log that can not be put into WAL mode is not opened', async () => {
  const path = aPath();
  using other = new DatabaseSync(path);
  // A log whose journal mode can't be changed: somebody reads it in the old mode all the time.
  const store = await opened(path);
  await store[Symbol.asyncDispose]();
  other.exec('PRAGMA journal_mode = DELETE; BEGIN; SELECT count(*) FROM events');
  await expect(opened(path, { lockPatience: 30 })).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
});

test('a SQLite that could corrupt a log is refused', () => {
  expect(() => assertSoundSqlite('3.51.2')).toThrow(/3\.51\.2 .* newer Node/);
  expect(() => assertSoundSqlite('3.50.9')).toThrow();
  expect(() => assertSoundSqlite('3.51.3')).not.toThrow();
  expect(() => assertSoundSqlite('3.52.0')).not.toThrow();
  expect(() => assertSoundSqlite('4.0.0')).not.toThrow();
  expect(() => assertSoundSqlite()).not.toThrow();
});

test('an id that lies in another stream is told with that stream, beside new ones too', async () => {
  const store = await opened(':memory:');
  const [known, stream] = [anEvent(), aStream()];
  await store.append(stream, [known], 'any');
  for (const events of [[known], [anEvent(), known]]) {
    const elsewhere = store.append(aStream(), events, 'any');
    await expect(elsewhere).rejects.toMatchObject({
      code: 'EVENT_ELSEWHERE',
      eventId: known.id,
      elsewhere: stream,
    });
  }
});

test('an id that lies beside new ones is a duplicate event', async () => {
  const store = await opened(':memory:');
  const known = anEvent();
  const stream = aStream();
  await store.append(stream, [known], 'any');
  const fresh = anEvent();
  const mixed = store.append(stream, [known, fresh], 'any');
  await expect(mixed).rejects.toMatchObject({ code: 'DUPLICATE_EVENT', eventId: fresh.id });
});

test('nothing in the log can be changed or deleted by SQL', async () => {
  const path = aPath();
  const store = await opened(path);
  await store.append(aStream(), [anEvent()], 'any');
  using db = new DatabaseSync(path);
  for (const sql of [
    'UPDATE events SET data = 1',
    'DELETE FROM events',
    "UPDATE streams SET name = 'x'",
    'DELETE FROM streams',
  ]) {
    expect(() => db.exec(sql)).toThrow('append-only');
  }
});

test('positions and revisions have no holes', async () => {
  const store = await opened(':memory:');
  const streams = [aStream(), aStream()];
  const appending = Array.from({ length: 40 }, (_, place) =>
    store.append(streams[place % 2] ?? '', [anEvent()], place % 5 === 0 ? 99 : 'any'),
  );
  await Promise.allSettled(appending);
  const all = await gathered(store.readAll());
  expect(all.map(({ position }) => position)).toEqual(all.map((_, place) => place + 1));
});

test('positions outlive a VACUUM', async () => {
  const path = aPath();
  const store = await opened(path);
  await store.append(aStream(), someEvents(50), 'any');
  const before = await gathered(store.readAll());
  using db = new DatabaseSync(path);
  db.exec('VACUUM');
  expect(await gathered(store.readAll())).toEqual(before);
  expect(await Array.fromAsync(store.verify())).toEqual([]);
});

test('a page of long events ends early, and nothing is lost by it', async () => {
  const store = await opened(':memory:');
  const stream = aStream();
  const events = Array.from({ length: 60 }, () => anEvent({ prose: 'x'.repeat(400_000) }));
  for (const event of events) await store.append(stream, [event], 'any');
  const sizes: number[] = [];
  const ids: string[] = [];
  for await (const page of store.readAll()) {
    sizes.push(page.length);
    ids.push(...idsOf(page));
  }
  expect(sizes.length).toBeGreaterThan(1);
  expect(ids).toEqual(idsOf(events));
});

test('long events are followed to the last one, from the beginning and from the middle', async () => {
  const store = await opened(':memory:');
  const stream = aStream();
  const events = Array.from({ length: 140 }, () => anEvent({ prose: 'x'.repeat(400_000) }));
  for (const event of events) await store.append(stream, [event], 'any');
  const { signal } = new AbortController();
  for (const after of [100, 0, 63, 64, 30]) {
    const rest = events.slice(after);
    const seen = await firstOf(store.follow({ after, signal }), rest.length, () => true);
    expect(idsOf(seen)).toEqual(idsOf(rest));
  }
});

test('two stores on one file in one process follow each other', async () => {
  const path = aPath();
  const writer = await opened(path);
  const reader = await opened(path);
  const { signal } = new AbortController();
  const following = firstOf(reader.follow({ after: 0, signal }), 30, () => true);
  const stream = aStream();
  for (let place = 0; place < 30; place += 1) await writer.append(stream, [anEvent()], place);
  expect(await following).toEqual(await gathered(writer.readStream(stream)));
});

test('waiting for other processes ends with the last follower', async () => {
  const store = await opened(aPath());
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const abort = new AbortController();
  const following = gathered(store.follow({ after: 0, signal: abort.signal }));
  await new Promise((resolve) => setImmediate(resolve));
  expect(timers()).toBe(before + 1);
  abort.abort();
  await following;
  expect(timers()).toBe(before);
});

test('more appends than the queue holds are refused at once, and the others are kept', async () => {
  const store = await opened(':memory:');
  const stream = aStream();
  const appending = Array.from({ length: 20_100 }, () => store.append(stream, [anEvent()], 'any'));
  const results = await Promise.allSettled(appending);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  for (const { reason } of refused) expect(reason).toMatchObject({ reason: 'OVERLOADED' });
  expect((await store.head()).position).toBe(results.length - refused.length);
});

test('an event of the greatest length is kept, a longer one refused', async () => {
  const store = await opened(':memory:');
  const metadata = '{}';
  const fits = { ...anEvent(), metadata, data: `"${'x'.repeat(4 * 1024 * 1024 - 4)}"` };
  await store.append(aStream(), [fits], 'any');
  const long = { ...fits, id: anEvent().id, data: `${fits.data} ` };
  await expect(store.append(aStream(), [long], 'any')).rejects.toMatchObject({
    code: 'UNFIT_APPEND',
  });
  expect((await store.find(fits.id))?.data === fits.data).toBe(true);
});

test.each([
  ['postgres://host', 'named as sqlite:PATH'],
  ['sqlite:', 'needs a path'],
  ['', 'named as sqlite:PATH'],
  ['constructor:x', 'named as sqlite:PATH'],
])('the connection string %j is refused in one sentence', async (connection, message) => {
  const opening = openStore(connection);
  await expect(opening).rejects.toMatchObject({ code: 'UNKNOWN_STORE' });
  await expect(opening).rejects.toThrow(message);
  await expect(opening).rejects.not.toThrow('secret');
});

test('sqlite::memory: opens a log that is on no disk', async () => {
  await using store = await openStore('sqlite::memory:', { now: () => 42 });
  const { events } = await store.append(aStream(), someEvents(2), 'no-stream');
  expect(events.map(({ recordedAt }) => recordedAt)).toEqual([42, 42]);
});
