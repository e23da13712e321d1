import { describe, expect, it } from 'vitest';
import { isCaughtUp, takeUntil } from '../ask-server.ts';
import { aDeal, fixed, only, set } from './deal.ts';

const price = (amount: string) => ({ money: { amount, currency: 'EUR' } });
const days = (value: string) => ({ quantity: { value, unit: 'days' } });

describe('E1 a scheduled change behind a later decision', () => {
  const recorded = async (third: object) => {
    const deal = await aDeal();
    await deal.paper(
      { id: 'c1', recorded: '2025-01-10', executedAt: '2025-01-10', effectiveFrom: '2025-02-01' },
      fixed('price', 'price', price('100')),
    );
    await deal.paper(
      { id: 'c2', recorded: '2025-03-01', executedAt: '2025-03-01', effectiveFrom: '2026-01-01' },
      set('price', 'price', price('120')),
    );
    await deal.paper(
      { id: 'c3', recorded: '2025-06-15', executedAt: '2025-06-15', effectiveFrom: '2025-07-01' },
      set('price', 'price', price('90'), third),
    );
    return deal;
  };

  it('lets the later start win and says that it was executed before', async () => {
    const { state } = await recorded({});
    expect(only(await state('effectiveOn: "2025-03-15"'))).toBe('100 EUR');
    expect(only(await state('effectiveOn: "2025-08-01"'))).toBe('90 EUR');
    const later = await state('effectiveOn: "2026-02-01"');
    expect(only(later)).toBe('120 EUR');
    expect(later.findings).toEqual([
      { code: 'EXECUTION_INVERSION', changes: expect.arrayContaining(['c3/amendTerm:price']) },
    ]);
    expect(later.findings[0].changes[0]).toBe('c3/amendTerm:price');
  });

  it('has nothing to say when the later decision displaces the earlier one', async () => {
    const { state } = await recorded({ displaces: ['c2/amendTerm:price'] });
    const later = await state('effectiveOn: "2026-02-01"');
    expect(only(later)).toBe('90 EUR');
    expect(later.findings).toEqual([]);
  });
});

describe('E2 retroactive amendment against late discovery', () => {
  const recorded = async () => {
    const deal = await aDeal();
    await deal.paper(
      { id: 'c1', recorded: '2025-01-10', executedAt: '2025-01-10' },
      fixed('notice', 'notice', days('60')),
    );
    await deal.paper(
      { id: 'c2', recorded: '2025-06-20', executedAt: '2025-06-15', effectiveFrom: '2025-03-01' },
      set('notice', 'notice', days('30')),
    );
    await deal.paper(
      { id: 'c3', recorded: '2025-09-05', executedAt: '2025-02-20', effectiveFrom: '2025-04-01' },
      set('notice', 'notice', days('45')),
    );
    return deal;
  };

  it.each([
    ['effectiveOn: "2025-03-20", knownAt: "2025-05-01"', '60 days', []],
    ['effectiveOn: "2025-03-20"', '30 days', []],
    ['effectiveOn: "2025-03-20", executedBy: "2025-03-20"', '60 days', []],
    ['effectiveOn: "2025-04-10", knownAt: "2025-08-01"', '30 days', []],
    ['effectiveOn: "2025-04-10"', '45 days', ['c2/amendTerm:notice']],
    ['effectiveOn: "2025-04-10", executedBy: "2025-04-10"', '45 days', []],
  ])('%s: %s', async (at, value, inverted) => {
    const { state } = await recorded();
    const answer = await state(at);
    expect(only(answer)).toBe(value);
    const found = answer.findings.map(({ code, changes }: { code: string; changes: string[] }) => [
      code,
      changes[0],
    ]);
    expect(found).toEqual(inverted.map((change) => ['EXECUTION_INVERSION', change]));
  });

  it('tells subscribers which of the two it was', async () => {
    const { follow } = await recorded();
    const items = await takeUntil(follow(''), isCaughtUp);
    const labelled = items.flatMap(({ change, labels }) =>
      change === null || change === undefined ? [] : [[change, labels]],
    );
    expect(labelled).toEqual(
      expect.arrayContaining([
        [{ changeId: 'c2/amendTerm:notice' }, ['RETROACTIVE_CHANGE']],
        [{ changeId: 'c3/amendTerm:notice' }, ['LATE_DISCOVERY']],
      ]),
    );
  });
});

describe('E4 a scheduled change takes effect', () => {
  const scheduled = async () => {
    const deal = await aDeal('America/Los_Angeles');
    await deal.paper(
      { id: 'c1', recorded: '2025-02-01', executedAt: '2025-02-01' },
      fixed('price', 'price', price('100')),
    );
    await deal.paper(
      { id: 'c2', recorded: '2025-03-01', executedAt: '2025-03-01', effectiveFrom: '2026-01-01' },
      set('price', 'price', price('120')),
    );
    return deal;
  };
  const took = { __typename: 'ChangeTookEffect', change: { changeId: 'c2/amendTerm:price' } };

  it('at the start of its day in the zone of the agreement, once for whoever goes on behind its cursor', async () => {
    const { follow, at } = await scheduled();
    const before = await takeUntil(follow(''), isCaughtUp);
    expect(before.some(({ change }) => JSON.stringify(change)?.includes('c2/'))).toBe(true);
    const caughtUp = String(before.at(-1)?.['cursor']);
    at('2026-01-01T07:59:59Z');
    const live = follow(`(after: "${caughtUp}")`);
    const first = takeUntil(live, ({ __typename }) => __typename === 'ChangeTookEffect');
    at('2026-01-01T08:00:02Z');
    const [notice] = (await first).slice(-1);
    expect(notice).toMatchObject({ ...took, late: false, dueAt: '2026-01-01T08:00:00.000Z' });
    const again = await takeUntil(follow(`(after: "${notice?.['cursor']}")`), isCaughtUp);
    expect(again.filter(({ __typename }) => __typename === 'ChangeTookEffect')).toEqual([]);
  });

  it('late and marked so for whoever was away', async () => {
    const { follow, at } = await scheduled();
    const before = await takeUntil(follow(''), isCaughtUp);
    at('2026-03-01T00:00:00Z');
    const missed = await takeUntil(follow(`(after: "${before.at(-1)?.['cursor']}")`), isCaughtUp);
    expect(missed).toMatchObject([{ ...took, late: true }, { __typename: 'CaughtUp' }]);
  });

  it('on the corrected day when its date is corrected', async () => {
    const { follow, at, give } = await scheduled();
    at('2025-05-01T00:00:00Z');
    const data = {
      ...{ changeId: 'c2/amendTerm:price', instrumentId: 'c2', effectiveFrom: '2026-02-01' },
      ...set('price', 'price', price('120')).amendTerm,
    };
    await give('correctRecord', { target: 'change:c2/amendTerm:price', data, reason: 'misread' });
    const before = await takeUntil(follow(''), isCaughtUp);
    at('2026-03-01T00:00:00Z');
    const missed = await takeUntil(follow(`(after: "${before.at(-1)?.['cursor']}")`), isCaughtUp);
    expect(missed).toMatchObject([{ ...took, dueAt: '2026-02-01T08:00:00.000Z' }, {}]);
  });
});

describe('E5 condition precedent', () => {
  const waiting = async () => {
    const deal = await aDeal();
    const effectiveFrom = {
      onConditions: [{ conditionId: 'approval' }, { conditionId: 'closing' }],
      longStop: '2026-06-30',
    };
    await deal.paper(
      { id: 'c1', recorded: '2026-01-10', executedAt: '2026-01-10', effectiveFrom },
      fixed('price', 'price', price('100')),
    );
    const met = (conditionId: string, day: string) =>
      deal.paper(
        { id: `on-${day}`, recorded: day, executedAt: day },
        {
          resolveCondition: { conditionId, outcome: 'SATISFIED' },
        },
      );
    return { ...deal, met };
  };

  it('is prospective until both are met, and starts on the day of the last', async () => {
    const { state, met } = await waiting();
    await met('approval', '2026-03-02');
    const before = await state('effectiveOn: "2026-03-09"');
    expect(before.prospective).toEqual([{ changeId: 'c1/addTerm:price', conditions: ['closing'] }]);
    await met('closing', '2026-03-10');
    expect((await state('effectiveOn: "2026-03-09"')).terms).toEqual([]);
    expect(only(await state('effectiveOn: "2026-03-10"'))).toBe('100 EUR');
  });

  it('lapses when the long stop passes', async () => {
    const { state, met } = await waiting();
    await met('approval', '2026-03-02');
    expect((await state('effectiveOn: "2026-06-30"')).lapsed).toEqual([]);
    expect((await state('effectiveOn: "2026-07-01"')).lapsed).toEqual([
      { changeId: 'c1/addTerm:price' },
    ]);
  });
});

describe('E6 uncertain date', () => {
  const old = {
    addTerm: { termId: 'exclusivity', kind: 'EXCLUSIVITY', facts: { exclusive: { flag: true } } },
  };
  it.each([
    ['an end', { ...old.addTerm, effectiveUntil: '2025-33' }, undefined],
    ['a removal', old.addTerm, { removeTerm: { termId: 'exclusivity' } }],
    [
      'a replacement',
      old.addTerm,
      {
        replaceTerms: {
          from: ['exclusivity'],
          to: [{ termId: 'first-refusal', kind: 'RIGHT_OF_FIRST_REFUSAL' }],
        },
      },
    ],
  ])(
    'by %s: certain before the quarter, uncertain within, gone behind it',
    async (_, addTerm, end) => {
      const { paper, state } = await aDeal();
      await paper({ id: 'c1', recorded: '2025-01-10', executedAt: '2024-01-01' }, { addTerm });
      if (end !== undefined) {
        await paper(
          { id: 'c2', recorded: '2025-05-01', executedAt: '2024-12-01', effectiveFrom: '2025-33' },
          end,
        );
      }
      const before = await state('effectiveOn: "2024-12-31"');
      expect(before).toMatchObject({
        terms: [{ termId: 'exclusivity', certain: true }],
        possibly: [],
      });
      const within = await state('effectiveOn: "2025-02-10"');
      expect(within.possibly).toHaveLength(1);
      expect(within.possibly[0].terms).toContain('exclusivity');
      const behind = await state('effectiveOn: "2025-04-01"');
      expect(behind.terms.map(({ termId }: { termId: string }) => termId)).not.toContain(
        'exclusivity',
      );
      expect(behind.possibly).toEqual([]);
    },
  );
});
