import { expect, test } from 'vitest';
import { followServer, takeUntil } from '../ask-server.ts';
import { openTestServer } from '../server/test-server.ts';

const QUERY = `subscription { changes(filter: { agreement: "supply", noticePeriod: "P2M", types: [] }) {
  __typename
  ... on Notice { dueAt late agreement change { changeId } }
  ... on ExpiresSoon { day }
  ... on ConditionDue { longStop: day conditions }
  ... on ChangeLapsed { lapsed: day conditions }
  ... on ChangeRescheduled { now: day was }
} }`;

const changes = [
  { addTerm: { termId: 'trial', kind: 'LICENCE', effectiveUntil: '2025-06-01' } },
  {
    addTerm: {
      termId: 'option',
      kind: 'OPTION',
      effectiveFrom: { onConditions: [{ conditionId: 'consent' }], longStop: '2025-03-01' },
    },
  },
  { addTerm: { termId: 'price', kind: 'PRICE', effectiveFrom: '2025-02-01' } },
];

test('each notice has a type of its own, and all have in common when and about what', async () => {
  await using served = await openTestServer();
  const parties = [{ partyId: 'p', name: 'P' }];
  const agreement = 'supply';
  await served.record('RecordAgreement', { agreement, title: 'Supply', timeZone: 'UTC', parties });
  const instrument = { id: 'i', kind: 'ORIGINAL', title: 'Paper', executedAt: '2025-01-01' };
  await served.record('RecordInstrument', { agreement, instrument, changes });
  const target = 'change:i/addTerm:price';
  const data = { kind: 'PRICE', effectiveFrom: '2025-02-15' };
  await served.record('CorrectRecord', { agreement, target, data, reason: 'misread' });
  served.at('2025-06-02T00:00:00Z');
  const address = (await served.listen()).replace(/\/graphql$/, '');
  const items = await takeUntil(followServer(address, QUERY), (item) =>
    JSON.stringify(item).includes('CaughtUp'),
  );
  const told = (typeName: string, term: string, dueAt: string) => ({
    __typename: typeName,
    dueAt: `${dueAt}.000Z`,
    late: true,
    agreement,
    change: { changeId: `i/addTerm:${term}` },
  });
  const midnight = 'T00:00:00';
  expect(items.slice(0, -1)).toMatchObject([
    { ...told('ConditionDue', 'option', `2025-01-01${midnight}`), conditions: ['consent'] },
    {
      ...told('ChangeRescheduled', 'price', `2025-01-10${midnight}`),
      was: '2025-02-01',
      now: '2025-02-15',
    },
    told('ChangeTookEffect', 'price', `2025-02-15${midnight}`),
    { ...told('ChangeLapsed', 'option', `2025-03-02${midnight}`), lapsed: '2025-03-02' },
    { ...told('ExpiresSoon', 'trial', `2025-04-01${midnight}`), day: '2025-06-01' },
  ]);
});
