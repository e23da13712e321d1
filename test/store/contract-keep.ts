import { expect, test } from 'vitest';
import { StoreUnavailable } from '#store/errors.ts';
import { wholeStream } from '#store/whole-stream.ts';
import type { Open } from './contract.ts';
import { anEvent, aStream, gathered, idsOf, pairsOf, someEvents } from './events.ts';

/** JSON texts that must come back to the letter. */
const texts: readonly (readonly [string, string])[] = [
  ['1 MB', JSON.stringify({ prose: 'Clause. '.repeat(120_000) })],
  ['escaped lone surrogates', JSON.stringify({ prose: '\ud800 and \udfff' })],
  [
    'emoji, accents in two forms',
    JSON.stringify({ prose: '\u{1f9fe} é e\u0301 \u{1f469}\u200d\u2696\ufe0f' }),
  ],
  ['right to left, zero width, byte order mark', '{"prose":"\u202eעברית\u200b\ufeff\u2028\u2029"}'],
  ['replacement characters', '{"prose":"\ufffd\ufffe\uffff"}'],
  ['escapes of control characters', JSON.stringify({ prose: '\u0000\u0001\u001f\u007f' })],
  ['a bare control character', '{"prose":"\u0000"}'],
  ['spaces and line breaks around', ' {\r\n\t"a" : 1.0e+2 }\n'],
  ['numbers beyond 2⁵³', '{"n":12345678901234567890.00000000000000000001}'],
  ['no text at all', ''],
];

export const keepContract = (open: Open): void => {
  test.each(texts)('%s: data and metadata come back to the letter', async (_, text) => {
    const { store } = await open();
    const stream = aStream();
    const inData = { ...anEvent(), data: text };
    const inMetadata = { ...anEvent(), metadata: text };
    await store.append(stream, [inData], 'no-stream');
    await store.append(stream, [inMetadata], 1);
    const read = await gathered(store.readStream(stream));
    expect(read[0]?.data === text).toBe(true);
    expect(read[1]?.metadata === text).toBe(true);
  });

  test('a stream longer than a page is read whole, in order, from any revision', async () => {
    const { store } = await open();
    const stream = aStream();
    const other = aStream();
    const events = someEvents(2_345);
    for (let start = 0; start < events.length; start += 400) {
      await store.append(stream, events.slice(start, start + 400), start);
      await store.append(other, [anEvent()], 'any');
    }
    expect(idsOf(await wholeStream(store, stream))).toEqual(idsOf(events));
    for (const after of [1, 999, 1_000, 1_001, 2_344, 2_345, 9_999]) {
      const rest = await wholeStream(store, stream, after);
      expect(idsOf(rest)).toEqual(idsOf(events.slice(after)));
    }
    const sizes: number[] = [];
    for await (const page of store.readStream(stream)) sizes.push(page.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  test('the whole log is read between two positions', async () => {
    const { store } = await open();
    const stream = aStream();
    const { events } = await store.append(stream, someEvents(1_500), 'no-stream');
    const after = events[2]?.position ?? 0;
    const upTo = events[1_402]?.position ?? 0;
    const between = await gathered(store.readAll({ after, upTo }));
    expect(between).toEqual(events.slice(3, 1_403));
    expect(await gathered(store.readAll({ after: upTo, upTo }))).toEqual([]);
  });

  test('what is appended while the log is read does not lengthen the reading', async () => {
    const { store } = await open();
    const stream = aStream();
    const { position: after } = await store.head();
    await store.append(stream, someEvents(1_100), 'no-stream');
    let count = 0;
    for await (const page of store.readAll({ after })) {
      count += page.filter((event) => event.stream === stream).length;
      await store.append(stream, [anEvent()], 'any');
    }
    expect(count).toBe(1_100);
  });

  test('a stream without events is empty, and so is an unknown id absent', async () => {
    const { store } = await open();
    expect(await gathered(store.readStream(aStream()))).toEqual([]);
    expect(await store.find(anEvent().id)).toBeUndefined();
  });

  test('every stream with events is named once', async () => {
    const { store } = await open();
    const streams = Array.from({ length: 1_050 }, aStream);
    const unborn = aStream();
    await Promise.all(streams.map((stream) => store.append(stream, [anEvent()], 'no-stream')));
    await Promise.allSettled([store.append(unborn, [anEvent()], 7)]);
    const named = await Array.fromAsync(store.streams());
    expect(named.filter((name) => streams.includes(name)).toSorted()).toEqual(streams.toSorted());
    expect(named).not.toContain(unborn);
  });

  test('reading ends when its signal aborts', async () => {
    const { store } = await open();
    const stream = aStream();
    await store.append(stream, someEvents(2_500), 'no-stream');
    for (const read of [
      (signal: AbortSignal) => store.readStream(stream, { signal }),
      (signal: AbortSignal) => store.readAll({ signal }),
    ]) {
      const abort = new AbortController();
      let pages = 0;
      for await (const _ of read(abort.signal)) {
        pages += 1;
        abort.abort();
      }
      expect(pages).toBe(1);
    }
  });

  test('a cursor that can be no place is refused', async () => {
    const { store } = await open();
    const { signal } = new AbortController();
    for (const after of [-1, 0.5, Number.NaN, 2 ** 60]) {
      await expect(gathered(store.readStream(aStream(), { after }))).rejects.toThrow(RangeError);
      await expect(gathered(store.readAll({ after }))).rejects.toThrow(RangeError);
      const following = async () => gathered(store.follow({ after, signal }));
      await expect(following()).rejects.toThrow(RangeError);
    }
  });

  test('recordedAt never falls, even when the clock is set back', async () => {
    let now = 1_700_000_000_000;
    const { store, reopen } = await open(() => now);
    const stream = aStream();
    await store.append(stream, [anEvent()], 'any');
    now -= 3_600_000;
    await store.append(stream, [anEvent()], 'any');
    const later = (await reopen?.()) ?? store;
    await later.append(stream, [anEvent()], 'any');
    now += 7_200_000;
    await later.append(stream, [anEvent()], 'any');
    const times = (await gathered(later.readStream(stream))).map(({ recordedAt }) => recordedAt);
    expect(times).toHaveLength(4);
    for (const [before, next] of pairsOf(times)) expect(next).toBeGreaterThanOrEqual(before);
  });

  test('a copied event keeps when it was recorded, unless that would fall', async () => {
    const { store } = await open();
    const stream = aStream();
    const [{ recordedAt: now } = { recordedAt: 0 }] = (await store.append(stream, [anEvent()], 0))
      .events;
    const times = [now + 70, now + 90, now + 80];
    const copies = times.map((recordedAt) => ({ ...anEvent(), recordedAt }));
    const { events } = await store.append(stream, copies, 1);
    const kept = [now + 70, now + 90, now + 90];
    expect(events.map(({ recordedAt }) => recordedAt)).toEqual(kept);
    const later = await store.append(stream, [anEvent()], 4);
    expect(later.events[0]?.recordedAt).toBeGreaterThanOrEqual(now + 90);
  });

  test('a store that is opened again has everything and goes on where it was', async (context) => {
    const { store, reopen } = await open();
    if (reopen === undefined) return context.skip('this log ends with its store');
    const stream = aStream();
    const event = anEvent();
    await store.append(stream, someEvents(5), 'no-stream');
    await store.append(stream, [event], 5);
    const before = await gathered(store.readStream(stream));
    const head = await store.head();
    const again = await reopen();
    expect(await gathered(again.readStream(stream))).toEqual(before);
    expect(await again.append(stream, [event], 5)).toMatchObject({ duplicate: true, revision: 6 });
    const appended = await again.append(stream, [anEvent()], 6);
    expect(appended.revision).toBe(7);
    expect(appended.position).toBeGreaterThan(head.position);
  });

  test('closing drains what was accepted and refuses what comes after', async () => {
    const { store, reopen } = await open();
    const stream = aStream();
    const accepted = Array.from({ length: 20 }, () => store.append(stream, [anEvent()], 'any'));
    const closing = store[Symbol.asyncDispose]();
    const late = store.append(stream, [anEvent()], 'any');
    await expect(late).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', reason: 'CLOSED' });
    await closing;
    const revisions = (await Promise.all(accepted)).map(({ revision }) => revision);
    expect(revisions.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    await expect(gathered(store.readAll())).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
    await store[Symbol.asyncDispose]();
    if (reopen === undefined) return;
    expect(await gathered((await reopen()).readStream(stream))).toHaveLength(20);
  });

  test('a sound log has no findings and no trouble', async () => {
    const { store } = await open();
    await store.append(aStream(), someEvents(1_200), 'no-stream');
    await store.append(aStream(), [anEvent({ prose: 'é \u{1f9fe}' })], 'no-stream');
    expect(await Array.fromAsync(store.verify())).toEqual([]);
    expect(store.trouble()).toBeUndefined();
  });
};
