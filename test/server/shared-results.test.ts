import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '#graphql/schema.ts';
import { resultKey } from '#server/result-key.ts';
import { followServer, type Item, takeUntil } from '../ask-server.ts';
import { openTestServer } from './test-server.ts';

const key = (text: string, variableValues: object = {}, operationName?: string) =>
  resultKey({
    schema,
    document: parse(text),
    variableValues: { ...variableValues },
    ...(operationName && { operationName }),
  });

describe('the key of a subscription’s results', () => {
  const document = parse(`subscription A($after: String, $full: Boolean!, $deep: Boolean!) {
      changes(after: $after) { __typename ...Rest @include(if: $full) } }
    subscription B { changes { __typename } }
    fragment Rest on ChangeRecorded { cursor labels @skip(if: $deep) }`);
  const of = (variableValues: object, operationName = 'A') =>
    resultKey({ schema, document, variableValues: { ...variableValues }, operationName });

  test('is the same wherever a subscriber begins', () => {
    const rest = { full: true, deep: false };
    expect(of({ ...rest, after: 'one' })).toBe(of({ ...rest, after: 'two' }));
  });

  test('differs by what is selected', () => {
    const keys = [
      of({ full: true, deep: false }),
      of({ full: false, deep: false }),
      of({ full: true, deep: true }),
      of({}, 'B'),
      key('subscription { changes { __typename } }'),
      key('subscription { changes { ... on Heartbeat { cursor } } }'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('subscribers who ask differently for the same are each answered as they asked', async () => {
  await using served = await openTestServer();
  const parties = [{ partyId: 'p', name: 'P' }];
  await served.record('RecordAgreement', { agreement: 'a', title: 'A', timeZone: 'UTC', parties });
  const address = (await served.listen()).replace(/\/graphql$/, '');
  const ends = (item: Item) => JSON.stringify(item).includes('CaughtUp');
  const ask = (fields: string) =>
    takeUntil(
      followServer(
        address,
        `subscription { changes { __typename ... on ChangeRecorded { ${fields} } } }`,
      ),
      ends,
    );
  const answers = await Promise.all([
    ask('event { type }'),
    ask('event { revision }'),
    ask('same: event { type }'),
    ...Array.from({ length: 60 }, (_, n) => ask(`a${n}: labels`)),
  ]);
  const recorded = { __typename: 'ChangeRecorded' };
  const [first] = answers.map(([item]) => item);
  expect(first).toEqual({ ...recorded, event: { type: 'AgreementRecorded' } });
  expect(answers.slice(1, 3).map(([item]) => item)).toEqual([
    { ...recorded, event: { revision: 1 } },
    { ...recorded, same: { type: 'AgreementRecorded' } },
  ]);
  expect(answers.slice(3).map(([item]) => item)).toEqual(
    Array.from({ length: 60 }, (_, n) => ({ ...recorded, [`a${n}`]: [] })),
  );
});
