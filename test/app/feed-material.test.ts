import { describe, expect, test } from 'vitest';
import type { FeedFilter } from '#app/feed-filter.ts';
import type { FeedItem } from '#app/feed-item.ts';
import { caughtUp, openTestApp, type TestApp, takeUntil } from './open-test-app.ts';

type Amendment = {
  readonly id: string;
  readonly values: object;
  readonly effectiveFrom?: unknown;
};

const amend = (house: TestApp, { id, values, effectiveFrom = '2025-01-10' }: Amendment) =>
  house.record('RecordInstrument', {
    agreement: 'supply',
    instrument: { id, kind: 'AMENDMENT', title: id, executedAt: '2025-01-10' },
    changes: [{ amendTerm: { termId: 'price', values, effectiveFrom } }],
  });

const supply = async (): Promise<TestApp> => {
  const house = await openTestApp('2025-01-15T00:00:00Z');
  const parties = [{ partyId: 'buyer', name: 'Buyer' }];
  const agreement = 'supply';
  await house.record('RecordAgreement', { agreement, title: 'Supply', timeZone: 'UTC', parties });
  await house.record('RecordInstrument', {
    agreement,
    instrument: { id: 'original', kind: 'ORIGINAL', title: 'Contract', executedAt: '2025-01-10' },
    changes: [
      { addTerm: { termId: 'price', kind: 'PRICE', prose: 'Goods are paid for on delivery.' } },
    ],
  });
  return house;
};

const told = async (house: TestApp, filter: FeedFilter) => {
  const { signal } = new AbortController();
  const items = await takeUntil(house.app.changes(filter, { signal }), caughtUp);
  return items.flatMap((item: FeedItem) => {
    if (item.kind === 'CHANGE_TOOK_EFFECT') return `${item.change.changeId} took effect`;
    if (item.kind !== 'CHANGE_RECORDED') return [];
    return item.change?.changeId ?? item.event.type;
  });
};

describe('the feed of what matters', () => {
  test('leaves out what changes nothing that a rule looks at', async () => {
    await using house = await supply();
    await amend(house, { id: 'spelling', values: { prose: 'Goods are paid for upon delivery.' } });
    await amend(house, {
      id: 'negated',
      values: { prose: 'Goods are never paid for on delivery.' },
    });
    await amend(house, {
      id: 'sum',
      values: { facts: { price: { amount: '7', currency: 'EUR' } } },
    });
    expect(await told(house, { material: [] })).toEqual([
      'negated/amendTerm:price',
      'sum/amendTerm:price',
    ]);
    expect(await told(house, { material: ['MONEY'] })).toEqual(['sum/amendTerm:price']);
    expect(await told(house, { material: ['EXCLUSIVITY'] })).toEqual([]);
  });

  test('judges a scheduled change on its first day, when recorded and when it takes effect', async () => {
    await using house = await supply();
    const facts = { price: { amount: '7', currency: 'EUR' } };
    await amend(house, { id: 'sum', values: { facts }, effectiveFrom: '2025-03-01' });
    await amend(house, { id: 'title', values: { heading: 'Price' }, effectiveFrom: '2025-04-01' });
    house.at('2025-05-01T00:00:00Z');
    expect(await told(house, { material: ['MONEY'] })).toEqual([
      'sum/amendTerm:price',
      'sum/amendTerm:price took effect',
    ]);
  });

  test('judges a correction by what it changes, on the old first day and the new', async () => {
    await using house = await supply();
    const facts = { price: { amount: '7', currency: 'EUR' } };
    await amend(house, { id: 'sum', values: { facts } });
    const correct = (values: object) =>
      house.record('CorrectRecord', {
        agreement: 'supply',
        target: 'change:sum/amendTerm:price',
        data: {
          changeId: 'sum/amendTerm:price',
          instrumentId: 'sum',
          termId: 'price',
          effectiveFrom: '2025-01-10',
          ...values,
        },
        reason: 'misread',
      });
    await correct({ values: { facts }, note: 'checked' });
    await correct({ values: { facts: { price: { amount: '8', currency: 'EUR' } } } });
    expect(await told(house, { material: ['MONEY'], types: ['RecordCorrected'] })).toEqual([
      'RecordCorrected',
    ]);
  });

  test('keeps what can not be judged, because no first day is known', async () => {
    await using house = await supply();
    const effectiveFrom = { onConditions: [{ conditionId: 'closing' }] };
    await amend(house, { id: 'later', values: { heading: 'Price' }, effectiveFrom });
    expect(await told(house, { material: ['MONEY'] })).toEqual(['later/amendTerm:price']);
  });
});
