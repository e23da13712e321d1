import { describe, expect, it } from 'vitest';
import { isCaughtUp, takeUntil } from '../ask-server.ts';
import { aDeal, fixed, only, set } from './deal.ts';

describe('E3 correction', () => {
  it('holds for every day from then on, and not before it was known', async () => {
    const { paper, give, state, diff, at } = await aDeal();
    const days = (value: string) => ({ quantity: { value, unit: 'days' } });
    await paper(
      { id: 'c1', recorded: '2025-01-10', executedAt: '2025-01-10' },
      fixed('notice', 'notice', days('30')),
    );
    at('2025-06-01T00:00:00Z');
    const data = {
      ...{ changeId: 'c1/addTerm:notice', instrumentId: 'c1' },
      ...fixed('notice', 'notice', days('60')).addTerm,
    };
    await give('correctRecord', {
      target: 'change:c1/addTerm:notice',
      data,
      reason: 'it always said 60',
    });
    at('2025-07-01T00:00:00Z');
    expect(only(await state('effectiveOn: "2025-01-10"'))).toBe('60 days');
    expect(only(await state('effectiveOn: "2025-06-30"'))).toBe('60 days');
    expect(only(await state('effectiveOn: "2025-06-30", knownAt: "2025-05-31"'))).toBe('30 days');
    expect(await diff('effectiveOn: "2025-01-10"', 'effectiveOn: "2025-06-30"')).toEqual([]);
    const restated = await diff(
      'effectiveOn: "2025-03-01", knownAt: "2025-05-31"',
      'effectiveOn: "2025-03-01", knownAt: "2025-06-30"',
    );
    expect(restated).toMatchObject([
      { kind: 'CORRECTED', facts: [{ old: '30 days', new: '60 days' }] },
    ]);
  });

  it('of a paper restates what takes its dates from it', async () => {
    const { paper, give, diff, at } = await aDeal();
    await paper(
      { id: 'c1', recorded: '2025-01-10', executedAt: '2025-01-10' },
      fixed('notice', 'notice', { flag: true }),
    );
    at('2025-06-01T00:00:00Z');
    await give('correctRecord', {
      target: 'instrument:c1',
      data: {
        ...{ instrumentId: 'c1', kind: 'AMENDMENT', title: 'c1', sources: [] },
        executedAt: '2025-04-10',
      },
      reason: 'it was signed in April',
    });
    at('2025-07-01T00:00:00Z');
    const restated = await diff(
      'effectiveOn: "2025-03-01", knownAt: "2025-05-31"',
      'effectiveOn: "2025-03-01", knownAt: "2025-06-30"',
    );
    expect(restated).toContainEqual(expect.objectContaining({ kind: 'CORRECTED' }));
    expect(restated).not.toContainEqual(expect.objectContaining({ kind: 'REMOVED' }));
  });
});

describe('E7 replacement', () => {
  it('is one difference with lineage, and whoever follows the old term gets the new one', async () => {
    const { paper, state, diff, follow } = await aDeal();
    await paper(
      { id: 'first', recorded: '2025-01-02', executedAt: '2023-01-23' },
      {
        addTerm: { termId: 'compute.exclusivity', kind: 'EXCLUSIVITY', prose: 'No other cloud.' },
      },
    );
    await paper(
      { id: 'second', recorded: '2025-01-22', executedAt: '2025-01-21' },
      {
        replaceTerms: {
          from: ['compute.exclusivity'],
          to: [{ termId: 'compute.rofr', kind: 'RIGHT_OF_FIRST_REFUSAL', prose: 'First ours.' }],
        },
      },
    );
    await paper(
      { id: 'third', recorded: '2025-02-01', executedAt: '2025-02-01' },
      {
        amendTerm: { termId: 'compute.rofr', values: { prose: 'First ours, within 30 days.' } },
      },
    );
    expect(await diff('effectiveOn: "2025-01-20"', 'effectiveOn: "2025-01-21"')).toMatchObject([
      {
        kind: 'REPLACED',
        term: { from: [{ termId: 'compute.exclusivity' }], to: [{ termId: 'compute.rofr' }] },
      },
    ]);
    expect((await state('effectiveOn: "2025-01-21"')).ended).toEqual([
      { termId: 'compute.exclusivity', standing: 'REPLACED', successors: ['compute.rofr'] },
    ]);
    const seen = async (followLineage: boolean) => {
      const filter = `(filter: { term: "compute.exclusivity", followLineage: ${followLineage}, recordedOnly: true })`;
      const items = await takeUntil(follow(filter), isCaughtUp);
      return items.flatMap(({ change }) => (change ? [Object.values(change)[0]] : []));
    };
    expect(await seen(true)).toContain('third/amendTerm:compute.rofr');
    expect(await seen(false)).not.toContain('third/amendTerm:compute.rofr');
  });
});

describe('E8 overlay', () => {
  it('lies on a term that goes on evolving underneath', async () => {
    const { paper, state } = await aDeal();
    const times = (value: string) => ({ quantity: { value, unit: 'x' } });
    await paper(
      { id: 'c1', recorded: '2025-01-10', executedAt: '2025-01-10' },
      fixed('cap', 'cap', times('3.0')),
    );
    await paper(
      { id: 'waiver', recorded: '2025-04-01', executedAt: '2025-04-01' },
      {
        applyOverlay: {
          overlayId: 'w',
          kind: 'WAIVER',
          terms: ['cap'],
          effectiveUntil: '2025-10-01',
        },
      },
    );
    await paper(
      { id: 'c2', recorded: '2025-06-01', executedAt: '2025-06-01' },
      set('cap', 'cap', times('3.5')),
    );
    const on = async (day: string) => {
      const answer = await state(`effectiveOn: "${day}"`);
      return [only(answer), answer.terms[0].applies, answer.terms[0].overlays.length];
    };
    expect(await on('2025-03-31')).toEqual(['3.0 x', true, 0]);
    expect(await on('2025-05-15')).toEqual(['3.0 x', false, 1]);
    expect(await on('2025-07-15')).toEqual(['3.5 x', false, 1]);
    expect(await on('2025-10-01')).toEqual(['3.5 x', true, 0]);
  });
});

describe('E10 coverage', () => {
  it('says before it that nothing is known, and behind it that the answer is stale', async () => {
    const { paper, give, state } = await aDeal();
    await paper(
      { id: 'c1', recorded: '2025-01-10', executedAt: '2020-01-01' },
      fixed('fee', 'fee', { flag: true }),
    );
    await give('stateCoverage', { from: '2021-01-01', observedThrough: '2025-06-30' });
    expect(await state('effectiveOn: "2020-12-31"')).toMatchObject({
      empty: 'BEFORE_COVERAGE',
      terms: [],
    });
    const within = await state('effectiveOn: "2025-06-30"');
    expect(within).toMatchObject({ empty: null, basis: { coverage: { stale: false } } });
    const behind = await state('effectiveOn: "2025-07-01"');
    expect(behind).toMatchObject({ basis: { coverage: { stale: true } } });
    expect(only(behind)).toBe('true');
  });
});
