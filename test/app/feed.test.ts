import { describe, expect, test } from 'vitest';
import { writeCursor } from '#app/cursor.ts';
import type { FeedFilter } from '#app/feed-filter.ts';
import type { FeedItem } from '#app/feed-item.ts';
import { caughtUp, openTestApp, type TestApp, takeUntil } from './open-test-app.ts';

const CONTRACT = 'supply';

const agreed = async (house: TestApp, timeZone = 'UTC') => {
  const parties = [{ partyId: 'buyer', name: 'Buyer' }];
  await house.record('RecordAgreement', {
    agreement: CONTRACT,
    title: 'Supply',
    timeZone,
    parties,
  });
  await house.record('RecordInstrument', {
    agreement: CONTRACT,
    instrument: { id: 'original', kind: 'ORIGINAL', title: 'Contract', executedAt: '2025-01-10' },
    changes: [{ addTerm: { termId: 'delivery', kind: 'DEADLINE', facts: { days: '60' } } }],
  });
};

type Amendment = { id: string; executedAt: string; effectiveFrom: string; days: string };

const amend = (house: TestApp, { id, executedAt, effectiveFrom, days }: Amendment) =>
  house.record('RecordInstrument', {
    agreement: CONTRACT,
    instrument: { id, kind: 'AMENDMENT', title: id, executedAt, effectiveFrom },
    changes: [{ amendTerm: { termId: 'delivery', values: { facts: { days } } } }],
  });

const history = async (house: TestApp, filter: FeedFilter = {}, after?: string) => {
  const { signal } = new AbortController();
  const items = house.app.changes(filter, { ...(after !== undefined && { after }), signal });
  return takeUntil(items, caughtUp);
};

const names = (items: readonly FeedItem[]) =>
  items.map((item) => {
    if (item.kind === 'CHANGE_RECORDED') return item.event.type;
    return item.kind === 'CHANGE_TOOK_EFFECT' ? `${item.change.changeId} took effect` : item.kind;
  });

const labelled = (items: readonly FeedItem[]) =>
  items.flatMap((item) =>
    item.kind === 'CHANGE_RECORDED' && item.labels.length > 0
      ? [[item.change?.instrument?.instrumentId ?? item.event.type, ...item.labels]]
      : [],
  );

describe('the feed', () => {
  test('gives history, then a CAUGHT_UP mark, then what is recorded while it runs', async () => {
    await using house = await openTestApp();
    await agreed(house);
    const { signal } = new AbortController();
    const items = house.app.changes({}, { signal });
    const before = await takeUntilOpen(items, caughtUp);
    await amend(house, {
      id: 'second',
      executedAt: '2025-02-01',
      effectiveFrom: '2025-02-01',
      days: '30',
    });
    const after = await takeUntilOpen(items, (item) => names([item])[0] === 'TermAmended');
    expect(names(before)).toEqual([
      'AgreementRecorded',
      'InstrumentRecorded',
      'TermAdded',
      'CAUGHT_UP',
    ]);
    expect(names(after)).toEqual(['InstrumentRecorded', 'TermAmended']);
  });

  test('started again at any cursor gives exactly what lay behind it', async () => {
    await using house = await openTestApp();
    await agreed(house);
    await amend(house, {
      id: 'second',
      executedAt: '2025-01-11',
      effectiveFrom: '2025-03-01',
      days: '30',
    });
    await amend(house, {
      id: 'third',
      executedAt: '2025-01-12',
      effectiveFrom: '2025-03-01',
      days: '20',
    });
    house.at('2025-04-01T00:00:00Z');
    const whole = await history(house);
    for (const [i, item] of whole.entries()) {
      const rest = await history(house, {}, item.cursor);
      const expected = item.kind === 'CAUGHT_UP' ? ['CAUGHT_UP'] : names(whole.slice(i + 1));
      expect(names(rest)).toEqual(expected);
    }
    expect(names(whole).filter((name) => name.endsWith('took effect'))).toHaveLength(2);
  });

  test('tells an agreed change of the past from one learned late (E2)', async () => {
    await using house = await openTestApp('2025-01-10T00:00:00Z');
    await agreed(house);
    house.at('2025-06-20T00:00:00Z');
    await amend(house, {
      id: 'c2',
      executedAt: '2025-06-15',
      effectiveFrom: '2025-03-01',
      days: '30',
    });
    house.at('2025-09-05T00:00:00Z');
    await amend(house, {
      id: 'c3',
      executedAt: '2025-02-20',
      effectiveFrom: '2025-04-01',
      days: '45',
    });
    expect(labelled(await history(house))).toEqual([
      ['c2', 'RETROACTIVE_CHANGE'],
      ['c3', 'LATE_DISCOVERY'],
    ]);
  });

  test('a scheduled change takes effect when its day begins in the agreement’s zone, once (E4)', async () => {
    await using house = await openTestApp('2025-03-01T12:00:00Z');
    await agreed(house, 'America/New_York');
    await amend(house, {
      id: 'c1',
      executedAt: '2025-03-01',
      effectiveFrom: '2026-01-01',
      days: '30',
    });
    house.at('2026-01-01T04:59:00Z');
    const early = await history(house);
    house.at('2026-01-01T05:00:30Z');
    const onTime = await history(house, {}, early.at(-1)?.cursor);
    const later = await history(house, {}, onTime.at(-1)?.cursor);
    const change = 'c1/amendTerm:delivery took effect';
    expect(names(early)).not.toContain(change);
    expect(names(onTime)).toEqual([change, 'CAUGHT_UP']);
    expect(names(later)).toEqual(['CAUGHT_UP']);
    expect(onTime[0]).toMatchObject({ late: false, dueAt: Date.parse('2026-01-01T05:00:00Z') });
  });

  test('after an outage the notice comes late and says so (E4)', async () => {
    await using house = await openTestApp('2025-03-01T12:00:00Z');
    await agreed(house);
    await amend(house, {
      id: 'c1',
      executedAt: '2025-03-01',
      effectiveFrom: '2026-01-01',
      days: '30',
    });
    const before = await history(house);
    house.at('2026-01-03T00:00:00Z');
    expect(await history(house, {}, before.at(-1)?.cursor)).toMatchObject([
      { kind: 'CHANGE_TOOK_EFFECT', late: true },
      { kind: 'CAUGHT_UP' },
    ]);
  });

  test('a correction of the date times the notice anew (E4)', async () => {
    await using house = await openTestApp('2025-03-01T12:00:00Z');
    await agreed(house);
    await amend(house, {
      id: 'c1',
      executedAt: '2025-03-01',
      effectiveFrom: '2026-01-01',
      days: '30',
    });
    await house.record('CorrectRecord', {
      agreement: CONTRACT,
      target: 'instrument:c1',
      reason: 'the paper says February',
      data: {
        instrumentId: 'c1',
        kind: 'AMENDMENT',
        title: 'c1',
        executedAt: '2025-03-01',
        effectiveFrom: '2026-02-01',
        sources: [],
      },
    });
    const before = await history(house);
    house.at('2026-01-20T00:00:00Z');
    const january = await history(house, {}, before.at(-1)?.cursor);
    house.at('2026-02-02T00:00:00Z');
    const february = await history(house, {}, january.at(-1)?.cursor);
    expect(names(january)).toEqual(['CAUGHT_UP']);
    expect(names(february)).toEqual(['c1/amendTerm:delivery took effect', 'CAUGHT_UP']);
  });

  test('followed by lineage, a term’s subscription receives its successor’s changes (E7)', async () => {
    await using house = await openTestApp();
    await agreed(house);
    await house.record('RecordInstrument', {
      agreement: CONTRACT,
      instrument: { id: 'second', kind: 'AMENDMENT', title: 'Second', executedAt: '2025-01-21' },
      changes: [
        { replaceTerms: { from: ['delivery'], to: [{ termId: 'collection', kind: 'PICKUP' }] } },
        { amendTerm: { termId: 'collection', values: { heading: 'Collection' } } },
      ],
    });
    const filter = { agreement: CONTRACT, term: 'delivery', recordedOnly: true };
    expect(names(await history(house, filter))).toEqual([
      'TermAdded',
      'TermsReplaced',
      'CAUGHT_UP',
    ]);
    expect(names(await history(house, { ...filter, followLineage: true }))).toEqual([
      'TermAdded',
      'TermsReplaced',
      'TermAmended',
      'CAUGHT_UP',
    ]);
  });

  test('filters by kind of term and by type of event', async () => {
    await using house = await openTestApp();
    await agreed(house);
    expect(names(await history(house, { kinds: ['DEADLINE'] }))).toEqual([
      'TermAdded',
      'CAUGHT_UP',
    ]);
    expect(names(await history(house, { kinds: ['PRICE'] }))).toEqual(['CAUGHT_UP']);
    expect(names(await history(house, { types: ['InstrumentRecorded'] }))).toEqual([
      'InstrumentRecorded',
      'CAUGHT_UP',
    ]);
  });

  test('filters by the standing of a change on the day it is told of', async () => {
    await using house = await openTestApp('2025-01-15T00:00:00Z');
    await agreed(house);
    await amend(house, {
      id: 'second',
      executedAt: '2025-01-15',
      effectiveFrom: '2025-03-01',
      days: '30',
    });
    house.at('2025-04-01T00:00:00Z');
    const told = async (standings: FeedFilter['standings']) =>
      names(await history(house, { ...(standings && { standings }) }));
    expect(await told(['SCHEDULED'])).toEqual(['TermAmended', 'CAUGHT_UP']);
    expect(await told(['IN_FORCE'])).toEqual([
      'TermAdded',
      'second/amendTerm:delivery took effect',
      'CAUGHT_UP',
    ]);
  });

  test('carries the cursor through quiet stretches in heartbeats', async () => {
    await using house = await openTestApp();
    await agreed(house);
    const { signal } = new AbortController();
    const items = house.app.changes({ agreement: 'another' }, { signal });
    const taken = await takeUntil(items, ({ kind }) => kind === 'HEARTBEAT');
    const { cursor = '' } = taken.at(-1) ?? {};
    expect(names(taken)).toEqual(['CAUGHT_UP', 'HEARTBEAT']);
    expect(names(await history(house, {}, cursor))).toEqual(['CAUGHT_UP']);
  });

  test('waits for what another replica has seen already, and ends history there', async () => {
    await using house = await openTestApp();
    await agreed(house);
    house.at('2025-03-01T00:00:00Z');
    const { length } = await history(house);
    // Behind two events that are not here yet; the clock has passed every day in between.
    const due = Date.parse('2025-01-11T00:00:00Z');
    const after = writeCursor({ position: length - 1 + 2, due, key: '', told: '~' });
    const { signal } = new AbortController();
    const items = house.app.changes({}, { after, signal });
    const seen: FeedItem[] = [];
    const following = takeUntil(
      (async function* () {
        for await (const item of items) {
          seen.push(item);
          yield item;
        }
      })(),
      caughtUp,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(names(seen).filter((name) => name !== 'HEARTBEAT')).toEqual([]);
    await house.record('RecordAgreement', {
      agreement: 'second',
      title: 'Second',
      timeZone: 'UTC',
      parties: [{ partyId: 'a', name: 'A' }],
    });
    await house.record('RecordAgreement', {
      agreement: 'third',
      title: 'Third',
      timeZone: 'UTC',
      parties: [{ partyId: 'a', name: 'A' }],
    });
    await following;
    expect(names(seen).filter((name) => name !== 'HEARTBEAT')).toEqual(['CAUGHT_UP']);
  });

  test('refuses a cursor that it never gave', async () => {
    await using house = await openTestApp();
    await expect(history(house, {}, 'bm9wZQ')).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  });
});

/** Like takeUntil, but leaves the items open to be taken on. */
const takeUntilOpen = async (items: AsyncIterable<FeedItem>, done: (item: FeedItem) => boolean) => {
  const source = items[Symbol.asyncIterator]();
  const taken: FeedItem[] = [];
  for (let next = await source.next(); next.done !== true; next = await source.next()) {
    taken.push(next.value);
    if (done(next.value)) break;
  }
  return taken;
};
