import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { log } from '#store/sqlite-schema.ts';
import type { EventStore } from '#store/store.ts';
import { anEvent, aStream, firstOf, gathered, idsOf, someEvents } from './events.ts';
import { aPath, opened } from './open-sqlite.ts';

const wide = () => anEvent({ prose: 'x'.repeat(10_000) });

/** Appends until one fails. Answers the ids acknowledged before, and the failure. */
const appendUntilFailure = async (store: EventStore) => {
  const ids: string[] = [];
  for (;;) {
    const events = Array.from({ length: 4 }, wide);
    try {
      await store.append('agreement-full', events, 'any');
      ids.push(...idsOf(events));
    } catch (failure) {
      return { ids, failure };
    }
  }
};

test('a full disk fails the append, reading goes on, and writing too once there is room', async () => {
  let room = 200;
  const onOpen = (db: DatabaseSync) => db.exec(`PRAGMA max_page_count = ${room}`);
  const store = await opened(aPath(), { onOpen });
  const { signal } = new AbortController();
  const { ids, failure } = await appendUntilFailure(store);
  expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', reason: 'DISK_FULL' });
  expect(ids.length).toBeGreaterThan(0);
  expect(store.trouble()).toBe(failure);
  expect(idsOf(await gathered(store.readAll()))).toEqual(ids);
  expect(await Array.fromAsync(store.verify())).toEqual([]);
  const event = wide();
  const blocked = Array.from({ length: 8 }, () => store.append(aStream(), [wide()], 'any'));
  const results = await Promise.allSettled(blocked);
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect((await store.head()).position).toBe(ids.length);
  room = 1_000_000;
  const following = firstOf(store.follow({ after: ids.length, signal }), 1, () => true);
  const { events } = await store.append('agreement-full', [event], ids.length);
  expect(await following).toEqual(events);
  expect(store.trouble()).toBeUndefined();
  expect(idsOf(await gathered(store.readAll()))).toEqual([...ids, event.id]);
});

test('what a lost batch said about revisions is not told', async () => {
  const store = await opened(':memory:', {
    onOpen: (db) => db.exec('PRAGMA max_page_count = 30'),
  });
  const stream = aStream();
  // The second would be refused because of the first, which in the end is not stored.
  const both = await Promise.allSettled([
    store.append(stream, [anEvent()], 'no-stream'),
    store.append(stream, [anEvent()], 'no-stream'),
    store.append(aStream(), [anEvent({ prose: 'x'.repeat(200_000) })], 'no-stream'),
  ]);
  for (const result of both) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } });
  }
  expect(await store.append(stream, [anEvent()], 'no-stream')).toMatchObject({ position: 1 });
});

test('a log in memory outlives a failed commit', async () => {
  const store = await opened(':memory:', {
    onOpen: (db) => db.exec('PRAGMA max_page_count = 100'),
  });
  const { ids, failure } = await appendUntilFailure(store);
  expect(failure).toMatchObject({ reason: 'DISK_FULL' });
  expect(idsOf(await gathered(store.readAll()))).toEqual(ids);
});

test('a lock held too long fails the append without stopping the loop, and passes', async () => {
  const path = aPath();
  const store = await opened(path, { lockPatience: 100 });
  using other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 1);
  const appending = store.append(aStream(), [anEvent()], 'any');
  await expect(appending).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', reason: 'LOCKED' });
  clearInterval(counting);
  expect(turns).toBeGreaterThan(0);
  expect(await gathered(store.readAll())).toEqual([]);
  const waiting = store.append(aStream(), [anEvent()], 'any');
  await nextTurn();
  other.exec('ROLLBACK');
  expect(await waiting).toMatchObject({ position: 1 });
});

test('after a failed commit nothing is written while an acknowledged event is gone', async () => {
  const path = aPath();
  const connections: DatabaseSync[] = [];
  const store = await opened(path, { onOpen: (db) => void connections.push(db) });
  await store.append('agreement-a', someEvents(3), 'no-stream');
  using other = new DatabaseSync(path);
  other.exec('DROP TRIGGER events_remain; DELETE FROM events WHERE rowid = 3');
  connections[0]?.exec('PRAGMA max_page_count = 1');
  const { ids, failure } = await appendUntilFailure(store);
  expect(failure).toMatchObject({ reason: 'DISK_FULL' });
  if (ids.length === 0) {
    const next = store.append('agreement-b', [anEvent()], 'any');
    await expect(next).rejects.toThrow('the acknowledged event at position 3 is gone');
  }
  expect(connections.length).toBeGreaterThan(1);
});

test('a log written by a newer version is refused and left as it is', async () => {
  const path = aPath();
  await (await opened(path))[Symbol.asyncDispose]();
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA user_version = ${log.steps.length + 1}`);
  db.close();
  await expect(opened(path)).rejects.toMatchObject({ code: 'LOG_TOO_NEW' });
  await expect(opened(path)).rejects.toThrow(path);
});

test('a file that is no log is refused and not touched', async () => {
  const text = aPath();
  writeFileSync(text, 'Dear diary, nothing happened today. '.repeat(100));
  const short = aPath();
  writeFileSync(short, 'x');
  const foreign = aPath();
  const db = new DatabaseSync(foreign);
  db.exec('CREATE TABLE other (a); INSERT INTO other VALUES (1)');
  db.close();
  for (const path of [text, short, foreign]) {
    const before = readFileSync(path);
    await expect(opened(path)).rejects.toMatchObject({ code: 'NOT_A_LOG' });
    await expect(opened(path)).rejects.toThrow(path);
    expect(readFileSync(path).equals(before)).toBe(true);
  }
  await expect(opened(dirname(text))).rejects.toMatchObject({ code: 'NOT_A_LOG' });
});

/** As a user whom permissions bind: the superuser becomes another for the length of the test. */
const asOrdinaryUser = (): boolean => {
  if (process.getuid?.() !== 0) return process.getuid !== undefined;
  if (process.seteuid === undefined) return false;
  process.seteuid(65_534);
  onTestFinished(() => process.seteuid?.(0));
  return true;
};

test('a folder or file that can not be written is named', async (context) => {
  const path = aPath();
  await (await opened(path))[Symbol.asyncDispose]();
  const locked = join(dirname(path), 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o555);
  chmodSync(path, 0o444);
  chmodSync(dirname(path), 0o777);
  if (!asOrdinaryUser()) return context.skip('this system has no user without all permissions');
  await expect(opened(join(locked, 'log.db'))).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  await expect(opened(join(locked, 'log.db'))).rejects.toThrow(locked);
  await expect(opened(join(locked, 'deeper', 'log.db'))).rejects.toThrow(join(locked, 'deeper'));
  await expect(opened(path)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  await expect(opened(path)).rejects.toThrow(path);
});

test('a folder that can not be made is named, where the system itself would not say so', async (context) => {
  if (process.platform !== 'linux') return context.skip('only Linux has such a file system');
  await expect(opened('/proc/none/deeper/log.db')).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
});
