import { describe, expect, test } from 'vitest';
import { question } from '#app/question.ts';
import type { PortfolioFilter } from '#portfolio/filter.ts';
import { openTestApp, type TestApp } from './open-test-app.ts';

const recordLease = async (house: TestApp, agreement: string, kind: string) => {
  await house.record('RecordAgreement', {
    agreement,
    title: agreement,
    timeZone: 'America/Los_Angeles',
    parties: [{ partyId: 'tenant', name: 'Tenant' }],
  });
  await house.record('RecordInstrument', {
    agreement,
    instrument: {
      id: 'original',
      kind: 'ORIGINAL',
      title: 'Lease',
      executedAt: '2025-01-05',
      announcedAt: '2025-01-08',
    },
    changes: [
      { addTerm: { termId: 'rent', kind, prose: 'Rent is 100.' } },
      {
        amendTerm: {
          termId: 'rent',
          values: { prose: 'Rent is 120.' },
          effectiveFrom: '2025-07-01',
        },
      },
    ],
  });
};

const rent = async (house: TestApp, asked: object) =>
  (await house.app.views.stateAt('lease', question.parse(asked)))?.state.terms[0]?.value.prose;

describe('views', () => {
  test('answer today’s terms in the agreement’s zone when nothing else is asked', async () => {
    await using house = await openTestApp('2025-01-10T00:00:00Z');
    await recordLease(house, 'lease', 'PRICE');
    house.at('2025-07-01T06:59:59Z');
    expect(await rent(house, {})).toBe('Rent is 100.');
    house.at('2025-07-01T07:00:00Z');
    expect(await rent(house, {})).toBe('Rent is 120.');
  });

  test('a basis handed back gives the same answer, whatever was recorded since', async () => {
    await using house = await openTestApp();
    await recordLease(house, 'lease', 'PRICE');
    const first = await house.app.views.stateAt(
      'lease',
      question.parse({ effectiveOn: '2025-08-01' }),
    );
    house.at('2025-02-01T00:00:00Z');
    await house.record('RetractRecord', {
      agreement: 'lease',
      target: 'change:original/amendTerm:rent',
      reason: 'it was a draft',
    });
    const { projection: _, digest: __, coverage: ___, ...at } = first?.basis ?? {};
    expect(await house.app.views.stateAt('lease', question.parse(at))).toEqual(first);
    expect(await rent(house, { effectiveOn: '2025-08-01' })).toBe('Rent is 100.');
  });

  test('a version and a tag are shorthand for a day', async () => {
    await using house = await openTestApp();
    await recordLease(house, 'lease', 'PRICE');
    await house.record('TagPoint', {
      agreement: 'lease',
      tag: 'closing',
      effectiveOn: '2025-07-02',
    });
    expect(await rent(house, { version: 1 })).toBe('Rent is 100.');
    expect(await rent(house, { version: 2 })).toBe('Rent is 120.');
    expect(await rent(house, { tag: 'closing' })).toBe('Rent is 120.');
    await expect(rent(house, { version: 3 })).rejects.toMatchObject({ code: 'NO_SUCH_VERSION' });
    await expect(rent(house, { tag: 'signing' })).rejects.toMatchObject({ code: 'NO_SUCH_TAG' });
    await expect(rent(house, { tag: 'closing', version: 1 })).rejects.toMatchObject({
      code: 'AMBIGUOUS_QUESTION',
    });
  });

  test('refuse knowledge and positions that are not there yet', async () => {
    await using house = await openTestApp();
    await recordLease(house, 'lease', 'PRICE');
    await expect(rent(house, { knownAt: '2030-01-01' })).rejects.toMatchObject({
      code: 'KNOWN_AT_NOT_REACHED',
    });
    await expect(rent(house, { position: 99 })).rejects.toMatchObject({
      code: 'POSITION_NOT_REACHED',
    });
  });

  test('public knowledge counts a day of announcement from its end', async () => {
    await using house = await openTestApp();
    await recordLease(house, 'lease', 'PRICE');
    const at = { effectiveOn: '2025-01-09', knowledge: 'PUBLIC' };
    expect(await rent(house, { ...at, knownAt: '2025-01-07' })).toBeUndefined();
    expect(await rent(house, { ...at, knownAt: '2025-01-09T07:59:59Z' })).toBeUndefined();
    expect(await rent(house, { ...at, knownAt: '2025-01-08' })).toBe('Rent is 100.');
  });

  test('the portfolio names the agreements with a kind of term in force on a day', async () => {
    await using house = await openTestApp();
    await recordLease(house, 'lease', 'PRICE');
    await recordLease(house, 'option', 'OPTION');
    const { views } = house.app;
    const found = async (filter: PortfolioFilter, effectiveOn?: string) => {
      const at = question.parse(effectiveOn === undefined ? {} : { effectiveOn });
      const { rows } = await views.portfolio({ filter, at }, { first: 10 });
      return rows.map(({ agreementId }) => agreementId);
    };
    expect(await views.agreements()).toEqual(['lease', 'option']);
    expect(await found({ term: { kind: 'OPTION' } }, '2025-02-01')).toEqual(['option']);
    expect(await found({ term: { kind: 'OPTION' } }, '2024-01-01')).toEqual([]);
    expect(await found({ party: 'tenant' })).toEqual(['lease', 'option']);
    expect(await found({ party: 'landlord' })).toEqual([]);
  });

  test('a term’s own history shows what it said when, and where it went', async () => {
    await using house = await openTestApp();
    await recordLease(house, 'lease', 'PRICE');
    const term = await house.app.views.term('lease', 'rent', {});
    expect(
      term?.spans.map(({ from, until, term: said }) => [from, until, said?.value.prose]),
    ).toEqual([
      ['2025-01-05', '2025-07-01', 'Rent is 100.'],
      ['2025-07-01', undefined, 'Rent is 120.'],
    ]);
  });
});

test('an instant is shorthand for its day and what was public by then', async () => {
  await using house = await openTestApp('2026-01-10T00:00:00Z');
  await recordLease(house, 'lease', 'PRICE');
  // Announced on the 8th, whose day ends at 08:00 UTC of the 9th.
  expect(await rent(house, { asOf: '2025-01-09T07:59:59Z' })).toBeUndefined();
  expect(await rent(house, { asOf: '2025-01-09T08:00:00Z' })).toBe('Rent is 100.');
  expect(await rent(house, { asOf: '2025-07-02T00:00:00Z' })).toBe('Rent is 120.');
  for (const other of [{ effectiveOn: '2025-01-09' }, { knowledge: 'RECORDED' }]) {
    await expect(rent(house, { asOf: '2025-02-01T00:00:00Z', ...other })).rejects.toMatchObject({
      code: 'AMBIGUOUS_QUESTION',
    });
  }
});
