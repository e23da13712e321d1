import { expect, test } from 'vitest';
import { RevisionConflict, UnfitAppend } from '#store/errors.ts';
import type { ExpectedRevision } from '#store/expected-revision.ts';
import type { EventToStore } from '#store/store.ts';
import type { Open } from './contract.ts';
import { anEvent, aStream, gathered, idsOf, pairsOf, someEvents } from './events.ts';

type Case = readonly [eventsThere: number, expected: ExpectedRevision];

const accepted: readonly Case[] = [
  [0, 'any'],
  [0, 'no-stream'],
  [0, 0],
  [3, 'any'],
  [3, 'stream-exists'],
  [3, 3],
];

const refused: readonly Case[] = [
  [0, 'stream-exists'],
  [0, 1],
  [3, 'no-stream'],
  [3, 0],
  [3, 2],
  [3, 4],
];

const unfit: readonly (readonly [string, Partial<EventToStore>])[] = [
  ['an id that is no UUID', { id: 'agreement-1' }],
  ['an id in capitals', { id: 'AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA' }],
  ['an empty type', { type: '' }],
  ['a control character in the type', { type: 'Term\u0000Added' }],
  ['a schema version of 0', { schemaVersion: 0 }],
  ['a schema version between two', { schemaVersion: 1.5 }],
  ['a recordedAt between two milliseconds', { recordedAt: 0.5 }],
  ['a recordedAt before 1970', { recordedAt: -1 }],
  ['a bare lone surrogate in the data', { data: '"\ud800"' }],
  ['a bare lone surrogate in the metadata', { metadata: '"\udc00"' }],
];

export const appendContract = (open: Open): void => {
  const tryAppend = async (count: number, expected: ExpectedRevision) => {
    const { store } = await open();
    const stream = aStream();
    if (count > 0) await store.append(stream, someEvents(count), 'any');
    const [result] = await Promise.allSettled([store.append(stream, [anEvent()], expected)]);
    return { stream, result, length: (await gathered(store.readStream(stream))).length };
  };

  test.each(accepted)(
    'a stream of %i events takes an append expecting %s',
    async (count, expected) => {
      const { result, length } = await tryAppend(count, expected);
      expect(result).toMatchObject({ status: 'fulfilled', value: { revision: count + 1 } });
      expect(length).toBe(count + 1);
    },
  );

  test.each(refused)('a stream of %i events refuses one expecting %s', async (count, expected) => {
    const { stream, result, length } = await tryAppend(count, expected);
    const reason = { code: 'REVISION_CONFLICT', stream, expected, actual: count };
    expect(result).toMatchObject({ status: 'rejected', reason });
    expect(length).toBe(count);
  });

  test('an append answers what is then read', async () => {
    const { store } = await open();
    const stream = aStream();
    const events = someEvents(3);
    const appended = await store.append(stream, events, 'no-stream');
    const read = await gathered(store.readStream(stream));
    expect(read).toEqual(appended.events);
    expect(read).toMatchObject(events);
    expect(read.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(appended).toMatchObject({ revision: 3, duplicate: false, position: read[2]?.position });
    expect(await store.find(events[1]?.id ?? '')).toEqual(read[1]);
  });

  test('of two racing writers exactly one wins', async () => {
    const { store } = await open();
    const stream = aStream();
    await store.append(stream, someEvents(2), 'no-stream');
    const racing = [1, 2].map(() => store.append(stream, someEvents(2), 2));
    const results = await Promise.allSettled(racing);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find((result) => result.status === 'rejected');
    expect(lost?.reason).toBeInstanceOf(RevisionConflict);
    expect(lost?.reason).toMatchObject({ actual: 4 });
    expect(await gathered(store.readStream(stream))).toHaveLength(4);
  });

  test('a refused append takes nobody with it who is written beside it', async () => {
    const { store } = await open();
    const [good, bad, late] = [aStream(), aStream(), aStream()];
    const results = await Promise.allSettled([
      store.append(good, [anEvent()], 'no-stream'),
      store.append(bad, someEvents(3), 7),
      store.append(late, [anEvent()], 'no-stream'),
      store.append(good, [anEvent()], 1),
    ]);
    const statuses = results.map(({ status }) => status);
    expect(statuses).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await gathered(store.readStream(bad))).toEqual([]);
    expect(await gathered(store.readStream(good))).toHaveLength(2);
  });

  test('the same append twice is stored once and answers the same', async () => {
    const { store } = await open();
    const stream = aStream();
    const events = someEvents(3);
    const first = await store.append(stream, events, 'no-stream');
    await store.append(stream, [anEvent()], 3);
    const again = await store.append(stream, events, 'no-stream');
    expect(again).toEqual({ ...first, duplicate: true });
    expect(await gathered(store.readStream(stream))).toHaveLength(4);
  });

  test('the same append twice at the same moment is stored once', async () => {
    const { store } = await open();
    const stream = aStream();
    const events = someEvents(2);
    const both = await Promise.all([
      store.append(stream, events, 'no-stream'),
      store.append(stream, events, 'no-stream'),
    ]);
    expect(both.map(({ duplicate }) => duplicate).toSorted()).toEqual([false, true]);
    expect(both[0]?.events).toEqual(both[1]?.events);
    expect(await gathered(store.readStream(stream))).toHaveLength(2);
  });

  test('an append of known and new events is refused whole', async () => {
    const { store } = await open();
    const stream = aStream();
    const known = anEvent();
    await store.append(stream, [known], 'no-stream');
    await expect(store.append(stream, [known, anEvent()], 0)).rejects.toThrow();
    await expect(store.append(stream, [anEvent(), known], 0)).rejects.toThrow();
    expect(idsOf(await gathered(store.readStream(stream)))).toEqual([known.id]);
  });

  test('positions rise strictly and recordedAt never falls, whatever the stream', async () => {
    const { store } = await open();
    const { position: after } = await store.head();
    const streams = [aStream(), aStream(), aStream()];
    const appending = Array.from({ length: 60 }, (_, place) =>
      store.append(streams[place % 3] ?? '', someEvents(1 + (place % 4)), 'any'),
    );
    const appended = (await Promise.all(appending)).flatMap(({ events }) => events);
    const all = await gathered(store.readAll({ after }));
    const ours = all.filter(({ stream }) => streams.includes(stream));
    expect(ours.toSorted((a, b) => a.position - b.position)).toEqual(ours);
    expect(idsOf(ours).toSorted()).toEqual(idsOf(appended).toSorted());
    for (const [before, next] of pairsOf(ours)) {
      expect(next.position).toBeGreaterThan(before.position);
      expect(Number.isSafeInteger(next.position)).toBe(true);
      expect(next.recordedAt).toBeGreaterThanOrEqual(before.recordedAt);
    }
    const head = await store.head();
    expect(head).toEqual({
      position: all.at(-1)?.position,
      recordedAt: all.at(-1)?.recordedAt,
    });
  });

  test.each(unfit)('%s is refused, and nothing is stored', async (_, part) => {
    const { store } = await open();
    const stream = aStream();
    const appending = store.append(stream, [anEvent(), { ...anEvent(), ...part }], 'any');
    await expect(appending).rejects.toBeInstanceOf(UnfitAppend);
    expect(await gathered(store.readStream(stream))).toEqual([]);
  });

  test('an append of nothing, of one id twice, or to no proper stream is refused', async () => {
    const { store } = await open();
    const event = anEvent();
    const refusals = [
      store.append(aStream(), [], 'any'),
      store.append(aStream(), [event, event], 'any'),
      store.append('', [event], 'any'),
      store.append('agreement-\u0000', [event], 'any'),
      store.append('x'.repeat(10_000), [event], 'any'),
      store.append(aStream(), [event], -1),
      store.append(aStream(), [event], Number.NaN),
    ];
    for (const refusal of refusals) await expect(refusal).rejects.toBeInstanceOf(UnfitAppend);
    expect(await store.find(event.id)).toBeUndefined();
  });
};
