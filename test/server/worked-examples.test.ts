import { beforeEach, describe, expect, it } from 'vitest';
import { add, amend, ask, at, followed, give, paper, state, useExample, value } from './example.ts';

// The examples of the model's §7, written and asked over HTTP.
useExample();

describe('E1 a scheduled change behind a later decision', () => {
  const record = async (displaces: readonly string[]) => {
    await paper('c1', { executedAt: '2025-01-10', effectiveFrom: '2025-02-01' }, add(100));
    await paper('c2', { executedAt: '2025-03-01', effectiveFrom: '2026-01-01' }, amend(120));
    const c3 = amend(90, displaces.length > 0 ? { displaces } : {});
    await paper('c3', { executedAt: '2025-06-15', effectiveFrom: '2025-07-01' }, c3);
  };

  it('takes effect on its day, and the decision that it overrides is found', async () => {
    await record([]);
    expect(await value('2025-03-15')).toEqual(['100']);
    expect(await value('2025-08-01')).toEqual(['90']);
    const [found, [code, changes]] = await value('2026-02-01');
    expect([found, code]).toEqual(['120', 'EXECUTION_INVERSION']);
    expect(changes).toContain('c3');
  });

  it('does not when the later decision displaces it', async () => {
    await record(['c2']);
    expect(await value('2026-02-01')).toEqual(['90']);
  });
});

describe('E2 a retroactive amendment against a late discovery', () => {
  beforeEach(async () => {
    await paper('c1', { executedAt: '2025-01-10' }, add(60));
    at('2025-06-20T00:00:00Z');
    await paper('c2', { executedAt: '2025-06-15', effectiveFrom: '2025-03-01' }, amend(30));
    at('2025-09-05T00:00:00Z');
    await paper('c3', { executedAt: '2025-02-20', effectiveFrom: '2025-04-01' }, amend(45));
  });

  it.each([
    ['2025-03-20', { knownAt: '2025-05-01' }, ['60']],
    ['2025-03-20', {}, ['30']],
    ['2025-03-20', { executedBy: '2025-03-20' }, ['60']],
    ['2025-04-10', { knownAt: '2025-08-01' }, ['30']],
    ['2025-04-10', {}, ['45', ['EXECUTION_INVERSION', expect.arrayContaining(['c2'])]]],
    ['2025-04-10', { executedBy: '2025-04-10' }, ['45']],
  ])('on %s asked with %j says %j', async (day, more, expected) => {
    expect(await value(day, more)).toEqual(expected);
  });

  it('is labelled for subscribers: the parties changed the past, or we learned late', async () => {
    const text = await followed('changes(filter: { types: [TermAmended] })');
    const labels = [...text.matchAll(/"labels":(\[.*?\]),"change":\{"changeId":"(.*?)"/g)];
    expect(labels.map(([, label, id]) => `${id} ${label}`)).toEqual([
      'c2 ["RETROACTIVE_CHANGE"]',
      'c3 ["LATE_DISCOVERY"]',
    ]);
  });
});

describe('E3 a correction', () => {
  it('holds on every day for the latest knowledge, and for none before', async () => {
    const [, target] = await paper('c1', { executedAt: '2025-01-10' }, add(30));
    at('2025-05-01T00:00:00Z');
    await give('correctRecord', 'CorrectRecordInput', {
      target,
      reason: 'It always said 60.',
      data: { changeId: 'c1', instrumentId: 'c1', ...add(60).addTerm },
    });
    expect(await value('2025-02-01')).toEqual(['60']);
    expect(await value('2025-02-01', { knownAt: '2025-04-01' })).toEqual(['30']);
    const diff = `query ($from: QuestionInput!, $to: QuestionInput!) { agreement(id: "x") {
      diff(from: $from, to: $to) { entries { kind facts { old new } } } } }`;
    const between = async (from: object, to: object) =>
      (await ask(diff, { from, to })).agreement.diff.entries;
    const effectiveOn = '2025-02-01';
    expect(await between({ effectiveOn }, { effectiveOn: '2025-03-01' })).toEqual([]);
    expect(await between({ effectiveOn, knownAt: '2025-04-01' }, { effectiveOn })).toEqual([
      { kind: 'CORRECTED', facts: [{ old: '30 days', new: '60 days' }] },
    ]);
  });
});

describe('E4 a scheduled change takes effect', () => {
  it('once, on the first day in the agreement’s zone, for whoever comes back at its cursor', async () => {
    at('2025-03-01T00:00:00Z');
    await paper('c1', { executedAt: '2025-03-01', effectiveFrom: '2026-01-01' }, add(1));
    const effects = (text: string) => text.match(/"dueAt":"[^"]*","late":\w+/g) ?? [];
    const before = await followed('changes(filter: { agreement: "x" })');
    expect(effects(before)).toEqual([]);
    at('2026-01-01T12:00:00Z');
    const [cursor] = before.match(/(?<="cursor":")[^"]+/) ?? [];
    const after = await followed(`changes(after: "${cursor}")`, 'dueAt');
    expect(effects(after)).toEqual(['"dueAt":"2026-01-01T00:00:00.000Z","late":true']);
  });
});

describe('E5 a condition precedent', () => {
  beforeEach(() =>
    paper(
      'c1',
      { executedAt: '2026-01-01' },
      add(1, {
        effectiveFrom: {
          onConditions: [{ conditionId: 'approval' }, { conditionId: 'closing' }],
          longStop: '2026-06-30',
        },
      }),
    ),
  );

  it('is met on the day of the last one', async () => {
    for (const [conditionId, effectiveFrom] of [
      ['approval', '2026-03-02'],
      ['closing', '2026-03-10'],
    ]) {
      const change = { resolveCondition: { conditionId, outcome: 'SATISFIED', effectiveFrom } };
      await paper(`r-${conditionId}`, { executedAt: effectiveFrom }, change);
    }
    expect((await state('2026-03-09')).prospective).toMatchObject([{ changeId: 'c1' }]);
    expect(await value('2026-03-10')).toEqual(['1']);
  });

  it('lapses when the long stop has passed', async () => {
    expect((await state('2026-06-30')).prospective).toHaveLength(1);
    expect((await state('2026-07-01')).lapsed).toMatchObject([{ changeId: 'c1' }]);
  });
});

describe('E6 an uncertain date', () => {
  it.each<readonly [string, () => Promise<unknown>]>([
    [
      'an end',
      () => paper('c1', { executedAt: '2024-01-01' }, add(1, { effectiveUntil: '2025-33' })),
    ],
    [
      'a removal',
      async () => {
        await paper('c1', { executedAt: '2024-01-01' }, add(1));
        await paper('c2', { executedAt: '2025-33' }, { removeTerm: { termId: 't' } });
      },
    ],
  ])('of %s has three answers', async (_, record) => {
    await record();
    const certainly = await state('2024-12-31');
    expect([certainly.terms.length, certainly.possibly]).toEqual([1, []]);
    expect((await state('2025-02-10')).possibly).toHaveLength(1);
    const not = await state('2025-04-01');
    expect([not.terms.length, not.possibly]).toEqual([0, []]);
  });
});

describe('E7 a replacement', () => {
  it('is followed by who followed the old term', async () => {
    await paper('c1', { executedAt: '2024-01-01' }, add(1));
    await paper(
      'c2',
      { executedAt: '2025-01-21' },
      { replaceTerms: { from: ['t'], to: [{ termId: 'new', kind: 'K' }] } },
    );
    await paper('c3', { executedAt: '2025-02-01' }, { removeTerm: { termId: 'new' } });
    const seen = async (followLineage: boolean) => {
      const text = await followed(
        `changes(filter: { term: "t", followLineage: ${followLineage}, recordedOnly: true })`,
      );
      return [...text.matchAll(/"changeId":"(.*?)"/g)].map(([, id]) => id);
    };
    expect(await seen(true)).toEqual(['c1', 'c2', 'c3']);
    expect(await seen(false)).toEqual(['c1', 'c2']);
  });
});

describe('E8 an overlay', () => {
  it('lies on the term, which goes on evolving underneath', async () => {
    await paper('c1', { executedAt: '2025-01-01' }, add(3));
    await paper(
      'w',
      { executedAt: '2025-04-01' },
      {
        applyOverlay: {
          overlayId: 'w',
          kind: 'WAIVER',
          terms: ['t'],
          effectiveUntil: '2025-10-01',
        },
      },
    );
    await paper('c2', { executedAt: '2025-06-01' }, amend(4));
    const seen = async (day: string) => {
      const { terms } = await state(day);
      return [terms[0].applies, terms[0].facts[0].value];
    };
    expect(await seen('2025-05-15')).toEqual([false, '3']);
    expect(await seen('2025-07-15')).toEqual([false, '4']);
    expect(await seen('2025-10-01')).toEqual([true, '4']);
  });
});

describe('E10 coverage', () => {
  it('says when the answer lies before it or behind it', async () => {
    await paper('c1', { executedAt: '2024-01-01' }, add(1));
    await give('stateCoverage', 'StateCoverageInput', {
      from: '2024-06-01',
      observedThrough: '2024-12-31',
    });
    expect(await state('2024-03-01')).toMatchObject({ empty: 'BEFORE_COVERAGE', terms: [] });
    expect((await state('2024-07-01')).basis.coverage.stale).toBe(false);
    const late = await state('2025-01-01');
    expect([late.terms.length, late.basis.coverage.stale]).toEqual([1, true]);
  });
});
