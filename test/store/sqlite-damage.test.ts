import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { LogDamaged } from '#store/errors.ts';
import type { Finding } from '#store/store.ts';
import { anEvent, gathered, idsOf } from './events.ts';
import { aPath, opened } from './open-sqlite.ts';

const kindsOf = (findings: readonly Finding[]) => findings.map(({ kind }) => kind);

/** A closed log of three streams with five events each, and the bytes of its file. */
const aLog = async () => {
  const path = aPath();
  const store = await opened(path);
  const events = Array.from({ length: 15 }, (_, place) => anEvent({ mark: `mark-${place}-` }));
  for (const [place, event] of events.entries()) {
    await store.append(`agreement-${place % 3}`, [event], 'any');
  }
  await store[Symbol.asyncDispose]();
  return { path, events, bytes: readFileSync(path) };
};

/** What a check of the file with one byte altered says; an opening that fails says it too. */
const checkAltered = async (path: string, bytes: Buffer, place: number, mask: number) => {
  const altered = Buffer.from(bytes);
  altered[place] = (altered[place] ?? 0) ^ mask;
  writeFileSync(path, altered);
  try {
    const store = await opened(path);
    const findings = await Array.fromAsync(store.verify());
    await store[Symbol.asyncDispose]();
    return findings;
  } catch (error) {
    return error;
  }
};

test('every single altered byte of a stored event is found', async () => {
  const { path, events, bytes } = await aLog();
  // From the row's header to the end of its data, the checksum behind it included.
  const start = bytes.indexOf(events[7]?.id ?? '') - 20;
  const end = bytes.indexOf('mark-7-') + 'mark-7-"}'.length + 4;
  const missed: number[] = [];
  for (let place = start; place < end; place += 1) {
    const found = await checkAltered(path, bytes, place, 1 << (place % 8));
    if (Array.isArray(found) && found.length === 0) missed.push(place - start);
  }
  expect(missed).toEqual([]);
});

test('an altered event is never served; the error and the check tell where it lies', async () => {
  const { path, events, bytes } = await aLog();
  const findings = await checkAltered(path, bytes, bytes.indexOf('mark-7-'), 0x20);
  const place = { position: 8, stream: 'agreement-1' };
  expect(findings).toMatchObject([{ kind: 'ALTERED', ...place }]);
  const store = await opened(path);
  const damaged = { code: 'LOG_DAMAGED', ...place };
  await expect(gathered(store.readStream('agreement-1'))).rejects.toMatchObject(damaged);
  await expect(gathered(store.readAll())).rejects.toMatchObject(damaged);
  await expect(store.find(events[7]?.id ?? '')).rejects.toMatchObject(damaged);
  const { signal } = new AbortController();
  await expect(gathered(store.follow({ after: 0, signal }))).rejects.toMatchObject(damaged);
  expect(await gathered(store.readStream('agreement-0'))).toHaveLength(5);
  const echo = store.append('agreement-1', [events[7] ?? anEvent()], 'any');
  const other = store.append('agreement-2', [anEvent()], 'any');
  await expect(echo).rejects.toMatchObject(damaged);
  expect(await other).toMatchObject({ position: 16 });
});

test.each([
  ['DELETE FROM events WHERE rowid = 5', ['GAP', 'REVISION'], 6],
  ['UPDATE events SET revision = 9 WHERE rowid = 13', ['ALTERED'], 13],
  ['UPDATE events SET recorded_at = recorded_at - 1 WHERE rowid = 4', ['ALTERED'], 4],
  ['UPDATE events SET stream = 2, revision = 6 WHERE rowid = 15', ['ALTERED'], 15],
  ["UPDATE streams SET name = 'agreement-x' WHERE number = 3", Array(5).fill('ALTERED'), 3],
])('a log tampered with by %s is recognised', async (sql, kinds, position) => {
  const { path } = await aLog();
  const db = new DatabaseSync(path);
  db.exec('DROP TRIGGER events_stay; DROP TRIGGER events_remain; DROP TRIGGER streams_stay');
  db.exec(sql);
  db.close();
  const store = await opened(path);
  expect(kindsOf(await Array.fromAsync(store.verify()))).toEqual(kinds);
  await expect(gathered(store.readAll())).rejects.toMatchObject({ code: 'LOG_DAMAGED', position });
});

test('a truncated log is recognised when it is opened', async () => {
  const { path, bytes } = await aLog();
  truncateSync(path, bytes.length - 4_096);
  await expect(opened(path)).rejects.toBeInstanceOf(LogDamaged);
  truncateSync(path, 50);
  await expect(opened(path)).rejects.toMatchObject({ code: 'NOT_A_LOG' });
});

test('a log with a page of noise still says which events can be read', async () => {
  const path = aPath();
  const store = await opened(path);
  const events = Array.from({ length: 40 }, (_, n) => anEvent({ prose: `${n}`.repeat(900) }));
  for (const event of events) await store.append('agreement-a', [event], 'any');
  const ids = idsOf(events);
  await store[Symbol.asyncDispose]();
  const bytes = readFileSync(path);
  const page = Math.floor(bytes.indexOf('2020202020') / 4_096);
  bytes.fill(0xa5, page * 4_096, (page + 1) * 4_096);
  writeFileSync(path, bytes);
  const noisy = await opened(path);
  const findings = await Array.fromAsync(noisy.verify());
  expect(kindsOf(findings)).toEqual(['FILE', 'UNREADABLE', 'REVISION']);
  const { position = 0 } = findings[1] ?? {};
  expect(await noisy.find(ids[position - 2] ?? '')).toMatchObject({ position: position - 1 });
  await expect(noisy.find(ids[position - 1] ?? '')).rejects.toBeInstanceOf(LogDamaged);
  await expect(gathered(noisy.readAll())).rejects.toBeInstanceOf(LogDamaged);
});
