import { describe, expect, it } from 'vitest';
import type { Basis } from '#app/app.ts';
import { showExplanation } from '#cli/show-explanation.ts';
import type { TermId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { explainAt } from '#projections/explain/explain.ts';
import type { Explanation } from '#projections/explain/explanation.ts';
import type { Rule } from '#projections/explain/rules.ts';
import type { History } from '#projections/history.ts';
import { aHistory, on, paper, type Told, told } from '../projections/record.ts';

const PROJECTION = { projection: 1, digest: '', position: 0, knowledge: 'RECORDED' } as const;

/** What a reader of `codicil explain` sees, each paragraph on one line. */
const printed = (explanation: Explanation, at: Coordinates): string => {
  let out = '';
  const line = (text = '') => {
    out += `${text}\n`;
  };
  const basis: Basis = { ...PROJECTION, knownAt: '', uncertain: 'REPORT', ...at };
  showExplanation({ paint: (_, text) => text, width: 10_000, line }, { explanation, basis });
  return out;
};

/** The rules given for each change, by the paper's id, and for the term as a whole. */
const explained = (history: History, termId: string, at: Coordinates) => {
  const explanation = explainAt(history, termId as TermId, at);
  const text = printed(explanation, at);
  const rulesOf = (reasons: Explanation['reasons']): readonly Rule[] =>
    reasons.map(({ rule }) => rule);
  const all = [...explanation.changes.flatMap(({ reasons }) => reasons), ...explanation.reasons];
  // Whatever is a reason is printed, with the name of its rule and the sentence.
  for (const { rule, text: said } of [...all, ...explanation.later]) {
    expect(text).toContain(`${rule}: `);
    expect(text.toLowerCase()).toContain(said.toLowerCase());
  }
  return {
    text,
    whole: rulesOf(explanation.reasons),
    later: explanation.later.map(({ rule, by }) => [rule, ...by]),
    changes: Object.fromEntries(
      explanation.changes.map(({ change, verdict, reasons }) => [
        change.instrument?.instrumentId ?? change.changeId,
        [verdict, ...rulesOf(reasons)],
      ]),
    ),
    findings: explanation.findings.map(({ code }) => code),
    explanation,
  };
};

const price = (amount: string) => ({ facts: { price: { money: { amount, currency: 'EUR' } } } });
const days = (value: string) => ({ facts: { notice: { quantity: { value, unit: 'days' } } } });
const add = (termId: string, values: object = {}) =>
  ['TermAdded', termId, { termId, kind: 'PRICE', ...values }] as const;
const amend = (termId: string, values: object, more: object = {}) =>
  ['TermAmended', termId, { termId, values, ...more }] as const;

describe('E1 a scheduled change behind a later decision', () => {
  const history = (third: object = {}) =>
    aHistory(
      paper(
        '2025-01-10',
        'c1',
        { executedAt: '2025-01-10', effectiveFrom: '2025-02-01' },
        add('price', price('100')),
      ),
      paper(
        '2025-03-01',
        'c2',
        { executedAt: '2025-03-01', effectiveFrom: '2026-01-01' },
        amend('price', price('120')),
      ),
      paper(
        '2025-06-15',
        'c3',
        { executedAt: '2025-06-15', effectiveFrom: '2025-07-01' },
        amend('price', price('90'), third),
      ),
    );

  it('the later start prevails, and the inversion is told', () => {
    const { changes, findings, text } = explained(history(), 'price', on('2026-02-01'));
    expect(changes).toEqual({
      c1: ['WON_IN_PART', 'PREVAILS', 'LATER_START'],
      c3: ['LOST', 'LATER_START'],
      c2: ['WON', 'PREVAILS'],
    });
    expect(findings).toEqual(['EXECUTION_INVERSION']);
    expect(text).toContain('“Paper c2” starts later: 2026-01-01, against 2025-07-01 [facts.price]');
    expect(explained(history(), 'price', on('2025-03-15')).changes['c2']).toEqual([
      'LEFT_OUT',
      'SCHEDULED',
    ]);
  });

  it('unless the later decision displaces it', () => {
    const displacing = history({ displaces: ['c2/price'] });
    const { changes, findings, text } = explained(displacing, 'price', on('2026-02-01'));
    expect(changes['c2']).toEqual(['LEFT_OUT', 'DISPLACED']);
    expect(changes['c3']).toEqual(['WON', 'PREVAILS']);
    expect(findings).toEqual([]);
    expect(text).toContain('“Paper c3” displaces it');
  });
});

describe('E2 retroactive amendment against late discovery', () => {
  const history = aHistory(
    paper('2025-01-10', 'c1', { executedAt: '2025-01-10' }, add('notice', days('60'))),
    paper(
      '2025-06-20',
      'c2',
      { executedAt: '2025-06-15', effectiveFrom: '2025-03-01' },
      amend('notice', days('30')),
    ),
    paper(
      '2025-09-05',
      'c3',
      { executedAt: '2025-02-20', effectiveFrom: '2025-04-01' },
      amend('notice', days('45')),
    ),
  );
  const at = (point: Coordinates) => explained(history, 'notice', point);

  it('what is not known then is told apart from what was not executed then', () => {
    const unknown = at(on('2025-03-20', { knownAt: '2025-05-01' }));
    expect(unknown.changes).toEqual({ c1: ['WON', 'PREVAILS'] });
    expect(unknown.later).toEqual([
      ['NOT_KNOWN_THEN', 'c2/notice'],
      ['NOT_KNOWN_THEN', 'c3/notice'],
    ]);
    expect(unknown.text).toContain('“Paper c2” was recorded at 2025-06-20T12:00:00.000Z');
    const judged = at(on('2025-03-20', { executedBy: '2025-03-20' }));
    expect(judged.changes['c2']).toEqual(['LEFT_OUT', 'NOT_EXECUTED_THEN']);
    expect(judged.text).toContain('It was executed on 2025-06-15, behind 2025-03-20');
  });

  it('the later start prevails, whenever it was discovered', () => {
    expect(at(on('2025-03-20')).changes).toMatchObject({
      c2: ['WON', 'PREVAILS'],
      c3: ['LEFT_OUT', 'SCHEDULED'],
    });
    const both = at(on('2025-04-10'));
    expect(both.changes).toMatchObject({ c2: ['LOST', 'LATER_START'], c3: ['WON', 'PREVAILS'] });
    expect(both.findings).toEqual(['EXECUTION_INVERSION']);
    const judged = at(on('2025-04-10', { executedBy: '2025-04-10' }));
    expect(judged.changes).toMatchObject({ c2: ['LEFT_OUT', 'NOT_EXECUTED_THEN'] });
    expect(judged.findings).toEqual([]);
  });
});

describe('E3 correction', () => {
  const history = aHistory(
    paper('2025-01-10', 'c1', { executedAt: '2025-01-10' }, add('notice', days('30'))),
    told('2025-06-01', 'RecordCorrected', {
      target: 'e3',
      data: {
        ...{ changeId: 'c1/notice', instrumentId: 'c1', termId: 'notice', kind: 'PRICE' },
        ...days('60'),
      },
      reason: 'it always said 60',
    }),
  );

  it('is told with what it said before, and before it is known as what came later', () => {
    const { text, later } = explained(history, 'notice', on('2025-01-10'));
    expect(text).toContain(
      'CORRECTED (§6.2): our record of it was corrected at 2025-06-01T12:00:00.000Z (event e4): it always said 60',
    );
    expect(text).toMatch(/facts: .*"30".* → .*"60"/);
    expect(later).toEqual([]);
    const before = explained(history, 'notice', on('2025-06-30', { knownAt: '2025-05-31' }));
    expect(before.explanation.changes[0]?.corrections).toEqual([]);
    expect(before.later).toEqual([['CORRECTED', 'c1/notice']]);
  });
});

describe('E4 a scheduled change takes effect', () => {
  it('is scheduled until its day, and prevails from then on', () => {
    const history = aHistory(
      paper('2025-02-01', 'c1', { executedAt: '2025-02-01' }, add('price', price('100'))),
      paper(
        '2025-03-01',
        'c2',
        { executedAt: '2025-03-01', effectiveFrom: '2026-01-01' },
        amend('price', price('120')),
      ),
    );
    const before = explained(history, 'price', on('2025-12-31'));
    expect(before.changes['c2']).toEqual(['LEFT_OUT', 'SCHEDULED']);
    expect(before.text).toContain('It starts on 2026-01-01');
    const { changes } = explained(history, 'price', on('2026-01-01'));
    expect(changes['c2']).toEqual(['WON', 'PREVAILS']);
  });
});

describe('E5 condition precedent', () => {
  const met = (conditionId: string, day: string) =>
    paper(day, `on-${day}`, { executedAt: day }, [
      'ConditionResolved',
      conditionId,
      { conditionId, outcome: 'SATISFIED' },
    ]);
  const waiting = paper(
    '2026-01-10',
    'c1',
    {
      executedAt: '2026-01-10',
      effectiveFrom: {
        onConditions: [{ conditionId: 'approval' }, { conditionId: 'closing' }],
        longStop: '2026-06-30',
      },
    },
    add('price', price('100')),
  );

  it('waits for what is open, starts with the last, and lapses at the long stop', () => {
    const one = aHistory(waiting, met('approval', '2026-03-02'));
    const open = explained(one, 'price', on('2026-03-09'));
    expect(open.whole).toEqual(['NOT_BROUGHT_IN']);
    expect(open.changes['c1']).toEqual(['LEFT_OUT', 'PROSPECTIVE']);
    expect(open.text).toContain('It waits for closing\n');
    const lapsed = explained(one, 'price', on('2026-07-01'));
    expect(lapsed.changes['c1']).toEqual(['LEFT_OUT', 'LAPSED']);
    const both = aHistory(waiting, met('approval', '2026-03-02'), met('closing', '2026-03-10'));
    const started = explained(both, 'price', on('2026-03-10'));
    expect(started.changes).toMatchObject({
      c1: ['WON', 'PREVAILS'],
      'on-2026-03-10': ['BESIDE', 'STANDS_BESIDE'],
    });
  });
});

describe('E6 uncertain date', () => {
  const added = { executedAt: '2024-01-01' };
  const ends = { executedAt: '2024-12-01', effectiveFrom: '2025-33' };
  it.each([
    [
      'an end',
      aHistory(paper('2025-01-10', 'c1', added, add('x', { effectiveUntil: '2025-33' }))),
      { c1: ['LEFT_OUT', 'UNCERTAIN_END'] },
      { c1: ['LEFT_OUT', 'ENDED'] },
    ],
    [
      'a removal',
      aHistory(
        paper('2025-01-10', 'c1', added, add('x')),
        paper('2025-05-01', 'c2', ends, ['TermRemoved', 'x', { termId: 'x' }]),
      ),
      { c2: ['LEFT_OUT', 'UNCERTAIN_START'] },
      { c1: ['LOST', 'REMOVED'], c2: ['WON', 'REMOVED'] },
    ],
    [
      'a replacement',
      aHistory(
        paper('2025-01-10', 'c1', added, add('x')),
        paper('2025-05-01', 'c2', ends, [
          'TermsReplaced',
          'x',
          { from: ['x'], to: [{ termId: 'y', kind: 'K' }] },
        ]),
      ),
      { c2: ['LEFT_OUT', 'UNCERTAIN_START'] },
      { c1: ['LOST', 'REPLACED'], c2: ['WON', 'REPLACED'] },
    ],
  ])('by %s', (_, history, within, behind) => {
    const certain = explained(history, 'x', on('2024-12-31'));
    expect(certain.whole).toEqual(['PREVAILS']);
    expect(certain.explanation.possibly).toEqual([]);
    const uncertain = explained(history, 'x', on('2025-02-10'));
    expect(uncertain.changes).toMatchObject(within);
    expect(uncertain.text).toContain('lies between 2025-01-01 and 2025-03-31');
    expect(uncertain.explanation.possibly).toHaveLength(1);
    expect(explained(history, 'x', on('2025-04-01')).changes).toMatchObject(behind);
  });
});

describe('E7 replacement', () => {
  const history = aHistory(
    paper('2023-01-23', 'c1', { executedAt: '2023-01-23' }, add('compute.exclusivity')),
    paper('2025-01-21', 'c2', { executedAt: '2025-01-21' }, [
      'TermsReplaced',
      'compute',
      {
        from: ['compute.exclusivity'],
        to: [{ termId: 'compute.rofr', kind: 'RIGHT_OF_FIRST_REFUSAL' }],
      },
    ]),
  );

  it('ends the one and brings in the other, with the lineage', () => {
    const old = explained(history, 'compute.exclusivity', on('2025-01-21'));
    expect(old.whole).toEqual(['REPLACED']);
    expect(old.text).toContain('Replaced by compute.rofr from 2025-01-21 on, by “Paper c2”');
    const now = explained(history, 'compute.rofr', on('2025-01-21'));
    expect(now.changes).toEqual({ c2: ['WON', 'PREVAILS'] });
    expect(now.text).toContain('compute.exclusivity → compute.rofr, by c2/compute');
  });
});

describe('E8 overlay', () => {
  const times = (value: string) => ({ facts: { cap: { quantity: { value, unit: 'x' } } } });
  const history = aHistory(
    paper('2025-01-01', 'c1', { executedAt: '2025-01-01' }, add('cap', times('3.0'))),
    paper('2025-03-15', 'waiver', { executedAt: '2025-03-15', effectiveFrom: '2025-04-01' }, [
      'OverlayApplied',
      'cap',
      { overlayId: 'w', kind: 'WAIVER', terms: ['cap'], effectiveUntil: '2025-10-01' },
    ]),
    paper('2025-06-01', 'c2', { executedAt: '2025-06-01' }, amend('cap', times('3.5'))),
  );

  it('switches the term off while it evolves underneath', () => {
    const waived = explained(history, 'cap', on('2025-07-15'));
    expect(waived.whole).toEqual(['PREVAILS', 'SWITCHED_OFF']);
    expect(waived.changes).toEqual({
      c1: ['WON_IN_PART', 'PREVAILS', 'LATER_START'],
      waiver: ['ON_TOP', 'SWITCHED_OFF'],
      c2: ['WON', 'PREVAILS'],
    });
    expect(waived.text).toContain('The term does not apply from 2025-04-01 until 2025-10-01');
    const over = explained(history, 'cap', on('2025-10-01'));
    expect(over.whole).toEqual(['PREVAILS']);
    expect(over.changes['waiver']).toEqual(['LEFT_OUT', 'ENDED']);
  });
});

describe('E10 coverage', () => {
  const history = aHistory(
    paper('2025-01-10', 'c1', { executedAt: '2020-01-01' }, add('fee')),
    told('2025-01-11', 'CoverageStated', { from: '2021-01-01', observedThrough: '2025-06-30' }),
  );

  it('before it nothing is said, never the earliest version, and behind it the answer is stale', () => {
    const before = explained(history, 'fee', on('2020-12-31'));
    expect(before.whole).toEqual(['BEFORE_COVERAGE']);
    expect(before.changes).toEqual({});
    expect(explained(history, 'fee', on('2025-06-30')).whole).toEqual(['PREVAILS']);
    const behind = explained(history, 'fee', on('2025-07-01'));
    expect(behind.whole).toEqual(['PREVAILS', 'BEHIND_COVERAGE']);
    expect(behind.changes).toEqual({ c1: ['WON', 'PREVAILS'] });
  });
});

describe('ties in the order', () => {
  const graded = (grade: string, executedAt: string) => ({
    executedAt,
    effectiveFrom: '2025-02-01',
    sources: [{ title: 'S', grade }],
  });
  const tied = (a: object, b: object) =>
    aHistory(
      paper('2025-01-01', 'c0', { executedAt: '2025-01-01' }, add('price', price('1'))),
      paper('2025-01-02', 'c1', { ...a }, amend('price', price('2'))),
      paper('2025-01-03', 'c2', { ...b }, amend('price', price('3'))),
    );
  it.each([
    [
      'execution',
      tied(graded('INFERRED', '2025-01-09'), graded('INFERRED', '2025-01-08')),
      'c2',
      'LATER_EXECUTION',
      'Both start on 2025-02-01, and “Paper c1” was executed later: 2025-01-09, against 2025-01-08',
    ],
    [
      'proof',
      tied(graded('COURT_RECORD', '2025-01-09'), graded('INFERRED', '2025-01-09')),
      'c2',
      'STRONGER_PROOF',
      '“Paper c1” is better proven: COURT_RECORD, against INFERRED',
    ],
    [
      'place in the log',
      tied(graded('INFERRED', '2025-01-09'), graded('INFERRED', '2025-01-09')),
      'c1',
      'LATER_RECORDED',
      'and “Paper c2” was recorded later',
    ],
  ])('fall by %s', (_, history, loser, rule, sentence) => {
    const { changes, text } = explained(history, 'price', on('2025-03-01'));
    expect(changes[loser]).toEqual(['LOST', rule]);
    expect(text).toContain(sentence);
  });

  it('a change that states nothing of a term leaves it as it is', () => {
    const history = aHistory(
      paper('2025-01-01', 'c0', { executedAt: '2025-01-01' }, add('price', price('1'))),
      paper('2025-01-02', 'c1', { executedAt: '2025-01-02' }, amend('price', { facts: {} })),
    );
    const { changes } = explained(history, 'price', on('2025-03-01'));
    expect(changes['c1']).toEqual(['BESIDE', 'LEAVES_AS_IS']);
  });
});

describe('what else decides', () => {
  const price2 = (more: object = {}) => amend('price', price('2'), more);
  const base = paper(
    '2025-01-01',
    'c0',
    { executedAt: '2025-01-01' },
    add('price', price('1')),
    add('law'),
  );
  const second = paper('2025-02-01', 'c1', { executedAt: '2025-02-01' }, price2());
  const after = on('2025-06-01');
  const rule = (id: string, termId: string, ...papers: readonly (Told | readonly Told[])[]) => {
    const { changes, text, whole } = explained(aHistory(base, ...papers), termId, after);
    return { rules: changes[id], text, whole };
  };

  it.each([
    ['VOIDED', false, 'voids it'],
    ['VOIDED_AB_INITIO', true, 'voids it as if it had never been'],
  ])('%s', (name, abInitio, words) => {
    const court = paper('2025-03-01', 'court', { executedAt: '2025-03-01' }, [
      'ChangeVoided',
      'void',
      { target: 'c1/price', abInitio },
    ]);
    const { rules, text } = rule('c1', 'price', second, court);
    expect(rules).toEqual(['LEFT_OUT', name]);
    expect(text).toContain(`“Paper court” ${words}\n`);
    expect(rule('court', 'price', second, court).rules).toEqual(['BESIDE', 'STANDS_BESIDE']);
  });

  it('DISPLACED, by a change on another term too', () => {
    const other = paper(
      '2025-03-01',
      'other',
      { executedAt: '2025-03-01' },
      amend('law', price('5'), { displaces: ['c1/price'] }),
    );
    expect(rule('c1', 'price', second, other).rules).toEqual(['LEFT_OUT', 'DISPLACED']);
    const { rules, text } = rule('other', 'price', second, other);
    expect(rules).toEqual(['BESIDE', 'STANDS_BESIDE']);
    expect(text).toContain('It takes the place of another change');
  });

  it('RETRACTED, with the reason given', () => {
    const retracted = told('2025-03-01', 'RecordRetracted', { target: 'e6', reason: 'a draft' });
    const { rules, text } = rule('c1', 'price', second, retracted);
    expect(rules).toEqual(['LEFT_OUT', 'RETRACTED']);
    expect(text).toContain('taken back at 2025-03-01T12:00:00.000Z: a draft');
  });

  it('RECTIFIED, from the origin and behind later amendments in no way', () => {
    const rectified = paper('2025-03-01', 'slip', { executedAt: '2025-03-01' }, [
      'TermRectified',
      'price',
      { termId: 'price', values: price('9') },
    ]);
    expect(rule('c0', 'price', rectified).rules).toEqual(['WON_IN_PART', 'PREVAILS', 'RECTIFIED']);
    expect(rule('slip', 'price', second, rectified).rules).toEqual(['LOST', 'LATER_START']);
  });

  it('CONFLICT_RESOLVED, with the rationale', () => {
    const dates = { executedAt: '2025-02-01' };
    const rival = paper('2025-02-02', 'c2', dates, amend('price', price('3')));
    const resolved = told('2025-03-01', 'ConflictResolved', {
      ...{ code: 'SOURCE_CONTRADICTION', changes: ['c1/price', 'c2/price'], winner: 'c1/price' },
      rationale: 'the signed copy says so',
    });
    const { rules, text } = rule('c2', 'price', second, rival, resolved);
    expect(rules).toEqual(['LOST', 'CONFLICT_RESOLVED']);
    expect(text).toContain('“Paper c1” prevails: the signed copy says so');
    expect(rule('c1', 'price', second, rival, resolved).rules).toEqual(['WON', 'PREVAILS']);
  });

  it('WHOLE_VALUE, where the agreement is restated', () => {
    const restated = paper('2025-04-01', 'all', { executedAt: '2025-04-01' }, [
      'AgreementRestated',
      'all',
      {
        terms: [{ termId: 'price', kind: 'PRICE', ...price('7') }],
        mapping: [{ from: 'price', to: 'price' }],
      },
    ]);
    expect(rule('c1', 'price', second, restated).rules).toEqual([
      'LOST',
      'LATER_START',
      'WHOLE_VALUE',
    ]);
  });

  it('AGREEMENT_TERMINATED, but not what survives; AGREEMENT_EXPIRED', () => {
    const ended = paper('2025-04-01', 'notice', { executedAt: '2025-04-01' }, [
      'AgreementTerminated',
      'end',
      { survives: ['law'] },
    ]);
    expect(rule('c0', 'price', ended)).toMatchObject({
      rules: ['LOST', 'AGREEMENT_TERMINATED'],
      whole: ['AGREEMENT_TERMINATED'],
    });
    expect(rule('notice', 'price', ended).rules).toEqual(['WON', 'AGREEMENT_TERMINATED']);
    expect(rule('c0', 'law', ended).whole).toEqual(['PREVAILS', 'SURVIVES']);
    const expired = paper('2025-04-01', 'term', { executedAt: '2025-04-01' }, [
      'AgreementAmended',
      'end',
      { endsOn: '2025-05-01' },
    ]);
    expect(rule('term', 'price', expired).rules).toEqual(['WON', 'AGREEMENT_EXPIRED']);
  });

  it('NOT_PUBLIC_THEN, with the day of the announcement', () => {
    const dates = { executedAt: '2025-02-01', announcedAt: '2025-08-01' };
    const history = aHistory(
      paper(
        '2025-01-01',
        'c0',
        { executedAt: '2025-01-01', announcedAt: '2025-01-01' },
        add('price'),
      ),
      paper('2025-02-01', 'c1', dates, price2()),
    );
    const point = on('2025-06-01', { knowledge: 'PUBLIC', knownAt: '2025-07-01' });
    const { later, text } = explained(history, 'price', point);
    expect(later).toEqual([['NOT_PUBLIC_THEN', 'c1/price']]);
    expect(text).toContain('“Paper c1” was announced 2025-08-01');
  });
});
