import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recorded } from '#events/event.ts';
import type { TermId } from '#events/values.ts';
import { blameAt } from '#projections/blame.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { type History, historyOf, stateAt } from '#projections/history.ts';
import { randomHistory } from '../oracle/random-history.ts';
import { aHistory, DEAL, on, paper, told } from './record.ts';

const RENT = 'The rent is 100 EUR a day, due in advance.';
const LEASE = paper('2024-01-01', 'lease', { executedAt: '2024-01-01' }, [
  'TermAdded',
  'rent',
  { termId: 'rent', kind: 'PRICE', heading: 'Rent', prose: RENT, facts: { rent: { text: '100' } } },
]);
const FIRST = paper('2024-06-01', 'first', { executedAt: '2024-06-01' }, [
  'TermAmended',
  'rent',
  {
    termId: 'rent',
    values: {
      prose: 'The rent is 120 EUR a day, due in advance.',
      facts: { rent: { text: '120' } },
    },
  },
]);

const passages = (history: History, at: Coordinates, termId: string) =>
  blameAt(history, at, [termId as TermId])[0]?.passages.map(({ text, changeId }) => [
    changeId,
    text,
  ]);
const fields = (history: History, at: Coordinates, termId: string) =>
  blameAt(history, at, [termId as TermId])[0]?.fields;

describe('blame', () => {
  test('leaves what an amendment did not touch with the change it came from', () => {
    const history = aHistory(LEASE, FIRST);
    expect(passages(history, on('2024-07-01'), 'rent')).toEqual([
      ['lease/rent', 'The rent is '],
      ['first/rent', '120'],
      ['lease/rent', ' EUR a day, due in advance.'],
    ]);
    expect(fields(history, on('2024-07-01'), 'rent')).toEqual({
      kind: 'lease/rent',
      heading: 'lease/rent',
      'facts.rent': 'first/rent',
    });
  });

  test('is that of the day asked about, and of what was known', () => {
    const history = aHistory(LEASE, FIRST);
    const old = [['lease/rent', RENT]];
    expect(passages(history, on('2024-05-31'), 'rent')).toEqual(old);
    expect(passages(history, on('2024-07-01', { knownAt: '2024-05-31' }), 'rent')).toEqual(old);
    expect(passages(history, on('2023-07-01'), 'rent')).toBeUndefined();
  });

  test('follows the order of effect, not that of the log, and gives back what an end lays open', () => {
    const late = paper('2025-01-01', 'late', { executedAt: '2024-03-01' }, [
      'TermAmended',
      'rent',
      {
        termId: 'rent',
        effectiveUntil: '2024-09-01',
        values: { prose: 'The rent is 100 EUR a week, due in advance.' },
      },
    ]);
    const history = aHistory(LEASE, FIRST, late);
    expect(passages(history, on('2024-04-01'), 'rent')).toContainEqual(['late/rent', 'week']);
    expect(passages(history, on('2024-07-01'), 'rent')?.map(([by]) => by)).toEqual([
      'lease/rent',
      'first/rent',
      'lease/rent',
      'first/rent',
      'lease/rent',
    ]);
    expect(passages(history, on('2024-09-01'), 'rent')?.map(([by]) => by)).toEqual([
      'lease/rent',
      'first/rent',
      'lease/rent',
    ]);
  });

  test('sees what a correction says, under the change that is corrected', () => {
    const history = aHistory(
      LEASE,
      FIRST,
      told('2025-01-01', 'RecordCorrected', {
        target: 'e5',
        reason: 'misread',
        data: {
          ...{ changeId: 'first/rent', instrumentId: 'first', termId: 'rent' },
          values: { prose: 'The rent is 130 EUR a day, due in advance.' },
        },
      }),
    );
    const { id, type } = history.events[4] ?? {};
    expect([id, type]).toEqual(['e5', 'TermAmended']);
    expect(passages(history, on('2024-07-01'), 'rent')).toContainEqual(['first/rent', '130']);
    expect(fields(history, on('2024-07-01'), 'rent')?.['facts.rent']).toBe('lease/rent');
    const before = on('2024-07-01', { knownAt: '2024-12-31' });
    expect(passages(history, before, 'rent')).toContainEqual(['first/rent', '120']);
  });

  test('carries words through a restatement and a replacement, and begins anew where a term had ended', () => {
    const restated = paper('2025-01-01', 'restated', { executedAt: '2025-01-01' }, [
      'AgreementRestated',
      'all',
      {
        terms: [
          { termId: 'fee', kind: 'PRICE', heading: 'Fee', prose: `${RENT} Taxes come on top.` },
        ],
        mapping: [{ from: 'rent', to: 'fee' }],
      },
    ]);
    const removed = paper('2025-02-01', 'removed', { executedAt: '2025-02-01' }, [
      'TermRemoved',
      'fee',
      { termId: 'fee' },
    ]);
    const again = paper('2025-03-01', 'again', { executedAt: '2025-03-01' }, [
      'TermAdded',
      'fee',
      { termId: 'fee', kind: 'PRICE', prose: RENT },
    ]);
    const history = aHistory(LEASE, restated, removed, again);
    expect(passages(history, on('2025-01-15'), 'fee')).toEqual([
      ['lease/rent', RENT],
      ['restated/all', ' Taxes come on top.'],
    ]);
    expect(fields(history, on('2025-01-15'), 'fee')).toEqual({
      kind: 'lease/rent',
      heading: 'restated/all',
    });
    expect(passages(history, on('2025-03-01'), 'fee')).toEqual([['again/fee', RENT]]);
  });

  test('takes no single words over from another term', () => {
    const replaced = paper('2025-01-01', 'new', { executedAt: '2025-01-01' }, [
      'TermsReplaced',
      'fee',
      { from: ['rent'], to: [{ termId: 'fee', kind: 'FEE', prose: 'A day costs 7 EUR.' }] },
    ]);
    expect(passages(aHistory(LEASE, replaced), on('2025-01-01'), 'fee')).toEqual([
      ['new/fee', 'A day costs 7 EUR.'],
    ]);
  });

  test('of merged terms comes from both', () => {
    const other = paper('2024-02-01', 'other', { executedAt: '2024-02-01' }, [
      'TermAdded',
      'port',
      { termId: 'port', kind: 'PRICE', prose: 'Port dues are paid by the lessee every month.' },
    ]);
    const merged = paper('2025-01-01', 'merged', { executedAt: '2025-01-01' }, [
      'TermsReplaced',
      'dues',
      {
        from: ['rent', 'port'],
        to: [
          {
            termId: 'dues',
            kind: 'PRICE',
            prose: `${RENT}\n\nPort dues are paid by the lessee every month.`,
          },
        ],
      },
    ]);
    expect(passages(aHistory(LEASE, other, merged), on('2025-01-01'), 'dues')).toEqual([
      ['lease/rent', RENT],
      ['merged/dues', '\n\n'],
      ['other/port', 'Port dues are paid by the lessee every month.'],
    ]);
  });
});

const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
const wordsIn = (text: string): readonly string[] => text.match(WORDS) ?? [];

/** Every word that an event states anywhere, or that is proposed by a claim. */
const stated = (events: readonly Recorded[], changeId: string): ReadonlySet<string> =>
  new Set(
    events
      .filter(({ data }) => JSON.stringify(data).includes(changeId.replace(/\/\d+$/, '')))
      .flatMap(({ data }) => wordsIn(JSON.stringify(data))),
  );

test('blame of random histories rebuilds the prose, from words that each change states itself', {
  timeout: 300_000,
}, () => {
  let many = 0;
  const property = fc.property(randomHistory, ({ events, questions }) => {
    const history = historyOf(DEAL, events);
    for (const at of questions) {
      const { terms } = stateAt(history, at);
      const blamed = blameAt(history, at);
      expect(blamed.map(({ termId }) => termId)).toEqual(terms.map(({ termId }) => termId));
      terms.forEach(({ value }, i) => {
        const { passages: all = [], fields: set = {} } = blamed[i] ?? {};
        expect(all.map(({ text }) => text).join('')).toBe(value.prose ?? '');
        for (const { text, changeId } of all) {
          expect(wordsIn(text).filter((word) => !stated(events, changeId).has(word))).toEqual([]);
          many++;
        }
        const { kind: _, prose: __, facts, ...texts } = value;
        const names = [
          'kind',
          ...Object.keys(texts),
          ...Object.keys(facts).map((n) => `facts.${n}`),
        ];
        const keys = Object.keys(set).filter((name) => name !== 'after');
        expect(keys.toSorted()).toEqual(names.toSorted());
      });
    }
  });
  void fc.assert(property, { numRuns: 800 });
  expect(many).toBeGreaterThan(200);
});
