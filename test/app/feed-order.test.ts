import { expect, test } from 'vitest';
import type { FeedItem } from '#app/feed-item.ts';
import { caughtUp, openTestApp, type TestApp, takeUntil } from './open-test-app.ts';

const record = (house: TestApp, agreement: string, id: string, effectiveFrom: string) =>
  house.record('RecordInstrument', {
    agreement,
    instrument: { id, kind: 'AMENDMENT', title: id, executedAt: '2025-01-10', effectiveFrom },
    changes: [{ addTerm: { termId: id, kind: 'CLAUSE' } }],
  });

const said = (item: FeedItem): readonly string[] => {
  if (item.kind === 'CHANGE_RECORDED')
    return item.change ? [`${item.change.terms[0]} recorded`] : [];
  return item.kind === 'CHANGE_TOOK_EFFECT' ? [`${item.change.terms[0]} took effect`] : [];
};

test('notices come in the order in which they fell due, before what was recorded later', async () => {
  await using house = await openTestApp('2025-01-10T00:00:00Z');
  for (const agreement of ['supply', 'lease']) {
    const parties = [{ partyId: 'buyer', name: 'Buyer' }];
    await house.record('RecordAgreement', { agreement, title: 'Deal', timeZone: 'UTC', parties });
  }
  await record(house, 'supply', 'may', '2025-05-01');
  await record(house, 'supply', 'march', '2025-03-01');
  await record(house, 'lease', 'april', '2025-04-01');
  await record(house, 'lease', 'february', '2025-02-01');
  house.at('2025-03-15T00:00:00Z');
  await record(house, 'lease', 'august', '2025-08-01');
  house.at('2025-06-01T00:00:00Z');
  const { signal } = new AbortController();
  const items = await takeUntil(house.app.changes({}, { signal }), caughtUp);
  expect(items.flatMap(said)).toEqual([
    ...['may recorded', 'march recorded', 'april recorded', 'february recorded'],
    ...['february took effect', 'march took effect', 'august recorded'],
    ...['april took effect', 'may took effect'],
  ]);
});
