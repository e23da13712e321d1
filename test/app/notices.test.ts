import { describe, expect, test } from 'vitest';
import type { FeedFilter } from '#app/feed-filter.ts';
import type { FeedItem } from '#app/feed-item.ts';
import { caughtUp, openTestApp, type TestApp, takeUntil } from './open-test-app.ts';

const LICENCE = 'licence';

const signed = async (house: TestApp, timeZone = 'UTC') => {
  await house.record('RecordAgreement', {
    agreement: LICENCE,
    title: 'Licence',
    timeZone,
    parties: [{ partyId: 'owner', name: 'Owner' }],
  });
  await paper(house, 'original', [{ addTerm: { termId: 'use', kind: 'LICENCE', heading: 'Use' } }]);
};

const paper = (house: TestApp, id: string, changes: readonly object[], dates: object = {}) =>
  house.record('RecordInstrument', {
    agreement: LICENCE,
    instrument: { id, kind: 'AMENDMENT', title: id, executedAt: '2025-01-10', ...dates },
    changes,
  });

const until = (termId: string, effectiveUntil: string) => ({
  addTerm: { termId, kind: 'LICENCE', effectiveUntil },
});

const dated = (heading: string, effectiveFrom: unknown) => ({
  amendTerm: { termId: 'use', values: { heading }, effectiveFrom },
});

const both = {
  onConditions: [{ conditionId: 'approval' }, { conditionId: 'closing' }],
  longStop: '2025-06-30',
};

const resolve = (
  house: TestApp,
  conditionId: string,
  effectiveFrom: string,
  outcome = 'SATISFIED',
) =>
  paper(house, `${conditionId}-${effectiveFrom}`, [
    { resolveCondition: { conditionId, outcome, effectiveFrom } },
  ]);

const read = async (house: TestApp, filter: FeedFilter = {}, after?: string) => {
  const { signal } = new AbortController();
  const items = house.app.changes(filter, { ...(after !== undefined && { after }), signal });
  return takeUntil(items, caughtUp);
};

const noticed = (items: readonly FeedItem[]) =>
  items.flatMap((item) =>
    'dueAt' in item
      ? [
          [
            item.kind,
            item.change.changeId,
            item.day,
            new Date(item.dueAt).toISOString().slice(0, 10),
          ],
        ]
      : [],
  );

describe('what ends is told of ahead', () => {
  test('by thirty days, or by the notice that the subscriber asks for', async () => {
    await using house = await openTestApp();
    await signed(house);
    await paper(house, 'trial', [until('trial', '2025-06-01')]);
    house.at('2025-05-05T00:00:00Z');
    expect(noticed(await read(house))).toEqual([
      ['EXPIRES_SOON', 'trial/addTerm:trial', '2025-06-01', '2025-05-02'],
    ]);
    expect(noticed(await read(house, { noticePeriod: 'P3M' }))).toEqual([
      ['EXPIRES_SOON', 'trial/addTerm:trial', '2025-06-01', '2025-03-01'],
    ]);
    expect(noticed(await read(house, { noticePeriod: 'P1W' }))).toEqual([]);
    await expect(read(house, { noticePeriod: 'PT5H' })).rejects.toMatchObject({
      code: 'BAD_NOTICE_PERIOD',
    });
  });

  test('at once when it is recorded within that time, never when it is over', async () => {
    await using house = await openTestApp('2025-05-20T00:00:00Z');
    await signed(house);
    await paper(house, 'trial', [until('trial', '2025-06-01'), until('past', '2025-05-01')]);
    expect(noticed(await read(house))).toEqual([
      ['EXPIRES_SOON', 'trial/addTerm:trial', '2025-06-01', '2025-05-02'],
    ]);
  });

  test('not when it went or was lifted before', async () => {
    await using house = await openTestApp();
    await signed(house);
    await paper(house, 'trial', [until('trial', '2025-06-01')]);
    const waiver = { overlayId: 'w', kind: 'WAIVER', terms: ['use'] };
    await paper(house, 'waiver', [{ applyOverlay: { ...waiver, effectiveUntil: '2025-06-01' } }]);
    const consent = { consentId: 'c', by: 'owner', to: ['owner'], subject: 'Sale' };
    await paper(house, 'consent', [{ grantConsent: { ...consent, effectiveUntil: '2025-06-01' } }]);
    house.at('2025-03-01T00:00:00Z');
    const before = await read(house);
    await paper(house, 'second', [
      { removeTerm: { termId: 'trial', effectiveFrom: '2025-04-01' } },
      { liftOverlay: { overlayId: 'w', effectiveFrom: '2025-04-01' } },
    ]);
    house.at('2025-05-05T00:00:00Z');
    const after = await read(house, {}, before.at(-1)?.cursor);
    expect(noticed(after).filter(([kind]) => kind === 'EXPIRES_SOON')).toEqual([
      ['EXPIRES_SOON', 'consent/grantConsent:c', '2025-06-01', '2025-05-02'],
    ]);
  });

  test('the agreement itself too, and again when its end was put off', async () => {
    await using house = await openTestApp();
    await signed(house);
    await paper(house, 'end', [{ amendAgreement: { endsOn: '2025-06-01' } }]);
    house.at('2025-05-05T00:00:00Z');
    const may = await read(house);
    await paper(house, 'extension', [{ amendAgreement: { endsOn: '2025-12-01' } }], {
      executedAt: '2025-05-05',
    });
    house.at('2025-12-01T00:00:00Z');
    const winter = await read(house, {}, may.at(-1)?.cursor);
    expect(noticed(may)).toEqual([
      ['EXPIRES_SOON', 'end/amendAgreement', '2025-06-01', '2025-05-02'],
    ]);
    expect(noticed(winter)).toEqual([
      ['EXPIRES_SOON', 'extension/amendAgreement', '2025-12-01', '2025-11-01'],
    ]);
  });
});

describe('a change that waits for conditions', () => {
  test('has a long stop that is told of ahead, and lapses behind it', async () => {
    await using house = await openTestApp();
    await signed(house);
    await paper(house, 'deal', [dated('Wide', both)]);
    await resolve(house, 'approval', '2025-01-10');
    house.at('2025-07-02T00:00:00Z');
    const told = await read(house);
    const change = 'deal/amendTerm:use';
    expect(noticed(told)).toEqual([
      ['CONDITION_DUE', change, '2025-06-30', '2025-05-31'],
      ['CHANGE_LAPSED', change, '2025-07-01', '2025-07-01'],
    ]);
    expect(told.filter((item) => 'conditions' in item)).toMatchObject([
      { conditions: ['closing'] },
      { conditions: ['closing'] },
    ]);
  });

  test('lapses at once when a condition is recorded as failed', async () => {
    await using house = await openTestApp();
    await signed(house);
    await paper(house, 'deal', [dated('Wide', both)]);
    house.at('2025-02-10T00:00:00Z');
    await resolve(house, 'closing', '2025-02-03', 'FAILED');
    house.at('2025-07-02T00:00:00Z');
    expect(noticed(await read(house))).toEqual([
      ['CHANGE_LAPSED', 'deal/amendTerm:use', '2025-02-03', '2025-02-03'],
    ]);
  });

  test('gets its day when they are met, ahead or behind it', async () => {
    const change = 'deal/amendTerm:use';
    await using ahead = await openTestApp();
    await signed(ahead);
    await paper(ahead, 'deal', [dated('Wide', both)]);
    await resolve(ahead, 'approval', '2025-01-10');
    await resolve(ahead, 'closing', '2025-02-01');
    ahead.at('2025-02-02T00:00:00Z');
    expect(noticed(await read(ahead))).toEqual([
      ['CHANGE_RESCHEDULED', change, '2025-02-01', '2025-01-10'],
      ['CHANGE_TOOK_EFFECT', change, '2025-02-01', '2025-02-01'],
    ]);
    await using behind = await openTestApp();
    await signed(behind);
    await paper(behind, 'deal', [dated('Wide', both)]);
    await resolve(behind, 'approval', '2025-01-10');
    behind.at('2025-02-10T00:00:00Z');
    await resolve(behind, 'closing', '2025-02-01');
    expect(noticed(await read(behind))).toEqual([
      ['CHANGE_TOOK_EFFECT', change, '2025-02-01', '2025-02-01'],
    ]);
  });
});

test('a correction puts a day off and says so; what was told is told again on the new day only', async () => {
  await using house = await openTestApp();
  await signed(house);
  await paper(house, 'second', [dated('Wide', '2025-02-01')]);
  const correct = (effectiveFrom: string) =>
    house.record('CorrectRecord', {
      agreement: LICENCE,
      target: 'change:second/amendTerm:use',
      reason: 'misread',
      data: dated('Wide', effectiveFrom).amendTerm,
    });
  const change = 'second/amendTerm:use';
  await correct('2025-03-01');
  house.at('2025-03-05T00:00:00Z');
  const march = await read(house);
  await correct('2025-04-01');
  const again = await read(house, {}, march.at(-1)?.cursor);
  await correct('2025-02-15');
  house.at('2025-05-01T00:00:00Z');
  const may = await read(house, {}, again.at(-1)?.cursor);
  expect(noticed(march)).toEqual([
    ['CHANGE_RESCHEDULED', change, '2025-03-01', '2025-01-10'],
    ['CHANGE_TOOK_EFFECT', change, '2025-03-01', '2025-03-01'],
  ]);
  expect(noticed(again)).toEqual([['CHANGE_RESCHEDULED', change, '2025-04-01', '2025-03-05']]);
  expect(noticed(may)).toEqual([['CHANGE_TOOK_EFFECT', change, '2025-02-15', '2025-02-15']]);
});

test('whoever comes back at any cursor gets every notice once', async () => {
  await using house = await openTestApp();
  await signed(house);
  await paper(house, 'deal', [dated('Wide', both), dated('Narrow', '2025-02-01')]);
  await paper(house, 'trial', [until('a', '2025-02-01'), until('b', '2025-02-01')]);
  await resolve(house, 'approval', '2025-01-10');
  house.at('2025-02-10T00:00:00Z');
  await resolve(house, 'closing', '2025-02-01');
  house.at('2025-03-01T00:00:00Z');
  const whole = await read(house);
  expect(noticed(whole)).toHaveLength(4);
  for (const [i, item] of whole.slice(0, -1).entries()) {
    const rest = await read(house, {}, item.cursor);
    expect(noticed(rest)).toEqual(noticed(whole.slice(i + 1)));
  }
});

test('whoever follows all agreements gets the notices of each, in the order in which they fall due', async () => {
  await using house = await openTestApp();
  await signed(house);
  const parties = [{ partyId: 'owner', name: 'Owner' }];
  for (const agreement of ['other', 'third']) {
    await house.record('RecordAgreement', { agreement, title: 'T', timeZone: 'UTC', parties });
  }
  const schedule = (agreement: string, id: string, effectiveFrom: string) =>
    house.record('RecordInstrument', {
      agreement,
      instrument: { id, kind: 'ORIGINAL', title: id, executedAt: '2025-01-10' },
      changes: [{ addTerm: { termId: id, kind: 'PRICE', effectiveFrom } }],
    });
  await schedule('third', 'last', '2025-05-01');
  await schedule('other', 'first', '2025-02-01');
  await schedule(LICENCE, 'second', '2025-03-01');
  const before = await read(house);
  house.at('2025-03-15T00:00:00Z');
  const march = await read(house, {}, before.at(-1)?.cursor);
  // What is recorded after the agendas were read is among them.
  await schedule('third', 'soon', '2025-04-01');
  house.at('2025-06-01T00:00:00Z');
  const june = await read(house, {}, march.at(-1)?.cursor);
  const changes = (items: readonly FeedItem[]) => noticed(items).map(([, change]) => change);
  expect(changes(march)).toEqual(['first/addTerm:first', 'second/addTerm:second']);
  expect(changes(june)).toEqual(['soon/addTerm:soon', 'last/addTerm:last']);
  expect(changes(await read(house))).toEqual([...changes(march), ...changes(june)]);
});

test('only the notices asked for come', async () => {
  await using house = await openTestApp();
  await signed(house);
  await paper(house, 'trial', [until('trial', '2025-06-01'), dated('Wide', '2025-02-01')]);
  house.at('2025-06-05T00:00:00Z');
  const kinds = async (filter: FeedFilter) =>
    noticed(await read(house, filter)).map(([kind]) => kind);
  expect(await kinds({})).toEqual(['CHANGE_TOOK_EFFECT', 'EXPIRES_SOON']);
  expect(await kinds({ notices: ['EXPIRES_SOON'] })).toEqual(['EXPIRES_SOON']);
  expect(await kinds({ recordedOnly: true })).toEqual([]);
});

describe('a day begins', () => {
  test.each([
    ['America/New_York', '2025-03-10', '2025-03-10T04:00:00.000Z'],
    ['America/New_York', '2025-11-03', '2025-11-03T05:00:00.000Z'],
    ['Europe/Berlin', '2025-03-30', '2025-03-29T23:00:00.000Z'],
    ['Europe/Berlin', '2025-03-31', '2025-03-30T22:00:00.000Z'],
    // Clocks go from 23:59:59 to 01:00 there: the day has no midnight.
    ['Africa/Cairo', '2025-04-25', '2025-04-24T22:00:00.000Z'],
    ['Asia/Kathmandu', '2025-05-01', '2025-04-30T18:15:00.000Z'],
  ])('in %s, %s, when its clocks say so', async (zone, day, dueAt) => {
    const early = new Date(Date.parse(dueAt) - 40 * 86_400_000).toISOString();
    await using house = await openTestApp(early);
    await signed(house, zone);
    await paper(house, 'second', [dated('Wide', day)], { executedAt: early.slice(0, 10) });
    const filter: FeedFilter = { notices: ['CHANGE_TOOK_EFFECT'] };
    house.at(new Date(Date.parse(dueAt) - 60_000).toISOString());
    const before = await read(house, filter);
    house.at(new Date(Date.parse(dueAt) + 2_000).toISOString());
    const after = await read(house, filter, before.at(-1)?.cursor);
    expect(noticed(before)).toEqual([]);
    expect(after).toMatchObject([{ dueAt: Date.parse(dueAt), late: false }, { kind: 'CAUGHT_UP' }]);
  });
});

test('a clock that leaps a year ahead and back tells nothing twice, and never lets recordedAt fall', async () => {
  await using house = await openTestApp('2025-01-10T00:00:00Z');
  await signed(house);
  await paper(house, 'second', [dated('Wide', '2025-06-01')]);
  house.at('2026-01-10T00:00:00Z');
  const leapt = await read(house);
  house.at('2025-01-10T01:00:00Z');
  const back = await read(house, {}, leapt.at(-1)?.cursor);
  await paper(house, 'third', [dated('Narrow', '2025-07-01')]);
  house.at('2025-01-10T00:30:00Z');
  await paper(house, 'fourth', [dated('None', '2025-09-01')]);
  house.at('2025-08-01T00:00:00Z');
  const caught = await read(house, {}, back.at(-1)?.cursor);
  expect(noticed(leapt).map(([, change]) => change)).toEqual(['second/amendTerm:use']);
  expect(noticed(back)).toEqual([]);
  expect(noticed(caught).map(([, change]) => change)).toEqual([
    'third/amendTerm:use',
    'fourth/amendTerm:use',
  ]);
  const times = (await read(house, { recordedOnly: true })).flatMap((item) =>
    item.kind === 'CHANGE_RECORDED' ? [item.event.recordedAt] : [],
  );
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});
